#pragma once

#include "core/fast/class_kernel.h"
#include "core/fast/portable_measure.h"

namespace nanoscope::portable {

inline void classifyTiles(const float* values, std::size_t tiles, std::uint8_t* classes, std::uint8_t* odd)
{
    for (std::size_t tile = 0; tile < tiles; ++tile) {
        odd[tile] = 0;
        for (std::size_t first = tile * kTileElements; first < (tile + 1) * kTileElements; first += 32) {
            const std::uint32_t maximum = largestMagnitude(values + first, 32);
            const std::uint32_t exponent = maximum >> 23;
            odd[tile] |= maximum != 0 && (exponent < kLeastClassExponent || exponent > kMostClassExponent) ? 1 : 0;
            const std::uint32_t top = std::max(maximum, kLeastClassExponent << 23) | 0x7FFFFFU;
            for (std::size_t i = first; i < first + 32; ++i) {
                const auto bits = std::bit_cast<std::uint32_t>(values[i]);
                classes[i] = static_cast<std::uint8_t>(classOf(bits & 0x7FFFFFFFU, top) | (bits >> 24 & 0x80U));
            }
        }
    }
}

inline void countClasses(const ClassFormat& format, const ClassRun& run, ChunkSums& sums)
{
    for (std::size_t tile = 0; tile < run.tiles; ++tile) {
        TilePlanes planes{};
        for (std::size_t i = 0; i < kTileElements; ++i) {
            const std::uint8_t index = run.classes[tile * kTileElements + i];
            const std::uint32_t magnitude = format.codes[index & 0x7FU];
            const std::uint32_t code = magnitude == 0 ? 0 : magnitude | (index >> 4 & 8U);
            for (std::size_t plane = 0; plane < kCodePlanes; ++plane)
                planes[plane][i / 32] |= (code >> plane & 1U) << i % 32;
        }
        countPlanes<32>(planes, run.valid != nullptr ? run.valid[tile] : kWholeTile, format.table, sums);
    }
}

}  // namespace nanoscope::portable
