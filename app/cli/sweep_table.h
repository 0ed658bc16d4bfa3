#pragma once

#include "core/analysis/sweep_row.h"
#include "core/format/format_json.h"

#include <string>
#include <vector>

namespace nanoscope::cli {

/// A row per tensor, worst under the first format first, the whole model, and what could not be measured with its
/// reason.
[[nodiscard]] std::string sweepTable(const std::vector<SweepRow>& rows, const std::vector<NamedFormat>& formats);

}  // namespace nanoscope::cli
