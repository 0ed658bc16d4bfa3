#pragma once

#include "core/fast/portable_measure.h"
#include "core/fast/table_format.h"

#include <algorithm>

namespace nanoscope::portable {

/// Code of one element as the reference finds it.
[[nodiscard]] inline std::uint32_t codeInDouble(const TableFormat& format, float value, float scale)
{
    const double quotient = static_cast<double>(value) / static_cast<double>(scale);
    const auto above = std::upper_bound(format.thresholds.begin(), format.thresholds.end(), quotient);
    return static_cast<std::uint32_t>(above - format.thresholds.begin());
}

/// See TableRule in table_kernel.cpp.
struct TableRule {
    using Format = TableFormat;
    using ScaleCode = std::uint32_t;
    static constexpr std::size_t kBlock = 64;

    struct Bounds {
        float blockScale = 1.0F;
        std::uint32_t scale = 0;
    };

    static bool prepare(const Format& format, std::uint32_t maximum, Bounds& bounds)
    {
        bounds.scale = maximum == 0 ? format.scaleOfZero : maximum;
        bounds.blockScale = maximum == 0 ? 1.0F : std::bit_cast<float>(maximum);
        return maximum == 0 || (maximum > 27U << 23 && maximum < 227U << 23);
    }

    static PortableElement round(const Format& format, float value, const Bounds& bounds)
    {
        const std::uint32_t code = codeInDouble(format, value, bounds.blockScale);
        return {format.levels[code] * bounds.blockScale - value, code, false};
    }
};

template <KernelScope kScope> void measureTable(const TableFormat& format, const TileRun& run, ChunkSums& sums)
{
    measureTiles<TableRule, kScope>(format, run, sums);
}

}  // namespace nanoscope::portable
