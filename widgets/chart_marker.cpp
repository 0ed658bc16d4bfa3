#include "widgets/chart_marker.h"

#include <QScatterSeries>

namespace nanoscope {

void setMarker(QScatterSeries& series, ParetoShape shape)
{
    switch (shape) {
    case ParetoShape::Diamond:
        return series.setMarkerShape(QScatterSeries::MarkerShapeRotatedRectangle);
    case ParetoShape::Triangle:
        return series.setMarkerShape(QScatterSeries::MarkerShapeTriangle);
    case ParetoShape::Pentagon:
        return series.setMarkerShape(QScatterSeries::MarkerShapePentagon);
    case ParetoShape::Square:
        return series.setMarkerShape(QScatterSeries::MarkerShapeRectangle);
    case ParetoShape::Star:
        return series.setMarkerShape(QScatterSeries::MarkerShapeStar);
    case ParetoShape::Circle:
        break;
    }
    series.setMarkerShape(QScatterSeries::MarkerShapeCircle);
}

}  // namespace nanoscope
