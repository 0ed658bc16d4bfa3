#pragma once

#include "core/analysis/report.h"

#include <vector>

namespace nanoscope {

/// The part of the number line value / scale that one codebook is drawn on.
struct LevelLine {
    double lowest = 0.0;
    double highest = 0.0;
    double smallestStep = 0.0;  ///< between two levels that are written; 0 when there are fewer
    double binWidth = 0.0;      ///< of the density; 0 without one

    [[nodiscard]] double reach() const { return highest - lowest; }
};

/// The line of each codebook of a report: its levels and, within reach, where the density is not empty. Vacant levels
/// far beyond every level in use are left off, so that those in use can be told apart (unscaled floats and posits).
[[nodiscard]] std::vector<LevelLine> levelLines(const Report& report);

/// The shortest line that holds both, with the smaller step.
[[nodiscard]] LevelLine united(const LevelLine& first, const LevelLine& second);

/// Elements per how much of the line a density is drawn in: about the step between levels, but no finer than its bins.
[[nodiscard]] double densityUnitOf(const LevelLine& line);

/// The ends of the line with some room beyond the outermost levels.
[[nodiscard]] LevelLine withMargin(LevelLine line);

}  // namespace nanoscope
