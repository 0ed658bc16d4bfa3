#pragma once

#include "core/format/codebook.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace nanoscope {

/// What the subgroups of a searched format take is measured with these tables on AVX-512 (simd_subgroup_score.h); a
/// slot is micro-scale * ladders + exponent offset.
struct SubgroupTables {
    static constexpr std::size_t kMostSlots = 16;
    static constexpr std::size_t kBins = 128;
    /// Parts of the base scale in which elements are scored.
    static constexpr int kFixedBits = 11;

    /// @name Scores
    /// @{
    bool isScored = false;  ///< every threshold of every slot lies between two bins
    /// From the level of a bin to where the eighth of the scale it lies in starts, in sixteenths. Bins are a
    /// thirty-second of the base scale wide below 2, twice that below 4 and four times that below 8.
    alignas(64) std::array<std::array<std::int8_t, kBins>, kMostSlots> distance{};
    /// @}

    /// @name Rounding, in units of half of the outermost step of the codebook
    /// @{
    bool isFirm
        = false;  ///< for every micro-scale a product with its reciprocal is on the right side of each threshold
    alignas(64) std::array<float, kMostSlots> unit{};     ///< by slot, the base scale left out
    alignas(64) std::array<float, kMostSlots> inverse{};  ///< its reciprocal, rounded once
    std::uint32_t smallest = 0;                           ///< bits of float32: below this levels are equally far apart
    float steps = 0.0F;  ///< 1.5 * octave * steps added and taken away rounds to a level
    float largest = 0.0F;
    float unitsPerPart = 0.0F;  ///< to the parts of a scale that tell codes, see SearchFormat
    /// @}

    /// Taken from the product, so that it lies below a threshold wherever the quotient does.
    static constexpr float kNudge = 0x1p-27F;
};

/// @param micros   the grid of micro-scales
/// @param offsets  of the exponent, in the order in which blocks try them
/// @param isBase   the base scale is the power of two that leaves every element below 8
[[nodiscard]] SubgroupTables subgroupTablesOf(
    const Codebook& book, const std::vector<double>& micros, const std::vector<int>& offsets, bool isBase);

}  // namespace nanoscope
