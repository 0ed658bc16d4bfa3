#pragma once

#include "core/format/codebook.h"
#include "core/format/format_spec.h"
#include "core/format/scale_codec.h"
#include "core/quant/block_figure.h"
#include "core/quant/effective_scale.h"

#include <optional>

namespace nanoscope {

/// Exponent of a power-of-two scale for a block maximum (mx_family 3.2); kExponentOfZero for an all-zero block.
[[nodiscard]] int sharedExponent(double blockMaximum, ScaleRule rule, const Codebook& book);

/// One block's shared scale for one candidate.
struct SharedScale {
    StoredScale stored;                ///< as in the file
    double real = 0.0;                 ///< multiplier of the levels, tensor scale included
    std::optional<double> encode;      ///< what elements are divided by where that is not `real`
    std::optional<double> reciprocal;  ///< what elements are multiplied by where the arithmetic says so
};

/// Scale of a block with these figures, as the spec's rule and arithmetic give it.
/// @param first   codebook 0, from which exponents are aligned
/// @param book    codebook that the block is quantized with
/// @param offset  index into scale.offsets
/// @param target  index into scale.targets or scale.clips
[[nodiscard]] SharedScale sharedScaleFor(const FormatSpec& spec, const ScaleCodec& codec,
    const TensorScale& tensorScale, const BlockFigure& figure, const Codebook& first, const Codebook& book,
    std::size_t offset, std::size_t target);

}  // namespace nanoscope
