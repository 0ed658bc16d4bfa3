#pragma once

#include <Eigen/Core>

namespace nanoscope {

/// What a method does around the weights of a linear layer: y = W ((x - shift) / scale) + bias. Every part is empty
/// where there is none. Scales and shifts fold into what comes before the layer, where that is linear; here they are
/// applied to its inputs.
struct LayerAdjustment {
    Eigen::RowVectorXf shift;  ///< [in]
    Eigen::RowVectorXf scale;  ///< [in]
    Eigen::RowVectorXf bias;   ///< [out]

    [[nodiscard]] bool changesInputs() const { return shift.size() > 0 || scale.size() > 0; }
};

}  // namespace nanoscope
