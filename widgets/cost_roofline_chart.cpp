#include "widgets/cost_roofline_chart.h"

#include "widgets/cost_roofline_scene.h"
#include "widgets/cost_rows.h"
#include "widgets/cost_text.h"
#include "widgets/number_text.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace nanoscope {
namespace {

constexpr double kReach = 14.0;  // pixels from a point that still mean it
constexpr double kGiga = 1e9;

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

CostRooflineChart::CostRooflineChart(QWidget* parent)
    : PlotView(parent)
    , m_chart(std::make_unique<CostRooflineScene>())
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
            const QRectF symbol(x, middle - kRooflineSymbol / 2, kRooflineSymbol, kRooflineSymbol);
            if (isA)
                painter.drawEllipse(symbol);
            else
                painter.drawRect(symbol);
            const QString name = (isA ? tr("A %1") : tr("B %1")).arg(isDecode ? tr("decode") : tr("prefill"));
            painter.setPen(theme().text);
            painter.drawText(QPointF(x + kRooflineSymbol + 4, middle + metrics.ascent() / 2 - 1), name);
            x += kRooflineSymbol + 4 + metrics.horizontalAdvance(name) + 12;
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
        painter.drawEllipse(at, kRooflineSymbol, kRooflineSymbol);
        if (isNamed)
            continue;
        isNamed = true;
        const QString name = QString::fromStdString(point.layer.name);
        const double width = metrics.horizontalAdvance(name);
        const bool isLeft = at.x() + kRooflineSymbol + 6 + width < chart.right() - 14;
        const QRectF box(isLeft ? at.x() + kRooflineSymbol + 5 : at.x() - kRooflineSymbol - 5 - width, at.y() + 4,
            width, metrics.height());
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

bool CostRooflineChart::hasContent() const
{
    return !m_points.empty();
}

PlotData CostRooflineChart::plotData() const
{
    if (!hasContent())
        return {};
    std::vector<std::vector<PlotValue>> rows;
    for (const RooflinePoint& point : m_points)
        rows.push_back({QString::fromStdString((point.isA ? m_result->a : *m_result->b).name),
            point.layer.isDecode ? tr("decode") : tr("prefill"), QString::fromStdString(point.layer.name),
            point.isMemoryBound ? tr("memory") : tr("compute"), point.macsPerByte, point.macsPerSecond});
    return tableData(plotTitle(),
        {{tr("format")}, {tr("phase")}, {tr("layer")}, {tr("bound")},
            {tr("multiplications per byte"), QStringLiteral("MAC/B")},
            {tr("multiplications per second"), QStringLiteral("MAC/s")}},
        std::move(rows));
}

}  // namespace nanoscope
