#pragma once

#include "core/fast/portable_measure.h"
#include "core/fast/search_format.h"

namespace nanoscope::portable {

/// Without vectors the reference encoder does the search; there is nothing to gain on it.
/// @param scaleBytes  of a scale code
/// @param convert     of a tile before its codes are counted
template <std::size_t kBlock, KernelScope kScope, class Convert>
void measureByReference(
    const CodeTable& table, std::size_t scaleBytes, const TileRun& run, ChunkSums& sums, const Convert& convert)
{
    for (std::size_t index = 0; index < run.tiles; ++index) {
        const TileBits& valid = run.valid != nullptr ? run.valid[index] : kWholeTile;
        SlowTile tile = run.slow->encode(run.values + index * kTileElements, valid, sums);
        storeScales(run, index, tile.scales.data(), kTileElements / kBlock, scaleBytes);
        if constexpr (kScope == KernelScope::Full) {
            if (run.planes != nullptr)
                run.planes[index] = tile.planes;
            convert(tile);
            countPlanes<kBlock>(tile.planes, tile.valid, table, sums, tile.books);
        } else {
            sums.blocks += countBlocks<kBlock>(tile.valid);
        }
    }
}

/// @tparam kSub  elements that share a micro-scale
template <std::size_t kBlock, std::size_t kSub, KernelScope kScope>
void measureSearch(const SearchFormat& format, const TileRun& run, ChunkSums& sums)
{
    measureByReference<kBlock, kScope>(format.table, sizeof(std::uint8_t), run, sums, [](SlowTile&) {});
}

}  // namespace nanoscope::portable
