#pragma once

#include "core/analysis/compact_doubles.h"

#include <utility>
#include <vector>

namespace nanoscope {

/// Percentiles (kBlockPercentiles) of the blocks' SQNR with linear interpolation, as pairs (percent, dB), from what the
/// error map keeps: within 1.1e-6 dB of those of the sums themselves. Blocks of zeros and excluded ones have none; an
/// exact block counts as the best measurable one. Takes no memory that grows with the blocks.
/// @param squaredError  per block; NaN for excluded blocks
/// @param power         per block: sum w^2; NaN for excluded blocks
[[nodiscard]] std::vector<std::pair<double, double>> blockSqnrPercentiles(
    const CompactDoubles& squaredError, const CompactDoubles& power);

}  // namespace nanoscope
