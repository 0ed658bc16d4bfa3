#include "core/quant/k_means.h"

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

constexpr int kRounds = 100;
constexpr double kStill = 1e-12;

/// Values at the middles of `count` equal shares, between neighbours by linear interpolation; repeats are dropped.
std::vector<double> quantileStart(std::span<const double> sorted, std::size_t count)
{
    std::vector<double> centroids;
    const auto n = static_cast<double>(sorted.size());
    for (std::size_t i = 0; i < count; ++i) {
        // Value k (from 0) stands at the cumulated weight k + 1.
        const double at = (static_cast<double>(i) + 0.5) / static_cast<double>(count) * n - 1.0;
        const double clamped = std::clamp(at, 0.0, n - 1.0);
        const auto below = static_cast<std::size_t>(clamped);
        const std::size_t above = std::min(below + 1, sorted.size() - 1);
        const double share = clamped - static_cast<double>(below);
        centroids.push_back(sorted[below] + share * (sorted[above] - sorted[below]));
    }
    std::sort(centroids.begin(), centroids.end());
    centroids.erase(std::unique(centroids.begin(), centroids.end()), centroids.end());
    return centroids;
}

}  // namespace

std::vector<double> kMeans(std::span<const double> sorted, std::size_t count)
{
    if (sorted.empty())
        return {};
    std::vector<double> sums(sorted.size() + 1, 0.0);
    for (std::size_t i = 0; i < sorted.size(); ++i)
        sums[i + 1] = sums[i] + sorted[i];
    std::vector<double> centroids = quantileStart(sorted, count);
    for (int round = 0; round < kRounds; ++round) {
        std::vector<double> moved = centroids;
        std::size_t begin = 0;
        for (std::size_t c = 0; c < centroids.size(); ++c) {
            std::size_t end = sorted.size();
            if (c + 1 < centroids.size()) {
                const double middle = (centroids[c] + centroids[c + 1]) / 2;
                end = static_cast<std::size_t>(std::upper_bound(sorted.begin(), sorted.end(), middle) - sorted.begin());
            }
            if (end > begin)
                moved[c] = (sums[end] - sums[begin]) / static_cast<double>(end - begin);
            begin = std::max(begin, end);
        }
        double change = 0.0;
        for (std::size_t c = 0; c < centroids.size(); ++c)
            change = std::max(change, std::fabs(moved[c] - centroids[c]));
        if (change <= kStill)
            break;
        std::sort(moved.begin(), moved.end());
        centroids = std::move(moved);
    }
    return centroids;
}

}  // namespace nanoscope
