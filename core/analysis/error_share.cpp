#include "core/analysis/error_share.h"

#include "core/error.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>

namespace nanoscope {
namespace {

constexpr std::uint64_t kEachOfTheWorst = 100;  // ranks that all have a point
constexpr std::uint64_t kFurtherPoints = 900;   // evenly over the others
constexpr std::size_t kDigits = 1 << 16;        // of the radix sort
constexpr int kDigitBits = 16;

struct RankedBlock {
    std::uint64_t key = 0;  // ascending keys are descending errors
    std::uint64_t block = 0;
};

void throwIfStopped(const std::stop_token& stop)
{
    if (stop.stop_requested())
        throw Cancelled();
}

/// Stable by digits, because comparing millions of blocks could not be stopped and takes longer.
void sortByKey(std::vector<RankedBlock>& blocks, const std::stop_token& stop)
{
    std::vector<RankedBlock> sorted(blocks.size());
    std::vector<std::size_t> starts;
    for (int shift = 0; shift < 64; shift += kDigitBits) {
        throwIfStopped(stop);
        starts.assign(kDigits + 1, 0);
        for (const RankedBlock& ranked : blocks)
            ++starts[(ranked.key >> shift & (kDigits - 1)) + 1];
        for (std::size_t digit = 0; digit < kDigits; ++digit)
            starts[digit + 1] += starts[digit];
        for (const RankedBlock& ranked : blocks)
            sorted[starts[ranked.key >> shift & (kDigits - 1)]++] = ranked;
        blocks.swap(sorted);
    }
}

std::vector<RankedBlock> rankedBlocks(std::span<const double> errors, const std::stop_token& stop)
{
    std::vector<RankedBlock> ranked;
    ranked.reserve(errors.size());
    for (std::size_t block = 0; block < errors.size(); ++block)
        if (!std::isnan(errors[block]))  // bit patterns of what is not negative are in the order of the values
            ranked.push_back({~std::bit_cast<std::uint64_t>(errors[block] + 0.0), block});
    sortByKey(ranked, stop);
    return ranked;
}

double errorOf(const RankedBlock& ranked)
{
    return std::bit_cast<double>(~ranked.key);
}

/// Ranks that get a point of the curve, ascending.
std::vector<std::uint64_t> curveRanks(std::uint64_t blocks)
{
    std::vector<std::uint64_t> ranks;
    const std::uint64_t first = std::min(blocks, kEachOfTheWorst);
    for (std::uint64_t rank = 1; rank <= first; ++rank)
        ranks.push_back(rank);
    const std::uint64_t rest = blocks - first;
    const std::uint64_t points = std::min(rest, kFurtherPoints);
    for (std::uint64_t i = 1; i <= points; ++i)
        ranks.push_back(first + rest * i / points);
    return ranks;
}

}  // namespace

ErrorShare errorShare(std::span<const double> blockSquaredError, const std::stop_token& stop)
{
    const std::vector<RankedBlock> ranked = rankedBlocks(blockSquaredError, stop);
    ErrorShare result;
    result.blocks = ranked.size();
    for (const RankedBlock& block : ranked) {
        result.squaredError += errorOf(block);
        result.exact += errorOf(block) == 0.0 ? 1U : 0U;
    }
    if (!(result.squaredError > 0))
        return result;

    const std::vector<std::uint64_t> ranks = curveRanks(result.blocks);
    auto nextRank = ranks.begin();
    std::size_t nextStep = 0;
    double sum = 0.0;
    for (std::uint64_t rank = 1; rank <= result.blocks; ++rank) {
        const RankedBlock& block = ranked[rank - 1];
        sum += errorOf(block);
        const ErrorSharePoint point{rank, block.block, sum / result.squaredError};
        if (nextRank != ranks.end() && *nextRank == rank) {
            result.curve.push_back(point);
            ++nextRank;
        }
        const auto stepRank = [&](std::size_t step) {
            return static_cast<std::uint64_t>(std::ceil(kErrorShareSteps[step] * static_cast<double>(result.blocks)));
        };
        for (; nextStep < kErrorShareSteps.size() && stepRank(nextStep) <= rank; ++nextStep)
            result.steps.push_back(point);
        if (!result.half && point.share >= 0.5)
            result.half = point;
        if (!result.ninety && point.share >= 0.9)
            result.ninety = point;
    }
    return result;
}

std::optional<std::uint64_t> errorRank(std::span<const double> blockSquaredError, std::uint64_t block)
{
    const double own = blockSquaredError[block];
    if (std::isnan(own))
        return std::nullopt;
    std::uint64_t before = 0;
    for (std::size_t i = 0; i < blockSquaredError.size(); ++i)
        before += blockSquaredError[i] > own || (i < block && blockSquaredError[i] == own) ? 1U : 0U;
    return before + 1;
}

}  // namespace nanoscope
