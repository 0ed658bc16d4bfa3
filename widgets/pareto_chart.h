#pragma once

#include "widgets/pareto_selection.h"
#include "widgets/plot_view.h"

#include <QRectF>

#include <memory>
#include <optional>
#include <vector>

namespace nanoscope {

/// A figure of the error against what a format costs, with the bounds of theory where there are some: every preset a
/// point, its group told by symbol and color; the formats that nothing else beats joined by a line and named; A and B
/// as large marks. Wheel and + - zoom, dragging moves, 0 shows the usual range.
class ParetoChart : public PlotView {
    Q_OBJECT

public:
    explicit ParetoChart(QWidget* parent = nullptr);
    ~ParetoChart() override;

    /// Null empties the chart.
    void setState(std::shared_ptr<const ParetoState> state);
    void setFilter(const ParetoFilter& filter);

    /// Presets that are shown and have a place, by their index, from left to right.
    [[nodiscard]] const std::vector<std::size_t>& shown() const { return m_selection.shown; }
    /// Presets on the front of all that pass the filter, from left to right.
    [[nodiscard]] const std::vector<std::size_t>& front() const { return m_selection.front; }
    /// Where a preset's symbol is on the widget.
    [[nodiscard]] QPointF placeOf(std::size_t preset) const;

    /// The range that holds most formats of up to nine bits.
    void showUsualRange();
    /// The range that holds every point.
    void showWholeRange();

    [[nodiscard]] QString plotTitle() const override;
    [[nodiscard]] QString summary() const override;
    void paintPlot(QPainter& painter, const QRectF& area) const override;
    [[nodiscard]] PlotData plotData() const override;
    [[nodiscard]] bool hasContent() const override;

signals:
    /// The user chose a preset by click or Enter.
    void presetChosen(const QString& name);

protected:
    void paintOverlay(QPainter& painter, const QRectF& area) const override;
    void themeChanged() override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] std::optional<QPointF> placeOf(const ParetoEntry& entry) const;
    /// Where a preset that is shown lies on the chart's area.
    [[nodiscard]] QPointF positionOf(std::size_t preset) const;
    void choosePoints();
    void setRange(const QRectF& range);
    void zoom(double factor, const QPointF& around);
    [[nodiscard]] QRectF chartArea(const QRectF& area, const QFontMetricsF& metrics) const;
    [[nodiscard]] QRectF screenArea() const;
    [[nodiscard]] std::optional<std::size_t> presetAt(const QPointF& at) const;
    void paintErrorBars(QPainter& painter, const QRectF& chart) const;
    void paintNames(QPainter& painter, const QRectF& chart) const;
    void paintBoundNames(QPainter& painter, const QRectF& chart, std::vector<QRectF>& taken) const;
    [[nodiscard]] QString emptyText() const;  ///< why there is no point
    void paintMarks(QPainter& painter, const QRectF& chart, std::vector<QRectF>& taken) const;

    std::shared_ptr<const ParetoState> m_state;
    ParetoFilter m_filter;
    ParetoSelection m_selection;
    ParetoScene::Bounds m_bounds;
    bool m_isRangeChosen = false;  // by the user: new points do not change it
    QRectF m_range{0, 0, 1, 1};    // of values as placed: powers of ten on logarithmic axes
    std::optional<std::size_t> m_current;
    QPointF m_pressedAt;
    QRectF m_pressedRange;
    bool m_isDragged = false;
    std::unique_ptr<ParetoScene> m_scene;
};

}  // namespace nanoscope
