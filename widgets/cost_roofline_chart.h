#pragma once

#include "widgets/cost_result.h"
#include "widgets/plot_view.h"

#include <memory>
#include <optional>
#include <vector>

namespace nanoscope {

class CostRooflineScene;

/// A layer on the roofline.
struct RooflinePoint {
    CostLayerId layer;
    bool isA = true;
    bool isMemoryBound = false;
    double macsPerByte = 0.0;
    double macsPerSecond = 0.0;
};

/// The layers of both phases: multiplications per second against multiplications per byte of memory, below the roof of
/// bandwidth and array. Logarithmic on both axes. Hides Qt Charts.
class CostRooflineChart : public PlotView {
    Q_OBJECT

public:
    explicit CostRooflineChart(QWidget* parent = nullptr);
    ~CostRooflineChart() override;

    void setResult(std::shared_ptr<const CostResult> result);
    /// Marks the current layer.
    void setLayer(const CostLayerId& layer);

    [[nodiscard]] const std::vector<RooflinePoint>& points() const { return m_points; }
    /// Where a point lies in the widget.
    [[nodiscard]] QPointF placeOf(const RooflinePoint& point) const;

    [[nodiscard]] QString plotTitle() const override;
    [[nodiscard]] QString summary() const override;
    void paintPlot(QPainter& painter, const QRectF& area) const override;
    [[nodiscard]] PlotData plotData() const override;
    [[nodiscard]] bool hasContent() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {280, 136}; }
    [[nodiscard]] QSize sizeHint() const override { return minimumSizeHint(); }  // grows where there is room

Q_SIGNALS:
    void layerSelected(const nanoscope::CostLayerId& layer);

protected:
    void themeChanged() override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    void addPoints(const FormatCost& cost, bool isA);
    [[nodiscard]] QRectF chartArea(const QRectF& area, const QFontMetricsF& metrics) const;
    void paintLegend(QPainter& painter, const QRectF& area) const;
    void paintCurrent(QPainter& painter, const QRectF& chart) const;
    [[nodiscard]] std::optional<std::size_t> pointAt(const QPointF& at) const;
    [[nodiscard]] QString pointText(const RooflinePoint& point) const;

    std::shared_ptr<const CostResult> m_result;
    CostLayerId m_layer;
    std::vector<RooflinePoint> m_points;
    std::unique_ptr<CostRooflineScene> m_chart;
};

}  // namespace nanoscope
