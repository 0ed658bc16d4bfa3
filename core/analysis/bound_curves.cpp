#include "core/analysis/bound_curves.h"

#include "core/analysis/block_statistics.h"
#include "core/analysis/bounds.h"
#include "core/error.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace nanoscope {
namespace {

/// Calls `use` with every finite element.
template <typename Use> void forEachFinite(const BlockView& rows, const std::stop_token& stop, Use use)
{
    constexpr std::uint64_t kPiece = 1 << 20;
    std::vector<float> room;
    for (std::uint64_t first = 0; first < rows.elements(); first += kPiece) {
        if (stop.stop_requested())
            throw Cancelled();
        const std::uint64_t count = std::min(kPiece, rows.elements() - first);
        for (const float value : rows.rowValues().read(first, count, room))
            if (std::isfinite(value))
                use(static_cast<double>(value));
    }
}

}  // namespace

BoundCurves boundCurves(const BlockView& rows, std::span<const double> bits, const std::stop_token& stop)
{
    double reach = 0.0;
    double power = 0.0;
    std::uint64_t count = 0;
    forEachFinite(rows, stop, [&](double value) {
        reach = std::max(reach, std::fabs(value));
        power += value * value;
        ++count;
    });
    BoundCurves curves{{bits.begin(), bits.end()}, std::vector<Bounds>(bits.size())};
    if (count < kFewestElementsForBounds || reach == 0.0)
        return curves;
    std::vector<std::uint64_t> histogram(kValueBins, 0);
    const BinAxis axis(reach, kValueBins);
    forEachFinite(rows, stop, [&](double value) { ++histogram[axis.binOf(value)]; });
    for (std::size_t i = 0; i < bits.size(); ++i) {
        if (stop.stop_requested())
            throw Cancelled();
        curves.bounds[i] = boundsFor(histogram, reach, power / static_cast<double>(count), bits[i]);
    }
    return curves;
}

}  // namespace nanoscope
