#include "widgets/error_share_content.h"

#include "widgets/block_text.h"
#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::ErrorShareContent)
};

/// Share of the ranked blocks in percent.
double percentOf(std::uint64_t rank, const ErrorShare& share)
{
    return 100 * static_cast<double>(rank) / static_cast<double>(share.blocks);
}

QPointF placeOf(const ErrorSharePoint& point, const ErrorShare& share)
{
    return {percentOf(point.rank, share), 100 * point.share};
}

QString nameOf(const ErrorShareLine& line)
{
    return QStringLiteral("%1 %2").arg(seriesLetter(line.role), QString::fromStdString(line.report->format.name));
}

StudySeries curveOf(const ErrorShareLine& line)
{
    StudySeries series;
    series.name = nameOf(line);
    series.role = line.role;
    series.isInLegend = false;  // its marks stand there, with their symbol
    series.points << QPointF(0, 0);
    for (const ErrorSharePoint& point : line.share->curve)
        series.points << placeOf(point, *line.share);
    return series;
}

StudySeries marksOf(const ErrorShareLine& line)
{
    StudySeries series;
    series.name = nameOf(line);
    series.role = line.role;
    series.form = StudyForm::Marks;
    series.mark = StudyMark::Disk;
    for (const auto& mark : {line.share->half, line.share->ninety})
        if (mark)
            series.points << placeOf(*mark, *line.share);
    return series;
}

StudySeries evenSpread(double lowest)
{
    StudySeries series;
    series.name = Text::tr("even");
    series.form = StudyForm::Dashed;
    series.ink = StudyInk::Muted;
    constexpr int kSteps = 64;  // a straight line is curved on a logarithmic axis
    for (int i = 0; i <= kSteps; ++i) {
        const double x = lowest > 0 ? lowest * std::pow(100 / lowest, i / double{kSteps}) : 100 * i / double{kSteps};
        series.points << QPointF(x, x);
    }
    return series;
}

QString marksText(const ErrorShare& share)
{
    return Text::tr("half in %1 of blocks, 90 % in %2")
        .arg(percentText(static_cast<double>(share.half->rank) / static_cast<double>(share.blocks)),
            percentText(static_cast<double>(share.ninety->rank) / static_cast<double>(share.blocks)));
}

/// The points that have a row of the table, with what the row is about.
std::vector<std::pair<QString, ErrorSharePoint>> rowsOf(const ErrorShare& share)
{
    std::vector<std::pair<QString, ErrorSharePoint>> rows;
    if (share.curve.empty())
        return rows;
    rows.emplace_back(Text::tr("the worst block"), share.curve.front());
    rows.emplace_back(Text::tr("half of the error"), *share.half);
    rows.emplace_back(Text::tr("90 % of the error"), *share.ninety);
    for (std::size_t i = 0; i < share.steps.size(); ++i)
        rows.emplace_back(Text::tr("worst %1 %").arg(shortNumberText(100 * kErrorShareSteps[i])), share.steps[i]);
    return rows;
}

ChartTable tableOf(const std::vector<ErrorShareLine>& lines)
{
    ChartTable table;
    table.columns << Text::tr("Blocks that hold");
    for (const ErrorShareLine& line : lines) {
        const QString letter = seriesLetter(line.role);
        table.columns << Text::tr("%1 blocks, %").arg(letter) << Text::tr("%1 error, %").arg(letter)
                      << Text::tr("%1 blocks").arg(letter) << Text::tr("%1 last block").arg(letter);
        const auto rows = rowsOf(*line.share);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (i == table.rows.size())
                table.rows.push_back({rows[i].first});
            const ErrorSharePoint& point = rows[i].second;
            table.rows[i] << shortNumberText(percentOf(point.rank, *line.share)) << shortNumberText(100 * point.share)
                          << countText(point.rank) << countText(point.block);
        }
    }
    return table;
}

