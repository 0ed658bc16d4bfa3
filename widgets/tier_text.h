#pragma once

#include "core/analysis/report.h"

#include <QString>

namespace nanoscope {

/// How much of the tensor stands behind a report, as it is said beside its figures: "exact summary",
/// "preview ± 0.02 dB", "errors and counts exact", empty for an exact report.
[[nodiscard]] QString tierText(const Report& report);

}  // namespace nanoscope
