#include "widgets/chart_pane.h"

#include "widgets/bare_chart.h"
#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QLineSeries>
#include <QMargins>
#include <QMouseEvent>
#include <QPainter>
#include <QScatterSeries>
#include <QToolTip>
#include <QVector>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace nanoscope {

namespace {

constexpr double kSymbolSize = 8.0;
constexpr double kTickSpacing = 44.0;  // pixels between labels of an axis that runs across
constexpr double kTipReach = 24.0;
constexpr double kLegendMargin = 12.0;
constexpr double kLegendKey = 26.0;  // line and symbol before a name
constexpr double kLegendGap = 18.0;

QScatterSeries::MarkerShape shapeOf(SeriesRole role)
{
    switch (role) {
    case SeriesRole::A:
        return QScatterSeries::MarkerShapeCircle;
    case SeriesRole::B:
        return QScatterSeries::MarkerShapeRectangle;
    case SeriesRole::C:
        return QScatterSeries::MarkerShapeTriangle;
    case SeriesRole::D:
        return QScatterSeries::MarkerShapeRotatedRectangle;
    }
    return QScatterSeries::MarkerShapeCircle;
}

/// Position on the axis: logarithms are taken here, never by Qt Charts, which drops a whole series for one zero.
double placed(double value, AxisScale scale)
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

QList<QPointF> placedPoints(const QList<QPointF>& points, const ChartAxis& x, const ChartAxis& y)
{
    QList<QPointF> result;
    result.reserve(points.size());
    for (const QPointF& point : points) {
        const QPointF at(placed(point.x(), x.scale), placed(point.y(), y.scale));
        if (std::isfinite(at.x()) && std::isfinite(at.y()))
            result << at;
    }
    return result;
}

std::vector<ChartTick> ticksOf(const ChartAxis& axis, int most)
{
    std::vector<ChartTick> ticks;
    switch (axis.scale) {
    case AxisScale::Linear:
        return linearTicks(axis.lowest, axis.highest, most);
    case AxisScale::Log2: {
        const NiceTicks nice = niceTicks(std::log2(axis.lowest), std::log2(axis.highest), most);
        for (const double exponent : nice.values)
            if (exponent == std::floor(exponent))
                ticks.push_back({exponent, QStringLiteral("2") + superscriptText(static_cast<int>(exponent))});
        break;
    }
    case AxisScale::Log10:
        for (const double value : logTicks(axis.lowest, axis.highest, most))
            ticks.push_back({std::log10(value), logTickText(value)});
        break;
    }
    return ticks;
}

QString valueText(double value, const ChartAxis& axis)
{
    const QString text = shortNumberText(value, 3);
    return axis.unit.isEmpty() ? text : text + QChar(0x00a0) + axis.unit;
}

}  // namespace

/// The Qt Charts side: a chart in a scene without a view, rendered by the one paint function.
class ChartPane::Chart {
public:
    // Axes and series are made once: what Qt Charts removes stays in the picture until the event loop runs.
    Chart()
        : m_chart(QMargins(4, 8, 12, 2))
    {
        for (const SeriesRole role : kSeriesRoles) {
            Line& line = lineOf(role);
            line.symbols->setMarkerShape(shapeOf(role));
            line.symbols->setMarkerSize(kSymbolSize);
            m_chart.attach(line.line);
            m_chart.attach(line.symbols);
        }
    }

    void setContent(const ChartContent& content)
    {
        m_content = &content;
        for (const SeriesRole role : kSeriesRoles) {
            QList<QPointF> points;
            QList<QPointF> symbols;
            for (const ChartSeries& series : content.series) {
                if (series.role != role)
                    continue;
                points = placedPoints(series.points, content.x, content.y);
                symbols = placedPoints(series.symbols, content.x, content.y);
            }
            lineOf(role).line->replace(points);
            lineOf(role).symbols->replace(symbols);
        }
        m_chart.spoil();
    }

    void setTheme(const Theme& theme)
    {
        m_chart.setTheme(theme);
        for (const SeriesRole role : kSeriesRoles) {
            const QColor color = seriesColor(role, theme);
            lineOf(role).line->setPen(QPen(color, 2));  // solid and opaque: drawn segment by segment
            lineOf(role).symbols->setPen(QPen(theme.panel, 1));
            lineOf(role).symbols->setBrush(color);
        }
    }

