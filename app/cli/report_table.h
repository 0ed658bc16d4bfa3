#pragma once

#include "core/analysis/report.h"

#include <string>
#include <vector>

namespace nanoscope::cli {

/// Reports of one tensor side by side, one column per format, for people. At least one report.
[[nodiscard]] std::string reportTable(const std::vector<Report>& reports);

}  // namespace nanoscope::cli
