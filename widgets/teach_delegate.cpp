#include "widgets/teach_delegate.h"

#include "widgets/teach_cell.h"
#include "widgets/teach_model.h"

#include <QFontMetrics>
#include <QLineEdit>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

constexpr int kPadding = 7;
constexpr int kGap = 5;  // between fields

/// Heights of the parts of a cell, from the font.
struct Lines {
    explicit Lines(const QFont& font)
        : metrics(font)
        , text(metrics.height())
        , letter(metrics.height() * 2 / 3)
        , bit(metrics.height() * 5 / 4)
        , bitWidth(metrics.horizontalAdvance(u'0') * 19 / 10)
    {
    }
    [[nodiscard]] int bitsTop() const { return kPadding + text + letter + 2; }
    [[nodiscard]] int height() const { return bitsTop() + bit + 3 + text + kPadding; }

    QFontMetrics metrics;
    int text;
    int letter;
    int bit;
    int bitWidth;
};

/// Left edges of the bits, from the left edge of the first one, and the right edge of the last.
std::vector<int> bitEdges(const Lines& lines, const TeachCell& cell)
{
    std::vector<int> edges;
    int x = 0;
    for (std::size_t i = 0; i < cell.bits.size(); ++i) {
        if (i > 0 && cell.bits[i].field != cell.bits[i - 1].field)
            x += kGap;
        edges.push_back(x);
        x += lines.bitWidth;
    }
    edges.push_back(x);
    return edges;
}

QRect bitRect(const Lines& lines, const QRect& area, const std::vector<int>& edges, std::size_t bit)
{
    const int left = area.left() + (area.width() - edges.back()) / 2;
    return {left + edges[bit], area.top() + lines.bitsTop(), lines.bitWidth - 2, lines.bit};
}

QRect valueRect(const Lines& lines, const QRect& area)
{
    return {area.left() + kPadding, area.top() + kPadding - 2, area.width() - 2 * kPadding, lines.text + 2};
}

}  // namespace

TeachDelegate::TeachDelegate(QObject* parent)
    : QStyledItemDelegate(parent)
{
}

QSize TeachDelegate::cellSize(const QFont& font, const TeachCell& cell)
{
    const Lines lines(font);
    const int bits = bitEdges(lines, cell).back();
    const bool isElement = cell.element >= 0;
    // Elements take a number of any length that is shown, beside their own; so columns do not jump.
    const int top = isElement ? lines.metrics.horizontalAdvance(QStringLiteral("−0.006884"))
            + lines.metrics.horizontalAdvance(QStringLiteral("30 "))
                              : lines.metrics.horizontalAdvance(cell.title);
    const int bottom = lines.metrics.horizontalAdvance(cell.decoded + QStringLiteral("≠ "));
    const int text = isElement ? top : std::max(top, bottom);
    return {std::max(bits, text) + 2 * kPadding, lines.height()};
}

int TeachDelegate::bitAt(const QFont& font, const QRect& area, const TeachCell& cell, QPoint point)
{
    const Lines lines(font);
    const std::vector<int> edges = bitEdges(lines, cell);
    for (std::size_t bit = 0; bit < cell.bits.size(); ++bit)
        if (bitRect(lines, area, edges, bit).adjusted(-1, -1, 1, 1).contains(point))
            return static_cast<int>(bit);
    return -1;
}

void TeachDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QVariant data = index.data(TeachModel::CellRole);
    painter->fillRect(option.rect, m_theme.window);
    if (!data.isValid())
        return;
    const auto cell = data.value<TeachCell>();
    const bool isCurrent = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(option.font);
    const QRect card = option.rect.adjusted(1, 1, -2, -2);
    painter->setPen(QPen(isCurrent ? m_theme.accent : m_theme.grid, isCurrent ? 2 : 1));
    painter->setBrush(isCurrent ? selectedGround(m_theme) : m_theme.panel);
    painter->drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);

    const Lines lines(option.font);
    const QRect top = valueRect(lines, option.rect);
    painter->setPen(m_theme.mutedText);
    painter->drawText(top, Qt::AlignLeft | Qt::AlignVCenter, cell.title);
    QFont bold = option.font;
    bold.setBold(true);
    if (cell.element >= 0) {
        painter->setPen(m_theme.text);
        painter->drawText(
            top, Qt::AlignRight | Qt::AlignVCenter, (cell.isLargest ? QStringLiteral("▲ ") : QString()) + cell.value);
    }
    paintBits(*painter, option.rect, cell, isCurrent);
    const QRect bottom(top.left(), option.rect.top() + lines.bitsTop() + lines.bit + 2, top.width(), lines.text + 2);
    painter->setFont(bold);
    painter->setPen(cell.isChanged && !cell.isHidden ? m_theme.error : m_theme.text);
    const QString text = cell.isHidden ? QStringLiteral("?")
        : cell.isChanged               ? QStringLiteral("≠ ") + cell.decoded
                                       : cell.decoded;
    painter->drawText(bottom, Qt::AlignCenter, lines.metrics.elidedText(text, Qt::ElideRight, bottom.width() + 4));
    painter->restore();
}

void TeachDelegate::paintBits(QPainter& painter, const QRect& area, const TeachCell& cell, bool isCurrent) const
{
    const Lines lines(painter.font());
    const std::vector<int> edges = bitEdges(lines, cell);
    const QFont large = painter.font();
    QFont small = large;
    small.setPointSizeF(std::max(9.0, large.pointSizeF() * 0.66));
    QFont bold = large;
    bold.setBold(true);
    for (std::size_t i = 0; i < cell.bits.size(); ++i) {
        const TeachBit& bit = cell.bits[i];
        const QRect box = bitRect(lines, area, edges, i);
        const bool isFirst = i == 0 || cell.bits[i - 1].field != bit.field;
        if (isFirst && !cell.isHidden) {
            painter.setFont(small);
            painter.setPen(m_theme.mutedText);
            std::size_t last = i;
            while (last + 1 < cell.bits.size() && cell.bits[last + 1].field == bit.field)
                ++last;
            QRect above = box.united(bitRect(lines, area, edges, last));
            above.moveTop(above.top() - lines.letter - 2);
            above.setHeight(lines.letter + 1);
            painter.drawText(above, Qt::AlignCenter, QString(teachLetter(bit.field)));
        }
        const QColor fill = cell.isHidden ? blended(m_theme.panel, m_theme.text, 0.25) : teachColor(m_theme, bit.field);
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawRoundedRect(box, 3, 3);
        painter.setFont(bold);
        painter.setPen(cell.isHidden ? m_theme.text : m_theme.fieldText);
        painter.drawText(box, Qt::AlignCenter, cell.isHidden ? QStringLiteral("?") : QString(bit.isSet ? u'1' : u'0'));
        painter.setBrush(Qt::NoBrush);
        if (bit.isFlipped && !cell.isHidden) {
            painter.setPen(QPen(m_theme.error, 2));
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 3, 3);
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_theme.error);
            painter.drawEllipse(QPointF(box.right(), box.top()), 4, 4);
        }
        if (isCurrent && static_cast<int>(i) == m_cursor) {
            painter.setPen(QPen(m_theme.text, 2));
            painter.drawLine(box.left(), box.bottom() + 3, box.right(), box.bottom() + 3);
        }
    }
}

QWidget* TeachDelegate::createEditor(
    QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QWidget* editor = QStyledItemDelegate::createEditor(parent, option, index);
    if (auto* line = qobject_cast<QLineEdit*>(editor)) {
        line->setObjectName(QStringLiteral("teachElementValue"));
        line->setAccessibleName(tr("Value of the element"));
        line->setAlignment(Qt::AlignRight);
    }
    return editor;
}

void TeachDelegate::updateEditorGeometry(
    QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex& /*index*/) const
{
    editor->setGeometry(valueRect(Lines(option.font), option.rect).adjusted(-4, -3, 4, 4));
}

}  // namespace nanoscope