    /// Ticks depend on the room; they are chosen anew only when it or the font changes.
    void fit(QSizeF size, const QFont& font)
    {
        if (m_content == nullptr || !m_chart.needsLayout(size, font))
            return;
        const QFontMetricsF metrics(font);
        setAxis(ChartSide::X, m_content->x, size.width() / kTickSpacing, font);
        setAxis(ChartSide::Y, m_content->y, size.height() / (2.2 * metrics.height()), font);
        m_chart.layOut(size, font);
    }

    void render(QPainter& painter, const QRectF& target) { m_chart.render(painter, target); }

    /// Place on the axes under a point of the chart.
    [[nodiscard]] QPointF placeAt(QPointF point) const { return m_chart.placeAt(point); }
    [[nodiscard]] QPointF pointAt(QPointF place) const { return m_chart.positionOf(place); }

private:
    struct Line {
        QLineSeries* line = new QLineSeries;  // the chart owns both
        QScatterSeries* symbols = new QScatterSeries;
    };

    Line& lineOf(SeriesRole role) { return m_lines[static_cast<std::size_t>(role)]; }

    void setAxis(ChartSide side, const ChartAxis& wanted, double most, const QFont& font)
    {
        m_chart.setAxis(side, placed(wanted.lowest, wanted.scale), placed(wanted.highest, wanted.scale),
            ticksOf(wanted, std::max(2, static_cast<int>(most))), wanted.title, font);
    }

    BareChart m_chart;
    std::array<Line, kSeriesRoles.size()> m_lines;
    const ChartContent* m_content = nullptr;
};

ChartPane::ChartPane(const QString& title, QWidget* parent)
    : PlotView(parent)
    , m_title(title)
    , m_chart(std::make_unique<Chart>())
    , m_table(new ChartTableModel(this))
{
}

ChartPane::~ChartPane() = default;

QAbstractTableModel* ChartPane::tableModel() const
{
    return m_table;
}

void ChartPane::setContent(ChartContent content)
{
    m_content = std::move(content);
    m_chart->setContent(m_content);
    m_chart->setTheme(theme());
    m_table->setTable(m_content.table);
    contentChanged();
}

void ChartPane::themeChanged()
{
    m_chart->setTheme(theme());
}

QString ChartPane::summary() const
{
    if (m_content.series.empty())
        return tr("%1: no tensor is open").arg(m_title);
    QStringList names;
    for (const ChartSeries& series : m_content.series)
        names << series.name;
    return tr("%1 of %2: %3").arg(m_title, names.join(tr(" and ")), m_content.detail);
}

std::vector<QPointF> ChartPane::legendPlaces(const QFontMetricsF& metrics, double width) const
{
    std::vector<QPointF> places;
    double x = kLegendMargin;
    double y = 0.0;
    for (const ChartSeries& series : m_content.series) {
        const double entry = kLegendKey + metrics.horizontalAdvance(series.name);
        if (x + entry > width - kLegendMargin / 2 && x > kLegendMargin) {
            x = kLegendMargin;
            y += metrics.height() + 2;
        }
        places.emplace_back(x, y);
        x += entry + kLegendGap;
    }
    return places;
}

double ChartPane::legendHeight(const QFontMetricsF& metrics, double width) const
{
    const std::vector<QPointF> places = legendPlaces(metrics, width);
    return metrics.height() + 6 + (places.empty() ? 0.0 : places.back().y());
}

void ChartPane::paintLegend(QPainter& painter, const QRectF& area) const
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    painter.setRenderHint(QPainter::Antialiasing, true);
    const std::vector<QPointF> places = legendPlaces(metrics, area.width());
    for (std::size_t i = 0; i < places.size(); ++i) {
        const ChartSeries& series = m_content.series[i];
        const double x = area.left() + places[i].x();
        const double top = area.top() + places[i].y();
        const double y = top + metrics.height() / 2 + 1;
        const QColor color = seriesColor(series.role, theme());
        painter.setPen(QPen(color, 2));
        painter.drawLine(QLineF(x, y, x + 20, y));
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        paintSeriesSymbol(painter, series.role, QPointF(x + 10, y), kSymbolSize);
        painter.setPen(theme().text);
        painter.drawText(QRectF(x + kLegendKey, top, area.right() - x - kLegendKey, metrics.height() + 2),
            Qt::AlignLeft | Qt::AlignVCenter, series.name);
    }
}

