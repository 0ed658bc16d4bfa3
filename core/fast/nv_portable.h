#pragma once

#include "core/fast/nv_format.h"
#include "core/fast/portable_measure.h"
#include "core/fast/search_portable.h"

namespace nanoscope::portable {

/// See NvRule in nv_kernel.cpp.
struct NvRule {
    using Format = NvFormat;
    using ScaleCode = std::uint8_t;
    static constexpr std::size_t kBlock = 16;

    struct Bounds {
        float reciprocal = 0.0F;
        float blockScale = 0.0F;
        std::uint32_t scale = 0;
    };

    static bool prepare(const Format& format, std::uint32_t maximum, Bounds& bounds)
    {
        constexpr float kMantissaSteps = 1048576.0F;  // 2^20: three mantissa bits
        constexpr float kSmallestNormal = 0.015625F;  // 2^-6
        if (maximum >= 0x7F800000U)
            return false;
        const float ideal = std::bit_cast<float>(maximum) * format.scaleFactor;
        const float c = middleOfOctave(std::max(ideal, kSmallestNormal));
        const float scale = std::min((c * kMantissaSteps + ideal) - c * kMantissaSteps, 448.0F);
        bounds.scale = scale >= kSmallestNormal ? (std::bit_cast<std::uint32_t>(scale) >> 20) - (120U << 3)
                                                : static_cast<std::uint32_t>(scale * 512.0F);
        bounds.reciprocal = scale == 0.0F ? 0.0F : 1.0F / (scale * format.decode);
        bounds.blockScale = scale;
        return true;
    }

    static PortableElement round(const Format& format, float value, const Bounds& bounds)
    {
        const float a = std::fabs(value);
        const float scaled = a * bounds.reciprocal;
        const float c = middleOfOctave(std::max(scaled, 1.0F));
        const float sum = c * 4194304.0F + scaled;
        const float q = std::min(sum - c * 4194304.0F, 6.0F);
        const std::uint32_t bits = std::bit_cast<std::uint32_t>(sum);
        const std::uint32_t code = std::min((bits & 7U) + (bits >> 22) - (2U * (127U + 22U) + 1U), 7U);
        const std::uint32_t sign = std::bit_cast<std::uint32_t>(value) >> 28 & 8U;
        return {a - q * bounds.blockScale * format.tensorScale, code == 0 ? 0 : code | sign, scaled > 7.0F};
    }
};

template <KernelScope kScope> void measureNv(const NvFormat& format, const TileRun& run, ChunkSums& sums)
{
    measureTiles<NvRule, kScope>(format, run, sums);
}

template <KernelScope kScope> void measureNvSearch(const NvFormat& format, const TileRun& run, ChunkSums& sums)
{
    measureByReference<16, kScope>(format.table, sizeof(std::uint8_t), run, sums, [](SlowTile&) {});
}

}  // namespace nanoscope::portable
