#include "app/comparison_report.h"

#include "app/cost_dock.h"
#include "app/view_docks.h"
#include "app/view_recipe.h"
#include "widgets/figure_model.h"
#include "widgets/latex_table.h"
#include "widgets/number_text.h"
#include "widgets/tier_text.h"

#include <QCoreApplication>
#include <QDate>
#include <QFileInfo>

namespace nanoscope {
namespace {

class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::ComparisonReport)
};

/// One a slot; null where there is no format.
RoleReports reportsOf(const Explorer& explorer)
{
    RoleReports reports;
    for (const Explorer::Slot slot : Explorer::kEverySlot)
        reports.push_back(explorer.formats().at(slot) != nullptr ? explorer.report(slot) : nullptr);
    return reports;
}

QString titleOf(const RoleReports& reports)
{
    QStringList names;
    for (const auto& report : reports)
        if (report)
            names << QString::fromStdString(report->format.name);
    const QString last = names.takeLast();
    const QString formats = names.isEmpty() ? last : Text::tr("%1 and %2").arg(names.join(", "), last);
    return Text::tr("%1 on %2").arg(formats, QString::fromStdString(reports[0]->tensor.name));
}

QStringList factsOf(const Report& report, const PlotRecipe& recipe)
{
    return {Text::tr("Tensor %1: %2, %3, %4 elements; blocks along axis %5 of %6")
                .arg(recipe.tensor, QString::fromStdString(shapeText(report.tensor.shape)),
                    QString::fromStdString(report.tensor.dtype), countText(report.elements))
                .arg(report.axis)
                .arg(QString::fromStdString(shapeText(report.shape))),
        Text::tr("File %1; values %2").arg(recipe.file, recipe.tensorHash),
        Text::tr("Nanoscope %1, %2; figures: %3; a check mark and bold type: the best of its row")
            .arg(recipe.version, QDate::currentDate().toString(Qt::ISODate),
                report.tier == ReportTier::Exact ? Text::tr("exact, over every element") : tierText(report))};
}

}  // namespace

std::optional<ReportPage> reportOfView(const Explorer& explorer, ViewDocks& docks, const QString& hash)
{
    std::optional<PlotRecipe> recipe = recipeOfView(explorer, docks, Explorer::A);
    const RoleReports reports = reportsOf(explorer);
    if (!recipe || !reports[0])
        return std::nullopt;
    recipe->tensorHash = hash;
    recipe->setup = CostDesk::toText(docks.cost().desk().choice());
    ReportPage page{titleOf(reports), factsOf(*reports[0], *recipe), reports, nullptr, *recipe};
    const std::shared_ptr<const CostResult> cost = docks.cost().desk().result();
    if (cost && cost->a.name == reports[0]->format.name)  // else of formats that were on screen before
        page.cost = cost;
    return page;
}

QString latexOfView(const Explorer& explorer)
{
    const RoleReports reports = reportsOf(explorer);
    if (!reports[0])
        return {};
    FigureModel figures;
    figures.setReports(reports);
    return latexTable(figures);
}

}  // namespace nanoscope
