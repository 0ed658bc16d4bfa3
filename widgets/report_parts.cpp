#include "widgets/report_parts.h"

#include "widgets/cost_ratio_plot.h"
#include "widgets/heat_map.h"
#include "widgets/level_axis.h"
#include "widgets/level_plot.h"
#include "widgets/magnitude_chart.h"

#include <QCoreApplication>
#include <QFont>

#include <utility>

namespace nanoscope {

namespace {

class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::ReportPage)
};

/// The figures that a comparison is read for; the rest is in the window.
constexpr const char* kFigures[]{"bits", "sqnr", "mse", "maximum", "bias", "cosine", "clipped", "underflow", "blockMax",
    "utilisation", "vacantStructural", "vacantTensor", "vacantBlock", "allIn_lloydMax", "allIn_shannon"};

QString nameOf(const RoleReports& reports, std::size_t slot)
{
    return seriesLetter(kSeriesRoles[slot]) + QStringLiteral(" ") + QString::fromStdString(reports[slot]->format.name);
}

}  // namespace

ReportParts::ReportParts(const ReportPage& page)
{
    addTable(page.reports);
    addLevels(page.reports);
    addOthers(page);
    for (const RecipeFormat& format : page.recipe.formats)
        m_specs << QStringLiteral("%1  %2  %3").arg(format.slot, format.name, QString::fromUtf8(format.specJson));
}

ReportParts::~ReportParts() = default;

void ReportParts::addTable(const RoleReports& reports)
{
    FigureModel figures;
    figures.setReports(reports);
    m_heads << Text::tr("Figure");
    for (std::size_t slot = 0; slot < reports.size(); ++slot)
        if (reports[slot])
            m_heads << nameOf(reports, slot);
    for (const char* id : kFigures) {
        const int row = figures.rowOf(QLatin1String(id));
        if (row < 0)
            continue;
        std::vector<Cell> cells{
            {figures.index(row, FigureModel::NameColumn).data(FigureModel::NameWithUnitRole).toString()}};
        for (std::size_t slot = 0; slot < reports.size(); ++slot) {
            if (!reports[slot])
                continue;
            const QModelIndex index = figures.index(row, FigureModel::AColumn + static_cast<int>(slot));
            cells.push_back({index.data().toString(), index.data(Qt::FontRole).value<QFont>().bold()});
        }
        m_rows.push_back(std::move(cells));
    }
}

void ReportParts::addLevels(const RoleReports& reports)
{
    std::vector<const Report*> all;
    for (const auto& report : reports)
        if (report)
            all.push_back(report.get());
    std::optional<LevelAxis> axis;
    if (all.size() > 1 && shareNumberLine(all))
        axis = commonAxis(all);
    for (std::size_t slot = 0; slot < reports.size(); ++slot) {
        if (!reports[slot])
            continue;
        auto plot = std::make_unique<LevelPlot>();
        plot->setTheme(lightTheme());
        plot->setRole(kSeriesRoles[slot]);
        plot->setReport(reports[slot]);
        plot->setAxis(axis);
        m_levels.push_back({seriesLetter(kSeriesRoles[slot]), std::move(plot)});
    }
}

void ReportParts::addOthers(const ReportPage& page)
{
    if (page.reports.empty() || !page.reports[0])
        return;
    auto map = std::make_unique<HeatMap>();
    map->setReport(page.reports[0]);
    m_others.push_back({seriesLetter(SeriesRole::A), std::move(map)});
    if (page.cost) {
        auto ratios = std::make_unique<CostRatioPlot>();
        ratios->setResult(page.cost);
        m_others.push_back({{}, std::move(ratios)});
        return;
    }
    auto magnitude = std::make_unique<MagnitudeChart>();
    magnitude->setReports(page.reports);
    m_others.push_back({{}, std::move(magnitude)});
}

}  // namespace nanoscope
