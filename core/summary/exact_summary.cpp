#include "core/summary/exact_summary.h"

#include "core/error.h"
#include "core/quant/parallel.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>
#include <span>

namespace nanoscope {
namespace {

constexpr std::uint64_t kChunkElements = 1 << 18;
constexpr std::size_t kPartitions = 16;  // fixed, so that sums of doubles do not depend on the number of threads
constexpr std::size_t kCells = 2 * ExactSummary::kBins;  // of a sign: edge and inside of each bin
constexpr std::size_t kPositions = kCells + 1;           // and what is below the bins
constexpr std::uint32_t kMagnitudeMask = 0x7FFFFFFFU;
constexpr int kExponentBias = 127;
constexpr int kFirstExponent = 27;  // biased: below, relative binades would reach into float32's subnormals
constexpr int kExponents = 255;
constexpr int kMantissaShift = 23 - ExactSummary::kMantissaBits;
constexpr int kLowestBin = -(ExactSummary::kBinades << ExactSummary::kMantissaBits);
constexpr std::uint64_t kOne = std::uint64_t{1} << 40;  // a count above the sum of the low bits
constexpr std::uint64_t kFlushAfter = std::uint64_t{1} << 23;

/// Largest magnitude of a block as bits; nothing when it holds NaN or infinity.
std::optional<std::uint32_t> largestBits(std::span<const float> values)
{
    std::uint32_t largest = 0;
    for (const float value : values)
        largest = std::max(largest, std::bit_cast<std::uint32_t>(value) & kMagnitudeMask);
    if (largest >= 0x7F800000U)
        return std::nullopt;
    return largest;
}

double squareSum(std::span<const float> values)
{
    double lanes[8] = {};
    for (std::size_t i = 0; i < values.size(); ++i)
        lanes[i % 8] += static_cast<double>(values[i]) * static_cast<double>(values[i]);
    double sum = 0.0;
    for (const double lane : lanes)
        sum += lane;
    return sum;
}

/// Lower edge of a bin, and its position among a sign's cells.
double edgeOf(std::size_t bin)
{
    constexpr std::size_t kPerBinade = std::size_t{1} << ExactSummary::kMantissaBits;
    const double mantissa = 1.0 + static_cast<double>(bin % kPerBinade) / static_cast<double>(kPerBinade);
    return std::ldexp(mantissa, static_cast<int>(bin / kPerBinade) - ExactSummary::kBinades);
}

}  // namespace

SummaryCell& SummaryCell::operator+=(const SummaryCell& other)
{
    count += other.count;
    unit += other.unit;
    unitMagnitude += other.unitMagnitude;
    unitSquare += other.unitSquare;
    unitSquareMagnitude += other.unitSquareMagnitude;
    return *this;
}

SummaryCell SummaryCell::operator-(const SummaryCell& other) const
{
    return {count - other.count, unit - other.unit, unitMagnitude - other.unitMagnitude, unitSquare - other.unitSquare,
        unitSquareMagnitude - other.unitSquareMagnitude};
}

SummaryCell SummaryCell::scaled(double share) const
{
    return {count * share, unit * share, unitMagnitude * share, unitSquare * share, unitSquareMagnitude * share};
}

/// Counts of one worker (power-of-two units) or of one partition (units that are maxima).
struct ExactSummary::Worker {
    /// One exponent's cells: what was added since the last flush, and the totals.
    struct Exponent {
        std::array<std::uint64_t, 2 * kPositions> recent{};
        std::array<std::uint64_t, 2 * kPositions> count{};
        std::array<std::uint64_t, 2 * kPositions> lowBits{};
    };
    std::array<std::unique_ptr<Exponent>, kExponents> exponents;
    std::vector<SummaryCell> cells;  // units that are maxima: [sign][position]
    std::uint64_t sinceFlush = 0;
    std::uint64_t elements = 0;
    std::uint64_t excluded = 0;
    std::uint64_t zeros = 0;
    bool tooSmall = false;
    double power = 0.0;
    int smallest = std::numeric_limits<int>::max();
    int largest = std::numeric_limits<int>::min();

    void addBlock(std::span<const float> values, SummaryKind kind)
    {
        const auto bits = largestBits(values);
        if (!bits) {
            excluded += values.size();
            return;
        }
        elements += values.size();
        if (*bits == 0) {
            zeros += values.size();
            return;
        }
        const int exponent = static_cast<int>(*bits >> 23U);
        if (exponent < kFirstExponent) {
            tooSmall = true;
            return;
        }
        smallest = std::min(smallest, exponent - kExponentBias);
        largest = std::max(largest, exponent - kExponentBias);
        power += squareSum(values);
        if (kind == SummaryKind::PowerOfTwo)
            addByExponent(values, exponent);
        else
            addByMaximum(values, static_cast<double>(std::bit_cast<float>(*bits)));
    }

