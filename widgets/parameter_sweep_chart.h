#pragma once

#include "widgets/parameter_sweep_points.h"
#include "widgets/plot_view.h"

#include <memory>
#include <optional>
#include <vector>

namespace nanoscope {

class ParameterSweepScene;

/// A figure of a format against one of its parameters: a curve for each value of a second one, told apart by color and
/// symbol, with the point that format A is in a ring. A click, or arrows and Enter, choose a point.
class ParameterSweepChart : public PlotView {
    Q_OBJECT

public:
    /// What stands across.
    enum class Across { Parameter, Bits };

    explicit ParameterSweepChart(QWidget* parent = nullptr);
    ~ParameterSweepChart() override;

    /// Null empties the chart.
    void setState(std::shared_ptr<const SweepState> state);
    void setFigure(SweepFigure figure);
    void setAcross(Across across);
    /// The parameters in words.
    void setNames(const QString& x, const QString& curve);

    /// Entries with a place, by their index, from left to right.
    [[nodiscard]] const std::vector<std::size_t>& shown() const { return m_shown; }
    /// Where an entry's symbol is on the widget.
    [[nodiscard]] QPointF placeOf(std::size_t entry) const;
    /// The entry that is format A itself.
    [[nodiscard]] std::optional<std::size_t> present() const;

    [[nodiscard]] QString plotTitle() const override;
    [[nodiscard]] QString summary() const override;
    void paintPlot(QPainter& painter, const QRectF& area) const override;
    [[nodiscard]] PlotData plotData() const override;
    [[nodiscard]] bool hasContent() const override { return !m_shown.empty(); }

signals:
    /// The user chose an entry by click or Enter.
    void entryChosen(std::size_t entry);

protected:
    void paintOverlay(QPainter& painter, const QRectF& area) const override;
    void themeChanged() override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] std::optional<QPointF> axesPlace(const SweepEntry& entry) const;
    [[nodiscard]] bool isDoubling() const;
    void choosePoints();
    [[nodiscard]] QRectF chartArea(const QRectF& area, const QFontMetricsF& metrics) const;
    [[nodiscard]] std::optional<std::size_t> entryAt(const QPointF& at) const;
    [[nodiscard]] QString tipOf(const SweepEntry& entry) const;
    [[nodiscard]] QString acrossName() const;
    void paintLegend(QPainter& painter, const QRectF& line) const;
    void paintErrors(QPainter& painter, const QRectF& chart) const;
    void paintPresent(QPainter& painter, const QRectF& chart) const;

    std::shared_ptr<const SweepState> m_state;
    SweepFigure m_figure = SweepFigure::Sqnr;
    Across m_across = Across::Parameter;
    QString m_xName;
    QString m_curveName;
    std::vector<std::size_t> m_shown;
    std::optional<std::size_t> m_current;
    std::unique_ptr<ParameterSweepScene> m_scene;
};

}  // namespace nanoscope
