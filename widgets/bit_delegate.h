#pragma once

#include "widgets/theme.h"

#include <QStyledItemDelegate>

namespace nanoscope {

struct BlockCell;

/// Draws an element of a block: its code bit by bit, colored and lettered by field, and its value beneath.
/// A triangle marks the block's largest element, a diamond one that is stored more finely, a cross a clipped one.
class BitDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit BitDelegate(QObject* parent = nullptr);

    void setTheme(const Theme& theme) { m_theme = theme; }

    /// Size of a cell for codes of `bits` bits in up to `groups` fields.
    [[nodiscard]] static QSize cellSize(const QFont& font, int bits, int groups);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintFrame(QPainter& painter, const QRectF& area, const BlockCell& cell, bool isSelected) const;
    void paintMarkers(QPainter& painter, const QRectF& strip, const BlockCell& cell) const;
    void paintBits(QPainter& painter, const QRectF& area, const BlockCell& cell) const;

    Theme m_theme = lightTheme();
};

}  // namespace nanoscope
