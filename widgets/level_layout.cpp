#include "widgets/level_layout.h"

#include "widgets/number_text.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace nanoscope {

namespace {

constexpr double kSideMargin = 12.0;
constexpr double kAxisLabelGap = 8.0;
constexpr double kLegendGap = 16.0;
constexpr double kSmallestPlot = 18.0;
constexpr double kLowestBesideLegend = 30.0;
constexpr double kHeadroom = 6.0;  // half a label of the count axis

}  // namespace

LevelLayout::LevelLayout(const QRectF& area, const QFontMetricsF& metrics, const LevelStrips& strips,
    const LevelAxis& axis, const LevelZoom& zoom)
    : m_axis(axis)
    , m_zoom(zoom)
{
    const double line = metrics.height();
    const double axisLabels
        = std::max(metrics.horizontalAdvance(QStringLiteral("999.9 k")), metrics.horizontalAdvance(powerOfTenText(12)));
    m_left = area.left() + axisLabels + kAxisLabelGap;
    m_width = std::max(10.0, area.right() - kSideMargin - m_left);

    layLines(strips);
    collectLegend(strips);
    double legendHeight = flowLegend(area, metrics);

    const std::size_t count = std::max<std::size_t>(1, strips.strips().size());
    const double titleHeight = count > 1 ? line + 2 : 0.0;
    const double labelHeight = kFootDepth + line + 2;
    const auto plotHeightBeside = [&](double legend) {
        return (area.height() - legend - kHeadroom) / static_cast<double>(count) - titleHeight - labelHeight - 2;
    };
    if (plotHeightBeside(legendHeight) < kLowestBesideLegend) {  // the levels matter more
        m_legend.clear();
        legendHeight = 0;
    }
    const double plotHeight = std::max(kSmallestPlot, plotHeightBeside(legendHeight));
    double top = area.top() + kHeadroom;
    for (std::size_t i = 0; i < count; ++i) {
        Strip strip;
        if (count > 1)
            strip.title = QRectF(m_left, top, m_width, titleHeight);
        strip.plot = QRectF(m_left, top + titleHeight, m_width, plotHeight);
        strip.labels = QRectF(m_left, strip.plot.bottom() + kFootDepth, m_width, labelHeight - kFootDepth);
        m_strips.push_back(strip);
        top += titleHeight + plotHeight + labelHeight + 2;
    }
}

void LevelLayout::layLines(const LevelStrips& strips)
{
    const QRectF across(m_left, 0, m_width, 1);
    for (std::size_t i = 0; i < std::max<std::size_t>(1, strips.strips().size()); ++i) {
        LevelLine line;
        line.lowest = m_axis.lowest;
        line.highest = m_axis.highest;
        const bool isKnown = i < strips.strips().size();
        if (m_axis.ownLines && isKnown)
            line = withMargin(strips.strips()[i].line);
        const double whole = line.reach();
        line.highest = line.lowest + m_zoom.to * whole;
        line.lowest += m_zoom.from * whole;
        m_lines.push_back(line);
        m_drawings.push_back(isKnown ? levelDrawing(
                                 strips.strips()[i], [this, i](double value) { return x(value, i); }, across)
                                     : LevelDrawing{});
    }
}

void LevelLayout::collectLegend(const LevelStrips& strips)
{
    bool hasRecycled = false;
    bool hasVacant = false;
    bool hasStructural = false;
    bool hasOtherStructural = false;
    bool hasVacantShare = false;
    bool listsUsedOnly = false;
    std::uint32_t mostLevels = 0;
    std::size_t beyond = 0;
    for (std::size_t i = 0; i < strips.strips().size(); ++i) {
        const LevelStrip& strip = strips.strips()[i];
        const LevelDrawing& drawing = m_drawings[i];
        for (const std::size_t index : drawing.single) {
            const LevelMark& mark = strip.marks[index];
            hasRecycled = hasRecycled || (mark.recycled && mark.count > 0);
            hasVacant = hasVacant || mark.isVacant();
            hasStructural = hasStructural || mark.structural;
            hasOtherStructural = hasOtherStructural || (mark.structural && mark.level != 0);
        }
        mostLevels = std::max(mostLevels, drawing.mostLevels);
        hasVacantShare = hasVacantShare || drawing.hasVacant;
        beyond += drawing.beyond;
        listsUsedOnly = listsUsedOnly || strip.listsUsedOnly;
    }
    m_legend.push_back({Glyph::Level, tr("elements per level")});
    if (mostLevels > 0)
        m_legend.push_back({Glyph::Column, tr("largest of up to %1 levels on a pixel").arg(countText(mostLevels))});
    if (hasRecycled)
        m_legend.push_back({Glyph::Recycled, tr("recycled")});
    if (hasVacant)
        m_legend.push_back({Glyph::Vacant, tr("vacant")});
    if (hasVacantShare)
        m_legend.push_back({Glyph::VacantShare, tr("vacant share of them")});
    if (hasStructural)
        m_legend.push_back({Glyph::Structural, hasOtherStructural ? tr("structural") : tr("structural (−0)")});
    addDensityLegend(strips);
    if (!m_zoom.isWhole())
        m_legend.push_back({Glyph::Text, tr("zoomed: double click for the whole line")});
    else if (beyond > 0)
        m_legend.push_back({Glyph::Text, tr("%1 vacant levels lie beyond the line").arg(countText(beyond))});
    if (listsUsedOnly)
        m_legend.push_back({Glyph::Text, tr("only levels that occur")});
    if (strips.hasOwnLevels())
        m_legend.push_back({Glyph::Text, tr("each row has its own levels: their means")});
    m_legend.push_back({Glyph::Title, strips.hasOwnLevels() ? tr("value ÷ row maximum") : tr("value ÷ scale")});
}

