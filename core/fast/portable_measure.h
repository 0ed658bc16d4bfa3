#pragma once

#include "core/fast/code_table.h"
#include "core/fast/tile_run.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace nanoscope::portable {

// The way of a tile without vector instructions, for any machine. A rule says how a format quantizes, as in
// simd_measure.h:
//   Format, kBlock, ScaleCode
//   Bounds                                          what follows from the scale of one block; `scale` is its code
//   bool prepare(format, maximum, bounds)           false: the reference encoder has to do this tile
//   PortableElement round(format, value, bounds)

/// One element, quantized.
struct PortableElement {
    float error = 0.0F;      ///< up to its sign
    std::uint32_t code = 0;  ///< zero of either sign is the code of zero
    bool clipped = false;
};

/// The power of two at or below a number, times 1.5.
[[nodiscard]] inline float middleOfOctave(float value)
{
    return std::bit_cast<float>((std::bit_cast<std::uint32_t>(value) & 0x7F800000U) | 0x00400000U);
}

/// Counts the codes of one tile, block by block.
template <std::size_t kBlock>
void countPlanes(const TilePlanes& planes, const TileBits& valid, const CodeTable& table, ChunkSums& sums,
    const BookBits& books = {})
{
    for (std::size_t first = 0; first < kTileElements; first += kBlock) {
        std::uint32_t used = 0;
        for (std::size_t i = first; i < first + kBlock; ++i) {
            if ((valid[i / 32] >> i % 32 & 1U) == 0)
                continue;
            std::uint32_t code = 0;
            for (std::size_t plane = 0; plane < kCodePlanes; ++plane)
                code |= (planes[plane][i / 32] >> i % 32 & 1U) << plane;
            ++sums.codes[code];
            const std::uint32_t book = (books[0][i / 32] >> i % 32 & 1U) | (books[1][i / 32] >> i % 32 & 1U) << 1U;
            if (book != 0)
                ++sums.laterCodes[book - 1][code];
            sums.decodedZero += code == table.zeroCode ? 1U : 0U;  // never where zeroCode is kNoCode
            used |= table.rankBit[code];
        }
        if (used == 0)
            continue;
        const auto reach = std::bit_width(used) - static_cast<unsigned>(std::countr_zero(used));
        ++sums.blocks;
        sums.unusedCodes += table.levels - static_cast<unsigned>(std::popcount(used));
        sums.headroom += table.levels - static_cast<unsigned>(reach);
    }
}

template <class Rule>
void quantizeBlock(const typename Rule::Format& format, const float* values, std::size_t first,
    const typename Rule::Bounds& bounds, TilePlanes& planes, ChunkSums& sums)
{
    std::array<double, 16> squared{};
    for (std::size_t i = 0; i < Rule::kBlock; ++i) {
        const PortableElement element = Rule::round(format, values[i], bounds);
        const auto error = static_cast<double>(element.error);
        squared[i % 16] += error * error;
        sums.maximumError = std::max(sums.maximumError, std::fabs(error));
        sums.clipped += element.clipped ? 1U : 0U;
        for (std::size_t plane = 0; plane < kCodePlanes; ++plane)
            planes[plane][(first + i) / 32] |= (element.code >> plane & 1U) << (first + i) % 32;
    }
    for (std::size_t lane = 0; lane < 16; ++lane)
        sums.squaredError[lane] += squared[lane];
}

[[nodiscard]] inline std::uint32_t largestMagnitude(const float* values, std::size_t count)
{
    std::uint32_t maximum = 0;
    for (std::size_t i = 0; i < count; ++i)
        maximum = std::max(maximum, std::bit_cast<std::uint32_t>(values[i]) & 0x7FFFFFFFU);
    return maximum;
}

[[nodiscard]] inline std::uint64_t countZeros(const float* values)
{
    std::uint64_t zeros = 0;
    for (std::size_t i = 0; i < kTileElements; ++i)
        zeros += values[i] == 0.0F ? 1U : 0U;
    return zeros;
}

/// Quantizes one tile. @return nothing when the reference encoder has to do it
template <class Rule>
bool quantizeTile(const typename Rule::Format& format, const float* values, SlowTile& tile, ChunkSums& sums)
{
    constexpr std::size_t kBlocks = kTileElements / Rule::kBlock;
    std::array<typename Rule::Bounds, kBlocks> bounds;
    for (std::size_t block = 0; block < kBlocks; ++block) {
        const std::uint32_t maximum = largestMagnitude(values + block * Rule::kBlock, Rule::kBlock);
        if (!Rule::prepare(format, maximum, bounds[block]))
            return false;
        tile.scales[block] = bounds[block].scale;
    }
    for (std::size_t block = 0; block < kBlocks; ++block) {
        const std::size_t first = block * Rule::kBlock;
        quantizeBlock<Rule>(format, values + first, first, bounds[block], tile.planes, sums);
    }
    return true;
}

template <std::size_t kBlock> std::uint64_t countBlocks(const TileBits& valid)
{
    std::uint64_t blocks = 0;
    for (std::size_t first = 0; first < kTileElements; first += kBlock)
        blocks += (valid[first / 32] >> first % 32 & 1U) != 0 ? 1U : 0U;  // a block's elements are its first ones
    return blocks;
}

template <class Rule, KernelScope kScope>
void measureTiles(const typename Rule::Format& format, const TileRun& run, ChunkSums& sums)
{
    for (std::size_t index = 0; index < run.tiles; ++index) {
        const float* values = run.values + index * kTileElements;
        const TileBits& valid = run.valid != nullptr ? run.valid[index] : kWholeTile;
        SlowTile tile;
        if (quantizeTile<Rule>(format, values, tile, sums)) {
            tile.valid = valid;
            sums.inputZero += countZeros(values) - missing(valid);
        } else {
            tile = run.slow->encode(values, valid, sums);
        }
        storeScales(run, index, tile.scales.data(), kTileElements / Rule::kBlock, scaleBytesOf<Rule>(format));
        if constexpr (kScope == KernelScope::Full) {
            countPlanes<Rule::kBlock>(tile.planes, tile.valid, format.table, sums);
            if (run.planes != nullptr)
                run.planes[index] = tile.planes;
        } else {
            sums.blocks += countBlocks<Rule::kBlock>(tile.valid);
        }
    }
}

}  // namespace nanoscope::portable
