#include "widgets/cost_roofline_chart.h"

#include "widgets/cost_rows.h"
#include "widgets/cost_text.h"
#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"

#include <QCategoryAxis>
#include <QChart>
#include <QFontMetricsF>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLineSeries>
#include <QMouseEvent>
#include <QPainter>
#include <QScatterSeries>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace nanoscope {
namespace {

constexpr double kSymbol = 9.0;
constexpr double kSmaller = 3.0;  // B is smaller, so that A shows behind it
constexpr double kReach = 14.0;   // pixels from a point that still mean it
constexpr double kTickSpacing = 56.0;
constexpr double kGiga = 1e9;

/// What bounds a format: the array's best rate and the memory's.
struct Roof {
    double peak = 1.0;            ///< MAC/s
    double bytesPerSecond = 1.0;  //
};

Roof roofOf(const FormatCost& cost, const HardwareParameters& p)
{
    const ArrayShape& shape = cost.array.shape;
    return {static_cast<double>(shape.rows) * shape.columns * shape.lanes / shape.cyclesPerDot * p.array.clockGigahertz
            * kGiga,
        p.dram.bandwidthGigabytePerSecond * kGiga};
}

QString rateText(double macsPerSecond)
{
    return costValueText(macsPerSecond / 1e9, "GMAC/s");
}

}  // namespace

/// The Qt Charts side: a chart in a scene without a view. Logarithms are taken here, never by Qt Charts.
class CostRooflineChart::Chart {
public:
    Chart()
        : m_chart(new QChart)
        , m_x(new QCategoryAxis)
        , m_y(new QCategoryAxis)
    {
        m_scene.addItem(m_chart);  // the scene owns it
        m_chart->setAnimationOptions(QChart::NoAnimation);
        m_chart->legend()->hide();
        m_chart->setMargins(QMargins(4, 10, 24, 2));
        m_chart->setBackgroundVisible(false);
        m_chart->setPlotAreaBackgroundVisible(false);
        m_chart->layout()->setContentsMargins(0, 0, 0, 0);
        m_chart->addAxis(m_x, Qt::AlignBottom);
        m_chart->addAxis(m_y, Qt::AlignLeft);
        for (QCategoryAxis* axis : {m_x, m_y}) {
            axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
            axis->setTruncateLabels(false);
        }
        for (std::size_t side = 0; side < 2; ++side) {
            attach(m_roofs[side] = new QLineSeries);
            for (QScatterSeries*& series : m_layers[side]) {
                attach(series = new QScatterSeries);
                series->setMarkerShape(
                    side == 0 ? QScatterSeries::MarkerShapeCircle : QScatterSeries::MarkerShapeRectangle);
                series->setMarkerSize(side == 0 ? kSymbol + 2 : kSymbol - kSmaller);
            }
        }
    }

    void setContent(const std::vector<RooflinePoint>& points, const std::vector<Roof>& roofs)
    {
        double left = 0.0;
        double right = 0.0;
        double low = 0.0;
        double high = 0.0;
        bool isFirst = true;
        const auto widen = [&](double x, double y) {
            left = isFirst ? x : std::min(left, x);
            right = isFirst ? x : std::max(right, x);
            low = isFirst ? y : std::min(low, y);
            high = isFirst ? y : std::max(high, y);
            isFirst = false;
        };
        std::array<std::array<QList<QPointF>, 2>, 2> placed;
        for (const RooflinePoint& point : points) {
            const QPointF at = place(point);
            widen(at.x(), at.y());
            placed[point.isA ? 0 : 1][point.layer.isDecode ? 1 : 0] << at;
        }
        for (const Roof& roof : roofs)
            widen(std::log10(roof.peak / roof.bytesPerSecond), std::log10(roof.peak));
        setRange(m_left, m_right, left - 0.15, right + 0.15);
        setRange(m_low, m_high, low - 0.15, high + 0.15);
        for (std::size_t side = 0; side < 2; ++side) {
            QList<QPointF> line;
            if (side < roofs.size()) {
                const double ridge = std::log10(roofs[side].peak / roofs[side].bytesPerSecond);
                const double bandwidth = std::log10(roofs[side].bytesPerSecond);
                const double start = std::max(m_left, m_low - bandwidth);
                line << QPointF(start, bandwidth + start) << QPointF(ridge, bandwidth + ridge)
                     << QPointF(m_right, bandwidth + ridge);
            }
            m_roofs[side]->replace(line);
            for (std::size_t phase = 0; phase < 2; ++phase)
                m_layers[side][phase]->replace(placed[side][phase]);
        }
        m_size = QSizeF();
    }

