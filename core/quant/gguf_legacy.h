#pragma once

#include <cstdint>
#include <span>

namespace nanoscope {

// The types whose scale follows directly from the block: float32, the order of operations as in catalogue 3.19. They
// encode with the scale as computed and decode with its FP16 rounding, so encoding a decoded block again may differ.

/// What a block comes to: the scale (and minimum) before rounding to FP16. The spans get, per element, the code and
/// what was compared with the levels.
struct LegacyScale {
    float scale = 0.0F;
    float minimum = 0.0F;  ///< Q4_1, Q5_1: added to every element
};

/// Where the result of a block goes; as long as the block.
struct LegacyTarget {
    std::span<std::uint32_t> codes;
    std::span<double> scaled;
};

/// Q4_0 and Q5_0: the signed extreme takes the most negative level, -2^(bits-1); code = level + 2^(bits-1).
LegacyScale encodeSignedExtreme(std::span<const float> values, int bits, const LegacyTarget& target);

/// Q4_1 and Q5_1: codes 0 .. 2^bits-1 from the smallest to the largest element.
LegacyScale encodeRange(std::span<const float> values, int bits, const LegacyTarget& target);

/// Q8_0, Q2_0 and TQ2_0: the largest magnitude takes level `top`; halves away from zero.
/// @param shift  added to the level to make the code, which keeps its lowest 8 bits
LegacyScale encodeMaximum(std::span<const float> values, float top, int shift, const LegacyTarget& target);

/// Q1_0: the mean magnitude with the element's sign, code 1 for elements that are not negative.
LegacyScale encodeMeanSign(std::span<const float> values, const LegacyTarget& target);

}  // namespace nanoscope
