#pragma once

#include "widgets/bare_chart.h"
#include "widgets/cost_roofline_chart.h"

#include <QFont>
#include <QSizeF>

#include <array>
#include <vector>

QT_BEGIN_NAMESPACE
class QLineSeries;
class QScatterSeries;
QT_END_NAMESPACE

namespace nanoscope {

/// What bounds a format: the array's best rate and the memory's.
struct Roof {
    double macsPerSecond = 1.0;
    double bytesPerSecond = 1.0;
};

inline constexpr double kRooflineSymbol = 9.0;  ///< pixels

/// The Qt Charts side of CostRooflineChart: a chart in a scene without a view. Logarithms are taken here, never by Qt
/// Charts.
class CostRooflineScene {
public:
    CostRooflineScene();
    void setContent(const std::vector<RooflinePoint>& points, const std::vector<Roof>& roofs);
    void setTheme(const Theme& theme);
    void fit(QSizeF size, const QFont& font);
    void render(QPainter& painter, const QRectF& target);
    [[nodiscard]] QPointF positionOf(const RooflinePoint& point) const;

private:
    static QPointF place(const RooflinePoint& point);

    /// The axes stand still while points move a little.
    static void setRange(double& low, double& high, double wantedLow, double wantedHigh);

    BareChart m_chart;
    std::array<QLineSeries*, 2> m_roofs{};                     // the chart owns the series
    std::array<std::array<QScatterSeries*, 2>, 2> m_layers{};  // of A and B: prefill, decode
    double m_left = 0.0;                                       // powers of ten
    double m_right = 0.0;
    double m_low = 0.0;
    double m_high = 0.0;
};

}  // namespace nanoscope
