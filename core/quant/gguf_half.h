#pragma once

#include <bit>
#include <cstdint>

namespace nanoscope {

/// IEEE 754 binary16 code nearest to a finite `value`, ties to even. Beyond the largest half it is the largest one (a
/// finite block never decodes to infinity), and zero of either sign is code 0.
[[nodiscard]] constexpr std::uint16_t halfBits(float value)
{
    constexpr std::uint32_t kOverflow = 0x477FF000U;        // 65520, from where a half would round to infinity
    constexpr std::uint32_t kSmallestNormal = 0x38800000U;  // 2^-14
    constexpr std::uint32_t kRebias = (127U - 15U) << 23;

    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t magnitude = bits & 0x7FFFFFFFU;
    std::uint32_t half = 0;
    if (magnitude >= kOverflow)
        half = 0x7BFFU;
    else if (magnitude >= kSmallestNormal)
        half = (magnitude - kRebias + 0xFFFU + ((magnitude >> 13) & 1U)) >> 13;
    else  // added to 0.5, a subnormal half is rounded to its own step, 2^-24
        half
            = std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude) + 0.5F) - std::bit_cast<std::uint32_t>(0.5F);
    const std::uint32_t sign = half == 0 ? 0U : (bits >> 16) & 0x8000U;
    return static_cast<std::uint16_t>(half | sign);
}

}  // namespace nanoscope
