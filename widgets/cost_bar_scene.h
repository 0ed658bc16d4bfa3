#pragma once

#include "widgets/cost_bar_chart.h"

#include <QBrush>
#include <QFont>
#include <QGraphicsScene>
#include <QSizeF>
#include <QStringList>

#include <array>

QT_BEGIN_NAMESPACE
class QBarCategoryAxis;
class QBarSet;
class QCategoryAxis;
class QChart;
class QHorizontalStackedBarSeries;
QT_END_NAMESPACE

namespace nanoscope {

/// The sum of a bar's parts.
[[nodiscard]] double totalOf(const CostBar& bar);

/// The Qt Charts side of CostBarChart: a chart in a scene without a view. Sets and axes are made once, only values are
/// replaced.
class CostBarScene {
public:
    CostBarScene();
    void setBars(const CostBars& bars);
    void setTheme(const Theme& theme, const std::array<QBrush, CostBarChart::kMostParts>& brushes);

    /// Ticks depend on the room; they are chosen anew only when it or the font changes.
    void fit(QSizeF size, const QFont& font);
    void render(QPainter& painter, const QRectF& target);

    /// From a value to another on a bar, counted from the top; in the chart's own units.
    [[nodiscard]] QRectF rectOf(int bar, double from, double to) const;

private:
    /// Categories must differ; formats need not.
    static QStringList unique(QStringList names);

    QGraphicsScene m_scene;
    QChart* m_chart;
    QHorizontalStackedBarSeries* m_series;  // the chart owns series, sets and axes
    QCategoryAxis* m_values;
    QBarCategoryAxis* m_names;
    std::array<QBarSet*, CostBarChart::kMostParts> m_sets{};
    QStringList m_shownNames;
    std::string m_unit;
    double m_highest = 0.0;
    int m_count = 0;
    QSizeF m_size;
    QFont m_font;
};

}  // namespace nanoscope
