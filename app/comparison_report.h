#pragma once

#include "app/explorer.h"
#include "widgets/report_page.h"

#include <optional>

namespace nanoscope {

class ViewDocks;

/// The formats on screen and what they do to the tensor on show, as a report has it.
/// @param hash  of the tensor
/// @return nothing before the first figures of A
[[nodiscard]] std::optional<ReportPage> reportOfView(const Explorer& explorer, ViewDocks& docks, const QString& hash);

/// The figures of the formats on screen as a LaTeX table; empty before the first figures of A.
[[nodiscard]] QString latexOfView(const Explorer& explorer);

}  // namespace nanoscope
