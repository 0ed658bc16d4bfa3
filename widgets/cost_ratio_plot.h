#pragma once

#include "widgets/cost_result.h"
#include "widgets/plot_view.h"

#include <memory>
#include <vector>

namespace nanoscope {

/// The headline: A and B over MXFP4, NVFP4 and FP16 as points with error bars on a logarithmic axis, and as figures.
class CostRatioPlot : public PlotView {
    Q_OBJECT

public:
    explicit CostRatioPlot(QWidget* parent = nullptr);

    void setResult(std::shared_ptr<const CostResult> result);
    /// Marks the figure of this id (CostRow); any other marks nothing.
    void setSelected(const QString& id);

    [[nodiscard]] QString plotTitle() const override;
    [[nodiscard]] QString summary() const override;
    void paintPlot(QPainter& painter, const QRectF& area) const override;
    [[nodiscard]] PlotData plotData() const override;
    [[nodiscard]] bool hasContent() const override;
    [[nodiscard]] QSize sizeHint() const override { return minimumSizeHint(); }  // grows where there is room
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The user chose the figure of this id.
    void figureSelected(const QString& id);

protected:
    void paintOverlay(QPainter& painter, const QRectF& area) const override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Side {
        double ratio = 1.0;
        double error = 0.0;  ///< fraction
    };
    struct Row {
        QString heading;  ///< before the first row of a measure
        QString label;
        QString id;
        Side a;
        std::optional<Side> b;
    };
    struct Layout;

    void addMeasure(const QString& heading, const char* name, double CostRatio::*ratio, int error);
    [[nodiscard]] Layout layoutFor(const QRectF& area, const QFontMetricsF& metrics) const;
    void paintAxis(QPainter& painter, const Layout& layout) const;
    void paintSide(QPainter& painter, const Layout& layout, double y, const Side& side, bool isA) const;
    [[nodiscard]] int lines() const;

    std::shared_ptr<const CostResult> m_result;
    std::vector<Row> m_rows;
    double m_reach = 1.0;  // of the axis on both sides of 1, as a power of two
    QString m_selected;
};

}  // namespace nanoscope
