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
    std::span<const double> squaredError, std::span<const double> power, const std::stop_token& stop)
{
    BlockSqnrSpread figures;
    std::vector<double> decibels(squaredError.size(), std::numeric_limits<double>::quiet_NaN());
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -lowest;
    for (std::size_t block = 0; block < squaredError.size(); ++block) {
        if (block % kPerCheck == 0 && stop.stop_requested())
            throw Cancelled();
        if (std::isnan(squaredError[block]) || std::isnan(power[block]))
            continue;
        figures.exact += squaredError[block] == 0 ? 1U : 0U;
        figures.blocks += squaredError[block] == 0 ? 1U : 0U;
        const double decibel = 10 * std::log10(power[block] / squaredError[block]);
        if (squaredError[block] == 0 || !std::isfinite(decibel))
            continue;
        ++figures.blocks;
        decibels[block] = decibel;
        lowest = std::min(lowest, decibel);
        highest = std::max(highest, decibel);
    }
    if (lowest > highest)
        return figures;
    figures.firstBin = binOf(std::max(lowest, highest - BlockSqnrSpread::kWidestRange));
    figures.counts.assign(static_cast<std::size_t>(binOf(highest) - figures.firstBin) + 1, 0);
    figures.firstBlock.assign(figures.counts.size(), 0);
    for (std::size_t block = 0; block < decibels.size(); ++block) {
        if (std::isnan(decibels[block]))
            continue;
        const auto bin = static_cast<std::size_t>(std::max<std::int64_t>(0, binOf(decibels[block]) - figures.firstBin));
        if (figures.counts[bin]++ == 0)
            figures.firstBlock[bin] = block;
    }
    return figures;
}

}  // namespace nanoscope
