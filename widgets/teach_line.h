#pragma once

#include "core/analysis/block_lab.h"
#include "widgets/plot_view.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace nanoscope {

/// The number line of one element: the levels that its code can stand for, where the encoder changes from one to the
/// next, the value, and an arrow to the level that the bits stand for. The value can be dragged; in a question a level
/// can be picked instead, and the arrow is not shown.
class TeachLine : public PlotView {
    Q_OBJECT

public:
    explicit TeachLine(QWidget* parent = nullptr);

    void setBlock(std::shared_ptr<const LabBlock> block);
    /// In a question the answer is hidden and levels are picked.
    void setQuestion(bool isOpen);
    /// The level that the learner picked, by code.
    void setPick(std::optional<std::uint32_t> code);
    [[nodiscard]] std::optional<std::uint32_t> pick() const { return m_pick; }

    [[nodiscard]] QString plotTitle() const override;
    [[nodiscard]] QString summary() const override;
    void paintPlot(QPainter& painter, const QRectF& area) const override;
    [[nodiscard]] QSize sizeHint() const override { return {600, 190}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {260, 170}; }

Q_SIGNALS:
    /// The user moved the element's value.
    void valueMoved(double value);
    /// The user picked a level, in a question.
    void levelPicked(std::uint32_t code);
    /// Return was pressed in a question.
    void revealRequested();

protected:
    void paintOverlay(QPainter& painter, const QRectF& area) const override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    /// Where things lie in a picture of this size.
    struct Frame {
        QRectF plot;
        double axis = 0.0;  ///< height of the number line
        double lowest = 0.0;
        double highest = 1.0;
        [[nodiscard]] double x(double value) const
        {
            return plot.left() + (value - lowest) / (highest - lowest) * plot.width();
        }
        [[nodiscard]] double value(double x) const
        {
            return lowest + (x - plot.left()) / plot.width() * (highest - lowest);
        }
    };
    [[nodiscard]] Frame frameOf(const QRectF& area, const QFont& font) const;
    [[nodiscard]] std::pair<double, double> range() const;
    [[nodiscard]] const ElementTrace* element() const;
    void paintAxis(QPainter& painter, const Frame& frame) const;
    void paintLevelLabels(QPainter& painter, const Frame& frame) const;
    void paintValue(QPainter& painter, const Frame& frame) const;
    void paintArrow(QPainter& painter, const Frame& frame, double from, double to, const QColor& color) const;
    void moveTo(double x);
    void step(int by);

    std::shared_ptr<const LabBlock> m_block;
    std::vector<SlotLevel> m_levels;  // distinct, ascending
    bool m_isQuestion = false;
    std::optional<std::uint32_t> m_pick;
    std::optional<std::pair<double, double>> m_frozen;  // while the value is dragged
};

}  // namespace nanoscope
