#pragma once

#include "core/fast/integer_format.h"
#include "core/fast/portable_measure.h"

namespace nanoscope::portable {

/// See IntegerRule in integer_kernel.cpp.
struct IntegerRule {
    using Format = IntegerFormat;
    using ScaleCode = std::uint16_t;
    static constexpr std::size_t kBlock = 32;

    struct Bounds {
        float step = 1.0F;
        std::uint32_t scale = 0;
    };

    static bool prepare(const Format& format, std::uint32_t maximum, Bounds& bounds)
    {
        if (maximum >= 0x4870'0000U)  // 245760: no scale saturates
            return false;
        bounds.scale = format.scaleOfZero;
        if (maximum == 0)
            return true;
        constexpr double kMantissaSteps = 4398046511104.0;   // 2^42: ten mantissa bits
        constexpr double kSmallestNormal = 6.103515625e-05;  // 2^-14
        const double ideal = static_cast<double>(std::bit_cast<float>(maximum)) / format.target;
        const auto octave = std::bit_cast<std::uint64_t>(std::max(ideal, kSmallestNormal)) & 0x7FF0000000000000U;
        const auto c = std::bit_cast<double>(octave | 0x0008000000000000U);
        const double rounded = (c * kMantissaSteps + ideal) - c * kMantissaSteps;
        bounds.step = static_cast<float>(std::max(rounded, 5.9604644775390625e-08));
        bounds.scale = rounded >= kSmallestNormal ? (std::bit_cast<std::uint32_t>(bounds.step) >> 13) - (112U << 10)
                                                  : static_cast<std::uint32_t>(bounds.step * 16777216.0F);
        return true;
    }

    static PortableElement round(const Format&, float value, const Bounds& bounds)
    {
        // In double the quotient is on the right side of every threshold: these have few bits.
        constexpr double kMagic = 6755399441055744.0;  // 1.5 * 2^52
        const float a = std::fabs(value);
        const double quotient = static_cast<double>(a) / static_cast<double>(bounds.step);
        const auto n = static_cast<float>(std::min((quotient + kMagic) - kMagic, 7.0));
        const auto code = static_cast<std::uint32_t>(n);
        const std::uint32_t sign = std::bit_cast<std::uint32_t>(value) >> 28 & 8U;
        return {a - n * bounds.step, code == 0 ? 0 : code | sign, a > 7.5F * bounds.step};
    }
};

template <KernelScope kScope> void measureInteger(const IntegerFormat& format, const TileRun& run, ChunkSums& sums)
{
    measureTiles<IntegerRule, kScope>(format, run, sums);
}

}  // namespace nanoscope::portable
