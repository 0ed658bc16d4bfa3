#pragma once

#include <vector>

namespace nanoscope {

/// Multiples of 1, 2 or 5 times a power of ten that lie in [lowest, highest].
struct NiceTicks {
    double step = 0.0;           ///< 0 when there are no ticks
    int decimals = 0;            ///< digits behind the point that tell the ticks apart
    std::vector<double> values;  ///< ascending, exact multiples of the step
};

/// The finest such ticks that are at most `most`. They are multiples of the step counted from 0, so a range that is
/// symmetric around 0 gets symmetric ticks.
[[nodiscard]] NiceTicks niceTicks(double lowest, double highest, int most);

/// Ticks for a logarithmic axis: powers of ten; also 2 and 5 times them where there is room; every second, third ...
/// power where there is not. Only positive values.
[[nodiscard]] std::vector<double> logTicks(double lowest, double highest, int most);

/// Smallest of 1, 2, 5 times a power of ten that is not below `value` > 0.
[[nodiscard]] double niceCeiling(double value);

/// Largest of 1, 2, 5 times a power of ten that is not above `value` > 0.
[[nodiscard]] double niceFloor(double value);

}  // namespace nanoscope
