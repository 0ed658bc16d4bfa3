#include "core/analysis/error_share.h"

#include "core/error.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <unordered_map>
#include <utility>

namespace nanoscope {
namespace {

constexpr std::uint64_t kEachOfTheWorst = 100;  // ranks that all have a point
constexpr std::uint64_t kFurtherPoints = 900;   // evenly over the others
constexpr unsigned kDigitBits = 16;             // of the radix sort
constexpr std::size_t kDigits = 1 << kDigitBits;
constexpr std::size_t kPerCheck = 1 << 16;  // blocks between looks at the stop token

void throwIfStopped(const std::stop_token& stop)
{
    if (stop.stop_requested())
        throw Cancelled();
}

/// Ascending, digit by digit: comparing millions of them could not be stopped and takes longer.
std::vector<std::uint32_t> sorted(std::vector<std::uint32_t> codes, const std::stop_token& stop)
{
    std::vector<std::uint32_t> next(codes.size());
    std::vector<std::size_t> starts;
    for (unsigned shift = 0; shift < 32; shift += kDigitBits) {
        throwIfStopped(stop);
        starts.assign(kDigits + 1, 0);
        for (const std::uint32_t code : codes)
            ++starts[(code >> shift & (kDigits - 1)) + 1];
        for (std::size_t digit = 0; digit < kDigits; ++digit)
            starts[digit + 1] += starts[digit];
        for (const std::uint32_t code : codes)
            next[starts[code >> shift & (kDigits - 1)]++] = code;
        codes.swap(next);
    }
    return codes;
}

/// What is kept of the errors of the blocks that are ranked, worst first.
std::vector<std::uint32_t> rankedCodes(const CompactDoubles& errors, const std::stop_token& stop)
{
    std::vector<std::uint32_t> codes = sorted(errors.codes(), stop);
    while (!codes.empty() && std::isnan(CompactDoubles::decoded(codes.back())))
        codes.pop_back();
    std::reverse(codes.begin(), codes.end());
    return codes;
}

/// Finds the blocks of ranks: the n-th block with a code has the n-th rank with it.
class BlockFinder {
public:
    /// @param ranked  as of rankedCodes
    explicit BlockFinder(const std::vector<std::uint32_t>& ranked)
        : m_ranked(ranked)
    {
    }

    /// @param point  must outlive this
    void want(ErrorSharePoint& point)
    {
        const std::uint32_t code = m_ranked[point.rank - 1];
        const auto first = std::lower_bound(m_ranked.begin(), m_ranked.end(), code, std::greater<>());
        const std::uint64_t before = point.rank - 1 - static_cast<std::uint64_t>(first - m_ranked.begin());
        m_places[code].wanted.emplace_back(before, &point);
    }

    void find(const CompactDoubles& errors, const std::stop_token& stop)
    {
        for (auto& [code, place] : m_places)
            std::sort(place.wanted.begin(), place.wanted.end());
        for (std::size_t block = 0; block < errors.size(); ++block) {
            if (block % kPerCheck == 0)
                throwIfStopped(stop);
            const auto found = m_places.find(errors.codes()[block]);
            if (found == m_places.end())
                continue;
            Place& place = found->second;
            for (; place.next < place.wanted.size() && place.wanted[place.next].first == place.seen; ++place.next)
                place.wanted[place.next].second->block = block;
            ++place.seen;
        }
    }

private:
    struct Place {
        std::vector<std::pair<std::uint64_t, ErrorSharePoint*>>
            wanted;  ///< by how many blocks with the code come first
        std::size_t next = 0;
        std::uint64_t seen = 0;
    };
    const std::vector<std::uint32_t>& m_ranked;
    std::unordered_map<std::uint32_t, Place> m_places;
};

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

void findBlocks(ErrorShare& result, const std::vector<std::uint32_t>& ranked, const CompactDoubles& errors,
    const std::stop_token& stop)
{
    BlockFinder finder(ranked);
    for (std::vector<ErrorSharePoint>* points : {&result.curve, &result.steps})
        for (ErrorSharePoint& point : *points)
            finder.want(point);
    for (std::optional<ErrorSharePoint>* mark : {&result.half, &result.ninety})
        if (*mark)
            finder.want(**mark);
    finder.find(errors, stop);
}

}  // namespace

ErrorShare errorShare(const CompactDoubles& blockSquaredError, const std::stop_token& stop)
{
    const std::vector<std::uint32_t> ranked = rankedCodes(blockSquaredError, stop);
    ErrorShare result;
    result.blocks = ranked.size();
    for (const std::uint32_t code : ranked) {
        result.squaredError += CompactDoubles::decoded(code);
        result.exact += code == 0 ? 1U : 0U;
    }
    if (!(result.squaredError > 0))
        return result;

    const std::vector<std::uint64_t> ranks = curveRanks(result.blocks);
    auto nextRank = ranks.begin();
    std::size_t nextStep = 0;
    double sum = 0.0;
    for (std::uint64_t rank = 1; rank <= result.blocks; ++rank) {
        sum += CompactDoubles::decoded(ranked[rank - 1]);
        const ErrorSharePoint point{rank, 0, sum / result.squaredError};
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
    findBlocks(result, ranked, blockSquaredError, stop);
    return result;
}

std::optional<std::uint64_t> errorRank(const CompactDoubles& blockSquaredError, std::uint64_t block)
{
    const std::vector<std::uint32_t>& codes = blockSquaredError.codes();
    if (std::isnan(blockSquaredError[block]))
        return std::nullopt;
    std::uint64_t before = 0;
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const bool isWorse = codes[i] > codes[block] && !std::isnan(blockSquaredError[i]);
        before += isWorse || (i < block && codes[i] == codes[block]) ? 1U : 0U;
    }
    return before + 1;
}

}  // namespace nanoscope
