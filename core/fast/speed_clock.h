#pragma once

#include <algorithm>
#include <ctime>
#include <vector>

namespace nanoscope {

/// Processor time of the calling thread, in seconds: what other programs take does not count.
[[nodiscard]] inline double threadSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// @param values  at least one
[[nodiscard]] inline double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

}  // namespace nanoscope
