#include "widgets/block_sqnr_chart.h"

#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace nanoscope {

namespace {

constexpr std::size_t kMostBlocks = 2'000'000;  // more are sampled
constexpr int kBins = 80;                       // about; the width is a nice number of dB
constexpr double kWidestRange = 80.0;           // dB below the best block; worse ones go to the first bin
constexpr int kSymbols = 8;                     // per line

/// SQNR of the blocks that have one.
struct BlockFigures {
    std::vector<double> decibel;
    std::size_t exact = 0;  ///< no error at all
    std::size_t stride = 1;
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -std::numeric_limits<double>::infinity();

    [[nodiscard]] std::size_t blocks() const { return decibel.size() + exact; }
};

BlockFigures figuresOf(const Report& report)
{
    BlockFigures figures;
    const std::size_t blocks = std::min(report.blockSquaredError.size(), report.blockPower.size());
    figures.stride = (blocks + kMostBlocks - 1) / kMostBlocks;
    figures.stride = std::max<std::size_t>(1, figures.stride);
    figures.decibel.reserve(blocks / figures.stride + 1);
    for (std::size_t i = 0; i < blocks; i += figures.stride) {
        const double error = report.blockSquaredError[i];
        const double power = report.blockPower[i];
        if (std::isnan(error) || std::isnan(power))
            continue;
        if (error == 0) {
            ++figures.exact;
            continue;
        }
        const double decibel = 10 * std::log10(power / error);
        if (!std::isfinite(decibel))
            continue;
        figures.decibel.push_back(decibel);
        figures.lowest = std::min(figures.lowest, decibel);
        figures.highest = std::max(figures.highest, decibel);
    }
    return figures;
}

struct Bins {
    double first = 0.0;
    double width = 1.0;
    std::size_t count = 1;

    [[nodiscard]] double edge(std::size_t index) const { return first + width * static_cast<double>(index); }
};

Bins binsFor(double lowest, double highest)
{
    lowest = std::max(lowest, highest - kWidestRange);
    Bins bins;
    bins.width = niceCeiling(std::max(highest - lowest, 0.5) / kBins);
    bins.first = std::floor(lowest / bins.width) * bins.width;
    bins.count = static_cast<std::size_t>(std::floor((highest - bins.first) / bins.width)) + 1;
    return bins;
}

/// Shares of all blocks, exact ones included, per bin.
std::vector<double> sharesOf(const BlockFigures& figures, const Bins& bins)
{
    std::vector<std::size_t> counts(bins.count, 0);
    for (const double decibel : figures.decibel) {
        const double position = (static_cast<double>(decibel) - bins.first) / bins.width;
        ++counts[static_cast<std::size_t>(std::clamp(position, 0.0, static_cast<double>(bins.count - 1)))];
    }
    std::vector<double> shares(bins.count, 0.0);
    const double all = std::max(1.0, static_cast<double>(figures.blocks()));
    for (std::size_t i = 0; i < bins.count; ++i)
        shares[i] = static_cast<double>(counts[i]) / all;
    return shares;
}

ChartSeries seriesOf(const std::vector<double>& shares, const Bins& bins, BlockSqnrChart::Shape shape)
{
    ChartSeries series;
    QList<QPointF> marks;
    double sum = 0;
    series.points << QPointF(bins.edge(0), 0);
    for (std::size_t i = 0; i < shares.size(); ++i) {
        sum += shares[i];
        const double left = bins.edge(i);
        const double right = bins.edge(i + 1);
        if (shape == BlockSqnrChart::Shape::Histogram) {
            series.points << QPointF(left, 100 * shares[i]) << QPointF(right, 100 * shares[i]);
            marks << QPointF((left + right) / 2, 100 * shares[i]);
        } else {
            series.points << QPointF(right, 100 * sum);
            marks << QPointF(right, 100 * sum);
        }
    }
    if (shape == BlockSqnrChart::Shape::Histogram)
        series.points << QPointF(bins.edge(shares.size()), 0);
    const qsizetype stride = std::max<qsizetype>(1, marks.size() / kSymbols);
    for (qsizetype i = stride / 2; i < marks.size(); i += stride)
        if (marks[i].y() > 0)
            series.symbols << marks[i];
    return series;
}

}  // namespace

