#pragma once

#include "core/fast/code_table.h"
#include "core/format/format_spec.h"
#include "core/quant/tensor_parameters.h"

#include <optional>

namespace nanoscope {

/// NVFP4 as TransformerEngine computes it (Arithmetic::TransformerEngineFolded): E2M1 in blocks of 16, E4M3 scales
/// under one FP32 scale for the tensor.
struct NvFormat {
    CodeTable table;
    float scaleFactor = 1.0F;  ///< block maximum to ideal block scale
    float decode = 1.0F;       ///< stored block scale to the divisor of elements
    float tensorScale = 1.0F;
};

/// Nothing when the kernel does not take the format, or not with a tensor scale so near the ends of float32.
[[nodiscard]] std::optional<NvFormat> nvFormatOf(const FormatSpec& spec, const TensorParameters& parameters);

}  // namespace nanoscope
