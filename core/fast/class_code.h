#pragma once

#include "core/fast/code_table.h"
#include "core/format/codebook.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <optional>

namespace nanoscope {

/// An element's class: where its magnitude lies relative to the binade of its block's maximum, in one byte.
/// Bit 7 is the sign. Bits 0 to 6 count down from the top of that binade: eighths of a binade in the first four
/// binades, quarters below, each in two classes: what lies inside (even) and exactly on its lower edge (odd), so that a
/// tie shows. The last class is everything smaller, zero included.
inline constexpr std::size_t kClasses = 128;
inline constexpr std::uint32_t kLastClass = 127;
inline constexpr std::uint32_t kFineSteps = 32;  ///< eighths of a binade

/// Exponents of block maxima that classes are made for (biased as in float32): all steps are normal numbers, and no
/// scale leaves E8M0.
inline constexpr std::uint32_t kLeastClassExponent = 24;
inline constexpr std::uint32_t kMostClassExponent = 240;

/// @param magnitude  bits of float32
/// @param top        the largest number of the binade of the block's maximum
[[nodiscard]] constexpr std::uint32_t classOf(std::uint32_t magnitude, std::uint32_t top)
{
    const std::uint32_t eighth = (top - magnitude) >> 20;
    const std::uint32_t quarter = (top - magnitude) >> 21;
    const std::uint32_t fine = 2 * eighth + ((magnitude & 0xFFFFFU) == 0 ? 1 : 0);
    const std::uint32_t coarse = kFineSteps + 2 * quarter + ((magnitude & 0x1FFFFFU) == 0 ? 1 : 0);
    return eighth < kFineSteps ? fine : std::min(coarse, kLastClass);
}

/// Magnitude codes by class under one format.
using ClassCodes = std::array<std::uint8_t, kClasses>;

/// Codes of a format with power-of-two scales by the floor rule; nothing when a threshold of its codebook lies inside a
/// class.
/// @param book           symmetric, 16 codes in sign and magnitude
/// @param exponentShift  exponent of the scale less that of the block maximum
[[nodiscard]] std::optional<ClassCodes> classCodes(const Codebook& book, int exponentShift);

}  // namespace nanoscope
