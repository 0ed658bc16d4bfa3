#include "widgets/study_painter.h"

#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QPolygonF>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nanoscope {
namespace {

constexpr double kMargin = 10.0;
constexpr double kMarkReach = 4.5;  // half the size of a symbol
constexpr double kStarReach = 9.0;  // stars lie on top of other symbols
constexpr double kKeyWidth = 26.0;  // sample of a line in the legend
constexpr double kKeyGap = 6.0;     // to its text
constexpr double kEntryGap = 18.0;  // to the next entry
constexpr double kWidestBar = 46.0;
constexpr double kTickSpacing = 52.0;  // pixels between labels of an axis that runs across

double scaled(double value, AxisScale scale)
{
    switch (scale) {
    case AxisScale::Linear:
        return value;
    case AxisScale::Log2:
        return std::log2(value);
    case AxisScale::Log10:
        return std::log10(value);
    }
    return value;
}

/// Position between the ends of an axis, 0 to 1.
double shareOf(double value, const ChartAxis& axis)
{
    const double lowest = scaled(axis.lowest, axis.scale);
    return (scaled(value, axis.scale) - lowest) / (scaled(axis.highest, axis.scale) - lowest);
}

struct Tick {
    double value = 0.0;
    QString text;
};

std::vector<Tick> ticksOf(const ChartAxis& axis, int most)
{
    std::vector<Tick> ticks;
    if (axis.scale == AxisScale::Log10) {
        for (const double value : logTicks(axis.lowest, axis.highest, most))
            ticks.push_back({value, logTickText(value)});
        return ticks;
    }
    const NiceTicks nice = niceTicks(scaled(axis.lowest, axis.scale), scaled(axis.highest, axis.scale), most);
    for (const double value : nice.values) {
        if (axis.scale == AxisScale::Linear)
            ticks.push_back({value, fixedText(value, nice.decimals)});
        else if (value == std::floor(value))
            ticks.push_back({std::exp2(value), QStringLiteral("2") + superscriptText(static_cast<int>(value))});
    }
    return ticks;
}

bool isFinite(QPointF point)
{
    return std::isfinite(point.x()) && std::isfinite(point.y());
}

QPolygonF starAround(QPointF center)
{
    QPolygonF star;
    for (int i = 0; i < 10; ++i) {
        const double reach = i % 2 == 0 ? kStarReach : kStarReach * 0.42;
        const double angle = std::numbers::pi * (i / 5.0 - 0.5);
        star << center + reach * QPointF(std::cos(angle), std::sin(angle));
    }
    return star;
}

}  // namespace

StudyPainter::StudyPainter(
    const StudyContent& content, const Theme& theme, const QRectF& area, const QFontMetricsF& metrics)
    : m_content(content)
    , m_theme(theme)
    , m_area(area)
    , m_lineHeight(metrics.height())
{
    layOutLegend(metrics);
    layOutPlot(metrics);
}

QColor StudyPainter::colorOf(const StudySeries& series) const
{
    if (series.role)
        return seriesColor(*series.role, m_theme);
    switch (series.ink) {
    case StudyInk::A:
        return m_theme.seriesA;
    case StudyInk::B:
        return m_theme.seriesB;
    case StudyInk::Muted:
        return m_theme.mutedText;
    }
    return m_theme.text;
}

void StudyPainter::layOutLegend(const QFontMetricsF& metrics)
{
    double x = m_area.left() + kMargin;
    double y = m_area.top() + m_lineHeight / 2 + 2;
    for (const StudySeries& series : m_content.series) {
        if (!series.isInLegend)
            continue;
        const double width = kKeyWidth + kKeyGap + metrics.horizontalAdvance(series.name);
        if (x + width > m_area.right() - kMargin && x > m_area.left() + kMargin) {
            x = m_area.left() + kMargin;
            y += m_lineHeight + 2;
        }
        m_legend.push_back({&series, QPointF(x, y)});
        x += width + kEntryGap;
    }
    m_legendHeight = m_legend.empty() ? 0.0 : y - m_area.top() + m_lineHeight / 2 + 6;
}

