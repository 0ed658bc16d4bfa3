#pragma once

#include "core/analysis/compact_doubles.h"

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <vector>

namespace nanoscope {

/// How the SQNR of single blocks spreads, in bins so fine that any coarser ones follow from them. Blocks with NaN or
/// infinity, and those with an error on a power of 0, are left out.
struct BlockSqnrSpread {
    static constexpr double kBinWidth = 0.01;     ///< dB
    static constexpr double kWidestRange = 80.0;  ///< dB below the best block; worse ones count in the first bin

    std::uint64_t blocks = 0;               ///< exact ones included
    std::uint64_t exact = 0;                ///< without error: infinitely good, in no bin
    std::int64_t firstBin = 0;              ///< bin i covers [(firstBin + i) kBinWidth, (firstBin + i + 1) kBinWidth)
    std::vector<std::uint64_t> counts;      ///< per bin; both ends hold blocks; empty where no block has an SQNR
    std::vector<std::uint64_t> firstBlock;  ///< per bin: number of its first block; 0 where it has none

    /// Shares of all blocks, exact ones included, in wider bins.
    /// @param per    fine bins to a wide one
    /// @param first  number of the first wide one: it begins at first * per * kBinWidth; what lies below counts there
    /// @param count  of wide bins; they reach beyond the last fine one
    [[nodiscard]] std::vector<double> shares(std::int64_t per, std::int64_t first, std::size_t count) const;
};

/// Reads two figures of every block.
/// @throws Cancelled
[[nodiscard]] BlockSqnrSpread blockSqnrSpread(
    const CompactDoubles& squaredError, const CompactDoubles& power, const std::stop_token& stop = {});

}  // namespace nanoscope
