#pragma once

#include "core/hardware/format_cost.h"

#include <string>
#include <vector>

namespace nanoscope::cli {

/// The costs of formats side by side, their terms, what is not priced and the limits of the model.
/// @param ratios  of each cost, to the same baselines in the same order
[[nodiscard]] std::string costTable(
    const std::vector<FormatCost>& costs, const std::vector<std::vector<CostRatio>>& ratios, const CostSetup& setup);

}  // namespace nanoscope::cli
