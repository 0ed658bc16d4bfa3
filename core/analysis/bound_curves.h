#pragma once

#include "core/analysis/report.h"
#include "core/quant/block_view.h"

#include <span>
#include <stop_token>
#include <vector>

namespace nanoscope {

/// Bounds at some numbers of bits per element.
struct BoundCurves {
    std::vector<double> bits;
    std::vector<Bounds> bounds;  ///< one each
};

/// boundsFor() of a tensor's own distribution: its finite elements taken as independent draws. The histogram is that of
/// a report, in which whole blocks are left out for one element that is not finite.
/// @param rows  whatever their blocks
/// @return empty bounds for tensors below kFewestElementsForBounds
/// @throws Cancelled
[[nodiscard]] BoundCurves boundCurves(const BlockView& rows, std::span<const double> bits, const std::stop_token& stop);

}  // namespace nanoscope
