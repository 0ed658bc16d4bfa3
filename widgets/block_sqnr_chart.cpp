#include "widgets/block_sqnr_chart.h"

#include "widgets/block_text.h"
#include "widgets/block_values.h"
#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"

#include <QKeyEvent>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace nanoscope {

namespace {

constexpr int kBins = 80;    // about; the width is a nice number of dB
constexpr int kSymbols = 8;  // per line

/// Bins of the picture: each a whole number of fine ones, so that these need not be read again.
struct Bins {
    std::int64_t per = 1;         // fine bins to one
    std::int64_t firstIndex = 0;  // the first begins at firstIndex * per fine ones
    double first = 0.0;           // the same in dB
    double width = 1.0;
    std::size_t count = 1;

    [[nodiscard]] double edge(std::size_t index) const { return first + width * static_cast<double>(index); }
};

/// @param lowest   begin of the first fine bin that holds a block, dB
/// @param highest  end of the last
Bins binsFor(double lowest, double highest)
{
    lowest = std::max(lowest, highest - BlockSqnrSpread::kWidestRange);
    Bins bins;
    bins.width = niceCeiling(std::max(highest - lowest, 0.8) / kBins);
    bins.per = std::llround(bins.width / BlockSqnrSpread::kBinWidth);
    bins.firstIndex = static_cast<std::int64_t>(std::floor(lowest / bins.width + 1e-9));
    bins.first = static_cast<double>(bins.firstIndex) * bins.width;
    bins.count = static_cast<std::size_t>(std::ceil((highest - bins.first) / bins.width - 1e-9));
    return bins;
}

double beginOf(const BlockSqnrSpread& spread, std::size_t bin)
{
    return static_cast<double>(spread.firstBin + static_cast<std::int64_t>(bin)) * BlockSqnrSpread::kBinWidth;
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

void BlockSqnrChart::setLines(std::vector<BlockSqnrLine> lines)
{
    m_lines = std::move(lines);
    rebuild();
    showSelected();
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
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -std::numeric_limits<double>::infinity();
    for (const BlockSqnrLine& line : m_lines) {
        if (line.spread->counts.empty())
            continue;
        lowest = std::min(lowest, beginOf(*line.spread, 0));
        highest = std::max(highest, beginOf(*line.spread, line.spread->counts.size()));
    }

    ChartContent content;
    content.emptyText = m_lines.empty() ? tr("Open a tensor to see how its blocks differ")
                                        : tr("Every block is exact: there is no error to show");
    content.x = {tr("SQNR of the block, dB"), AxisScale::Linear, 0.0, 1.0, QStringLiteral("dB")};
    content.y = {tr("share of blocks, %"), AxisScale::Linear, 0.0, 1.0, QStringLiteral("%")};
    content.table.columns = {tr("SQNR from, dB"), tr("to, dB")};
    QStringList notes;
    if (highest >= lowest) {
        const Bins bins = binsFor(lowest, highest);
        m_first = bins.first;
        m_width = bins.width;
        for (std::size_t i = 0; i < bins.count; ++i)
            content.table.rows.push_back({shortNumberText(bins.edge(i)), shortNumberText(bins.edge(i + 1))});
        double top = 0;
        std::vector<std::vector<PlotValue>> rows;
        for (const BlockSqnrLine& line : m_lines) {
            const std::vector<double> shares = line.spread->shares(bins.per, bins.firstIndex, bins.count);
            for (std::size_t i = 0; i < bins.count; ++i)
                rows.push_back({QString::fromStdString(line.report->format.name), bins.edge(i), bins.edge(i + 1),
                    100 * shares[i]});
            ChartSeries series = seriesOf(shares, bins, m_shape);
            series.name = QString::fromStdString(line.report->format.name);
            series.role = line.role;
            content.table.columns << tr("%1, % of blocks").arg(series.name);
            for (std::size_t i = 0; i < bins.count; ++i)
                content.table.rows[i] << shortNumberText(100 * shares[i], 3);
            for (const QPointF& point : series.points)
                top = std::max(top, point.y());
            if (line.spread->exact > 0)
                notes << tr("%1: %2 of the blocks exact, not shown")
                             .arg(series.name,
                                 percentText(static_cast<double>(line.spread->exact)
                                     / static_cast<double>(line.spread->blocks)));
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

QString BlockSqnrChart::summary() const
{
    if (!m_selected || m_lines.empty() || *m_selected >= m_lines.front().report->blockSquaredError.size())
        return ChartPane::summary();
    return tr("%1; selected: %2")
        .arg(ChartPane::summary(), describeBlock(*m_lines.front().report, *m_selected).join(QStringLiteral(", ")));
}

void BlockSqnrChart::setSelectedBlock(std::optional<quint64> block)
{
    if (block == m_selected)
        return;
    m_selected = block;
    showSelected();
}

std::optional<double> BlockSqnrChart::selectedDecibel() const
{
    if (!m_selected || m_lines.empty() || *m_selected >= m_lines.front().report->blockSquaredError.size())
        return std::nullopt;
    const double decibel = blockSqnr(*m_lines.front().report, *m_selected);
    return std::isfinite(decibel) ? std::optional(decibel) : std::nullopt;
}

void BlockSqnrChart::showSelected()
{
    setMark(selectedDecibel());
    contentChanged();
}

void BlockSqnrChart::choose(quint64 block)
{
    setSelectedBlock(block);
    emit blockChosen(block);
}

std::optional<quint64> BlockSqnrChart::blockNear(double decibel) const
{
    std::optional<quint64> found;
    double least = std::numeric_limits<double>::infinity();
    const BlockSqnrSpread& spread = *m_lines.front().spread;
    for (std::size_t bin = 0; bin < spread.counts.size(); ++bin) {
        const double away = std::fabs(beginOf(spread, bin) + BlockSqnrSpread::kBinWidth / 2 - decibel);
        if (spread.counts[bin] == 0 || away >= least)
            continue;
        least = away;
        found = spread.firstBlock[bin];
    }
    return found;
}

std::optional<quint64> BlockSqnrChart::blockBeside(int step) const
{
    const BlockSqnrSpread& spread = *m_lines.front().spread;
    const auto wide = [this](double decibel) { return std::floor((decibel - m_first) / m_width + 1e-9); };
    const double from = wide(*selectedDecibel());
    std::optional<quint64> found;
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t bin = 0; bin < spread.counts.size(); ++bin) {
        const double away = (wide(beginOf(spread, bin)) - from) * step;
        if (spread.counts[bin] == 0 || away < 1 || away >= nearest)
            continue;
        nearest = away;
        found = spread.firstBlock[bin];
    }
    return found;
}

void BlockSqnrChart::placeChosen(double x)
{
    if (const auto block = m_lines.empty() ? std::nullopt : blockNear(x))
        choose(*block);
}

void BlockSqnrChart::chooseRow(int row)
{
    const double left = m_first + m_width * row;
    const auto block = m_lines.empty() ? std::nullopt : blockNear(left + m_width / 2);
    if (!block)
        return;
    const double decibel = blockSqnr(*m_lines.front().report, *block);
    if (decibel >= left - BlockSqnrSpread::kBinWidth && decibel < left + m_width + BlockSqnrSpread::kBinWidth)
        choose(*block);
}

void BlockSqnrChart::keyPressEvent(QKeyEvent* event)
{
    const bool isEmpty = m_lines.empty() || m_lines.front().spread->counts.empty();
    if (isEmpty)
        return ChartPane::keyPressEvent(event);
    const BlockSqnrSpread& spread = *m_lines.front().spread;
    std::optional<quint64> block;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        block = selectedDecibel() ? blockBeside(event->key() == Qt::Key_Left ? -1 : 1) : spread.firstBlock.front();
        break;
    case Qt::Key_Home:
        block = spread.firstBlock.front();
        break;
    case Qt::Key_End:
        block = spread.firstBlock.back();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        block = m_selected;
        break;
    default:
        return ChartPane::keyPressEvent(event);
    }
    if (block)
        choose(*block);
}

}  // namespace nanoscope
