#pragma once

#include "widgets/color_map.h"
#include "widgets/theme.h"

#include <QRectF>
#include <QString>

#include <vector>

class QImage;
class QPainter;

namespace nanoscope {

struct ColorBarTick {
    double fraction = 0.0;  ///< 0 at the lower end
    QString text;
};

/// A color scale standing upright with labels on its right.
void paintColorBar(
    QPainter& painter, const QRectF& bar, ColorMap map, const std::vector<ColorBarTick>& ticks, const Theme& theme);

/// The same with colors of its own.
/// @param gradient  the largest value at its top
void paintColorBar(QPainter& painter, const QRectF& bar, const QImage& gradient, const std::vector<ColorBarTick>& ticks,
    const Theme& theme);

/// The same with a table of its own.
void paintColorBar(QPainter& painter, const QRectF& bar, const ColorTable& colors,
    const std::vector<ColorBarTick>& ticks, const Theme& theme);

}  // namespace nanoscope
