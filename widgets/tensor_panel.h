#pragma once

#include "core/tensor.h"

#include <QWidget>

#include <optional>

class QLineEdit;
class QSortFilterProxyModel;
class QTreeView;

namespace nanoscope {

class TensorModel;
class ViewBar;

/// The tensors of a file with a filter above, and below how the chosen one is cut into blocks.
class TensorPanel : public QWidget {
    Q_OBJECT

public:
    explicit TensorPanel(QWidget* parent = nullptr);

    /// The tree's model: fill it here.
    [[nodiscard]] TensorModel& model() { return *m_model; }

    /// Shows this tensor as the current one, with its axes and shapes. Emits nothing.
    void setTensor(const TensorInfo& tensor);
    /// Shows an axis and a shape without emitting them.
    void setView(int axis, const std::optional<Shape>& reshape);
    /// Marks the tensor of setTensor() again, after another could not be shown; any row can then be chosen anew.
    void markExplored();

    [[nodiscard]] int axis() const;
    [[nodiscard]] std::optional<Shape> reshape() const;

Q_SIGNALS:
    /// The user went to an explorable tensor, by click, Enter or the arrow keys.
    void tensorActivated(const QString& name);
    /// The user chose an axis (-1 is the last one) or a shape.
    void viewChanged(int axis, const std::optional<nanoscope::Shape>& reshape);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void activate(const QModelIndex& proxyIndex);
    void applyFilter(const QString& text);
    void showCurrentRow();
    void expandFewGroups();

    TensorModel* m_model;
    QSortFilterProxyModel* m_proxy;
    QLineEdit* m_filter;
    QTreeView* m_tree;
    ViewBar* m_view;
    QString m_current;    // explored
    QString m_activated;  // asked for last
    bool m_isFiltering = false;
};

}  // namespace nanoscope