    void addByExponent(std::span<const float> values, int exponent)
    {
        auto& slot = exponents[static_cast<std::size_t>(exponent)];
        if (!slot)
            slot = std::make_unique<Exponent>();
        std::uint64_t* recent = slot->recent.data();
        const int base = (exponent << kMantissaBits) + kLowestBin;
        for (const float value : values) {
            const auto bits = std::bit_cast<std::uint32_t>(value);
            const std::uint32_t magnitude = bits & kMagnitudeMask;
            if (magnitude == 0) {
                ++zeros;
                continue;
            }
            const int bin = static_cast<int>(magnitude >> kMantissaShift) - base;
            const std::uint32_t low = magnitude & ((1U << kMantissaShift) - 1);
            // Position 0 is what lies below the bins; then edge and inside of each bin in turn.
            const std::size_t position = bin < 0 ? 0 : 1 + 2 * static_cast<std::size_t>(bin) + (low != 0 ? 1 : 0);
            recent[(bits >> 31U) * kPositions + position] += kOne + low;
        }
        sinceFlush += values.size();
        if (sinceFlush >= kFlushAfter)
            flush();
    }

    void addByMaximum(std::span<const float> values, double maximum)
    {
        if (cells.empty())
            cells.resize(2 * kPositions);
        for (const float value : values) {
            const auto magnitude = std::fabs(static_cast<double>(value));
            if (magnitude == 0.0) {
                ++zeros;
                continue;
            }
            const auto bits = std::bit_cast<std::uint64_t>(magnitude / maximum);
            const int bin = static_cast<int>(bits >> (52 - kMantissaBits)) - (1023 << kMantissaBits) - kLowestBin;
            const bool inside = (bits & ((std::uint64_t{1} << (52 - kMantissaBits)) - 1)) != 0;
            const std::size_t position = bin < 0 ? 0 : 1 + 2 * static_cast<std::size_t>(bin) + (inside ? 1 : 0);
            cells[(std::signbit(value) ? kPositions : 0) + position]
                += {1.0, maximum, magnitude, maximum * maximum, maximum * magnitude};
        }
    }