void ChartPane::paintPlot(QPainter& painter, const QRectF& area) const
{
    if (m_content.series.empty()) {
        paintEmpty(painter, area, m_content.emptyText);
        return;
    }
    painter.save();
    QRectF rest = paintHeader(painter, area, m_title, m_content.detail);
    paintLegend(painter, rest);
    rest.setTop(rest.top() + legendHeight(QFontMetricsF(painter.font(), painter.device()), rest.width()));
    m_chart->fit(rest.size(), painter.font());
    m_chart->render(painter, rest);
    paintMark(painter, rest.topLeft());
    painter.restore();
}

void ChartPane::setMark(std::optional<double> x)
{
    m_mark = x;
    update();
}

void ChartPane::paintMark(QPainter& painter, const QPointF& origin) const
{
    if (!m_mark || *m_mark < m_content.x.lowest || *m_mark > m_content.x.highest)
        return;
    const double x = placed(*m_mark, m_content.x.scale);
    const QLineF line(origin + m_chart->pointAt({x, placed(m_content.y.lowest, m_content.y.scale)}),
        origin + m_chart->pointAt({x, placed(m_content.y.highest, m_content.y.scale)}));
    painter.setPen(QPen(theme().panel, 4));  // stands off from lines of any color
    painter.drawLine(line);
    painter.setPen(QPen(theme().text, 1.6, Qt::DashLine));
    painter.drawLine(line);
}

QPointF ChartPane::chartOrigin() const
{
    const QFontMetricsF metrics(font(), this);
    return {0, headerHeight(metrics) + legendHeight(metrics, width())};
}

QPointF ChartPane::positionOf(QPointF place) const
{
    m_chart->fit(QSizeF(width(), height() - chartOrigin().y()), font());  // before the first paint, too
    return chartOrigin()
        + m_chart->pointAt({placed(place.x(), m_content.x.scale), placed(place.y(), m_content.y.scale)});
}

void ChartPane::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_content.series.empty())
        return PlotView::mousePressEvent(event);
    const double x = m_chart->placeAt(event->position() - chartOrigin()).x();
    if (x >= placed(m_content.x.lowest, m_content.x.scale) && x <= placed(m_content.x.highest, m_content.x.scale))
        placeChosen(m_content.x.scale == AxisScale::Linear ? x
                : m_content.x.scale == AxisScale::Log2     ? std::exp2(x)
                                                           : std::pow(10.0, x));
}

bool ChartPane::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || m_content.series.empty())
        return PlotView::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QPointF point = help->pos() - chartOrigin();
    const double wanted = m_chart->placeAt(point).x();
    QStringList lines;
    for (const ChartSeries& series : m_content.series) {
        const auto nearest
            = std::min_element(series.points.begin(), series.points.end(), [&](const QPointF& a, const QPointF& b) {
                  return std::fabs(placed(a.x(), m_content.x.scale) - wanted)
                      < std::fabs(placed(b.x(), m_content.x.scale) - wanted);
              });
        if (nearest == series.points.end()
            || std::fabs(m_chart->pointAt({placed(nearest->x(), m_content.x.scale), 0}).x() - point.x()) > kTipReach)
            continue;
        lines << QStringLiteral("%1: %2 at %3")
                     .arg(series.name, valueText(nearest->y(), m_content.y), valueText(nearest->x(), m_content.x));
    }
    if (lines.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), lines.join(QLatin1Char('\n')), this);
    return true;
}

bool ChartPane::hasContent() const
{
    return !m_content.series.empty();
}

PlotData ChartPane::plotData() const
{
    if (!m_content.data.isEmpty() && !m_content.series.empty())
        return m_content.data;
    std::vector<std::vector<PlotValue>> rows;
    for (const ChartSeries& series : m_content.series)
        for (const QPointF& point : series.points)
            rows.push_back({series.name, point.x(), point.y()});
    return m_content.series.empty()
        ? PlotData()
        : tableData(plotTitle(),
            {{tr("series")}, {m_content.x.title, m_content.x.unit}, {m_content.y.title, m_content.y.unit}},
            std::move(rows));
}

}  // namespace nanoscope
