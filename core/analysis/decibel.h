#pragma once

#include <cmath>

namespace nanoscope {

/// SQNR in dB of a squared error over the squared values: -10 log10 NMSE (catalogue section 8). An NMSE of 1 is 0 dB,
/// not -0.
/// @param nmse  more than 0
[[nodiscard]] inline double sqnrOfNmse(double nmse)
{
    return 0.0 - 10.0 * std::log10(nmse);
}

}  // namespace nanoscope
