#pragma once

#include "core/fast/portable_measure.h"
#include "core/fast/search_format.h"

namespace nanoscope::portable {

/// Without vectors the reference encoder does the search; there is nothing to gain on it.
template <std::size_t kBlock, KernelScope kScope, class Format>
void measureByReference(const Format& format, const TileRun& run, ChunkSums& sums)
{
    for (std::size_t index = 0; index < run.tiles; ++index) {
        const TileBits& valid = run.valid != nullptr ? run.valid[index] : kWholeTile;
        const SlowTile tile = run.slow->encode(run.values + index * kTileElements, valid, sums);
        storeScales<std::uint8_t>(run, index, tile.scales.data(), kTileElements / kBlock);
        if constexpr (kScope == KernelScope::Full) {
            countPlanes<kBlock>(tile.planes, tile.valid, format.table, sums, tile.books);
            if (run.planes != nullptr)
                run.planes[index] = tile.planes;
        } else {
            sums.blocks += countBlocks<kBlock>(tile.valid);
        }
    }
}

/// @tparam kSub  elements that share a micro-scale
template <std::size_t kBlock, std::size_t kSub, KernelScope kScope>
void measureSearch(const SearchFormat& format, const TileRun& run, ChunkSums& sums)
{
    measureByReference<kBlock, kScope>(format, run, sums);
}

}  // namespace nanoscope::portable