void StudyPainter::layOutPlot(const QFontMetricsF& metrics)
{
    double widest = 0.0;
    const int ticks = std::max(2, static_cast<int>(m_area.height() / (2.4 * m_lineHeight)));
    for (const Tick& tick : ticksOf(m_content.y, ticks))
        widest = std::max(widest, metrics.horizontalAdvance(tick.text));
    int lines = 1;
    for (const QString& category : m_content.categories)
        lines = std::max(lines, static_cast<int>(category.count(QLatin1Char('\n'))) + 1);
    // A title that is longer than its axis takes a second line.
    const double length = m_area.height() - m_legendHeight;
    m_titleLines = metrics.horizontalAdvance(m_content.y.title) > length ? 2 : 1;
    const double left = kMargin + m_titleLines * m_lineHeight + 4 + widest + 8;
    const double bottom = 8 + (lines + 1) * m_lineHeight + 8;
    const double top = m_legendHeight + 6 + (m_content.rules.empty() ? 0.0 : 2 * m_lineHeight);
    m_plot = m_area.adjusted(left, top, -kMargin - 8, -bottom);
}

QPointF StudyPainter::placeOf(QPointF value) const
{
    return {m_plot.left() + shareOf(value.x(), m_content.x) * m_plot.width(),
        m_plot.bottom() - shareOf(value.y(), m_content.y) * m_plot.height()};
}

void StudyPainter::paint(QPainter& painter) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, true);
    paintLegend(painter);
    if (m_plot.width() > 40 && m_plot.height() > 30) {
        paintHorizontalGrid(painter);
        if (m_content.categories.isEmpty())
            paintHorizontalAxis(painter);
        else
            paintCategories(painter);
        for (const StudySeries& series : m_content.series)
            paintSeries(painter, series);
        paintRules(painter);
    }
    painter.restore();
}

void StudyPainter::paintLegend(QPainter& painter) const
{
    for (const LegendEntry& entry : m_legend) {
        const QColor color = colorOf(*entry.series);
        const QPointF middle = entry.at + QPointF(kKeyWidth / 2, 0);
        if (entry.series->form == StudyForm::Bars) {
            painter.fillRect(QRectF(middle - QPointF(7, 6), QSizeF(14, 12)), color);
        } else if (entry.series->form != StudyForm::Marks) {
            painter.setPen(QPen(color, 2, entry.series->form == StudyForm::Dashed ? Qt::DashLine : Qt::SolidLine));
            painter.drawLine(entry.at, entry.at + QPointF(kKeyWidth, 0));
        }
        paintSymbol(painter, middle, *entry.series);
        painter.setPen(m_theme.text);
        const double left = entry.at.x() + kKeyWidth + kKeyGap;
        painter.drawText(
            QRectF(left, entry.at.y() - m_lineHeight / 2, std::max(0.0, m_area.right() - left), m_lineHeight),
            Qt::AlignLeft | Qt::AlignVCenter, entry.series->name);
    }
}

void StudyPainter::paintHorizontalGrid(QPainter& painter) const
{
    const int most = std::max(2, static_cast<int>(m_plot.height() / (1.8 * m_lineHeight)));
    for (const Tick& tick : ticksOf(m_content.y, most)) {
        const double y = placeOf({m_content.x.lowest, tick.value}).y();
        painter.setPen(QPen(m_theme.grid, 1));
        painter.drawLine(QLineF(m_plot.left(), y, m_plot.right(), y));
        painter.setPen(m_theme.mutedText);
        painter.drawText(QRectF(m_area.left(), y - m_lineHeight / 2, m_plot.left() - 8 - m_area.left(), m_lineHeight),
            Qt::AlignRight | Qt::AlignVCenter, tick.text);
    }
    // The title runs along the axis, as far as the legend above and the edge below leave room.
    const double top = m_area.top() + m_legendHeight;
    const double length = m_area.bottom() - top;
    const QFontMetricsF metrics(painter.font(), painter.device());
    painter.save();
    const double middle = std::max(m_plot.center().y(), top + length / 2);
    const double thickness = m_titleLines * m_lineHeight;
    painter.translate(m_area.left() + kMargin + thickness / 2, middle);
    painter.rotate(-90);
    const double half = std::min(length / 2, m_area.bottom() - middle);
    const QRectF box(-half, -thickness / 2, 2 * half, thickness);
    if (m_titleLines > 1)
        painter.drawText(box, Qt::AlignCenter | Qt::TextWordWrap, m_content.y.title);
    else
        painter.drawText(box, Qt::AlignCenter, metrics.elidedText(m_content.y.title, Qt::ElideRight, 2 * half));
    painter.restore();
}

