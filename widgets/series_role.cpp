#include "widgets/series_role.h"

#include <QPainter>
#include <QPolygonF>

namespace nanoscope {

QColor seriesColor(SeriesRole role, const Theme& theme)
{
    switch (role) {
    case SeriesRole::A:
        return theme.seriesA;
    case SeriesRole::B:
        return theme.seriesB;
    case SeriesRole::C:
        return theme.seriesC;
    case SeriesRole::D:
        return theme.seriesD;
    }
    return theme.text;
}

QString seriesLetter(SeriesRole role)
{
    return QString(QChar(static_cast<char16_t>(u'A' + static_cast<int>(role))));
}

void paintSeriesSymbol(QPainter& painter, SeriesRole role, QPointF center, double size)
{
    const double half = size / 2;
    switch (role) {
    case SeriesRole::A:
        painter.drawEllipse(center, half, half);
        break;
    case SeriesRole::B:
        painter.drawRect(QRectF(center.x() - half, center.y() - half, size, size));
        break;
    case SeriesRole::C:
        painter.drawPolygon(
            QPolygonF({center + QPointF(0, -half), center + QPointF(half, half), center + QPointF(-half, half)}));
        break;
    case SeriesRole::D:
        painter.drawPolygon(QPolygonF({center + QPointF(0, -half * 1.2), center + QPointF(half * 1.2, 0),
            center + QPointF(0, half * 1.2), center + QPointF(-half * 1.2, 0)}));
        break;
    }
}

}  // namespace nanoscope
