#include "widgets/bit_delegate.h"

#include "widgets/bit_field_style.h"
#include "widgets/block_model.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>

namespace nanoscope {
namespace {

constexpr double kPadding = 3.0;
constexpr double kGroupGap = 3.0;
constexpr double kMarkerHeight = 8.0;

double bitWidth(const QFontMetricsF& metrics)
{
    return metrics.horizontalAdvance(u'0') + 3.0;
}

double bitHeight(const QFontMetricsF& metrics)
{
    return metrics.height() + 1.0;
}

double bitsWidth(const QFontMetricsF& metrics, int bits, int groups)
{
    return bits * bitWidth(metrics) + (groups - 1) * kGroupGap;
}

QPainterPath triangle(const QRectF& box)
{
    QPainterPath path;
    path.addPolygon(QPolygonF({QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()}));
    path.closeSubpath();
    return path;
}

QPainterPath diamond(const QRectF& box)
{
    QPainterPath path;
    path.addPolygon(QPolygonF({QPointF(box.center().x(), box.top()), QPointF(box.right(), box.center().y()),
        QPointF(box.center().x(), box.bottom()), QPointF(box.left(), box.center().y())}));
    path.closeSubpath();
    return path;
}

}  // namespace

BitDelegate::BitDelegate(QObject* parent)
    : QStyledItemDelegate(parent)
{
}

QSize BitDelegate::cellSize(const QFont& font, int bits, int groups)
{
    const QFontMetricsF metrics(font);
    const double valueWidth = metrics.horizontalAdvance(QStringLiteral("−0.0003"));
    const double width = std::max(bitsWidth(metrics, bits, groups) + 2 * kPadding, valueWidth + 3);
    const double height
        = kMarkerHeight + metrics.capHeight() + bitHeight(metrics) + metrics.height() + 2 * kPadding + 3;
    return QSizeF(width, height).toSize() + QSize(1, 1);
}

QSize BitDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const BlockCell cell = index.data(BlockModel::CellRole).value<BlockCell>();
    return cellSize(option.font, static_cast<int>(cell.bits.size()), static_cast<int>(bitGroups(cell.fields).size()));
}

void BitDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QVariant data = index.data(BlockModel::CellRole);
    if (!data.isValid()) {
        painter->fillRect(option.rect, m_theme.panel);
        return;
    }
    const BlockCell cell = data.value<BlockCell>();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(option.font);
    const QFontMetricsF metrics(option.font);
    const QRectF area(option.rect);
    paintFrame(*painter, area, cell, option.state.testFlag(QStyle::State_Selected));

    const QRectF inner = area.adjusted(kPadding, kPadding, -kPadding, -kPadding);
    paintMarkers(*painter, QRectF(inner.left(), inner.top(), inner.width(), kMarkerHeight), cell);
    const double bitsTop = inner.top() + kMarkerHeight;
    const double bitsBottom = inner.bottom() - metrics.height();
    if (!cell.bits.isEmpty())
        paintBits(*painter, QRectF(QPointF(inner.left(), bitsTop), QPointF(inner.right(), bitsBottom)), cell);
    painter->setPen(m_theme.text);
    painter->drawText(QRectF(area.left(), bitsBottom, area.width(), metrics.height()), Qt::AlignCenter, cell.value);
    painter->restore();
}

void BitDelegate::paintFrame(QPainter& painter, const QRectF& area, const BlockCell& cell, bool isSelected) const
{
    painter.fillRect(area, isSelected ? selectedGround(m_theme) : m_theme.panel);
    painter.setBrush(Qt::NoBrush);
    if (cell.isHighlighted) {
        painter.setPen(QPen(m_theme.text, 2));
        painter.drawRoundedRect(area.adjusted(2, 2, -2, -2), 4, 4);
    }
    if (isSelected) {
        painter.setPen(QPen(m_theme.accent, 2));
        painter.drawRect(area.adjusted(1, 1, -1, -1));
    }
}

void BitDelegate::paintMarkers(QPainter& painter, const QRectF& strip, const BlockCell& cell) const
{
    constexpr double kSize = 7.0;
    constexpr double kStep = kSize + 3.0;
    const std::array<bool, 3> shown{cell.isLargest, cell.isException, cell.isClipped};
    const auto count = static_cast<double>(std::count(shown.begin(), shown.end(), true));
    QRectF box(strip.center().x() - (count * kStep - 3.0) / 2, strip.top() + 0.5, kSize, kSize);
    if (cell.isLargest) {
        painter.fillPath(triangle(box), m_theme.text);
        box.translate(kStep, 0);
    }
    if (cell.isException) {
        painter.fillPath(diamond(box), m_theme.accent);
        box.translate(kStep, 0);
    }
    if (cell.isClipped) {
        painter.setPen(QPen(m_theme.error, 2));
        const QRectF cross = box.adjusted(1, 1, -1, -1);
        painter.drawLine(cross.topLeft(), cross.bottomRight());
        painter.drawLine(cross.topRight(), cross.bottomLeft());
    }
}

void BitDelegate::paintBits(QPainter& painter, const QRectF& area, const BlockCell& cell) const
{
    const QFontMetricsF metrics(painter.font());
    const std::vector<BitGroup> groups = bitGroups(cell.fields);
    const auto bits = static_cast<std::size_t>(cell.bits.size());
    const double width = bitWidth(metrics);
    const double height = bitHeight(metrics);
    const double squaresTop = area.bottom() - height;
    double x = area.center().x()
        - bitsWidth(metrics, static_cast<int>(cell.bits.size()), static_cast<int>(groups.size())) / 2;
    for (const BitGroup& group : groups) {
        const double groupWidth = static_cast<double>(group.length) * width;
        painter.setPen(m_theme.mutedText);
        painter.drawText(
            QPointF(x + (groupWidth - metrics.horizontalAdvance(fieldLetter(group.field))) / 2, squaresTop - 2),
            QString(fieldLetter(group.field)));
        painter.setPen(m_theme.fieldText);
        for (std::size_t i = 0; i < group.length && group.first + i < bits; ++i) {
            const QRectF square(x + static_cast<double>(i) * width, squaresTop, width - 1, height);
            painter.fillRect(square, fieldColor(m_theme, group.field));
            painter.drawText(square, Qt::AlignCenter, QString(cell.bits[static_cast<qsizetype>(group.first + i)]));
        }
        x += groupWidth + kGroupGap;
    }
}

}  // namespace nanoscope