BlockSqnrChart::BlockSqnrChart(QWidget* parent)
    : ChartPane(tr("SQNR per block"), parent)
{
    rebuild();
}

void BlockSqnrChart::setReports(RoleReports reports)
{
    if (reports == m_reports)
        return;
    m_reports = std::move(reports);
    rebuild();
}

void BlockSqnrChart::setShape(Shape shape)
{
    if (shape == m_shape)
        return;
    m_shape = shape;
    rebuild();
}

void BlockSqnrChart::rebuild()
{
    struct Input {
        const Report* report;
        SeriesRole role;
        BlockFigures figures;
    };
    std::vector<Input> inputs;
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -std::numeric_limits<double>::infinity();
    for (std::size_t slot = 0; slot < m_reports.size(); ++slot) {
        const Report* report = m_reports[slot].get();
        if (report == nullptr)
            continue;
        inputs.push_back({report, kSeriesRoles[slot], figuresOf(*report)});
        lowest = std::min(lowest, static_cast<double>(inputs.back().figures.lowest));
        highest = std::max(highest, static_cast<double>(inputs.back().figures.highest));
    }

    ChartContent content;
    content.emptyText = inputs.empty() ? tr("Open a tensor to see how its blocks differ")
                                       : tr("Every block is exact: there is no error to show");
    content.x = {tr("SQNR of the block, dB"), AxisScale::Linear, 0.0, 1.0, QStringLiteral("dB")};
    content.y = {tr("share of blocks, %"), AxisScale::Linear, 0.0, 1.0, QStringLiteral("%")};
    content.table.columns = {tr("SQNR from, dB"), tr("to, dB")};
    QStringList notes;
    if (highest >= lowest) {
        const Bins bins = binsFor(lowest, highest);
        for (std::size_t i = 0; i < bins.count; ++i)
            content.table.rows.push_back({shortNumberText(bins.edge(i)), shortNumberText(bins.edge(i + 1))});
        double top = 0;
        std::vector<std::vector<PlotValue>> rows;
        for (const Input& input : inputs) {
            const std::vector<double> shares = sharesOf(input.figures, bins);
            for (std::size_t i = 0; i < bins.count; ++i)
                rows.push_back({QString::fromStdString(input.report->format.name), bins.edge(i), bins.edge(i + 1),
                    100 * shares[i]});
            ChartSeries series = seriesOf(shares, bins, m_shape);
            series.name = QString::fromStdString(input.report->format.name);
            series.role = input.role;
            content.table.columns << tr("%1, % of blocks").arg(series.name);
            for (std::size_t i = 0; i < bins.count; ++i)
                content.table.rows[i] << shortNumberText(100 * shares[i], 3);
            for (const QPointF& point : series.points)
                top = std::max(top, point.y());
            if (input.figures.exact > 0)
                notes << tr("%1: %2 of the blocks exact, not shown")
                             .arg(series.name,
                                 percentText(static_cast<double>(input.figures.exact)
                                     / static_cast<double>(input.figures.blocks())));
            if (input.figures.stride > 1)
                notes << tr("%1: every %2th block").arg(series.name, countText(input.figures.stride));
            content.series.push_back(std::move(series));
        }
        content.data = tableData(plotTitle(),
            {{tr("format")}, {tr("SQNR from"), QStringLiteral("dB")}, {tr("SQNR to"), QStringLiteral("dB")},
                {tr("share of blocks"), QStringLiteral("%")}},
            std::move(rows));
        content.x.lowest = bins.edge(0);
        content.x.highest = bins.edge(bins.count);
        content.y.highest = m_shape == Shape::Cumulative ? 100.0 : niceCeiling(std::max(top, 0.1));
        notes.prepend(m_shape == Shape::Cumulative ? tr("share of blocks up to each SQNR")
                                                   : tr("bins of %1 dB").arg(shortNumberText(bins.width)));
    }
    content.detail = notes.join(QStringLiteral("  ·  "));
    setContent(std::move(content));
}

}  // namespace nanoscope
