#include "widgets/level_glyphs.h"

#include <QLineF>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <initializer_list>

namespace nanoscope {
namespace {

/// A few columns side by side, as they stand for crowded levels.
template <typename Top>
void paintBars(QPainter& painter, const QColor& color, std::initializer_list<double> heights, Top top, double x)
{
    constexpr double kStep = 2.5;
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    double left = x - 2 * kStep;
    for (const double height : heights) {
        painter.drawRect(QRectF(left, top(height), 2, height));
        left += kStep;
    }
}

}  // namespace

void paintLevelGlyph(QPainter& painter, LevelLayout::Glyph glyph, QPointF center, double radius, const LevelLook& look)
{
    using Glyph = LevelLayout::Glyph;
    switch (glyph) {
    case Glyph::Level:
        painter.setPen(Qt::NoPen);
        painter.setBrush(look.series);
        painter.drawEllipse(center, radius, radius);
        break;
    case Glyph::Recycled: {
        const double r = std::max(radius, 2.0) * 1.45;
        painter.setPen(Qt::NoPen);
        painter.setBrush(look.series);
        painter.drawPolygon(QPolygonF{
            center + QPointF(0, -r), center + QPointF(r, 0), center + QPointF(0, r), center + QPointF(-r, 0)});
        break;
    }
    case Glyph::Vacant: {
        // Two filled circles: stroking a circle takes several times as long.
        const double r = std::max(radius, 2.0) + 0.75;
        const double hole = r - (r > 3 ? 1.75 : 1.25);
        painter.setPen(Qt::NoPen);
        painter.setBrush(look.theme.vacant);
        painter.drawEllipse(center, r, r);
        painter.setBrush(look.theme.panel);
        painter.drawEllipse(center, hole, hole);
        break;
    }
    case Glyph::Structural: {
        const double r = 3;
        painter.setPen(QPen(look.theme.mutedText, 1.5));
        painter.drawLine(QLineF(center + QPointF(-r, -r), center + QPointF(r, r)));
        painter.drawLine(QLineF(center + QPointF(-r, r), center + QPointF(r, -r)));
        break;
    }
    case Glyph::Density:
        painter.setPen(Qt::NoPen);
        painter.setBrush(blended(look.theme.panel, look.series, look.theme.dark ? 0.30 : 0.24));
        painter.drawRect(QRectF(center.x() - 5, center.y() - 4, 10, 8));
        break;
    case Glyph::Column:
        paintBars(
            painter, look.series, {5, 9, 7, 3}, [&](double height) { return center.y() + 4.5 - height; }, center.x());
        break;
    case Glyph::VacantShare:
        paintBars(
            painter, look.theme.vacant, {3, 7, 6, 2}, [&](double) { return center.y() - 3.5; }, center.x());
        break;
    case Glyph::Text:
    case Glyph::Title:
        break;
    }
}

}  // namespace nanoscope
