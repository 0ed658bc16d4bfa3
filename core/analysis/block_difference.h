#pragma once

#include "core/analysis/report.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace nanoscope {

/// Where one format serves a tensor better than another: its SQNR less that of the other, in cells that both cut into
/// whole blocks.
struct BlockDifference {
    std::uint64_t rows = 0;
    std::uint64_t cellsPerRow = 0;
    std::uint64_t cellLength = 0;  ///< elements; the last cell of a row may be short
    /// Per cell, row by row: SQNR of the first report less that of the second, in dB. Infinite where only one of them
    /// is exact, 0 where both are, NaN where either left a block out.
    std::vector<float> decibel;
    std::uint64_t firstBetter = 0;   ///< cells with less error under the first format, by more than one in 2^22
    std::uint64_t secondBetter = 0;  ///< under the second
};

/// Cells are as long as the least common multiple of the two block lengths, at most a row. The SQNR of both refers to
/// the same values, so that the difference is 10 log10(squared error of the second / squared error of the first).
/// @throws Error (Refused) when the reports cut the tensor along different axes or into different rows
/// @throws Cancelled when stop is requested
[[nodiscard]] BlockDifference blockDifference(
    const Report& first, const Report& second, const std::stop_token& stop = {});

}  // namespace nanoscope
