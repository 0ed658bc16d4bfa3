#include "widgets/parameter_sweep_scene_chart.h"

#include "widgets/chart_marker.h"
#include "widgets/series_role.h"

#include <QFontMetricsF>
#include <QLineSeries>
#include <QMargins>
#include <QScatterSeries>

#include <algorithm>
#include <utility>

namespace nanoscope {
namespace {

constexpr double kTickSpacing = 48.0;

/// As many ticks as fit, the first and the last among them where they can be.
std::vector<ChartTick> thinned(const std::vector<ChartTick>& ticks, double low, double high, double width)
{
    std::vector<ChartTick> kept;
    for (const ChartTick& tick : ticks)
        if (kept.empty() || (tick.place - kept.back().place) / (high - low) * width >= kTickSpacing / 2)
            kept.push_back(tick);
    return kept;
}

std::vector<ChartTick> ticksOf(const SweepScale& scale, double room, int most)
{
    if (!scale.ticks.empty())
        return thinned(scale.ticks, scale.low, scale.high, room);
    return scale.isDecades ? decadeTicks(scale.low, scale.high, most) : linearTicks(scale.low, scale.high, most);
}

}  // namespace

QColor sweepColor(std::size_t curve, const Theme& theme)
{
    constexpr std::array kRoles{SeriesRole::A, SeriesRole::B, SeriesRole::C, SeriesRole::D};
    return seriesColor(kRoles[curve % kRoles.size()], theme);
}

ParetoShape sweepShape(std::size_t curve)
{
    constexpr std::array kShapes{ParetoShape::Circle, ParetoShape::Square, ParetoShape::Triangle, ParetoShape::Diamond,
        ParetoShape::Star, ParetoShape::Pentagon};
    return kShapes[curve % kShapes.size()];
}

ParameterSweepScene::ParameterSweepScene()
    : m_chart(QMargins(4, 8, 20, 2))
{
    for (std::size_t i = 0; i < kMostSweepCurves; ++i) {
        m_chart.attach(m_lines[i] = new QLineSeries);
        m_chart.attach(m_symbols[i] = new QScatterSeries);
        setMarker(*m_symbols[i], sweepShape(i));
        m_symbols[i]->setMarkerSize(kSweepSymbol);
    }
}

void ParameterSweepScene::setCurves(const std::vector<QList<QPointF>>& curves)
{
    for (std::size_t i = 0; i < kMostSweepCurves; ++i) {
        const QList<QPointF> points = i < curves.size() ? curves[i] : QList<QPointF>();
        m_lines[i]->replace(points);
        m_symbols[i]->replace(points);
    }
}

void ParameterSweepScene::setScales(SweepScale x, SweepScale y)
{
    m_x = std::move(x);
    m_y = std::move(y);
    m_chart.spoil();
}

void ParameterSweepScene::setTheme(const Theme& theme)
{
    m_chart.setTheme(theme);
    for (std::size_t i = 0; i < kMostSweepCurves; ++i) {
        const QColor color = sweepColor(i, theme);
        m_lines[i]->setPen(QPen(color, 2));
        m_symbols[i]->setPen(QPen(theme.panel, 1));
        m_symbols[i]->setBrush(color);
    }
}

void ParameterSweepScene::fit(QSizeF size, const QFont& font)
{
    if (!m_chart.needsLayout(size, font))
        return;
    const QFontMetricsF metrics(font);
    const int across = static_cast<int>(size.width() / kTickSpacing);
    const int up = static_cast<int>(size.height() / (2.2 * metrics.height()));
    m_chart.setAxis(ChartSide::X, m_x.low, m_x.high, ticksOf(m_x, size.width(), across), m_x.title, font);
    m_chart.setAxis(ChartSide::Y, m_y.low, m_y.high, ticksOf(m_y, size.height(), up), m_y.title, font);
    m_chart.layOut(size, font);
}

}  // namespace nanoscope