void StudyPainter::paintHorizontalAxis(QPainter& painter) const
{
    painter.setPen(QPen(m_theme.mutedText, 1));
    painter.drawLine(m_plot.bottomLeft(), m_plot.bottomRight());
    const int most = std::max(2, static_cast<int>(m_plot.width() / kTickSpacing));
    for (const Tick& tick : ticksOf(m_content.x, most)) {
        const double x = placeOf({tick.value, m_content.y.lowest}).x();
        painter.drawLine(QLineF(x, m_plot.bottom(), x, m_plot.bottom() + 4));
        painter.drawText(QRectF(x - kTickSpacing, m_plot.bottom() + 6, 2 * kTickSpacing, m_lineHeight),
            Qt::AlignHCenter | Qt::AlignTop, tick.text);
    }
    painter.drawText(QRectF(m_plot.left(), m_area.bottom() - m_lineHeight - 4, m_plot.width(), m_lineHeight),
        Qt::AlignCenter, m_content.x.title);
}

void StudyPainter::paintCategories(QPainter& painter) const
{
    painter.setPen(QPen(m_theme.mutedText, 1));
    painter.drawLine(m_plot.bottomLeft(), m_plot.bottomRight());
    const double width = placeOf({1.0, m_content.y.lowest}).x() - placeOf({0.0, m_content.y.lowest}).x();
    double widest = 0.0;
    const QFontMetricsF metrics(painter.font(), painter.device());
    for (const QString& category : m_content.categories)
        for (const QString& line : category.split(QLatin1Char('\n')))
            widest = std::max(widest, metrics.horizontalAdvance(line));
    const int stride = std::max(1, static_cast<int>(std::ceil((widest + 4) / std::max(width, 1.0))));
    for (int i = 0; i < m_content.categories.size(); i += stride) {
        const double x = placeOf({static_cast<double>(i), m_content.y.lowest}).x();
        const QStringList lines = m_content.categories[i].split(QLatin1Char('\n'));
        for (int line = 0; line < lines.size(); ++line)
            painter.drawText(QRectF(x - widest, m_plot.bottom() + 5 + line * m_lineHeight, 2 * widest, m_lineHeight),
                Qt::AlignHCenter | Qt::AlignTop, lines[line]);
    }
    painter.drawText(QRectF(m_plot.left(), m_area.bottom() - m_lineHeight - 4, m_plot.width(), m_lineHeight),
        Qt::AlignCenter, m_content.x.title);
}

void StudyPainter::paintRules(QPainter& painter) const
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    bool isHigh = false;
    for (const StudyRule& rule : m_content.rules) {
        const double x = placeOf({rule.at, m_content.y.lowest}).x();
        if (!std::isfinite(x) || x < m_plot.left() - 1 || x > m_plot.right() + 1)
            continue;
        const double top = m_plot.top() - (isHigh ? 2 : 1) * m_lineHeight;
        isHigh = !isHigh;  // neighbours may be close: their names take turns
        const QLineF line(x, top + m_lineHeight, x, m_plot.bottom());
        painter.setPen(QPen(m_theme.panel, 3));  // stands off from bars of any color
        painter.drawLine(line);
        painter.setPen(QPen(m_theme.text, 1.2, Qt::DashLine));
        painter.drawLine(line);
        const double width = metrics.horizontalAdvance(rule.label) + 4;
        const double left = std::clamp(x - width / 2, m_plot.left(), std::max(m_plot.left(), m_area.right() - width));
        painter.setPen(m_theme.text);
        painter.drawText(QRectF(left, top, width, m_lineHeight), Qt::AlignCenter, rule.label);
    }
}