void LevelLayout::addDensityLegend(const LevelStrips& strips)
{
    std::size_t shown = 0;
    for (std::size_t i = 0; i < strips.strips().size(); ++i)
        shown += resolves(strips.strips()[i].density, m_lines[i].lowest, m_lines[i].highest) ? 1U : 0U;
    if (shown == 0)
        return;
    m_legend.push_back({Glyph::Density,
        m_axis.ownLines && strips.strips().size() > 1 ? tr("values per step")
                                                      : tr("values per %1").arg(shortLevelText(densityUnit(0)))});
}

double LevelLayout::flowLegend(const QRectF& area, const QFontMetricsF& metrics)
{
    const double line = metrics.height() + 2;
    const double right = area.right() - kSideMargin;
    double x = area.left() + kSideMargin;
    double y = 0;
    for (LegendEntry& entry : m_legend) {
        const bool isTitle = entry.glyph == Glyph::Title;
        const bool hasGlyph = !isTitle && entry.glyph != Glyph::Text;
        const double width = metrics.horizontalAdvance(entry.text) + (hasGlyph ? kGlyphWidth : 0);
        if (x + width > right && x > area.left() + kSideMargin) {
            x = area.left() + kSideMargin;
            y += line;
        }
        entry.rect = QRectF(isTitle ? std::max(x, right - width) : x, y, width + 1, line);
        x += width + kLegendGap;
    }
    const double height = y + line + 4;
    for (LegendEntry& entry : m_legend)
        entry.rect.translate(0, area.bottom() - height);
    return height;
}

double LevelLayout::x(double value, std::size_t strip) const
{
    const LevelLine& line = m_lines[strip];
    return m_left + (value - line.lowest) / line.reach() * m_width;
}

double LevelLayout::densityUnit(std::size_t strip) const
{
    return m_axis.ownLines ? densityUnitOf(m_lines[strip]) : m_axis.densityUnit;
}

std::optional<std::size_t> LevelLayout::stripAt(QPointF point) const
{
    for (std::size_t i = 0; i < m_strips.size(); ++i) {
        const QRectF whole = m_strips[i].title.united(m_strips[i].plot).united(m_strips[i].labels);
        if (point.y() >= whole.top() && point.y() < whole.bottom() && point.x() >= m_left - 4
            && point.x() <= m_left + m_width + 4)
            return i;
    }
    return std::nullopt;
}

std::uint32_t LevelLayout::levelsAt(double x, std::size_t strip) const
{
    for (const LevelColumn& column : m_drawings[strip].columns)
        if (x >= column.left && x < column.left + kLevelColumnWidth)
            return column.levels;
    return 1;
}

std::optional<LevelId> LevelLayout::levelAt(QPointF point, const LevelStrips& strips) const
{
    const std::optional<std::size_t> index = stripAt(point);
    if (!index || *index >= strips.strips().size())
        return std::nullopt;
    constexpr double kReach = 6.0;
    const bool atFoot = std::fabs(point.y() - (m_strips[*index].plot.bottom() + kFootDepth / 2)) <= kFootDepth / 2;
    const LevelMark* nearest = nullptr;
    double best = 0;
    for (const LevelMark& mark : strips.strips()[*index].marks) {
        const double distance = std::fabs(x(mark.level, *index) - point.x());
        if (mark.structural) {
            if (atFoot && distance <= kReach)
                return mark.id;
            continue;
        }
        if (nearest == nullptr || distance < best) {
            nearest = &mark;
            best = distance;
        }
    }
    if (nearest == nullptr)
        return std::nullopt;
    return nearest->id;
}

}  // namespace nanoscope
