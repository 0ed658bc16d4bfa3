#include "widgets/magnitude_chart.h"

#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace nanoscope {

namespace {

constexpr int kSymbols = 8;  // per line
constexpr double kSmallestPercent = 1e-3;
constexpr double kLeftOut = 0.002;  // share of the smallest elements, which would stretch the axis over many octaves

/// In percent; 0 for an exact bin.
double relativeError(const MagnitudeBin& bin)
{
    return 100 * std::sqrt(bin.squaredError / bin.power);
}

bool isShown(const MagnitudeBin& bin)
{
    return bin.lowest > 0 && bin.power > 0 && bin.count > 0;
}

/// Where the axis starts: below lie only a few of the elements.
double lowestShown(const Report& report)
{
    double all = 0;
    for (const MagnitudeBin& bin : report.magnitudes)
        all += isShown(bin) ? static_cast<double>(bin.count) : 0.0;
    double below = 0;
    for (const MagnitudeBin& bin : report.magnitudes) {
        below += isShown(bin) ? static_cast<double>(bin.count) : 0.0;
        if (below > kLeftOut * all)
            return bin.lowest;
    }
    return 0;
}

ChartSeries seriesOf(const Report& report, SeriesRole role)
{
    const double lowest = lowestShown(report);
    ChartSeries series;
    series.name = QString::fromStdString(report.format.name);
    series.role = role;
    for (const MagnitudeBin& bin : report.magnitudes)
        if (isShown(bin) && bin.squaredError > 0 && bin.lowest >= lowest)
            series.points << QPointF(std::sqrt(bin.lowest * bin.highest), relativeError(bin));
    const qsizetype stride = std::max<qsizetype>(1, series.points.size() / kSymbols);
    for (qsizetype i = stride / 2; i < series.points.size(); i += stride)
        series.symbols << series.points[i];
    return series;
}

/// Every bin, also those that lie left of the picture.
PlotData dataOf(const RoleReports& reports)
{
    std::vector<std::vector<PlotValue>> rows;
    for (const auto& report : reports)
        if (report)
            for (const MagnitudeBin& bin : report->magnitudes)
                rows.push_back({QString::fromStdString(report->format.name), bin.lowest, bin.highest, bin.count,
                    bin.squaredError, bin.power, isShown(bin) ? PlotValue(relativeError(bin)) : PlotValue()});
    return tableData(MagnitudeChart::tr("Error against magnitude"),
        {{MagnitudeChart::tr("format")}, {MagnitudeChart::tr("|w| from")}, {MagnitudeChart::tr("|w| below")},
            {MagnitudeChart::tr("elements")}, {MagnitudeChart::tr("squared error")},
            {MagnitudeChart::tr("squared values")}, {MagnitudeChart::tr("relative error"), QStringLiteral("%")}},
        std::move(rows));
}

}  // namespace

MagnitudeChart::MagnitudeChart(QWidget* parent)
    : ChartPane(tr("Error against magnitude"), parent)
{
    setReports({});
}

void MagnitudeChart::setReports(const RoleReports& reports)
{
    ChartContent content;
    content.detail = tr("RMS error of the elements of each size");
    content.emptyText = tr("Open a tensor to see its error by magnitude");
    content.x = {tr("magnitude |w|"), AxisScale::Log2, 0.5, 1.0, {}};
    content.y = {tr("relative error, %"), AxisScale::Log10, 1.0, 100.0, QStringLiteral("%")};
    content.table.columns = {tr("|w| from"), tr("to")};

    double lowestX = std::numeric_limits<double>::infinity();
    double highestX = 0;
    double lowestY = 100;
    double highestY = 0;
    std::map<std::pair<double, double>, QStringList> rows;
    int column = 0;
    for (std::size_t slot = 0; slot < reports.size(); ++slot) {
        const Report* report = reports[slot].get();
        if (report == nullptr)
            continue;
        ChartSeries series = seriesOf(*report, kSeriesRoles[slot]);
        content.table.columns << tr("%1 elements").arg(series.name) << tr("%1 error, %").arg(series.name);
        for (const MagnitudeBin& bin : report->magnitudes) {
            if (!isShown(bin))
                continue;
            QStringList& row = rows[{bin.lowest, bin.highest}];
            while (row.size() < 2 * column)
                row << QString();
            row << countText(bin.count) << shortNumberText(relativeError(bin), 3);
        }
        ++column;
        for (const QPointF& point : series.points) {
            lowestX = std::min(lowestX, point.x());
            highestX = std::max(highestX, point.x());
            lowestY = std::min(lowestY, point.y());
            highestY = std::max(highestY, point.y());
        }
        content.series.push_back(std::move(series));
    }
    if (highestX > 0) {
        content.x.lowest = std::exp2(std::floor(2 * std::log2(lowestX)) / 2);
        content.x.highest = std::exp2((std::floor(2 * std::log2(highestX)) + 1) / 2);
        content.y.lowest = niceFloor(std::max(lowestY, kSmallestPercent));
        content.y.highest = std::max(niceCeiling(highestY), content.y.lowest * 10);
    }
    content.data = dataOf(reports);
    for (auto& [range, cells] : rows)
        content.table.rows.push_back(QStringList{shortNumberText(range.first), shortNumberText(range.second)} + cells);
    setContent(std::move(content));
}

}  // namespace nanoscope
