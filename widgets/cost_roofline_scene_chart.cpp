#include "widgets/cost_roofline_scene.h"

#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"

#include <QCategoryAxis>
#include <QChart>
#include <QFontMetricsF>
#include <QGraphicsLayout>
#include <QLineSeries>
#include <QPainter>
#include <QScatterSeries>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

constexpr double kSmaller = 3.0;  // B's symbols are smaller, so that A's show behind them
constexpr double kTickSpacing = 56.0;

}  // namespace

CostRooflineScene::CostRooflineScene()
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
    m_size = QSizeF();
}

void CostRooflineScene::setTheme(const Theme& theme)
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

void CostRooflineScene::fit(QSizeF size, const QFont& font)
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

void CostRooflineScene::render(QPainter& painter, const QRectF& target)
{
    painter.setRenderHint(QPainter::Antialiasing, true);
    m_scene.render(&painter, target, m_scene.sceneRect(), Qt::IgnoreAspectRatio);
}

QPointF CostRooflineScene::positionOf(const RooflinePoint& point) const
{
    return m_chart->mapToPosition(place(point), m_roofs[0]);
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

void CostRooflineScene::attach(QXYSeries* series)
{
    m_chart->addSeries(series);
    series->attachAxis(m_x);
    series->attachAxis(m_y);
}

void CostRooflineScene::setTicks(QCategoryAxis& axis, double low, double high, int most, double factor)
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

}  // namespace nanoscope
