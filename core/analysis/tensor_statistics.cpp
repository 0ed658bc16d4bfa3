#include "core/analysis/tensor_statistics.h"

#include "core/analysis/lane_sum.h"
#include "core/quant/parallel.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace nanoscope {
namespace {

constexpr std::size_t kChunkElements = 1 << 16;
constexpr double kOutlierDeviations = 3.0;

/// Of one chunk; added in the order of the chunks.
struct Sums {
    std::uint64_t finite = 0;
    std::uint64_t nan = 0;
    std::uint64_t infinity = 0;
    std::uint64_t outliers = 0;
    double first = 0.0;   // of the values
    double power = 0.0;   // of their squares
    double second = 0.0;  // of squared distances to the mean
    double fourth = 0.0;
    double maximum = 0.0;

    void add(const Sums& other)
    {
        finite += other.finite;
        nan += other.nan;
        infinity += other.infinity;
        outliers += other.outliers;
        first += other.first;
        power += other.power;
        second += other.second;
        fourth += other.fourth;
        maximum = std::max(maximum, other.maximum);
    }
};

/// One pass: measure(chunk's values) -> Sums.
template <class Measure>
Sums overChunks(const TensorValues& values, unsigned threads, const std::stop_token& stop, const Measure& measure)
{
    const std::size_t chunks = (values.size() + kChunkElements - 1) / kChunkElements;
    const unsigned workers = threadCount(threads, chunks);
    std::vector<Sums> parts(chunks);
    std::vector<std::vector<float>> rooms(workers);
    forEachChunk(chunks, workers, stop, [&](unsigned worker, std::uint64_t chunk) {
        const std::size_t begin = chunk * kChunkElements;
        parts[chunk] = measure(values.read(begin, std::min(kChunkElements, values.size() - begin), rooms[worker]));
    });
    Sums all;
    for (const Sums& part : parts)
        all.add(part);
    return all;
}

Sums countsAndSum(std::span<const float> values)
{
    Sums sums;
    LaneSum first;
    LaneSum power;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const float value = values[i];
        if (!std::isfinite(value)) {
            ++(std::isnan(value) ? sums.nan : sums.infinity);
            continue;
        }
        const auto number = static_cast<double>(value);
        first[i % kLanes] += number;
        power[i % kLanes] += number * number;
        sums.maximum = std::max(sums.maximum, std::fabs(number));
    }
    sums.finite = values.size() - sums.nan - sums.infinity;
    sums.first = first.total();
    sums.power = power.total();
    return sums;
}

Sums moments(std::span<const float> values, double mean)
{
    Sums sums;
    LaneSum second;
    LaneSum fourth;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i]))
            continue;
        const double distance = static_cast<double>(values[i]) - mean;
        const double square = distance * distance;
        second[i % kLanes] += square;
        fourth[i % kLanes] += square * square;
    }
    sums.second = second.total();
    sums.fourth = fourth.total();
    return sums;
}

Sums outliersBeyond(std::span<const float> values, double mean, double distance)
{
    Sums sums;
    for (const float value : values)
        if (std::isfinite(value) && std::fabs(static_cast<double>(value) - mean) > distance)
            ++sums.outliers;
    return sums;
}

}  // namespace

TensorStatistics tensorStatistics(const TensorValues& values, unsigned threads, const std::stop_token& stop)
{
    TensorStatistics result;
    const Sums counted = overChunks(values, threads, stop, countsAndSum);
    result.nanCount = counted.nan;
    result.infinityCount = counted.infinity;
    result.maximum = counted.maximum;
    result.power = counted.power;
    if (counted.finite == 0)
        return result;
    const auto count = static_cast<double>(counted.finite);
    result.mean = counted.first / count;
    const Sums central = overChunks(
        values, threads, stop, [mean = result.mean](std::span<const float> chunk) { return moments(chunk, mean); });
    const double variance = central.second / count;
    result.deviation = std::sqrt(variance);
    if (variance * variance > 0)
        result.kurtosis = central.fourth / count / (variance * variance);
    const double limit = kOutlierDeviations * result.deviation;
    const Sums beyond = overChunks(values, threads, stop,
        [mean = result.mean, limit](std::span<const float> chunk) { return outliersBeyond(chunk, mean, limit); });
    result.outliers = static_cast<double>(beyond.outliers) / count;
    return result;
}

}  // namespace nanoscope
