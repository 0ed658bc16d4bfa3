#pragma once

#include "widgets/level_strips.h"

#include <QRectF>

#include <cstdint>
#include <functional>
#include <vector>

namespace nanoscope {

/// Levels that lie closer together than can be told apart, drawn as one column of pixels.
struct LevelColumn {
    double left = 0.0;  ///< in pixels, kLevelColumnWidth wide
    std::uint32_t levels = 0;
    std::uint32_t vacant = 0;        ///< of these
    std::uint64_t largestCount = 0;  ///< of the elements on one of its levels
};

/// How the levels of a strip are drawn.
struct LevelDrawing {
    std::vector<std::size_t> single;   ///< indices into marks, ascending: drawn one by one; structural ones included
    std::vector<LevelColumn> columns;  ///< left to right
    std::uint32_t mostLevels = 0;      ///< in one column
    bool hasVacant = false;            ///< some column has a vacant level
    std::size_t beyond = 0;            ///< levels outside of the plot
};

inline constexpr double kLevelColumnWidth = 2.0;

/// Levels with a neighbor less than about a column away go into columns; the others stay single.
/// @param x     position of a level in pixels
/// @param plot  only its left and right edges matter
[[nodiscard]] LevelDrawing levelDrawing(
    const LevelStrip& strip, const std::function<double(double)>& x, const QRectF& plot);

}  // namespace nanoscope