    void flush()
    {
        for (auto& slot : exponents) {
            if (!slot)
                continue;
            for (std::size_t i = 0; i < slot->recent.size(); ++i) {
                slot->count[i] += slot->recent[i] >> 40U;
                slot->lowBits[i] += slot->recent[i] & (kOne - 1);
            }
            slot->recent.fill(0);
        }
        sinceFlush = 0;
    }
};

ExactSummary::ExactSummary(const BlockView& view, SummaryKind kind, const PassOptions& options)
    : m_kind(kind)
    , m_block(view.block())
{
    const std::uint64_t perChunk
        = std::max<std::uint64_t>(1, kChunkElements / static_cast<std::uint64_t>(std::max(1, view.block())));
    const std::uint64_t chunks = (view.blocks() + perChunk - 1) / perChunk;
    std::vector<double> powers(chunks, 0.0);
    std::vector<std::unique_ptr<Worker>> workers;
    const auto addChunk = [&](Worker& worker, std::uint64_t chunk) {
        worker.power = 0.0;
        for (std::uint64_t block = chunk * perChunk; block < std::min(view.blocks(), (chunk + 1) * perChunk); ++block)
            worker.addBlock(view.values(block), kind);
        powers[chunk] = worker.power;
    };
    if (kind == SummaryKind::PowerOfTwo) {  // integers: any worker may take any chunk
        const unsigned threads = threadCount(options.threads, chunks);
        for (unsigned i = 0; i < threads; ++i)
            workers.push_back(std::make_unique<Worker>());
        forEachChunk(chunks, threads, options.stop,
            [&](unsigned worker, std::uint64_t chunk) { addChunk(*workers[worker], chunk); });
    } else {
        const std::uint64_t partitions = std::min<std::uint64_t>(kPartitions, std::max<std::uint64_t>(1, chunks));
        for (std::uint64_t i = 0; i < partitions; ++i)
            workers.push_back(std::make_unique<Worker>());
        forEachChunk(
            partitions, threadCount(options.threads, partitions), options.stop, [&](unsigned, std::uint64_t partition) {
                for (std::uint64_t chunk = partition; chunk < chunks && !options.stop.stop_requested();
                     chunk += partitions)
                    addChunk(*workers[partition], chunk);
            });
        if (options.stop.stop_requested())
            throw Cancelled();
    }
    for (const double power : powers)
        m_power += power;
    collapse(workers);
}

void ExactSummary::collapse(const std::vector<std::unique_ptr<Worker>>& workers)
{
    std::array<std::vector<SummaryCell>, 2> cells;
    for (auto& ofSign : cells)
        ofSign.resize(kPositions);
    m_smallest = std::numeric_limits<int>::max();
    m_largest = std::numeric_limits<int>::min();
    for (const auto& worker : workers) {
        worker->flush();
        m_elements += worker->elements;
        m_excluded += worker->excluded;
        m_zeros += worker->zeros;
        m_isComplete = m_isComplete && !worker->tooSmall;
        m_smallest = std::min(m_smallest, worker->smallest);
        m_largest = std::max(m_largest, worker->largest);
        for (std::size_t i = 0; i < worker->cells.size(); ++i)
            cells[i / kPositions][i % kPositions] += worker->cells[i];
    }
    for (std::size_t exponent = 0; exponent < kExponents; ++exponent) {
        std::array<std::uint64_t, 2 * kPositions> counts{};
        std::array<std::uint64_t, 2 * kPositions> lowBits{};
        bool isUsed = false;
        for (const auto& worker : workers)
            if (const auto& slot = worker->exponents[exponent]) {
                isUsed = true;
                for (std::size_t i = 0; i < counts.size(); ++i) {
                    counts[i] += slot->count[i];
                    lowBits[i] += slot->lowBits[i];
                }
            }
        if (!isUsed)
            continue;
        const int power = static_cast<int>(exponent) - kExponentBias;
        const double unit = std::ldexp(1.0, power);
        for (std::size_t i = 0; i < counts.size(); ++i) {
            if (counts[i] == 0)
                continue;
            const std::size_t position = i % kPositions;
            const auto count = static_cast<double>(counts[i]);
            double magnitudes = 0.0;  // sum of |w|; negligible below the bins
            if (position > 0) {
                const std::size_t bin = (position - 1) / 2;
                const int binade = static_cast<int>(bin >> kMantissaBits) - kBinades;
                magnitudes
                    = count * edgeOf(bin) * unit + std::ldexp(static_cast<double>(lowBits[i]), power + binade - 23);
            }
            cells[i / kPositions][position]
                += {count, count * unit, magnitudes, count * unit * unit, magnitudes * unit};
        }
    }
    for (std::size_t sign = 0; sign < 2; ++sign) {
        SummaryCell sum;
        for (const SummaryCell& cell : cells[sign]) {
            m_prefix[sign].push_back(sum);
            sum += cell;
        }
        m_prefix[sign].push_back(sum);
    }
}

double smallestSummaryMagnitude()
{
    return std::ldexp(1.0, -ExactSummary::kBinades);
}

bool isOnSummaryEdge(double threshold)
{
    const auto bits = std::bit_cast<std::uint64_t>(threshold);
    return (bits & ((std::uint64_t{1} << (52 - ExactSummary::kMantissaBits)) - 1)) == 0;
}

SummaryCut summaryCut(double threshold, bool withEdge)
{
    constexpr int kShift = 52 - ExactSummary::kMantissaBits;
    const auto bits = std::bit_cast<std::uint64_t>(threshold);
    const int bin = static_cast<int>(bits >> kShift) - (1023 << ExactSummary::kMantissaBits) - kLowestBin;
    if (bin < 0)
        return {1, 0.0, 0.0};  // all that lies below the bins
    if (!std::isfinite(threshold) || bin >= static_cast<int>(ExactSummary::kBins))
        return {static_cast<std::uint32_t>(kPositions), 0.0, 0.0};
    const std::uint32_t edge = 1 + 2 * static_cast<std::uint32_t>(bin);
    if (isOnSummaryEdge(threshold))
        return {edge + (withEdge ? 1U : 0U), 0.0, 0.0};
    const double lower = edgeOf(static_cast<std::size_t>(bin));
    int exponent = 0;
    std::frexp(lower, &exponent);
    const double width = std::ldexp(1.0, exponent - 1 - ExactSummary::kMantissaBits);
    return {edge + 1, (threshold - lower) / width, (lower + threshold) / 2};
}

SummaryCell ExactSummary::belowInside(const std::vector<SummaryCell>& prefix, const SummaryCut& cut)
{
    SummaryCell part = (prefix[cut.position + 1] - prefix[cut.position]).scaled(cut.share);
    part.unitMagnitude = part.unit * cut.middle;
    part.unitSquareMagnitude = part.unitSquare * cut.middle;
    SummaryCell sum = prefix[cut.position];
    sum += part;
    return sum;
}

std::vector<double> ExactSummary::histogram(double reach, std::size_t bins) const
{
    const std::size_t half = bins / 2;
    std::vector<double> counts(2 * half, 0.0);
    const double width = reach / static_cast<double>(half);
    for (const bool negative : {false, true}) {
        double before = 0.0;
        for (std::size_t i = 0; i < half; ++i) {
            const double edge = static_cast<double>(i + 1) * width;
            const double upTo = i + 1 == half ? whole(negative).count : below(negative, summaryCut(edge, true)).count;
            counts[negative ? half - 1 - i : half + i] += upTo - before;
            before = upTo;
        }
    }
    counts[half] += static_cast<double>(m_zeros);
    return counts;
}

}  // namespace nanoscope
