#pragma once

#include "widgets/chart_table.h"
#include "widgets/plot_view.h"
#include "widgets/series_role.h"

#include <QList>
#include <QPointF>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace nanoscope {

/// How an axis maps values. Logarithmic axes take positive values only; others are left out.
enum class AxisScale { Linear, Log2, Log10 };

struct ChartAxis {
    QString title;
    AxisScale scale = AxisScale::Linear;
    double lowest = 0.0;
    double highest = 1.0;
    QString unit;  ///< behind the numbers of tool tips, e.g. "dB"
};

struct ChartSeries {
    QString name;
    SeriesRole role = SeriesRole::A;
    QList<QPointF> points;   ///< ascending in x
    QList<QPointF> symbols;  ///< few points of the line that carry a symbol, so that color is not all that tells it
};

/// Everything a chart shows.
struct ChartContent {
    QString detail;     ///< beside the title
    QString emptyText;  ///< instead of a chart without series
    ChartAxis x;
    ChartAxis y;
    std::vector<ChartSeries> series;
    ChartTable table;
    PlotData data;  ///< the numbers in full precision; without columns: the points of the lines
};

/// A line chart: title, legend, honest 1-2-5 ticks, tool tips, theme, and its numbers as a table. Hides Qt Charts.
class ChartPane : public PlotView {
    Q_OBJECT

public:
    explicit ChartPane(const QString& title, QWidget* parent = nullptr);
    ~ChartPane() override;

    /// The numbers behind the chart; lives as long as the chart.
    [[nodiscard]] QAbstractTableModel* tableModel() const;

    [[nodiscard]] QString plotTitle() const override { return m_title; }
    [[nodiscard]] QString summary() const override;
    void paintPlot(QPainter& painter, const QRectF& area) const override;
    [[nodiscard]] PlotData plotData() const override;
    [[nodiscard]] bool hasContent() const override;

    /// Where a place on the axes is on the widget, for tests and lessons that point at it.
    [[nodiscard]] QPointF positionOf(QPointF place) const;

protected:
    void setContent(ChartContent content);
    [[nodiscard]] const ChartContent& content() const { return m_content; }
    /// Marks a place on the x axis by a line across the chart; nothing takes it away.
    void setMark(std::optional<double> x);
    /// The user clicked above a place on the x axis.
    virtual void placeChosen(double x) { (void)x; }
    void themeChanged() override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    class Chart;

    /// Where the axes and lines begin on the widget.
    [[nodiscard]] QPointF chartOrigin() const;
    void paintMark(QPainter& painter, const QPointF& origin) const;
    /// Where the entries of the legend begin, below each other where they do not fit beside each other.
    [[nodiscard]] std::vector<QPointF> legendPlaces(const QFontMetricsF& metrics, double width) const;
    [[nodiscard]] double legendHeight(const QFontMetricsF& metrics, double width) const;
    void paintLegend(QPainter& painter, const QRectF& area) const;

    QString m_title;
    ChartContent m_content;
    std::optional<double> m_mark;
    std::unique_ptr<Chart> m_chart;
    ChartTableModel* m_table;
};

}  // namespace nanoscope
