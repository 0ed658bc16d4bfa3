#pragma once

#include "widgets/pareto_points.h"
#include "widgets/theme.h"

#include <QColor>
#include <QSet>

class QPainter;
class QPointF;
class QRectF;

namespace nanoscope {

/// Diameter of a symbol, in pixels.
inline constexpr double kParetoSymbol = 9.0;

/// Color of a group's symbols; at least 3:1 on panels of the theme.
[[nodiscard]] QColor paretoColor(ParetoGroup group, const Theme& theme);

enum class ParetoShape { Circle, Diamond, Triangle, Pentagon, Square, Star };

/// Shape of a group's symbols.
[[nodiscard]] ParetoShape paretoShape(ParetoGroup group);

/// Paints a symbol of a shape.
/// @param size  its diameter
void paintShape(QPainter& painter, const QPointF& center, double size, ParetoShape shape, const QColor& fill,
    const QColor& outline);

/// Paints a symbol as the chart has it, for legends.
void paintParetoSymbol(QPainter& painter, const QPointF& center, double size, ParetoGroup group, const Theme& theme);

/// Symbols with the names of their groups on one line, as many as fit.
/// @param hidden  groups that are left out
void paintParetoLegend(QPainter& painter, const QRectF& line, const QSet<int>& hidden, const Theme& theme);

}  // namespace nanoscope