    void setTheme(const Theme& theme)
    {
        for (QCategoryAxis* axis : {m_x, m_y}) {
            axis->setLabelsColor(theme.mutedText);
            axis->setTitleBrush(theme.mutedText);
            axis->setLinePen(QPen(theme.mutedText, 0));
            axis->setGridLinePen(QPen(theme.grid, 0));
        }
        for (std::size_t side = 0; side < 2; ++side) {
            const QColor color = side == 0 ? theme.seriesA : theme.seriesB;
            m_roofs[side]->setPen(QPen(color, side == 0 ? 3 : 1.2));  // B's thinner line shows on top of A's
            for (std::size_t phase = 0; phase < 2; ++phase) {
                m_layers[side][phase]->setPen(QPen(color, 1.5));
                m_layers[side][phase]->setBrush(phase == 0 ? color : theme.panel);
            }
        }
    }

    void fit(QSizeF size, const QFont& font)
    {
        if (size == m_size && font == m_font)
            return;
        m_size = size;
        m_font = font;
        const QFontMetricsF metrics(font);
        setTicks(*m_x, m_left, m_right, static_cast<int>(size.width() / kTickSpacing));
        setTicks(*m_y, m_low, m_high, static_cast<int>(size.height() / (2.4 * metrics.height())), 1e-9);
        m_x->setTitleText(CostRooflineChart::tr("MAC per byte of memory"));
        m_y->setTitleText(CostRooflineChart::tr("GMAC/s"));
        m_chart->resize(size);
        m_scene.setSceneRect(QRectF(QPointF(0, 0), size));
        m_chart->layout()->activate();
    }

    void render(QPainter& painter, const QRectF& target)
    {
        painter.setRenderHint(QPainter::Antialiasing, true);
        m_scene.render(&painter, target, m_scene.sceneRect(), Qt::IgnoreAspectRatio);
    }

    [[nodiscard]] QPointF positionOf(const RooflinePoint& point) const
    {
        return m_chart->mapToPosition(place(point), m_roofs[0]);
    }

private:
    static QPointF place(const RooflinePoint& point)
    {
        return {std::log10(point.macsPerByte), std::log10(point.macsPerSecond)};
    }

    /// The axes stand still while points move a little.
    static void setRange(double& low, double& high, double wantedLow, double wantedHigh)
    {
        constexpr double kStep = 0.5;  // decades
        const double roundLow = std::floor(wantedLow / kStep) * kStep;
        const double roundHigh = std::ceil(wantedHigh / kStep) * kStep;
        if (wantedLow < low || wantedHigh > high || roundHigh - roundLow < high - low - kStep) {
            low = roundLow;
            high = roundHigh;
        }
    }

    void attach(QXYSeries* series)
    {
        m_chart->addSeries(series);
        series->attachAxis(m_x);
        series->attachAxis(m_y);
    }

    void setTicks(QCategoryAxis& axis, double low, double high, int most, double factor = 1.0)
    {
        for (const QString& label : axis.categoriesLabels())
            axis.remove(label);
        axis.setRange(low, high);
        axis.setStartValue(low);
        for (const double tick : logTicks(std::pow(10, low) * factor, std::pow(10, high) * factor, std::max(2, most)))
            axis.append(logTickText(tick), std::log10(tick / factor));
        axis.setLabelsFont(m_font);
        axis.setTitleFont(m_font);
    }

    QGraphicsScene m_scene;
    QChart* m_chart;
    QCategoryAxis* m_x;
    QCategoryAxis* m_y;
    std::array<QLineSeries*, 2> m_roofs{};                     // the chart owns the series
    std::array<std::array<QScatterSeries*, 2>, 2> m_layers{};  // of A and B: prefill, decode
    double m_left = 0.0;                                       // powers of ten
    double m_right = 0.0;
    double m_low = 0.0;
    double m_high = 0.0;
    QSizeF m_size;
    QFont m_font;
};

