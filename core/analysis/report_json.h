#pragma once

#include "core/analysis/report.h"

#include <nlohmann/json_fwd.hpp>

namespace nanoscope {

/// A report as `nanoscope-cli report --json` prints it (DESIGN section 5). Absent figures, NaN and infinity are null.
[[nodiscard]] nlohmann::json toJson(const Report& report);

}  // namespace nanoscope
