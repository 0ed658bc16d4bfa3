#pragma once

#include "widgets/color_map.h"
#include "widgets/theme.h"

#include <QRectF>
#include <QString>

#include <vector>

class QPainter;

namespace nanoscope {

struct ColorBarTick {
    double fraction = 0.0;  ///< 0 at the lower end
    QString text;
};

/// A color scale standing upright with labels on its right.
void paintColorBar(
    QPainter& painter, const QRectF& bar, ColorMap map, const std::vector<ColorBarTick>& ticks, const Theme& theme);

}  // namespace nanoscope
