#pragma once

#include "core/tensor.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;

namespace nanoscope {

/// Shapes that a tensor can be reinterpreted as, offered for rank 3 and above: the first axis against the rest, and
/// the rest against the last axis.
[[nodiscard]] std::vector<Shape> offeredShapes(const Shape& stored);

/// Reads "R,C" (also "R × C" or "[R, C, ...]").
/// @return nothing when it is no shape of `elements` elements
[[nodiscard]] std::optional<Shape> shapeFromText(const QString& text, std::uint64_t elements);

/// How a tensor is cut: the axis that blocks run along, and the shape it is taken as.
class ViewBar : public QWidget {
    Q_OBJECT

public:
    explicit ViewBar(QWidget* parent = nullptr);

    /// Offers the axes and shapes of this tensor and goes back to its last axis, as stored. Emits nothing.
    void setTensor(const TensorInfo& tensor);
    /// Shows a choice without emitting it.
    void setView(int axis, const std::optional<Shape>& reshape);

    /// The blocked axis; the last one is -1, so that it means the same for every tensor.
    [[nodiscard]] int axis() const;
    [[nodiscard]] const std::optional<Shape>& reshape() const { return m_reshape; }

Q_SIGNALS:
    void viewChanged(int axis, const std::optional<nanoscope::Shape>& reshape);

private:
    [[nodiscard]] const Shape& shownShape() const { return m_reshape ? *m_reshape : m_tensor.shape; }
    void fillAxes();
    void showShape();
    void takeOffer(int index);
    void takeTypedShape();
    void changeShape(std::optional<Shape> reshape);
    void showProblem(const QString& text);

    TensorInfo m_tensor;
    std::vector<Shape> m_offers;
    std::optional<Shape> m_reshape;
    QComboBox* m_axis;
    QComboBox* m_shape;
    QLabel* m_problem;
};

}  // namespace nanoscope