QString textOf(const ErrorShareLine& line, std::uint64_t block, std::uint64_t rank, double share)
{
    QStringList lines{Text::tr("Rank %1 of %2; the blocks up to it hold %3 of the error")
                          .arg(countText(rank), countText(line.share->blocks), percentText(share))};
    return (describeBlock(*line.report, block) + lines).join(u'\n');
}

}  // namespace

StudyContent errorShareContent(const std::vector<ErrorShareLine>& lines, AxisScale scale)
{
    StudyContent content;
    content.title = Text::tr("Error share");
    content.emptyText = Text::tr("Open a tensor to see how few of its blocks hold its error");
    content.x = {Text::tr("blocks, worst first, %"), scale, 0.0, 100.0, QStringLiteral("%")};
    content.y = {Text::tr("error, %"), AxisScale::Linear, 0.0, 100.0, QStringLiteral("%")};
    content.table = tableOf(lines);
    std::uint64_t mostBlocks = 1;
    QStringList notes;
    for (const ErrorShareLine& line : lines) {
        mostBlocks = std::max(mostBlocks, line.share->blocks);
        if (line.share->curve.empty())
            notes << Text::tr("%1: no error at all").arg(nameOf(line));
        else
            notes << QStringLiteral("%1: %2").arg(nameOf(line), marksText(*line.share));
    }
    if (!lines.empty())
        content.emptyText = Text::tr("Every block is exact: there is no error to share");
    if (scale == AxisScale::Log10)
        content.x.lowest = std::min(10.0, niceFloor(100.0 / static_cast<double>(mostBlocks)));
    if (std::all_of(lines.begin(), lines.end(), [](const ErrorShareLine& line) { return line.share->curve.empty(); }))
        return content;
    content.series.push_back(evenSpread(content.x.lowest));
    for (const ErrorShareLine& line : lines)
        if (!line.share->curve.empty())
            content.series.push_back(curveOf(line));
    for (const ErrorShareLine& line : lines)
        if (!line.share->curve.empty())
            content.series.push_back(marksOf(line));
    content.note = Text::tr("of the squared error, %1").arg(notes.join(QStringLiteral("; ")));
    content.detail = notes.front();  // the others stand in the table
    if (content.x.lowest > 0)        // no share of no blocks on a logarithmic axis
        for (StudySeries& series : content.series)
            series.points.removeIf([](const QPointF& point) { return !(point.x() > 0); });
    return content;
}

std::vector<quint64> errorShareRowBlocks(const ErrorShare& share)
{
    std::vector<quint64> blocks;
    for (const auto& [text, point] : rowsOf(share))
        blocks.push_back(point.block);
    return blocks;
}

QList<PickPoint> errorSharePicks(const ErrorShareLine& line)
{
    QList<PickPoint> picks;
    for (const ErrorSharePoint& point : line.share->curve)
        picks.append({placeOf(point, *line.share), textOf(line, point.block, point.rank, point.share)});
    return picks;
}

std::optional<PickPoint> errorSharePlace(const ErrorShareLine& line, quint64 block)
{
    const std::vector<ErrorSharePoint>& curve = line.share->curve;
    const std::optional<std::uint64_t> rank = errorRank(line.report->blockSquaredError, block);
    if (!rank || curve.empty())
        return std::nullopt;
    const auto after = std::lower_bound(curve.begin(), curve.end(), *rank,
        [](const ErrorSharePoint& point, std::uint64_t wanted) { return point.rank < wanted; });
    const auto before = after == curve.begin() ? after : after - 1;
    const double step = static_cast<double>(after->rank - before->rank);
    const double share = step > 0
        ? before->share + (after->share - before->share) * static_cast<double>(*rank - before->rank) / step
        : after->share;
    return PickPoint{{percentOf(*rank, *line.share), 100 * share}, textOf(line, block, *rank, share)};
}

}  // namespace nanoscope
