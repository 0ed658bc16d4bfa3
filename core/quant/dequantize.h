#pragma once

#include "core/format/format_spec.h"
#include "core/quant/block_view.h"
#include "core/quant/tensor_parameters.h"

#include <vector>

namespace nanoscope {

/// What a tensor decodes to under a format.
struct Dequantized {
    std::vector<float> values;    ///< row by row along the blocked axis; NaN in blocks that hold NaN or infinity
    double bitsPerElement = 0.0;  ///< all-in, as reports have it
};

/// Quantizes a tensor for its values alone: those of CastTensor::dequantized, without the stored parts.
/// @param rows     the tensor's rows; their block length does not matter
/// @param options  threads and stop
/// @throws Cancelled; Error (Refused) for rows that the format cannot take
[[nodiscard]] Dequantized dequantize(const BlockView& rows, const FormatSpec& spec, const PassOptions& options = {});

}  // namespace nanoscope
