#include "widgets/pareto_symbols.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPolygonF>

#include <cmath>
#include <numbers>

namespace nanoscope {
namespace {

QPolygonF regular(const QPointF& center, double radius, int corners, double inner = 1.0)
{
    const int points = inner < 1.0 ? 2 * corners : corners;
    QPolygonF polygon;
    for (int i = 0; i < points; ++i) {
        const double angle = 2 * std::numbers::pi * i / points - std::numbers::pi / 2;
        const double r = i % 2 == 1 && inner < 1.0 ? radius * inner : radius;
        polygon << center + QPointF(r * std::cos(angle), r * std::sin(angle));
    }
    return polygon;
}

}  // namespace

QColor paretoColor(ParetoGroup group, const Theme& theme)
{
    switch (group) {
    case ParetoGroup::Mx:
        return theme.dark ? QColor(0xa9, 0xb8, 0xc6) : QColor(0x4b, 0x5b, 0x6b);
    case ParetoGroup::NxFp:
        return theme.dark ? QColor(0xc9, 0x9d, 0xec) : QColor(0x7a, 0x3e, 0xa6);
    case ParetoGroup::M2xFp:
        return theme.dark ? QColor(0x4c, 0xc9, 0xb4) : QColor(0x00, 0x75, 0x66);
    case ParetoGroup::Nv:
        return theme.dark ? QColor(0xa6, 0xd1, 0x47) : QColor(0x4f, 0x76, 0x00);
    case ParetoGroup::Integer:
        return theme.dark ? QColor(0xdb, 0xa7, 0x76) : QColor(0x8a, 0x55, 0x22);
    case ParetoGroup::Gguf:
        return theme.dark ? QColor(0xf2, 0x8c, 0xc0) : QColor(0xb0, 0x2e, 0x70);
    case ParetoGroup::Other:
        break;
    }
    return theme.mutedText;
}

ParetoShape paretoShape(ParetoGroup group)
{
    switch (group) {
    case ParetoGroup::NxFp:
        return ParetoShape::Diamond;
    case ParetoGroup::M2xFp:
        return ParetoShape::Triangle;
    case ParetoGroup::Nv:
        return ParetoShape::Pentagon;
    case ParetoGroup::Integer:
        return ParetoShape::Square;
    case ParetoGroup::Gguf:
        return ParetoShape::Star;
    default:
        return ParetoShape::Circle;
    }
}

void paintShape(
    QPainter& painter, const QPointF& center, double size, ParetoShape shape, const QColor& fill, const QColor& outline)
{
    const double radius = size / 2;
    painter.setPen(QPen(outline, 1));
    painter.setBrush(fill);
    switch (shape) {
    case ParetoShape::Diamond:
        painter.drawPolygon(regular(center, radius, 4));
        break;
    case ParetoShape::Triangle:
        painter.drawPolygon(regular(center, radius, 3));
        break;
    case ParetoShape::Pentagon:
        painter.drawPolygon(regular(center, radius, 5));
        break;
    case ParetoShape::Square:
        painter.drawRect(QRectF(center - QPointF(radius, radius) * 0.85, QSizeF(size, size) * 0.85));
        break;
    case ParetoShape::Star:
        painter.drawPolygon(regular(center, radius * 1.15, 5, 0.5));
        break;
    case ParetoShape::Circle:
        painter.drawEllipse(center, radius, radius);
        break;
    }
}

void paintParetoSymbol(QPainter& painter, const QPointF& center, double size, ParetoGroup group, const Theme& theme)
{
    const QColor color = paretoColor(group, theme);
    const bool isHollow = group == ParetoGroup::Other;
    paintShape(
        painter, center, size, paretoShape(group), isHollow ? theme.panel : color, isHollow ? color : theme.panel);
}

void paintParetoLegend(QPainter& painter, const QRectF& line, const QSet<int>& hidden, const Theme& theme)
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    double x = line.left() + 12;
    for (const ParetoGroup group : kParetoGroups) {
        if (hidden.contains(static_cast<int>(group)))
            continue;
        const QString name = paretoGroupName(group);
        const double width = kParetoSymbol + 4 + metrics.horizontalAdvance(name) + 12;
        if (x + width > line.right())
            return;
        const double middle = line.top() + metrics.height() / 2;
        paintParetoSymbol(painter, QPointF(x + kParetoSymbol / 2, middle), kParetoSymbol, group, theme);
        painter.setPen(theme.mutedText);
        painter.drawText(
            QRectF(x + kParetoSymbol + 4, line.top(), width, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter, name);
        x += width;
    }
}

}  // namespace nanoscope
