#pragma once

#include "core/fast/portable_measure.h"
#include "core/fast/power_format.h"

namespace nanoscope::portable {

/// See PowerRule in power_kernel.cpp.
template <PowerFormat::Book kBook, std::size_t kLength> struct PowerRule {
    using Format = PowerFormat;
    using ScaleCode = std::uint8_t;
    static constexpr std::size_t kBlock = kLength;
    static constexpr bool kIsFloat = kBook == PowerFormat::Book::E2M1;

    struct Bounds {
        float smallest = 0.0F;  ///< E2M1: the smallest normal level; integers: what is added to round
        float largest = 0.0F;
        float clip = 0.0F;
        std::uint32_t codeBase = 0;
        std::uint32_t scale = 0;
    };

    static bool prepare(const Format& format, std::uint32_t maximum, Bounds& bounds)
    {
        const bool isZero = maximum == 0;
        auto scale = static_cast<std::int32_t>(maximum >> 23) + format.exponentShift;
        scale += (maximum & 0x007FFFFFU) >= format.bumpAbove ? 1 : 0;
        if (!isZero && (maximum < 0x00800000U || scale < 2 || scale >= 228))
            return false;
        const auto shifted = static_cast<std::uint32_t>(isZero ? 2 : scale);
        const std::uint32_t top = (shifted + 2) << 23;
        bounds.smallest = std::bit_cast<float>(kIsFloat ? shifted << 23 : ((shifted + 23) << 23) | 0x00400000U);
        bounds.largest = std::bit_cast<float>(top | (kIsFloat ? 0x00400000U : 0x00600000U));
        bounds.clip = std::bit_cast<float>(top | (kIsFloat ? 0x00600000U : 0x00700000U));
        bounds.codeBase = 2 * shifted + 2 * 22 + 1;
        bounds.scale = isZero ? 0 : static_cast<std::uint32_t>(scale);
        return true;
    }

    static PortableElement round(const Format&, float value, const Bounds& bounds)
    {
        const float a = std::fabs(value);
        float c = bounds.smallest;
        float steps = 1.0F;
        if constexpr (kIsFloat) {
            const auto octave = std::bit_cast<std::uint32_t>(std::max(a, bounds.smallest)) & 0x7F800000U;
            c = std::bit_cast<float>(octave | 0x00400000U);
            steps = 4194304.0F;
        }
        const float sum = c * steps + a;
        const float q = std::min(sum - c * steps, bounds.largest);
        // The sum's last bits count steps within the octave, its exponent counts octaves of two steps each.
        std::uint32_t code = std::bit_cast<std::uint32_t>(sum);
        code = kIsFloat ? (code & 7U) + (code >> 22) - bounds.codeBase : code - std::bit_cast<std::uint32_t>(c);
        code = std::min(code, 7U);
        const std::uint32_t sign = std::bit_cast<std::uint32_t>(value) >> 28 & 8U;
        return {a - q, code == 0 ? 0 : code | sign, a > bounds.clip};
    }
};

template <PowerFormat::Book kBook, std::size_t kBlock, KernelScope kScope>
void measurePower(const PowerFormat& format, const TileRun& run, ChunkSums& sums)
{
    measureTiles<PowerRule<kBook, kBlock>, kScope>(format, run, sums);
}

}  // namespace nanoscope::portable
