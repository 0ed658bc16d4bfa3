#include "widgets/level_painter.h"

#include "widgets/level_glyphs.h"
#include "widgets/number_text.h"

#include <QFontMetricsF>
#include <QLineF>
#include <QPainter>
#include <QPolygonF>
#include <QVector>

#include <algorithm>
#include <cmath>

namespace nanoscope {

namespace {

constexpr double kLargestRadius = 4.0;
constexpr double kSmallestRadius = 1.5;
constexpr double kSmallestCircle = 2.0;
constexpr double kColumnPixels = 1.5;  // of the density
constexpr double kNarrowestBand = 1.0;
constexpr double kVacantDepth = LevelLayout::kFootDepth - 2;  // of the share of vacant levels, below the base line

/// Solid and cosmetic: the only pens that stay cheap at every scale.
QPen linePen(const QColor& color)
{
    return QPen(color, 0);
}

LevelLayout::Glyph glyphOf(const LevelMark& mark)
{
    if (mark.structural)
        return LevelLayout::Glyph::Structural;
    if (mark.isVacant())
        return LevelLayout::Glyph::Vacant;
    return mark.recycled ? LevelLayout::Glyph::Recycled : LevelLayout::Glyph::Level;
}

}  // namespace

LevelPainter::LevelPainter(QPainter& painter, const LevelLayout& layout, const LevelStrips& strips,
    const LevelAxis& axis, const LevelLook& look)
    : m_painter(painter)
    , m_layout(layout)
    , m_strips(strips)
    , m_axis(axis)
    , m_look(look)
{
}

void LevelPainter::paint()
{
    m_painter.save();
    for (std::size_t i = 0; i < m_strips.strips().size(); ++i)
        paintStrip(i);
    paintLegend();
    m_painter.restore();
}

void LevelPainter::paintStrip(std::size_t index)
{
    paintGrid(index);
    paintDensity(index);
    paintBands(index);
    paintMarks(index);
    paintLabels(index);
    paintSelected(index);
    paintElement(index);
}

CountScale LevelPainter::countScale(std::size_t index) const
{
    return CountScale(m_axis.largestCount, m_layout.strips()[index].plot.height(), m_look.logCounts);
}

QPointF LevelPainter::headOf(const LevelMark& mark, std::size_t index) const
{
    const QRectF& plot = m_layout.strips()[index].plot;
    if (mark.structural)
        return {m_layout.x(mark.level, index), plot.bottom() + LevelLayout::kFootDepth / 2};
    return {m_layout.x(mark.level, index), plot.bottom() - countScale(index).heightOf(static_cast<double>(mark.count))};
}

QRectF LevelPainter::bandOf(const LevelMark& mark, std::size_t index) const
{
    const QRectF& plot = m_layout.strips()[index].plot;
    const LevelLine& line = m_layout.line(index);
    const double left = std::clamp(m_layout.x(std::max(mark.lower, line.lowest), index), plot.left(), plot.right());
    const double right = std::clamp(m_layout.x(std::min(mark.upper, line.highest), index), plot.left(), plot.right());
    return {left, plot.top(), right - left, plot.height()};
}

double LevelPainter::radiusOf(std::size_t index) const
{
    std::vector<double> gaps;
    double last = 0.0;
    bool isFirst = true;
    for (const std::size_t i : m_layout.drawing(index).single) {
        const LevelMark& mark = m_strips.strips()[index].marks[i];
        if (mark.structural)
            continue;
        const double x = m_layout.x(mark.level, index);
        if (!isFirst)
            gaps.push_back(x - last);
        last = x;
        isFirst = false;
    }
    if (gaps.empty())
        return kLargestRadius;
    const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
    std::nth_element(gaps.begin(), middle, gaps.end());
    return std::clamp(0.35 * *middle, kSmallestRadius, kLargestRadius);
}

void LevelPainter::paintGrid(std::size_t index)
{
    const LevelLayout::Strip& strip = m_layout.strips()[index];
    const CountScale counts = countScale(index);
    const QFontMetricsF metrics(m_painter.font(), m_painter.device());
    m_painter.setRenderHint(QPainter::Antialiasing, false);
    for (const CountScale::Tick& tick : counts.ticks(metrics.height() + 3)) {
        const double y = std::round(strip.plot.bottom() - counts.heightOf(tick.count));
        m_painter.setPen(linePen(m_look.theme.grid));
        m_painter.drawLine(QLineF(strip.plot.left(), y, strip.plot.right(), y));
        m_painter.setPen(m_look.theme.mutedText);
        m_painter.drawText(QRectF(strip.plot.left() - 90, y - metrics.height() / 2, 84, metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, tick.text);
    }
}

void LevelPainter::paintDensity(std::size_t index)
{
    const QRectF& plot = m_layout.strips()[index].plot;
    const Density& density = m_strips.strips()[index].density;
    const LevelLine& line = m_layout.line(index);
    const int columns = static_cast<int>(plot.width() / kColumnPixels);
    if (!resolves(density, line.lowest, line.highest))
        return;
    const std::vector<double> curve
        = densityCurve(density, line.lowest, line.highest, columns, m_layout.densityUnit(index));
    if (curve.empty())
        return;
    const CountScale counts = countScale(index);
    const double step = plot.width() / columns;
    // One polygon without a pen: a stroked jagged outline costs hundreds of milliseconds.
    QPolygonF outline;
    outline << plot.bottomLeft();
    for (std::size_t i = 0; i < curve.size(); ++i)
        outline << QPointF(
            plot.left() + step * (static_cast<double>(i) + 0.5), plot.bottom() - counts.heightOf(curve[i]));
    outline << plot.bottomRight();
    m_painter.setRenderHint(QPainter::Antialiasing, false);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(blended(m_look.theme.panel, m_look.series, m_look.theme.dark ? 0.30 : 0.24));
    m_painter.drawPolygon(outline);
}

void LevelPainter::paintBands(std::size_t index)
{
    const LevelStrip& strip = m_strips.strips()[index];
    m_painter.setRenderHint(QPainter::Antialiasing, false);
    QColor shade = m_look.theme.text;
    shade.setAlphaF(m_look.theme.dark ? 0.055F : 0.045F);
    QColor vacant = m_look.theme.vacant;
    vacant.setAlphaF(m_look.theme.dark ? 0.16F : 0.10F);
    for (const LevelMark& mark : strip.marks) {
        if (mark.structural || bandOf(mark, index).width() < kNarrowestBand)
            continue;
        const auto rank = std::lower_bound(strip.levels.begin(), strip.levels.end(), mark.level) - strip.levels.begin();
        if (rank % 2 == 0)
            m_painter.fillRect(bandOf(mark, index), shade);
        if (mark.isVacant())
            m_painter.fillRect(bandOf(mark, index), vacant);
    }
}

void LevelPainter::paintMarks(std::size_t index)
{
    const QRectF& plot = m_layout.strips()[index].plot;
    const LevelStrip& strip = m_strips.strips()[index];
    const CountScale counts = countScale(index);
    const double radius = radiusOf(index);
    m_painter.setRenderHint(QPainter::Antialiasing, false);
    m_painter.setPen(linePen(m_look.theme.mutedText));
    m_painter.drawLine(QLineF(plot.bottomLeft(), plot.bottomRight()));

    paintColumns(index);

    m_painter.setRenderHint(QPainter::Antialiasing, radius > 2);
    QPen stem(m_look.series, radius >= 3.5 ? 2 : radius > 2 ? 1.5 : 0);
    stem.setCapStyle(Qt::FlatCap);
    m_painter.setPen(stem);
    QVector<QLineF> stems;
    for (const std::size_t i : m_layout.drawing(index).single) {
        const LevelMark& mark = strip.marks[i];
        if (mark.count > 0)
            stems << QLineF(m_layout.x(mark.level, index), plot.bottom(), m_layout.x(mark.level, index),
                plot.bottom() - counts.heightOf(static_cast<double>(mark.count)));
    }
    m_painter.drawLines(stems);

    // Heads too small to be round are squares, hundreds of them at once.
    const bool areSquares = radius < kSmallestCircle;
    QVector<QRectF> squares;
    m_painter.setRenderHint(QPainter::Antialiasing, true);
    for (const std::size_t i : m_layout.drawing(index).single) {
        const LevelLayout::Glyph glyph = glyphOf(strip.marks[i]);
        const QPointF head = headOf(strip.marks[i], index);
        if (areSquares && glyph == LevelLayout::Glyph::Level)
            squares << QRectF(head.x() - radius, head.y() - radius, 2 * radius, 2 * radius);
        else
            paintLevelGlyph(m_painter, glyph, head, radius, m_look);
    }
    m_painter.setRenderHint(QPainter::Antialiasing, false);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_look.series);
    m_painter.drawRects(squares);
}

/// Levels that lie closer than pixels: a column as high as the largest of their counts; below the base line how many
/// of them are vacant.
void LevelPainter::paintColumns(std::size_t index)
{
    const QRectF& plot = m_layout.strips()[index].plot;
    const CountScale counts = countScale(index);
    QVector<QRectF> heights;
    QVector<QRectF> vacancies;
    for (const LevelColumn& column : m_layout.drawing(index).columns) {
        const double height = counts.heightOf(static_cast<double>(column.largestCount));
        heights << QRectF(column.left, plot.bottom() - height, kLevelColumnWidth, height);
        if (column.vacant > 0)
            vacancies << QRectF(column.left, plot.bottom() + 1, kLevelColumnWidth,
                kVacantDepth * static_cast<double>(column.vacant) / static_cast<double>(column.levels));
    }
    m_painter.setRenderHint(QPainter::Antialiasing, false);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_look.series);
    m_painter.drawRects(heights);
    m_painter.setBrush(m_look.theme.vacant);
    m_painter.drawRects(vacancies);
}

