#pragma once

#include "core/analysis/report.h"

#include <QString>

#include <functional>
#include <vector>

namespace nanoscope {

/// The axes of a level plot, shared by plots that are to be compared.
struct LevelAxis {
    double lowest = -1.0;       ///< left end of the number line value / scale
    double highest = 1.0;       ///< right end
    double largestCount = 1.0;  ///< largest number of elements on one level; the density is cut there
    double densityUnit = 1.0;   ///< the density counts elements per so much of the number line
    bool ownLines = false;      ///< the codebooks are too different for one line: each is drawn on its own
    bool operator==(const LevelAxis&) const = default;
};

/// Axes on which all given reports fit; null pointers are skipped.
[[nodiscard]] LevelAxis commonAxis(const std::vector<const Report*>& reports);

/// False when a common number line would squeeze one of the formats to less than a quarter of it, as with levels up to
/// 6 beside levels up to 448. Null pointers are skipped.
[[nodiscard]] bool shareNumberLine(const std::vector<const Report*>& reports);

/// Heights of counts. Logarithmic: counts from 1 on stand above the line of 1; what is less fades to the base line
/// linearly, because no logarithmic axis has a zero.
class CountScale {
public:
    /// @param height  of the axis in pixels
    CountScale(double largestCount, double height, bool logarithmic);

    /// Pixels above the base line.
    [[nodiscard]] double heightOf(double count) const;

    struct Tick {
        double count = 0.0;
        QString text;
    };
    /// Ticks at least `spacing` pixels apart, without 0.
    [[nodiscard]] std::vector<Tick> ticks(double spacing) const;

private:
    double m_height;
    bool m_logarithmic;
    double m_top;
    double m_foot;  // height of the line of 1
};

/// A label under the number line.
struct LevelTick {
    double value = 0.0;
    QString text;
};

/// A level as labels have it: exact where that is short, else rounded.
[[nodiscard]] QString shortLevelText(double level);

/// Labels at the levels themselves where most of them fit, else at 1-2-5 steps. Where labels collide the larger level
/// keeps its own, on both sides of zero alike.
/// @param levels     ascending
/// @param position   pixels of a value on the number line
/// @param textWidth  pixels of a text
[[nodiscard]] std::vector<LevelTick> levelTicks(const std::vector<double>& levels, const LevelAxis& axis,
    const std::function<double(double)>& position, const std::function<double(const QString&)>& textWidth);

}  // namespace nanoscope
