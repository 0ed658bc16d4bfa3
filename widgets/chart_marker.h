#pragma once

#include "widgets/pareto_symbols.h"

class QScatterSeries;

namespace nanoscope {

/// Gives a series of symbols the shape that legends paint.
void setMarker(QScatterSeries& series, ParetoShape shape);

}  // namespace nanoscope
