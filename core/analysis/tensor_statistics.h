#pragma once

#include "core/tensor_values.h"

#include <cstdint>
#include <optional>
#include <stop_token>

namespace nanoscope {

/// What a tensor's values are like before any format. Moments are those of the finite elements.
struct TensorStatistics {
    std::uint64_t nanCount = 0;
    std::uint64_t infinityCount = 0;
    double mean = 0.0;
    double deviation = 0.0;  ///< standard deviation, sigma: square root of the mean squared distance to the mean
    double power = 0.0;      ///< sum of squares
    double maximum = 0.0;    ///< largest magnitude
    std::optional<double>
        kurtosis;  ///< mean fourth power of the distance over sigma^4: 3 for a normal distribution, 1.8
                   ///< for a uniform one; absent where all values are equal or none is finite
    std::optional<double> outliers;  ///< share of elements with |w - mean| > 3 sigma, the rule by which MicroScopiQ
                                     ///< (arXiv 2411.05282) sets outliers aside: 0.0027 for a normal distribution;
                                     ///< absent where no element is finite
};

/// Looks at every element three times. Figures are the same to the last bit for every number of threads.
/// @param threads  0: as many as there are cores
/// @throws Cancelled
[[nodiscard]] TensorStatistics tensorStatistics(
    const TensorValues& values, unsigned threads = 0, const std::stop_token& stop = {});

}  // namespace nanoscope
