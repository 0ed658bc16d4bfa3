#pragma once

#include "core/analysis/report.h"
#include "core/fast/fused_pass.h"

namespace nanoscope {

/// Puts what a pass over every element found into a report that a summary or a preview began (ReportTier::Pass):
/// squared and largest error, counts per level, all four kinds of vacancy but the expected one, clipped, zero and
/// underflow fractions, entropy, choices. Everything else stays as it was.
/// @param report  of the same tensor and format
/// @param pass    with KernelScope::Full
/// @param power   sum w^2 of the elements that count
[[nodiscard]] Report refinedByPass(Report report, const FusedFigures& pass, double power);

}  // namespace nanoscope
