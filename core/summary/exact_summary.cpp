#include "core/summary/exact_summary.h"

#include "core/error.h"
#include "core/quant/parallel.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace nanoscope {
namespace {

constexpr std::uint64_t kChunkElements = 1 << 18;
constexpr std::size_t kPartitions = 8;  // fixed, so that sums of doubles do not depend on the number of threads

}  // namespace

ExactSummary::ExactSummary(const BlockView& view, SummaryKind kind, const PassOptions& options)
    : m_kind(kind)
    , m_block(view.block())
{
    const std::uint64_t perChunk
        = std::max<std::uint64_t>(1, kChunkElements / static_cast<std::uint64_t>(std::max(1, view.block())));
    const std::uint64_t chunks = (view.blocks() + perChunk - 1) / perChunk;
    std::vector<double> powers(chunks, 0.0);
    std::vector<SummaryTally> tallies;
    const auto addChunk = [&](SummaryTally& tally, std::uint64_t chunk) {
        std::vector<float> room;
        for (std::uint64_t block = chunk * perChunk; block < std::min(view.blocks(), (chunk + 1) * perChunk); ++block)
            powers[chunk] += tally.addBlock(view.values(block, room));
    };
    if (kind == SummaryKind::PowerOfTwo) {  // integers: any worker may take any chunk
        const unsigned threads = threadCount(options.threads, chunks);
        for (unsigned i = 0; i < threads; ++i)
            tallies.emplace_back(kind);
        forEachChunk(chunks, threads, options.stop,
            [&](unsigned worker, std::uint64_t chunk) { addChunk(tallies[worker], chunk); });
    } else {
        const std::uint64_t partitions = std::min<std::uint64_t>(kPartitions, std::max<std::uint64_t>(1, chunks));
        for (std::uint64_t i = 0; i < partitions; ++i)
            tallies.emplace_back(kind);
        forEachChunk(
            partitions, threadCount(options.threads, partitions), options.stop, [&](unsigned, std::uint64_t partition) {
                for (std::uint64_t chunk = partition; chunk < chunks && !options.stop.stop_requested();
                     chunk += partitions)
                    addChunk(tallies[partition], chunk);
            });
        if (options.stop.stop_requested())
            throw Cancelled();
    }
    for (const double power : powers)
        m_power += power;
    collapse(tallies);
}

void ExactSummary::collapse(const std::vector<SummaryTally>& tallies)
{
    SummaryTally all(m_kind);
    for (const SummaryTally& tally : tallies)
        all.merge(tally);
    m_totals = all.totals();
    const std::size_t positions = bins().positions();
    const std::array<std::vector<SummaryCell>, 2> cells = all.cells();
    for (std::size_t sign = 0; sign < 2; ++sign) {
        m_totals.zeros += static_cast<std::uint64_t>(cells[sign][positions].count);  // behind the last position
        m_prefix[sign].resize(positions + 1);
        for (std::size_t i = 0; i < positions; ++i) {
            m_prefix[sign][i + 1] = m_prefix[sign][i];
            m_prefix[sign][i + 1] += cells[sign][i];
        }
    }
    if (!all.maxima().empty())
        collapseMaxima(all.maxima());
}

void ExactSummary::collapseMaxima(const std::vector<std::uint64_t>& blocks)
{
    double maxima = 0.0;
    for (const bool negative : {false, true})
        maxima += whole(negative).count - below(negative, bins().cut(1.0, false)).count;
    double all = 0.0;
    for (const std::uint64_t count : blocks)
        all += static_cast<double>(count);
    const double perBlock = all > 0 ? maxima / all : 0.0;
    m_maxima.assign(blocks.size() + 1, 0.0);
    for (std::size_t bin = 0; bin < blocks.size(); ++bin)
        m_maxima[bin + 1] = m_maxima[bin] + perBlock * static_cast<double>(blocks[bin]);
}

double ExactSummary::maximaBelow(double magnitude) const
{
    constexpr auto kWidth = static_cast<double>(1U << SummaryTally::kMaximumShift);
    if (m_maxima.empty() || !(magnitude > 0))
        return 0.0;
    const double largest = static_cast<double>(std::numeric_limits<float>::max());
    const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(std::min(magnitude, largest)));
    const std::size_t bin = bits >> SummaryTally::kMaximumShift;
    const double share = static_cast<double>(bits & ((1U << SummaryTally::kMaximumShift) - 1)) / kWidth;
    return m_maxima[bin] + share * (m_maxima[bin + 1] - m_maxima[bin]);
}

SummaryCell ExactSummary::belowInside(const std::vector<SummaryCell>& prefix, const SummaryCut& cut)
{
    const SummaryCell cell = prefix[cut.position + 1] - prefix[cut.position];
    SummaryCell sum = prefix[cut.position];
    const double share = cut.share;
    const double magnitude = (cut.lower + cut.width * share / 2) * share;  // mean magnitude times share
    sum += {cell.count * share, cell.unit * share, cell.unit * magnitude, cell.unitSquare * share,
        cell.unitSquare * magnitude};
    return sum;
}

std::vector<double> ExactSummary::histogram(double reach, std::size_t bins) const
{
    const SummaryBins magnitudes(m_kind);
    const std::size_t half = bins / 2;
    std::vector<double> counts(2 * half, 0.0);
    const double width = reach / static_cast<double>(half);
    for (const bool negative : {false, true}) {
        double before = 0.0;
        for (std::size_t i = 0; i < half; ++i) {
            const double edge = static_cast<double>(i + 1) * width;
            const double upTo
                = i + 1 == half ? whole(negative).count : below(negative, magnitudes.cut(edge, true)).count;
            counts[negative ? half - 1 - i : half + i] += upTo - before;
            before = upTo;
        }
    }
    counts[half] += static_cast<double>(zeros());
    return counts;
}

}  // namespace nanoscope
