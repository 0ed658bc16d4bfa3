#pragma once

#include "core/fast/books_format.h"
#include "core/fast/search_portable.h"

namespace nanoscope::portable {

/// Without vectors the reference encoder does the search; there is nothing to gain on it.
template <std::size_t kBlock, std::size_t kBooks, KernelScope kScope>
void measureBooks(const BooksFormat& format, const TileRun& run, ChunkSums& sums)
{
    const ChunkSums before = sums;
    measureByReference<kBlock, kScope>(
        format.table, format.scaleBytes, run, sums, [&](SlowTile& tile) { takeRanks(format, tile); });
    takeRanks(format, before, sums);
}

}  // namespace nanoscope::portable