void StudyPainter::paintSeries(QPainter& painter, const StudySeries& series) const
{
    if (series.form == StudyForm::Bars) {
        paintBars(painter, series);
        return;
    }
    const QColor color = colorOf(series);
    QPolygonF line;
    for (const QPointF& point : series.points)
        if (const QPointF at = placeOf(point); isFinite(at))
            line << at;
    if (line.isEmpty())
        return;
    if (series.form != StudyForm::Marks) {
        painter.setPen(QPen(color, 2, series.form == StudyForm::Dashed ? Qt::DashLine : Qt::SolidLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(line);
    }
    for (const QPointF& at : line)
        paintSymbol(painter, at, series);
    if (series.label.isEmpty())
        return;
    const double room = line.first().x() - m_plot.left() - 2 * kMarkReach;
    const bool fits = QFontMetricsF(painter.font(), painter.device()).horizontalAdvance(series.label) <= room;
    painter.setPen(m_theme.text);
    painter.drawText(QRectF(m_plot.left(), line.first().y() - m_lineHeight / 2, std::max(0.0, room), m_lineHeight),
        Qt::AlignRight | Qt::AlignVCenter, fits ? series.label : series.label.section(QLatin1Char(' '), 0, 0));
}

void StudyPainter::paintBars(QPainter& painter, const StudySeries& series) const
{
    for (int i = 0; i < series.points.size(); ++i) {
        const QPointF at = placeOf(series.points[i]);
        if (!isFinite(at))
            continue;
        const int neighbour = i + 1 < series.points.size() ? i + 1 : i - 1;
        const double distance
            = neighbour < 0 ? m_plot.width() : std::fabs(placeOf(series.points[neighbour]).x() - at.x());
        const bool isCategory = !m_content.categories.isEmpty();
        const double width = isCategory ? std::min(0.62 * distance, kWidestBar) : std::max(distance - 1, 1.0);
        const double left = isCategory ? at.x() - width / 2 : at.x();  // of numbers, x is where a bin begins
        const double top = std::clamp(at.y(), m_plot.top(), m_plot.bottom());
        if (top < m_plot.bottom())
            painter.fillRect(QRectF(left, top, width, m_plot.bottom() - top), colorOf(series));
    }
}

void StudyPainter::paintSymbol(QPainter& painter, QPointF at, const StudySeries& series) const
{
    if (!series.role || series.mark == StudyMark::None)
        return paintMark(painter, at, series.mark, colorOf(series));
    painter.setPen(QPen(m_theme.panel, 1));
    painter.setBrush(colorOf(series));
    paintSeriesSymbol(painter, *series.role, at, 2 * kMarkReach);
    painter.setBrush(Qt::NoBrush);
}

void StudyPainter::paintMark(QPainter& painter, QPointF at, StudyMark mark, const QColor& color) const
{
    if (mark == StudyMark::None)
        return;
    const bool isOutlined = mark == StudyMark::OutlinedSquare || mark == StudyMark::OutlinedDiamond;
    painter.setPen(isOutlined ? QPen(color, 1.8) : QPen(m_theme.panel, 1));
    painter.setBrush(isOutlined ? m_theme.panel : color);
    const double r = kMarkReach;
    switch (mark) {
    case StudyMark::None:
        break;
    case StudyMark::Disk:
        painter.drawEllipse(at, r, r);
        break;
    case StudyMark::Square:
    case StudyMark::OutlinedSquare:
        painter.drawRect(QRectF(at - QPointF(r, r), QSizeF(2 * r, 2 * r)));
        break;
    case StudyMark::Diamond:
    case StudyMark::OutlinedDiamond: {
        const double d = 1.3 * r;
        painter.drawPolygon(
            QPolygonF{{at.x(), at.y() - d}, {at.x() + d, at.y()}, {at.x(), at.y() + d}, {at.x() - d, at.y()}});
        break;
    }
    case StudyMark::Star:
        painter.setPen(QPen(m_theme.panel, 1));
        painter.setBrush(m_theme.text);
        painter.drawPolygon(starAround(at));
        break;
    }
    painter.setBrush(Qt::NoBrush);
}

}  // namespace nanoscope
