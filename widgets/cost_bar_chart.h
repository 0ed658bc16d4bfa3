#pragma once

#include "widgets/plot_view.h"

#include <QString>

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace nanoscope {

class CostBarScene;

/// A part that every bar of a chart is made of.
struct CostPart {
    QString id;              ///< of the figure that a click selects
    QString name;            ///< in the legend
    bool isFeature = false;  ///< hatched
};

/// A bar: a format with the values of its parts.
struct CostBar {
    QString name;
    std::vector<double> values;  ///< as many as there are parts
    bool isBaseline = false;
};

/// Everything that a bar chart shows.
struct CostBars {
    QString title;
    QString detail;
    std::string unit;  ///< as CostTerm has it
    std::vector<CostPart> parts;
    std::vector<CostBar> bars;  ///< from top to bottom
};

/// Stacked bars that lie: what areas and energies are made of, formats below each other. Hides Qt Charts.
class CostBarChart : public PlotView {
    Q_OBJECT

public:
    static constexpr int kMostParts = 8;

    explicit CostBarChart(const QString& objectName, QWidget* parent = nullptr);
    ~CostBarChart() override;

    void setBars(CostBars bars);
    [[nodiscard]] const CostBars& bars() const { return m_bars; }
    /// Marks the part of this id; any other marks nothing.
    void setSelected(const QString& id);

    [[nodiscard]] QString plotTitle() const override { return m_bars.title; }
    [[nodiscard]] QString summary() const override;
    void paintPlot(QPainter& painter, const QRectF& area) const override;
    [[nodiscard]] PlotData plotData() const override;
    [[nodiscard]] bool hasContent() const override;
    [[nodiscard]] QSize sizeHint() const override { return {460, 210}; }
    [[nodiscard]] QSize minimumSizeHint() const override;

    /// Where a part of a bar lies in the widget; empty where it has no width.
    [[nodiscard]] QRectF segmentRect(int bar, int part) const;

Q_SIGNALS:
    /// The user clicked a part of this id.
    void partSelected(const QString& id);

protected:
    void themeChanged() override;
    void paintOverlay(QPainter& painter, const QRectF& area) const override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRectF chartArea(const QRectF& area, const QFontMetricsF& metrics) const;
    [[nodiscard]] QBrush brushOf(int part) const;
    [[nodiscard]] QBrush hatchOf(int part) const;
    double paintLegend(QPainter& painter, const QRectF& area, bool measureOnly) const;
    void paintHatches(QPainter& painter, const QRectF& chart) const;
    void paintTotals(QPainter& painter, const QRectF& chart) const;
    [[nodiscard]] std::optional<std::pair<int, int>> partAt(const QPointF& point) const;

    CostBars m_bars;
    QString m_selected;
    std::unique_ptr<CostBarScene> m_chart;
};

}  // namespace nanoscope
