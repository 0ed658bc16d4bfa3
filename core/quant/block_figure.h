#pragma once

#include "core/format/format_spec.h"

#include <span>

namespace nanoscope {

/// What a block's scale is made of (ScaleStatistic).
struct BlockFigure {
    double maximum = 0.0;            ///< max |w|
    double value = 0.0;              ///< the statistic that the scale asks for; the maximum unless it says otherwise
    double lowest = 0.0;             ///< min w; widened to hold zero where the offset says so
    double highest = 0.0;            ///< max w, likewise
    double survivorThreshold = 0.0;  ///< 0.7 mean |w|
};

/// @param values  finite
[[nodiscard]] BlockFigure figureOf(const FormatSpec& spec, std::span<const double> values);

}  // namespace nanoscope
