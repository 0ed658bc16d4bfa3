#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

/// OliVe by its definition: the levels in one list, the nearest by comparing distances.
inline std::vector<double> plainOlive(const std::vector<float>& values, double scale)
{
    std::vector<double> levels;
    for (int i = -7; i <= 7; ++i)
        levels.push_back(4.0 * i);
    for (const double outlier : {48., 64., 96., 128., 192., 256., 384.}) {
        levels.push_back(outlier);
        levels.push_back(-outlier);
    }
    std::sort(levels.begin(), levels.end());
    std::vector<double> nearest;
    for (const float value : values) {
        const double scaled = static_cast<double>(value) / scale;
        double best = levels.front();
        for (const double level : levels)  // ascending, so the upper one of a tie stays
            if (std::fabs(level - scaled) <= std::fabs(best - scaled))
                best = level;
        nearest.push_back(best);
    }
    for (std::size_t i = 0; i + 1 < nearest.size(); i += 2) {
        if (std::fabs(nearest[i]) > 32)
            nearest[i + 1] = 0;
        else if (std::fabs(nearest[i + 1]) > 32)
            nearest[i] = 0;
    }
    for (double& level : nearest)
        level *= scale;
    return nearest;
}

/// Squared error.
inline double plainError(const std::vector<float>& values, const std::vector<double>& decoded)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double e = decoded[i] - static_cast<double>(values[i]);
        sum += e * e;
    }
    return sum;
}

/// What OliVe tries multiples of.
inline double threeSigmaScale(const std::vector<float>& values)
{
    double mean = 0.0;
    for (const float value : values)
        mean += static_cast<double>(value);
    mean /= static_cast<double>(values.size());
    double variance = 0.0;
    for (const float value : values)
        variance += (static_cast<double>(value) - mean) * (static_cast<double>(value) - mean);
    const double sigma = std::sqrt(variance / (static_cast<double>(values.size()) - 1));
    return std::max(std::fabs(mean + 3 * sigma), std::fabs(mean - 3 * sigma)) / 28;
}
