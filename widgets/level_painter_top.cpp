// What lies on top of the levels: the selected one, the one under the pointer, and an element's way to its level.

#include "widgets/level_painter.h"
#include "widgets/number_text.h"

#include <QFontMetricsF>
#include <QLineF>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace nanoscope {

namespace {

constexpr double kArrowHeight = 0.55;  // of the strip, from its top
constexpr double kRingRadius = 6.0;

}  // namespace

void LevelPainter::paintSelected(std::size_t index)
{
    if (!m_look.selected || m_look.selected->book != index)
        return;
    const LevelMark* mark = m_strips.find(*m_look.selected);
    if (mark == nullptr || !isInside(mark->level, index))
        return;
    QColor tint = m_look.theme.accent;
    tint.setAlphaF(0.16F);
    m_painter.setRenderHint(QPainter::Antialiasing, false);
    if (!mark->structural)
        m_painter.fillRect(bandOf(*mark, index), tint);
    const QPointF head = headOf(*mark, index);
    m_painter.setRenderHint(QPainter::Antialiasing, true);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setPen(QPen(m_look.theme.accent, 2));
    m_painter.drawEllipse(head, kRingRadius + 1, kRingRadius + 1);
    // In a low strip the tag of the element's arrow, which names the level too, takes the place of this one.
    const QRectF& plot = m_layout.strips()[index].plot;
    const double tagHeight = QFontMetricsF(m_painter.font(), m_painter.device()).height() + 2;
    const bool arrowNeedsPlace = m_look.element && m_look.element->book == index;
    if (!arrowNeedsPlace || plot.height() * kArrowHeight > 2 * tagHeight + 6)
        paintTag({head.x(), plot.top()}, m_strips.describeShortly(*mark), m_look.theme.accent, plot);
}

bool LevelPainter::isInside(double level, std::size_t index) const
{
    constexpr double kEdge = 1.0;
    const QRectF& plot = m_layout.strips()[index].plot;
    const double x = m_layout.x(level, index);
    return x >= plot.left() - kEdge && x <= plot.right() + kEdge;
}

void LevelPainter::paintHover(LevelId id)
{
    const LevelMark* mark = m_strips.find(id);
    if (mark == nullptr || !isInside(mark->level, id.book))
        return;
    m_painter.save();
    QColor tint = m_look.theme.text;
    tint.setAlphaF(0.07F);
    if (!mark->structural)
        m_painter.fillRect(bandOf(*mark, id.book), tint);
    m_painter.setRenderHint(QPainter::Antialiasing, true);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setPen(QPen(m_look.theme.text, 1.5));
    m_painter.drawEllipse(headOf(*mark, id.book), kRingRadius, kRingRadius);
    m_painter.restore();
}

void LevelPainter::paintElement(std::size_t index)
{
    if (!m_look.element || m_look.element->book != index)
        return;
    const ElementMarker& element = *m_look.element;
    if (!isInside(element.level, index))
        return;
    const QRectF& plot = m_layout.strips()[index].plot;
    const double from = std::clamp(m_layout.x(element.scaled, index), plot.left(), plot.right());
    const double to = std::clamp(m_layout.x(element.level, index), plot.left(), plot.right());
    const double y = plot.top() + plot.height() * kArrowHeight;
    const QColor& color = m_look.theme.text;
    m_painter.setRenderHint(QPainter::Antialiasing, true);
    m_painter.setPen(QPen(color, 1.5));
    m_painter.setBrush(color);
    m_painter.drawLine(QLineF(from, plot.bottom(), from, y));
    // A wedge on the base line says where the value lies even when the arrow is too short to see.
    m_painter.drawPolygon(
        QPolygonF{{from, plot.bottom()}, {from - 4, plot.bottom() + 7}, {from + 4, plot.bottom() + 7}});
    if (std::fabs(to - from) > 2) {
        const double direction = to > from ? 1 : -1;
        const double head = std::min(7.0, std::fabs(to - from));
        m_painter.drawLine(QLineF(from, y, to - direction * head / 2, y));
        m_painter.drawPolygon(
            QPolygonF{{to, y}, {to - direction * head, y - head * 0.6}, {to - direction * head, y + head * 0.6}});
    }
    paintTag({from, y - 4},
        QStringLiteral("%1 → %2").arg(shortNumberText(element.scaled), shortLevelText(element.level)), color, plot);
}

void LevelPainter::paintTag(QPointF anchor, const QString& text, const QColor& color, const QRectF& inside)
{
    const QFontMetricsF metrics(m_painter.font(), m_painter.device());
    const double width = metrics.horizontalAdvance(text) + 10;
    const double height = metrics.height() + 2;
    QRectF tag(anchor.x() - width / 2, anchor.y() - height, width, height);
    tag.moveLeft(std::clamp(tag.left(), inside.left(), std::max(inside.left(), inside.right() - width)));
    tag.moveTop(std::max(tag.top(), inside.top() + 1));
    m_painter.setRenderHint(QPainter::Antialiasing, true);
    m_painter.setPen(QPen(color, 1));
    m_painter.setBrush(m_look.theme.panel);
    m_painter.drawRoundedRect(tag, 3, 3);
    m_painter.setPen(m_look.theme.text);
    m_painter.drawText(tag, Qt::AlignCenter, text);
}

}  // namespace nanoscope
