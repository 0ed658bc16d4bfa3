#pragma once

#include "core/format/format_spec.h"
#include "core/lm/calibration.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nanoscope {

/// How the codes of a linear layer are chosen (catalogue 4.2 and 4.4).
enum class CastMethod {
    Direct,           ///< every element takes its nearest level
    Gptq,             ///< column by column, later columns make up for the error of earlier ones
    GptqActOrder,     ///< the same by descending size of the inputs; scales stay those of the direct cast
    SmoothQuantPlus,  ///< channel scales from inputs and weights, then direct
    OsPlus,           ///< channel shifts and scales from inputs, then direct
    DecoupleQ         ///< integer codes and real scales by turns
};

/// "gptq_act_order" and so on: as on the command line.
[[nodiscard]] std::string methodName(CastMethod method);
/// All methods, in the order above.
[[nodiscard]] std::vector<CastMethod> castMethods();
/// @throws Error (Refused) that names the methods
[[nodiscard]] CastMethod methodNamed(const std::string& name);

/// A method with what it needs to know. Direct without bias correction needs nothing.
struct CalibratedCast {
    CastMethod method = CastMethod::Direct;
    bool correctsBias = false;  ///< the mean error of every output is taken off it (catalogue 4.4)
    std::shared_ptr<const Calibration> calibration;
    std::optional<FormatSpec> inputs;  ///< format of the layers' inputs, under which OsPlus looks for its scales

    [[nodiscard]] bool needsCalibration() const { return method != CastMethod::Direct || correctsBias; }
    [[nodiscard]] bool scalesChannels() const
    {
        return method == CastMethod::SmoothQuantPlus || method == CastMethod::OsPlus;
    }
};

}  // namespace nanoscope
