#include "widgets/bare_chart.h"

#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"

#include <QCategoryAxis>
#include <QChart>
#include <QGraphicsLayout>
#include <QPainter>
#include <QXYSeries>

#include <algorithm>
#include <cmath>

namespace nanoscope {

BareChart::BareChart(const QMargins& margins)
    : m_chart(new QChart)
    , m_x(new QCategoryAxis)
    , m_y(new QCategoryAxis)
{
    m_scene.addItem(m_chart);  // the scene owns it
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_chart->legend()->hide();
    m_chart->setMargins(margins);
    m_chart->setBackgroundVisible(false);
    m_chart->setPlotAreaBackgroundVisible(false);
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->addAxis(m_x, Qt::AlignBottom);
    m_chart->addAxis(m_y, Qt::AlignLeft);
    for (QCategoryAxis* axis : {m_x, m_y}) {
        axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
        axis->setTruncateLabels(false);
    }
}

BareChart::~BareChart() = default;

void BareChart::attach(QXYSeries* series)
{
    m_chart->addSeries(series);
    series->attachAxis(m_x);
    series->attachAxis(m_y);
    if (!m_first)
        m_first = series;
}

void BareChart::setTheme(const Theme& theme)
{
    for (QCategoryAxis* axis : {m_x, m_y}) {
        axis->setLabelsColor(theme.mutedText);
        axis->setTitleBrush(theme.mutedText);
        axis->setLinePen(QPen(theme.mutedText, 0));
        axis->setGridLinePen(QPen(theme.grid, 0));
    }
}

void BareChart::setAxis(ChartSide side, double low, double high, const std::vector<ChartTick>& ticks,
    const QString& title, const QFont& font)
{
    QCategoryAxis& axis = side == ChartSide::X ? *m_x : *m_y;
    for (const QString& label : axis.categoriesLabels())
        axis.remove(label);
    axis.setRange(low, high);
    axis.setStartValue(low);
    for (const ChartTick& tick : ticks)
        axis.append(tick.text, tick.place);
    axis.setTitleText(title);
    axis.setLabelsFont(font);
    axis.setTitleFont(font);
}

void BareChart::layOut(QSizeF size, const QFont& font)
{
    m_size = size;
    m_font = font;
    m_chart->resize(size);
    m_scene.setSceneRect(QRectF(QPointF(0, 0), size));
    m_chart->layout()->activate();
}

void BareChart::render(QPainter& painter, const QRectF& target)
{
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setBrush(Qt::NoBrush);  // Qt Charts fills a dotted line with what it finds
    m_scene.render(&painter, target, m_scene.sceneRect(), Qt::IgnoreAspectRatio);
}

QPointF BareChart::positionOf(const QPointF& place) const
{
    return m_chart->mapToPosition(place, m_first);
}

QPointF BareChart::placeAt(const QPointF& position) const
{
    return m_chart->mapToValue(position, m_first);
}

QRectF BareChart::plotArea() const
{
    return m_chart->plotArea();
}

std::vector<ChartTick> linearTicks(double low, double high, int most)
{
    std::vector<ChartTick> ticks;
    const NiceTicks nice = niceTicks(low, high, std::max(2, most));
    for (const double value : nice.values)
        ticks.push_back({value, fixedText(value, nice.decimals)});
    return ticks;
}

std::vector<ChartTick> decadeTicks(double low, double high, int most)
{
    constexpr double kFewDecades = 1.1;
    std::vector<ChartTick> ticks;
    if (high - low < kFewDecades) {
        for (const double value : niceTicks(std::pow(10, low), std::pow(10, high), std::max(2, most)).values)
            if (value > 0)
                ticks.push_back({std::log10(value), shortNumberText(value)});
        return ticks;
    }
    for (const double value : logTicks(std::pow(10, low), std::pow(10, high), std::max(2, most)))
        ticks.push_back({std::log10(value), logTickText(value)});
    return ticks;
}

}  // namespace nanoscope
