#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace nanoscope {

/// Sum of errors in the order in which the reference adds them: eight interleaved partial sums, halves above 128 terms.
/// The order is part of every searched format: it decides which of two candidates is the smaller one when their errors
/// differ by rounding only.
[[nodiscard]] inline double referenceSum(std::span<const double> terms)
{
    constexpr std::size_t kLanes = 8;
    constexpr std::size_t kLongest = 128;
    const std::size_t n = terms.size();
    if (n < kLanes) {
        double sum = 0.0;
        for (const double term : terms)
            sum += term;
        return sum;
    }
    if (n > kLongest) {
        const std::size_t half = n / 2 - (n / 2) % kLanes;
        return referenceSum(terms.first(half)) + referenceSum(terms.subspan(half));
    }
    std::array<double, kLanes> lanes;
    for (std::size_t j = 0; j < kLanes; ++j)
        lanes[j] = terms[j];
    std::size_t i = kLanes;
    for (; i + kLanes <= n; i += kLanes)
        for (std::size_t j = 0; j < kLanes; ++j)
            lanes[j] += terms[i + j];
    double sum = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
    for (; i < n; ++i)
        sum += terms[i];
    return sum;
}

}  // namespace nanoscope
