#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace nanoscope {

/// Elements that share an IQ4 scale.
inline constexpr std::size_t kIq4Block = 32;

/// Levels of IQ4_NL and IQ4_XS by code. None of them is zero.
inline constexpr std::array<float, 16> kIq4Levels{
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

/// Code of the level nearest to `scaled`; exactly between two, the upper one.
[[nodiscard]] std::uint32_t iq4Code(float scaled);

/// Scale of a block whose squared error, weighted by the squared elements, is smallest among the least-squares scales
/// of sixteen trial scales: the extreme at level 127, then at level -127 + t for t = -7 .. 7, the first best one
/// winning. Source: catalogue 3.19.
/// @return 0 for a block without an element of 1e-15
[[nodiscard]] float fitIq4Scale(std::span<const float, kIq4Block> values);

}  // namespace nanoscope
