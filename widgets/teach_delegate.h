#pragma once

#include "widgets/theme.h"

#include <QStyledItemDelegate>

namespace nanoscope {

struct TeachCell;

/// Draws a cell of the Teach view: its name and value, its bits large under the letters of their fields, and what they
/// decode to. A flipped bit has a frame and a dot, a changed value the sign ≠.
class TeachDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit TeachDelegate(QObject* parent = nullptr);

    void setTheme(const Theme& theme) { m_theme = theme; }
    /// The bit that keys act on: a cell of the model and a place in TeachCell::bits; -1 for none.
    void setCursor(int bit) { m_cursor = bit; }

    /// Size of a cell that holds these bits and texts.
    [[nodiscard]] static QSize cellSize(const QFont& font, const TeachCell& cell);
    /// Which of the cell's bits lies under a point of its rectangle; -1: none.
    [[nodiscard]] static int bitAt(const QFont& font, const QRect& area, const TeachCell& cell, QPoint point);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void updateEditorGeometry(
        QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintBits(QPainter& painter, const QRect& area, const TeachCell& cell, bool isCurrent) const;

    Theme m_theme = lightTheme();
    int m_cursor = -1;
};

}  // namespace nanoscope
