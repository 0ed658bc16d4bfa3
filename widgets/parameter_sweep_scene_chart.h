#pragma once

#include "widgets/bare_chart.h"
#include "widgets/pareto_symbols.h"
#include "widgets/theme.h"

#include <QList>
#include <QPointF>

#include <array>
#include <cstddef>
#include <vector>

class QLineSeries;
class QScatterSeries;

namespace nanoscope {

/// How many curves a sweep shows: color and shape together tell as many apart.
inline constexpr std::size_t kMostSweepCurves = 8;
inline constexpr double kSweepSymbol = 9.0;  ///< diameter in pixels

[[nodiscard]] QColor sweepColor(std::size_t curve, const Theme& theme);
[[nodiscard]] ParetoShape sweepShape(std::size_t curve);

/// An axis of a sweep as it is placed.
struct SweepScale {
    QString title;
    double low = 0.0;
    double high = 1.0;
    bool isDecades = false;        ///< places are powers of ten
    std::vector<ChartTick> ticks;  ///< the only ones; empty: round numbers
};

/// The Qt Charts side of the sweep chart.
class ParameterSweepScene {
public:
    ParameterSweepScene();
    ParameterSweepScene(const ParameterSweepScene&) = delete;
    ParameterSweepScene& operator=(const ParameterSweepScene&) = delete;

    void setCurves(const std::vector<QList<QPointF>>& curves);
    void setScales(SweepScale x, SweepScale y);
    void setTheme(const Theme& theme);
    /// Before render() and places.
    void fit(QSizeF size, const QFont& font);
    [[nodiscard]] BareChart& chart() { return m_chart; }

private:
    BareChart m_chart;
    std::array<QLineSeries*, kMostSweepCurves> m_lines{};  // the chart owns the series
    std::array<QScatterSeries*, kMostSweepCurves> m_symbols{};
    SweepScale m_x;
    SweepScale m_y;
};

}  // namespace nanoscope
