#pragma once

#include "core/analysis/block_statistics.h"
#include "core/analysis/report.h"
#include "core/quant/prepared_tensor.h"

namespace nanoscope {

/// Fills in everything but the bounds that follows from counts, sums and the per-block figures.
/// The report's format, shape fields, stored bits and per-block vectors must be set.
/// @param valueReach  as given to BlockStatistics
void fillFigures(Report& report, const BlockCounts& counts, const TotalSums& sums, const std::vector<Codebook>& books,
    const PreparedTensor& prepared, double valueReach);

/// Bounds on the SQNR for the distribution of the values; the report's bits must be set.
void fillBounds(Report& report, const BlockCounts& counts, const TotalSums& sums, double valueReach);

}  // namespace nanoscope
