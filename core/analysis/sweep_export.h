#pragma once

#include "core/analysis/sweep_row.h"
#include "core/format/format_json.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace nanoscope {

/// A sweep as CSV (RFC 4180: lines end in CR LF, fields are quoted where they must be): a line for every tensor and
/// format, one for every tensor that could not be measured, then one of kind `model` for every format. Numbers are the
/// shortest that read back to the same double, with a decimal point whatever the locale; a figure that does not exist
/// is an empty field.
[[nodiscard]] std::string sweepCsv(const std::vector<SweepRow>& rows, const std::vector<NamedFormat>& formats);

/// A sweep as JSON: `{file, formats[{name, spec}], tensors[{name, shape, dtype, elements, non_finite, kurtosis,
/// outlier_ratio, reason, results[]}], model[]}`; figures bear the names that they have in a report.
[[nodiscard]] nlohmann::json sweepJson(
    const std::string& file, const std::vector<SweepRow>& rows, const std::vector<NamedFormat>& formats);

}  // namespace nanoscope
