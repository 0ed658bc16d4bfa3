#pragma once

#include "core/analysis/report.h"

#include <cstdint>
#include <span>

namespace nanoscope {

/// Fewest elements for which bounds are given: below, a histogram says more of the sample than of its distribution.
inline constexpr std::uint64_t kFewestElementsForBounds = 16384;

/// Bounds on the SQNR at `bits` per element for values with this histogram (catalogue section 9):
/// Shannon's lower bound 2^(2h) / (2 pi e) 4^-R, Panter and Dite's (1/12) (integral p^(1/3))^3 4^-R for a fixed-rate
/// scalar quantizer with many levels, and the Lloyd-Max codebook of round(2^bits) levels (up to 8 bits) trained on the
/// histogram itself. A block-scaled format may beat the scalar ones: its scales are side information.
/// @param histogram  equal bins from -reach to reach
/// @param power      mean square of the values
[[nodiscard]] Bounds boundsFor(std::span<const std::uint64_t> histogram, double reach, double power, double bits);

}  // namespace nanoscope