void LevelPainter::paintLabels(std::size_t index)
{
    const LevelLayout::Strip& layout = m_layout.strips()[index];
    const LevelStrip& strip = m_strips.strips()[index];
    const QFontMetricsF metrics(m_painter.font(), m_painter.device());
    m_painter.setRenderHint(QPainter::Antialiasing, false);
    LevelAxis axis = m_axis;
    axis.lowest = m_layout.line(index).lowest;
    axis.highest = m_layout.line(index).highest;
    const auto ticks = levelTicks(
        strip.levels, axis, [this, index](double value) { return m_layout.x(value, index); },
        [&](const QString& text) { return metrics.horizontalAdvance(text); });
    for (const LevelTick& tick : ticks) {
        if (tick.value < axis.lowest || tick.value > axis.highest)  // of the zoomed line
            continue;
        const double x = m_layout.x(tick.value, index);
        m_painter.setPen(linePen(m_look.theme.mutedText));
        m_painter.drawLine(QLineF(x, layout.plot.bottom(), x, layout.plot.bottom() + 4));
        m_painter.setPen(m_look.theme.text);
        m_painter.drawText(QRectF(x - 60, layout.labels.top(), 120, layout.labels.height()),
            Qt::AlignHCenter | Qt::AlignTop, tick.text);
    }
    if (layout.title.isEmpty())
        return;
    QString title = strip.name;
    if (strip.share)
        title += QStringLiteral("   ")
            + (strip.sharesSubgroups ? LevelLayout::tr("%1 of the subgroups") : LevelLayout::tr("%1 of the blocks"))
                  .arg(percentText(*strip.share));
    m_painter.setPen(m_look.theme.text);
    m_painter.drawText(layout.title, Qt::AlignLeft | Qt::AlignVCenter, title);
}

void LevelPainter::paintLegend()
{
    m_painter.setRenderHint(QPainter::Antialiasing, true);
    for (const LevelLayout::LegendEntry& entry : m_layout.legend()) {
        QRectF text = entry.rect;
        if (entry.glyph != LevelLayout::Glyph::Title && entry.glyph != LevelLayout::Glyph::Text) {
            paintLevelGlyph(
                m_painter, entry.glyph, {entry.rect.left() + 6, entry.rect.center().y()}, kLargestRadius, m_look);
            text.setLeft(text.left() + LevelLayout::kGlyphWidth - 2);
        }
        m_painter.setPen(m_look.theme.mutedText);
        m_painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, entry.text);
    }
}

}  // namespace nanoscope
