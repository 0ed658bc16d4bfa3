#pragma once

#include "core/format/codebook.h"
#include "core/format/format_spec.h"

#include <cstddef>
#include <span>

namespace nanoscope {

/// @name Choices that follow from the block by a rule instead of a search; each returns an index
/// @{

/// MXFFP activations: codebook 1 when the square of the elements in the top octave exceeds those two and three below
/// (mx_family section 7).
/// @param scale  of codebook 0
[[nodiscard]] std::size_t mxffpBook(std::span<const double> values, double scale, const Codebook& first);

/// NanoMantissa that follows from the block maximum (mx_family 1.3): index into `grid`.
[[nodiscard]] std::size_t derivedMicro(
    MicroRule rule, std::span<const double> grid, double blockMaximum, double scale, const Codebook& book);

/// Shared microexponent: exponents that the subgroup's maximum lies below the block's, at most `last`.
[[nodiscard]] std::size_t microexponent(double blockMaximum, std::span<const double> subgroup, std::size_t last);

/// @}

}  // namespace nanoscope