CostRooflineChart::CostRooflineChart(QWidget* parent)
    : PlotView(parent)
    , m_chart(std::make_unique<Chart>())
{
    setObjectName(QStringLiteral("costRoofline"));
    setAccessibleName(tr("Roofline chart"));
    m_chart->setTheme(theme());
    contentChanged();
}

CostRooflineChart::~CostRooflineChart() = default;

void CostRooflineChart::setResult(std::shared_ptr<const CostResult> result)
{
    m_result = std::move(result);
    m_points.clear();
    std::vector<Roof> roofs;
    if (m_result) {
        addPoints(m_result->a, true);
        roofs.push_back(roofOf(m_result->a, m_result->choice.setup.parameters));
        if (m_result->b) {
            addPoints(*m_result->b, false);
            roofs.push_back(roofOf(*m_result->b, m_result->choice.setup.parameters));
        }
        m_chart->setContent(m_points, roofs);
    }
    contentChanged();
}

void CostRooflineChart::addPoints(const FormatCost& cost, bool isA)
{
    const double clock = m_result->choice.setup.parameters.array.clockGigahertz * kGiga;
    for (const bool isDecode : {false, true})
        for (const LayerCost& layer : (isDecode ? cost.decode : cost.prefill).layers)
            if (layer.traffic.total() > 0 && layer.cycles() > 0)
                m_points.push_back({{isDecode, layer.name}, isA, layer.bound == Bound::Memory,
                    layer.macs / layer.traffic.total(), layer.macs / (layer.cycles() / clock)});
}

void CostRooflineChart::setLayer(const CostLayerId& layer)
{
    m_layer = layer;
    contentChanged();
}

void CostRooflineChart::themeChanged()
{
    m_chart->setTheme(theme());
}

QString CostRooflineChart::plotTitle() const
{
    return tr("Roofline");
}

QString CostRooflineChart::pointText(const RooflinePoint& point) const
{
    const FormatCost& cost = point.isA ? m_result->a : *m_result->b;
    const LayerCost* layer = findLayer(cost, point.layer);
    if (!layer)
        return {};
    return tr("%1, %2 %3: %4 bound, %5 MAC, %6, %7 MAC/B, %8")
        .arg(QString::fromStdString(cost.name), point.layer.isDecode ? tr("decode") : tr("prefill"),
            QString::fromStdString(layer->name), point.isMemoryBound ? tr("memory") : tr("compute"),
            shortNumberText(layer->macs), costValueText(layer->traffic.total(), "byte"),
            shortNumberText(point.macsPerByte), rateText(point.macsPerSecond));
}

QString CostRooflineChart::summary() const
{
    if (!m_result)
        return tr("%1: no figures yet").arg(plotTitle());
    QStringList texts;
    for (const RooflinePoint& point : m_points)
        if (point.layer == m_layer)
            texts << pointText(point);
    return tr("%1 of %2: %3")
        .arg(plotTitle(), QString::fromStdString(m_result->choice.setup.workload.title),
            texts.isEmpty() ? tr("no layer chosen") : texts.join(QStringLiteral("; ")));
}

QRectF CostRooflineChart::chartArea(const QRectF& area, const QFontMetricsF& metrics) const
{
    return area.adjusted(0, headerHeight(metrics) + metrics.height() + 4, 0, 0);
}

void CostRooflineChart::paintLegend(QPainter& painter, const QRectF& area) const
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    double x = area.left() + 12;
    const double middle = area.top() + metrics.height() / 2;
    for (const bool isA : {true, false}) {
        if (!isA && !m_result->b)
            continue;
        for (const bool isDecode : {false, true}) {
            const QColor color = isA ? theme().seriesA : theme().seriesB;
            painter.setPen(QPen(color, 1.5));
            painter.setBrush(isDecode ? theme().panel : color);
            const QRectF symbol(x, middle - kSymbol / 2, kSymbol, kSymbol);
            if (isA)
                painter.drawEllipse(symbol);
            else
                painter.drawRect(symbol);
            const QString name = (isA ? tr("A %1") : tr("B %1")).arg(isDecode ? tr("decode") : tr("prefill"));
            painter.setPen(theme().text);
            painter.drawText(QPointF(x + kSymbol + 4, middle + metrics.ascent() / 2 - 1), name);
            x += kSymbol + 4 + metrics.horizontalAdvance(name) + 12;
        }
    }
}

