#pragma once

#include "core/analysis/block_difference.h"
#include "widgets/block_layout.h"
#include "widgets/series_role.h"

#include <QImage>
#include <QSize>

namespace nanoscope {

/// The two sides of a difference, for colors and words.
struct DifferenceSides {
    QString first;
    QString second;
    SeriesRole firstRole = SeriesRole::A;
    SeriesRole secondRole = SeriesRole::B;
    bool operator==(const DifferenceSides&) const = default;
};

/// Half of the color scale in dB: all but one cell in twenty lie within, rounded up to 1, 2 or 5 times a power of ten.
[[nodiscard]] double differenceReach(const BlockDifference& difference);

/// Color of a difference at a pixel: the color of the better side, the stronger the larger. The second side is striped,
/// so that it is not told by color alone.
/// @param decibel  NaN for a cell that was left out
[[nodiscard]] QRgb differenceColor(
    double decibel, double reach, const DifferenceSides& sides, const Theme& theme, int x, int y);

/// The cells as a picture of `size` device pixels. Several cells on one pixel: the largest difference shows.
[[nodiscard]] QImage differenceImage(const BlockDifference& difference, const BlockLayout& layout, double reach,
    const DifferenceSides& sides, const Theme& theme, QSize size);

}  // namespace nanoscope
