#pragma once

#include "widgets/level_axis.h"
#include "widgets/level_id.h"
#include "widgets/level_painter.h"
#include "widgets/level_strips.h"
#include "widgets/level_zoom.h"
#include "widgets/plot_view.h"
#include "widgets/series_role.h"

#include <memory>
#include <optional>

namespace nanoscope {

/// How many elements of a tensor take each level, at the level's true position on the number line value / scale, with
/// the values' own density underneath. Vacant levels are rings on the base line: a logarithmic axis has no zero.
class LevelPlot : public PlotView {
    Q_OBJECT

public:
    explicit LevelPlot(QWidget* parent = nullptr);

    /// Null empties the plot. The axes become the report's own unless setAxis() fixed them.
    void setReport(std::shared_ptr<const Report> report);
    /// Axes shared with another plot; nothing goes back to the report's own.
    void setAxis(const std::optional<LevelAxis>& axis);
    /// Whose color the stems have.
    void setRole(SeriesRole role);
    /// Counts on a logarithmic (default) or linear axis.
    void setLogCounts(bool logarithmic);
    void setSelectedLevel(std::optional<LevelId> level);
    /// Selects the level nearest to a value on the number line; nothing when there are none.
    void selectNear(std::optional<double> value);
    /// An element and the level it is rounded to.
    void setElement(std::optional<ElementMarker> element);

    /// Which part of the number line is shown.
    void setZoom(const LevelZoom& zoom);

    [[nodiscard]] bool logCounts() const { return m_logCounts; }
    [[nodiscard]] std::optional<LevelId> selectedLevel() const { return m_selected; }
    /// Where the selected level lies on the number line.
    [[nodiscard]] std::optional<double> selectedValue() const;
    /// Where a level lies on the number line; nothing for one that is not there.
    [[nodiscard]] std::optional<double> valueOf(LevelId level) const;
    /// The level nearest to a value on the number line; nothing when there are none.
    [[nodiscard]] std::optional<LevelId> levelNear(double value) const;
    [[nodiscard]] std::optional<LevelId> hoveredLevel() const { return m_hovered; }

    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QString plotTitle() const override;
    [[nodiscard]] QString summary() const override;
    void paintPlot(QPainter& painter, const QRectF& area) const override;
    [[nodiscard]] PlotData plotData() const override;
    [[nodiscard]] bool hasContent() const override;

    /// Where a level's symbol column is on the widget, for tests and lessons that point at it.
    [[nodiscard]] std::optional<QPointF> positionOf(LevelId level) const;

signals:
    /// The pointer came over a level or left all of them.
    void levelHovered(std::optional<nanoscope::LevelId> level);
    /// The user chose a level by click or key.
    void levelSelected(nanoscope::LevelId level);
    /// The user wants no level to be selected: a click beside all of them, or Backspace.
    void levelDismissed();
    /// The user switched the count axis.
    void logCountsChanged(bool logarithmic);
    /// The user zoomed; the plot waits for setZoom().
    void zoomEdited(const nanoscope::LevelZoom& zoom);

protected:
    void paintOverlay(QPainter& painter, const QRectF& area) const override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] LevelAxis axis() const { return m_axis.value_or(m_ownAxis); }
    [[nodiscard]] LevelLayout layoutOn(const QRectF& area, const QPaintDevice* device, const QFont& font) const;
    [[nodiscard]] LevelLayout screenLayout() const;
    [[nodiscard]] LevelLook look() const;
    [[nodiscard]] QString headline() const;
    [[nodiscard]] QString vacancyText() const;
    /// The basis that the values are shown in; empty where they are as stored.
    [[nodiscard]] QString basisLine() const;
    [[nodiscard]] QString tipOf(LevelId level) const;
    void setHovered(std::optional<LevelId> level);
    void selectByUser(LevelId level);
    void dismissByUser();
    /// @return false when there is nothing to move to
    bool moveSelection(int key);

    std::shared_ptr<const Report> m_report;
    LevelStrips m_strips;
    LevelAxis m_ownAxis;
    std::optional<LevelAxis> m_axis;
    SeriesRole m_role = SeriesRole::A;
    bool m_logCounts = true;
    LevelZoom m_zoom;
    LevelZoomInput* m_zoomInput;
    std::optional<LevelId> m_selected;
    std::optional<LevelId> m_hovered;
    std::optional<ElementMarker> m_element;
};

}  // namespace nanoscope
