#pragma once

#include "core/fast/code_table.h"
#include "core/fast/tile_run.h"
#include "core/format/format_spec.h"
#include "core/quant/tensor_parameters.h"

#include <array>
#include <cstddef>
#include <optional>

namespace nanoscope {

/// NVFP4 as TransformerEngine computes it (Arithmetic::TransformerEngineFolded): E2M1 in blocks of 16, E4M3 scales
/// under one FP32 scale for the tensor. Or four over six, as TransformerEngine computes that
/// (Arithmetic::TransformerEngine): blocks try two targets for their maximum and keep the first smallest squared error.
struct NvFormat {
    static constexpr std::size_t kTargets = 2;

    CodeTable table;
    float scaleFactor = 1.0F;  ///< block maximum to ideal block scale
    /// @name Four over six
    /// @{
    bool searches = false;
    float firstTarget = 6.0F;
    float encode = 1.0F;                                 ///< maximum over first target to the ideal block scale for it
    std::array<float, kTargets> overTarget{1.0F, 1.0F};  ///< first target over each
    /// @}
    float decode = 1.0F;  ///< stored block scale to the divisor of elements
    float tensorScale = 1.0F;
};

/// Moves what a kernel counted by target to the choices.
void takeTargets(ChunkSums& sums);

/// Nothing when the kernel does not take the format, or not with a tensor scale so near the ends of float32.
[[nodiscard]] std::optional<NvFormat> nvFormatOf(const FormatSpec& spec, const TensorParameters& parameters);

}  // namespace nanoscope
