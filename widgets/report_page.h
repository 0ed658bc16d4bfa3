#pragma once

#include "widgets/cost_result.h"
#include "widgets/plot_recipe.h"
#include "widgets/series_role.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <memory>

namespace nanoscope {

/// What a report on one page says of a tensor under up to four formats.
struct ReportPage {
    QString title;
    QStringList facts;  ///< lines below the title: shape, file, hash, date
    RoleReports reports;
    std::shared_ptr<const CostResult> cost;  ///< null: the error by magnitude takes its place
    PlotRecipe recipe;
};

/// One A4 page, vector: a table of figures, the levels of every format, the error map of A, the ratios of cost or the
/// error by magnitude, and the specs in small type.
/// @return empty when there is no format
[[nodiscard]] QByteArray reportPdf(const ReportPage& page);

/// The same as one self-contained page of well-formed XHTML with the plots as inline SVG.
/// @return empty when there is no format
[[nodiscard]] QByteArray reportHtml(const ReportPage& page);

}  // namespace nanoscope
