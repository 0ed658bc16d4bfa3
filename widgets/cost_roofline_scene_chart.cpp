#include "widgets/cost_roofline_scene.h"

#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"

#include <QFontMetricsF>
#include <QLineSeries>
#include <QMargins>
#include <QPainter>
#include <QScatterSeries>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

constexpr double kSmaller = 3.0;  // B's symbols are smaller, so that A's show behind them
constexpr double kTickSpacing = 56.0;
constexpr double kGiga = 1e-9;

/// Powers of ten on an axis of powers of ten, labeled in units of 1 / factor.
std::vector<ChartTick> ticksOf(double low, double high, double most, double factor = 1.0)
{
    std::vector<ChartTick> ticks;
    const int count = std::max(2, static_cast<int>(most));
    for (const double tick : logTicks(std::pow(10, low) * factor, std::pow(10, high) * factor, count))
        ticks.push_back({std::log10(tick / factor), logTickText(tick)});
    return ticks;
}

}  // namespace

CostRooflineScene::CostRooflineScene()
    : m_chart(QMargins(4, 10, 24, 2))
{
    for (std::size_t side = 0; side < 2; ++side) {
        m_chart.attach(m_roofs[side] = new QLineSeries);
        for (QScatterSeries*& series : m_layers[side]) {
            m_chart.attach(series = new QScatterSeries);
            series->setMarkerShape(
                side == 0 ? QScatterSeries::MarkerShapeCircle : QScatterSeries::MarkerShapeRectangle);
            series->setMarkerSize(side == 0 ? kRooflineSymbol + 2 : kRooflineSymbol - kSmaller);
        }
    }
}

void CostRooflineScene::setContent(const std::vector<RooflinePoint>& points, const std::vector<Roof>& roofs)
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
        widen(std::log10(roof.macsPerSecond / roof.bytesPerSecond), std::log10(roof.macsPerSecond));
    setRange(m_left, m_right, left - 0.15, right + 0.15);
    setRange(m_low, m_high, low - 0.15, high + 0.15);
    for (std::size_t side = 0; side < 2; ++side) {
        QList<QPointF> line;
        if (side < roofs.size()) {
            const double ridge = std::log10(roofs[side].macsPerSecond / roofs[side].bytesPerSecond);
            const double bandwidth = std::log10(roofs[side].bytesPerSecond);
            const double start = std::max(m_left, m_low - bandwidth);
            line << QPointF(start, bandwidth + start) << QPointF(ridge, bandwidth + ridge)
                 << QPointF(m_right, bandwidth + ridge);
        }
        m_roofs[side]->replace(line);
        for (std::size_t phase = 0; phase < 2; ++phase)
            m_layers[side][phase]->replace(placed[side][phase]);
    }
    m_chart.spoil();
}

void CostRooflineScene::setTheme(const Theme& theme)
{
    m_chart.setTheme(theme);
    for (std::size_t side = 0; side < 2; ++side) {
        const QColor color = side == 0 ? theme.seriesA : theme.seriesB;
        m_roofs[side]->setPen(QPen(color, side == 0 ? 3 : 1.2));  // B's thinner line shows on top of A's
        for (std::size_t phase = 0; phase < 2; ++phase) {
            m_layers[side][phase]->setPen(QPen(color, 1.5));
            m_layers[side][phase]->setBrush(phase == 0 ? color : theme.panel);
        }
    }
}

void CostRooflineScene::fit(QSizeF size, const QFont& font)
{
    if (!m_chart.needsLayout(size, font))
        return;
    const QFontMetricsF metrics(font);
    m_chart.setAxis(ChartSide::X, m_left, m_right, ticksOf(m_left, m_right, size.width() / kTickSpacing),
        CostRooflineChart::tr("MAC per byte of memory"), font);
    m_chart.setAxis(ChartSide::Y, m_low, m_high,
        ticksOf(m_low, m_high, size.height() / (2.4 * metrics.height()), kGiga), CostRooflineChart::tr("GMAC/s"), font);
    m_chart.layOut(size, font);
}

void CostRooflineScene::render(QPainter& painter, const QRectF& target)
{
    m_chart.render(painter, target);
}

QPointF CostRooflineScene::positionOf(const RooflinePoint& point) const
{
    return m_chart.positionOf(place(point));
}

QPointF CostRooflineScene::place(const RooflinePoint& point)
{
    return {std::log10(point.macsPerByte), std::log10(point.macsPerSecond)};
}

void CostRooflineScene::setRange(double& low, double& high, double wantedLow, double wantedHigh)
{
    constexpr double kStep = 0.5;  // decades
    const double roundLow = std::floor(wantedLow / kStep) * kStep;
    const double roundHigh = std::ceil(wantedHigh / kStep) * kStep;
    if (wantedLow < low || wantedHigh > high || roundHigh - roundLow < high - low - kStep) {
        low = roundLow;
        high = roundHigh;
    }
}

}  // namespace nanoscope
