#pragma once

#include <bit>
#include <cstdint>

namespace nanoscope {

// Both stand here in full because the loops that call them are only fast once they are inlined and vectorized.

/// Exact value of an IEEE 754 binary16 bit pattern: subnormals, infinities and NaN payloads included.
[[nodiscard]] constexpr float halfToFloat(std::uint16_t bits)
{
    constexpr std::uint32_t kExponentMask = 0x7C00u << 13;         // binary16's exponent field in binary32's place
    constexpr std::uint32_t kRebias = (127u - 15u) << 23;          // difference of the two exponent biases
    constexpr std::uint32_t kSmallestNormal = (127u - 14u) << 23;  // 2^-14

    const std::uint32_t sign = (bits & 0x8000u) << 16;
    const std::uint32_t magnitude = (bits & 0x7FFFu) << 13;
    const std::uint32_t exponent = magnitude & kExponentMask;

    // A subnormal is m * 2^-24: give it 2^-14's exponent and take 2^-14 away again. Both operands and the
    // result are normal binary32 numbers, so this holds even where the processor flushes subnormals.
    const float subnormal = std::bit_cast<float>(kSmallestNormal | magnitude) - std::bit_cast<float>(kSmallestNormal);

    std::uint32_t result = magnitude + kRebias;
    result = exponent == kExponentMask ? result + kRebias : result;  // infinity and NaN keep an all-ones exponent
    result = exponent == 0 ? std::bit_cast<std::uint32_t>(subnormal) : result;
    return std::bit_cast<float>(result | sign);
}

/// Exact value of a bfloat16 bit pattern: the upper half of a binary32.
[[nodiscard]] constexpr float bfloat16ToFloat(std::uint16_t bits)
{
    return std::bit_cast<float>(std::uint32_t{bits} << 16);
}

}  // namespace nanoscope
