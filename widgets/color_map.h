#pragma once

#include <QRgb>

#include <array>

namespace nanoscope {

/// Sequential color maps: dark is low, light is high, readable in gray and by color-blind people.
enum class ColorMap {
    Viridis,  ///< stops after S. van der Walt and N. Smith (CC0)
    Cividis   ///< stops after Nunez, Anderton and Renslow, PLoS ONE 13(7), 2018
};

using ColorTable = std::array<QRgb, 256>;

/// The map's 256 colors, low to high, equal steps in Oklab between the stops; luminance grows all the way.
[[nodiscard]] const ColorTable& colorTable(ColorMap map);

/// Index of a color table for a fraction, 0 to 1; outside it is clamped, NaN gives 0.
[[nodiscard]] int colorIndex(double fraction);

}  // namespace nanoscope