void CostRooflineChart::paintCurrent(QPainter& painter, const QRectF& chart) const
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    bool isNamed = false;
    for (const RooflinePoint& point : m_points) {
        if (!(point.layer == m_layer))
            continue;
        const QPointF at = m_chart->positionOf(point) + chart.topLeft();
        painter.setPen(QPen(theme().text, 1.6));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(at, kSymbol, kSymbol);
        if (isNamed)
            continue;
        isNamed = true;
        const QString name = QString::fromStdString(point.layer.name);
        const double width = metrics.horizontalAdvance(name);
        const bool isLeft = at.x() + kSymbol + 6 + width < chart.right() - 14;
        const QRectF box(
            isLeft ? at.x() + kSymbol + 5 : at.x() - kSymbol - 5 - width, at.y() + 4, width, metrics.height());
        painter.fillRect(box, theme().panel);
        painter.setPen(theme().text);
        painter.drawText(box, Qt::AlignCenter, name);
    }
}

void CostRooflineChart::paintPlot(QPainter& painter, const QRectF& area) const
{
    if (!m_result) {
        paintEmpty(painter, area, tr("No figures yet"));
        return;
    }
    painter.save();
    const QRectF rest
        = paintHeader(painter, area, plotTitle(), QString::fromStdString(m_result->choice.setup.workload.title));
    painter.setRenderHint(QPainter::Antialiasing, true);
    paintLegend(painter, rest);
    const QRectF chart = chartArea(area, QFontMetricsF(painter.font(), painter.device()));
    m_chart->fit(chart.size(), painter.font());
    m_chart->render(painter, chart);
    paintCurrent(painter, chart);
    painter.restore();
}

QPointF CostRooflineChart::placeOf(const RooflinePoint& point) const
{
    const QRectF chart = chartArea(rect(), QFontMetricsF(font(), this));
    m_chart->fit(chart.size(), font());
    return m_chart->positionOf(point) + chart.topLeft();
}

std::optional<std::size_t> CostRooflineChart::pointAt(const QPointF& at) const
{
    std::optional<std::size_t> nearest;
    double best = kReach;
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const QPointF distance = placeOf(m_points[i]) - at;
        const double length = std::hypot(distance.x(), distance.y());
        if (length < best) {
            best = length;
            nearest = i;
        }
    }
    return nearest;
}

void CostRooflineChart::mousePressEvent(QMouseEvent* event)
{
    PlotView::mousePressEvent(event);
    if (const auto found = pointAt(event->position()))
        Q_EMIT layerSelected(m_points[*found].layer);
}

void CostRooflineChart::keyPressEvent(QKeyEvent* event)
{
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (step == 0 || !m_result) {
        PlotView::keyPressEvent(event);
        return;
    }
    std::vector<CostLayerId> layers;
    for (const RooflinePoint& point : m_points)
        if (point.isA)
            layers.push_back(point.layer);
    const auto at = std::find(layers.begin(), layers.end(), m_layer);
    const auto last = static_cast<std::ptrdiff_t>(layers.size()) - 1;
    if (last < 0)
        return;
    const std::ptrdiff_t next
        = at == layers.end() ? 0 : std::clamp<std::ptrdiff_t>(at - layers.begin() + step, 0, last);
    Q_EMIT layerSelected(layers[static_cast<std::size_t>(next)]);
}

bool CostRooflineChart::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || !m_result)
        return PlotView::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const auto found = pointAt(help->pos()))
        QToolTip::showText(help->globalPos(), pointText(m_points[*found]), this);
    else
        QToolTip::hideText();
    return true;
}

}  // namespace nanoscope
