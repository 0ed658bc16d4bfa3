#pragma once

#include "widgets/theme.h"

#include <QFont>
#include <QGraphicsScene>
#include <QPointF>
#include <QRectF>
#include <QString>

#include <vector>

class QCategoryAxis;
class QChart;
class QMargins;
class QPainter;
class QXYSeries;

namespace nanoscope {

/// Which axis of a chart.
enum class ChartSide { X, Y };

/// A label of an axis and where it stands.
struct ChartTick {
    double place = 0.0;
    QString text;
};

/// A chart of Qt Charts in a scene without a view, as all our charts have it: no legend, no animation, no background,
/// labels where the caller wants them. Logarithms are taken by the caller: places are what the axes hold.
class BareChart {
public:
    /// Where the chart leaves room for last labels of the axes.
    explicit BareChart(const QMargins& margins);
    ~BareChart();
    BareChart(const BareChart&) = delete;
    BareChart& operator=(const BareChart&) = delete;

    /// Takes over a series.
    void attach(QXYSeries* series);
    /// Colors of axes and grid.
    void setTheme(const Theme& theme);
    /// True when the room or the font is another one than that of the last layOut(), or after spoil().
    [[nodiscard]] bool needsLayout(QSizeF size, const QFont& font) const { return size != m_size || font != m_font; }
    /// The next needsLayout() is true.
    void spoil() { m_size = QSizeF(); }
    void setAxis(ChartSide side, double low, double high, const std::vector<ChartTick>& ticks, const QString& title,
        const QFont& font);
    /// After the axes were set.
    void layOut(QSizeF size, const QFont& font);
    void render(QPainter& painter, const QRectF& target);

    [[nodiscard]] QPointF positionOf(const QPointF& place) const;
    [[nodiscard]] QPointF placeAt(const QPointF& position) const;
    [[nodiscard]] QRectF plotArea() const;

private:
    QGraphicsScene m_scene;
    QChart* m_chart;
    QCategoryAxis* m_x;
    QCategoryAxis* m_y;
    QXYSeries* m_first = nullptr;  // any: it tells where places are
    QSizeF m_size;
    QFont m_font;
};

/// @name Ticks of an axis of this range
/// @{
[[nodiscard]] std::vector<ChartTick> linearTicks(double low, double high, int most);
/// @param low, high  powers of ten; below a decade even steps give more ticks than powers of ten do
[[nodiscard]] std::vector<ChartTick> decadeTicks(double low, double high, int most);
/// @}

}  // namespace nanoscope
