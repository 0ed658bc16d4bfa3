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
constexpr double kSmallestPlot = 24.0;
constexpr double kHeadroom = 6.0;  // half a label of the count axis

}  // namespace

LevelLayout::LevelLayout(
    const QRectF& area, const QFontMetricsF& metrics, const LevelStrips& strips, const LevelAxis& axis)
    : m_axis(axis)
{
    const double line = metrics.height();
    const double axisLabels
        = std::max(metrics.horizontalAdvance(QStringLiteral("999.9 k")), metrics.horizontalAdvance(powerOfTenText(12)));
    m_left = area.left() + axisLabels + kAxisLabelGap;
    m_width = std::max(10.0, area.right() - kSideMargin - m_left);

    collectLegend(strips, axis);
    const double legendHeight = flowLegend(area, metrics);

    const std::size_t count = std::max<std::size_t>(1, strips.strips().size());
    const double titleHeight = count > 1 ? line + 2 : 0.0;
    const double labelHeight = kFootDepth + line + 2;
    const double stripHeight = (area.height() - legendHeight - kHeadroom) / static_cast<double>(count);
    const double plotHeight = std::max(kSmallestPlot, stripHeight - titleHeight - labelHeight - 2);
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

void LevelLayout::collectLegend(const LevelStrips& strips, const LevelAxis& axis)
{
    bool hasRecycled = false;
    bool hasVacant = false;
    bool hasStructural = false;
    bool hasDensity = false;
    for (const LevelStrip& strip : strips.strips()) {
        hasDensity = hasDensity || !strip.density.counts.empty();
        for (const LevelMark& mark : strip.marks) {
            hasRecycled = hasRecycled || (mark.recycled && mark.count > 0);
            hasVacant = hasVacant || mark.isVacant();
            hasStructural = hasStructural || mark.structural;
        }
    }
    m_legend.push_back({Glyph::Level, tr("elements per level")});
    if (hasRecycled)
        m_legend.push_back({Glyph::Recycled, tr("recycled")});
    if (hasVacant)
        m_legend.push_back({Glyph::Vacant, tr("vacant")});
    if (hasStructural)
        m_legend.push_back({Glyph::Structural, tr("structural (−0)")});
    if (hasDensity)
        m_legend.push_back({Glyph::Density, tr("values per %1").arg(levelText(axis.densityUnit))});
    m_legend.push_back({Glyph::Title, tr("value ÷ scale")});
}

double LevelLayout::flowLegend(const QRectF& area, const QFontMetricsF& metrics)
{
    const double line = metrics.height() + 2;
    const double right = area.right() - kSideMargin;
    double x = area.left() + kSideMargin;
    double y = 0;
    for (LegendEntry& entry : m_legend) {
        const bool isTitle = entry.glyph == Glyph::Title;
        const double width = metrics.horizontalAdvance(entry.text) + (isTitle ? 0 : kGlyphWidth);
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

double LevelLayout::x(double value) const
{
    return m_left + (value - m_axis.lowest) / (m_axis.highest - m_axis.lowest) * m_width;
}

double LevelLayout::value(double x) const
{
    return m_axis.lowest + (x - m_left) / m_width * (m_axis.highest - m_axis.lowest);
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
        const double distance = std::fabs(x(mark.level) - point.x());
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
