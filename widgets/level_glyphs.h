#pragma once

#include "widgets/level_layout.h"
#include "widgets/level_painter.h"

#include <QPointF>

class QPainter;

namespace nanoscope {

/// The symbol of a level, or of a legend entry: told apart by shape, not by color alone.
void paintLevelGlyph(QPainter& painter, LevelLayout::Glyph glyph, QPointF center, double radius, const LevelLook& look);

}  // namespace nanoscope
