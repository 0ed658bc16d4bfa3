#pragma once

#include "core/lm/perplexity_figures.h"

#include <string>
#include <vector>

namespace nanoscope::cli {

/// A row per result, for people, and which neighbours in the order of losses one cast cannot tell apart.
/// @param results  the unquantized model first
[[nodiscard]] std::string perplexityTable(const std::vector<PerplexityFigures>& results);

}  // namespace nanoscope::cli
