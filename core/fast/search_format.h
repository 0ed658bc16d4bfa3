#pragma once

#include "core/fast/code_table.h"
#include "core/fast/subgroup_tables.h"
#include "core/fast/tile_run.h"
#include "core/format/format_spec.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace nanoscope {

/// A format whose blocks of 32 or 16 try several codebooks, micro-scales and exponents and keep the first smallest
/// squared error (NxFP's NanoMantissa, Adaptive Microexponent and Code Recycling; M2XFP's Sg-EM): E2M1 or the integers
/// -7 to 7 in sign and magnitude, with or without a recycled code, under an E8M0 or E5M0 scale.
///
/// What a block or subgroup may take is a slot: micro-scale * ladders + ladder, where a ladder is a codebook under one
/// exponent offset (book * offsets + offset).
struct SearchFormat {
    static constexpr std::size_t kMostBooks = 2;
    static constexpr std::size_t kMostOffsets = 4;
    static constexpr std::size_t kMostLadders = 4;
    static constexpr std::size_t kMostMicros = 8;
    static constexpr std::size_t kMostSlots = 16;
    static constexpr std::size_t kLadderBins = 128;
    /// Levels are handled in these parts of the scale: bits 21 to 26 of float32 then tell book and level.
    static constexpr std::array<float, kMostBooks> kUnitsPerScale{16.0F, 512.0F};
    static constexpr std::size_t kPlaces = 48;  ///< numbers that those bits may be, zero among them

    /// One number per slot, as registers look them up.
    template <typename Value> struct alignas(64) PerSlot : std::array<Value, kMostSlots> {
    };

    std::size_t block = 32;          ///< elements; of 16 only where no subgroups choose
    CodeTable table;                 ///< the same for every codebook
    std::int32_t exponentShift = 0;  ///< as PowerFormat has them, before the offset
    std::uint32_t bumpAbove = 0x00800000U;
    std::uint32_t smallestExponent = 28;  ///< of the base scale, biased by 127; outside the reference encoder does it
    std::uint32_t largestExponent = 226;
    std::size_t books = 1;
    std::size_t micros = 1;
    std::size_t offsets = 1;
    std::size_t ladders = 1;
    bool microPerSubgroup = false;  ///< each subgroup of 8 takes its own micro-scale; else the block does

    /// Slots in the order of the search. With microPerSubgroup only those of micro-scale 0, which are then the block's
    /// choice; the micro-scales of a subgroup are tried in their own order.
    std::array<std::uint8_t, kMostSlots> order{};
    std::size_t candidates = 1;

    /// @name By slot
    /// @{
    PerSlot<float> scale{};                  ///< of a unit, the base exponent left out
    PerSlot<float> inverse{};                ///< its reciprocal, rounded once
    PerSlot<std::int32_t> exponentOffset{};  ///< from the biased exponent of the base scale to the scale code
    PerSlot<std::uint32_t> smallest{};       ///< bits of float32: below this levels are equally far apart
    PerSlot<float> steps{};                  ///< 1.5 * octave * steps added and taken away rounds to a level
    PerSlot<float> largest{};
    PerSlot<std::uint32_t> clip{};           ///< bits: beyond this an element counts as clipped
    PerSlot<float> recycled{};               ///< the recycled level
    PerSlot<std::uint32_t> recycledFrom{};   ///< bits of the first element nearer to it than to its neighbors
    PerSlot<std::uint32_t> recycledCount{};  ///< how many float32 are; 0: nothing is recycled
    PerSlot<std::uint32_t> bookMask{};       ///< all ones for codebook 1
    /// @}

    /// Code byte (bit 3 of the code on top) by bits 21 to 26 of the level, and from 64 on of a negative one.
    alignas(64) std::array<std::uint8_t, 128> codeOfLevel{};

    /// @name Scores in fixed point (see simd_search_score.h)
    /// @{
    bool isScored = false;  ///< the thresholds of every ladder lie on the bins
    alignas(64) std::array<std::array<std::uint8_t, kLadderBins>, kMostLadders> ladderLevels{};  ///< sixteenths
    std::array<std::int16_t, kMostMicros> microFactor{};  ///< 2^15 / micro-scale; 0 for 1
    std::array<float, kMostMicros> microWeight{};         ///< square of the micro-scale
    PerSlot<float> deviation{};                           ///< how far an element may be off, see the proof
    float largestDeviation = 0.0F;
    /// @}

    SubgroupTables subgroups;  ///< with microPerSubgroup only

    [[nodiscard]] std::size_t microOf(std::size_t slot) const { return slot / ladders; }
    [[nodiscard]] std::size_t ladderOf(std::size_t slot) const { return slot % ladders; }
    [[nodiscard]] std::size_t bookOf(std::size_t slot) const { return ladderOf(slot) / offsets; }
    [[nodiscard]] std::size_t offsetOf(std::size_t slot) const { return ladderOf(slot) % offsets; }
};

/// Moves what a kernel counted by slot to the choices.
void takeChoices(const SearchFormat& format, ChunkSums& sums);

/// Nothing when the kernel does not take the format.
[[nodiscard]] std::optional<SearchFormat> searchFormatOf(const FormatSpec& spec);

}  // namespace nanoscope
