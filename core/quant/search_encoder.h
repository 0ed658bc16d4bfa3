#pragma once

#include "core/quant/block_encoder.h"

#include <memory>

namespace nanoscope {

/// The reference quantizer: one search loop for every format that is a choice of fields, in double, one block at a
/// time.
/// @param spec  validated and resolved; spec.encoder.id is Search, no mix
[[nodiscard]] std::unique_ptr<BlockEncoder> makeSearchEncoder(
    const FormatSpec& spec, const TensorParameters& parameters);

/// The codebooks of such a format: a codebook fitted to the tensor has its levels from `values`.
[[nodiscard]] std::vector<Codebook> codebooksOf(const FormatSpec& spec, const std::vector<float>& values);

}  // namespace nanoscope
