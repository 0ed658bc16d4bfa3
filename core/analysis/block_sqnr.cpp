#include "core/analysis/block_sqnr.h"

#include "core/error.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nanoscope {
namespace {

constexpr std::size_t kPerCheck = 1 << 16;  // blocks between looks at the stop token

std::int64_t floorOfQuotient(std::int64_t a, std::int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

std::int64_t binOf(double decibel)
{
    return static_cast<std::int64_t>(std::floor(decibel / BlockSqnrSpread::kBinWidth));
}

/// False for exact blocks, for errors on a power of 0 and for NaN.
bool isMeasured(double squaredError, double power)
{
    return squaredError > 0 && power > 0;
}

void throwIfStopped(std::size_t block, const std::stop_token& stop)
{
    if (block % kPerCheck == 0 && stop.stop_requested())
        throw Cancelled();
}

}  // namespace

std::vector<double> BlockSqnrSpread::shares(std::int64_t per, std::int64_t first, std::size_t count) const
{
    std::vector<double> result(count, 0.0);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const std::int64_t wide = floorOfQuotient(firstBin + static_cast<std::int64_t>(i), per) - first;
        const auto at = std::clamp<std::int64_t>(wide, 0, static_cast<std::int64_t>(count) - 1);
        result[static_cast<std::size_t>(at)] += static_cast<double>(counts[i]);
    }
    for (double& share : result)
        share /= std::max(1.0, static_cast<double>(blocks));
    return result;
}

BlockSqnrSpread blockSqnrSpread(
    const CompactDoubles& squaredError, const CompactDoubles& power, const std::stop_token& stop)
{
    BlockSqnrSpread figures;
    double lowest = std::numeric_limits<double>::infinity();
    double highest = 0.0;
    for (std::size_t block = 0; block < squaredError.size(); ++block) {
        throwIfStopped(block, stop);
        const bool isExact = squaredError[block] == 0;
        const bool hasSqnr = isMeasured(squaredError[block], power[block]);
        figures.exact += isExact ? 1U : 0U;
        figures.blocks += isExact || hasSqnr ? 1U : 0U;
        if (!hasSqnr)
            continue;
        const double ratio = power[block] / squaredError[block];
        lowest = std::min(lowest, ratio);
        highest = std::max(highest, ratio);
    }
    if (lowest > highest)
        return figures;
    const double best = 10 * std::log10(highest);
    figures.firstBin = binOf(std::max(10 * std::log10(lowest), best - BlockSqnrSpread::kWidestRange));
    figures.counts.assign(static_cast<std::size_t>(binOf(best) - figures.firstBin) + 1, 0);
    figures.firstBlock.assign(figures.counts.size(), 0);
    for (std::size_t block = 0; block < squaredError.size(); ++block) {
        throwIfStopped(block, stop);
        if (!isMeasured(squaredError[block], power[block]))
            continue;
        const std::int64_t own = binOf(10 * std::log10(power[block] / squaredError[block]));
        const auto bin = static_cast<std::size_t>(std::max<std::int64_t>(0, own - figures.firstBin));
        if (figures.counts[bin]++ == 0)
            figures.firstBlock[bin] = block;
    }
    return figures;
}

}  // namespace nanoscope
