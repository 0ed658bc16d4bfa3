#include "core/summary/summary_tally.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace nanoscope {
namespace {

constexpr std::uint32_t kMagnitudeMask = 0x7FFFFFFFU;
constexpr std::uint32_t kInfinityBits = 0x7F800000U;
constexpr int kExponentBias = 127;
constexpr int kFirstExponent = 27;  // biased: below, relative binades would reach into float32's subnormals
constexpr std::uint64_t kOne = std::uint64_t{1} << 40;  // a count above the sum of the low bits
constexpr std::uint64_t kFlushAfter = std::uint64_t{1} << 23;
constexpr std::size_t kPiece = 64;  // elements whose cells are found before the first of them is counted

/// Largest magnitude of a block as bits.
std::uint32_t largestBits(std::span<const float> values)
{
    std::int32_t largest = 0;
    for (const float value : values)
        largest = std::max(largest, static_cast<std::int32_t>(std::bit_cast<std::uint32_t>(value) & kMagnitudeMask));
    return static_cast<std::uint32_t>(largest);
}

double squareSum(std::span<const float> values)
{
    double lanes[8] = {};
    std::size_t i = 0;
    for (; i + 8 <= values.size(); i += 8)
        for (std::size_t lane = 0; lane < 8; ++lane)
            lanes[lane] += static_cast<double>(values[i + lane]) * static_cast<double>(values[i + lane]);
    for (; i < values.size(); ++i)
        lanes[i % 8] += static_cast<double>(values[i]) * static_cast<double>(values[i]);
    double sum = 0.0;
    for (const double lane : lanes)
        sum += lane;
    return sum;
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

void SummaryTotals::add(const SummaryTotals& other)
{
    elements += other.elements;
    excluded += other.excluded;
    zeros += other.zeros;
    hasTooSmall = hasTooSmall || other.hasTooSmall;
    smallest = std::min(smallest, other.smallest);
    largest = std::max(largest, other.largest);
}

SummaryTally::SummaryTally(SummaryKind kind)
    : m_kind(kind)
    , m_bins(kind)
    , m_stride(m_bins.positions() + 1)
    , m_maxima(kind == SummaryKind::Maximum ? kInfinityBits >> kMaximumShift : 0, 0)
{
}

double SummaryTally::addBlock(std::span<const float> values)
{
    const std::uint32_t bits = largestBits(values);
    if (bits >= kInfinityBits) {
        m_totals.excluded += values.size();
        return 0.0;
    }
    m_totals.elements += values.size();
    if (bits == 0) {
        m_totals.zeros += values.size();
        return 0.0;
    }
    const int exponent = static_cast<int>(bits >> 23U);
    if (exponent < kFirstExponent) {
        m_totals.hasTooSmall = true;
        return 0.0;
    }
    m_totals.smallest = std::min(m_totals.smallest, exponent - kExponentBias);
    m_totals.largest = std::max(m_totals.largest, exponent - kExponentBias);
    if (m_kind == SummaryKind::PowerOfTwo) {
        addByExponent(values, static_cast<std::size_t>(exponent));
    } else {
        ++m_maxima[bits >> kMaximumShift];
        addByMaximum(values, static_cast<double>(std::bit_cast<float>(bits)));
    }
    return squareSum(values);
}

SummaryTally::Exponent& SummaryTally::slotOf(std::size_t exponent)
{
    auto& slot = m_exponents[exponent];
    if (!slot)
        slot = std::make_unique<Exponent>(2 * m_stride);
    return *slot;
}

void SummaryTally::addByExponent(std::span<const float> values, std::size_t exponent)
{
    constexpr SummaryBins kBins(SummaryKind::PowerOfTwo);
    constexpr int kShift = 23 - kBins.mantissaBits();
    constexpr std::uint32_t kLowMask = (1U << kShift) - 1;
    constexpr auto kZero = static_cast<std::int32_t>(kBins.positions());
    std::uint64_t* recent = slotOf(exponent).recent.data();
    const auto lowest
        = static_cast<std::int32_t>((static_cast<int>(exponent) - kBins.binades()) * (1 << kBins.mantissaBits()));
    std::int32_t cell[kPiece];
    std::uint32_t low[kPiece];
    for (std::size_t begin = 0; begin < values.size(); begin += kPiece) {
        const std::size_t length = std::min(kPiece, values.size() - begin);
        const float* piece = values.data() + begin;
        for (std::size_t i = 0; i < length; ++i) {
            const auto bits = std::bit_cast<std::uint32_t>(piece[i]);
            const std::uint32_t magnitude = bits & kMagnitudeMask;
            const std::int32_t bin = static_cast<std::int32_t>(magnitude >> kShift) - lowest;
            low[i] = magnitude & kLowMask;
            const std::int32_t inside = low[i] != 0 ? 2 : 1;
            const std::int32_t below = magnitude == 0 ? kZero : 0;
            cell[i] = (bin < 0 ? below : 2 * bin + inside) + (static_cast<std::int32_t>(bits) < 0 ? kZero + 1 : 0);
        }
        for (std::size_t i = 0; i < length; ++i)
            recent[cell[i]] += kOne + low[i];
    }
    m_sinceFlush += values.size();
    if (m_sinceFlush >= kFlushAfter)
        flush();
}

void SummaryTally::addByMaximum(std::span<const float> values, double maximum)
{
    constexpr SummaryBins kBins(SummaryKind::Maximum);
    constexpr int kShift = 52 - kBins.mantissaBits();
    constexpr std::int64_t kLowest = std::int64_t{1023 - kBins.binades()} << kBins.mantissaBits();
    constexpr auto kZero = static_cast<std::int64_t>(kBins.positions());
    if (m_cells.empty())
        m_cells.resize(2 * m_stride);
    std::int64_t cell[kPiece];
    double magnitude[kPiece];
    const double square = maximum * maximum;
    for (std::size_t begin = 0; begin < values.size(); begin += kPiece) {
        const std::size_t length = std::min(kPiece, values.size() - begin);
        const float* piece = values.data() + begin;
        for (std::size_t i = 0; i < length; ++i) {
            magnitude[i] = std::fabs(static_cast<double>(piece[i]));
            const auto bits = std::bit_cast<std::int64_t>(magnitude[i] / maximum);
            const std::int64_t bin = (bits >> kShift) - kLowest;
            const std::int64_t inside = (bits & ((std::int64_t{1} << kShift) - 1)) != 0 ? 2 : 1;
            const std::int64_t below = bits == 0 ? kZero : 0;
            cell[i]
                = (bin < 0 ? below : 2 * bin + inside) + (std::bit_cast<std::int32_t>(piece[i]) < 0 ? kZero + 1 : 0);
        }
        for (std::size_t i = 0; i < length; ++i)
            m_cells[static_cast<std::size_t>(cell[i])] += {1.0, maximum, magnitude[i], square, maximum * magnitude[i]};
    }
}

void SummaryTally::flush()
{
    for (auto& slot : m_exponents) {
        if (!slot)
            continue;
        for (std::size_t i = 0; i < slot->recent.size(); ++i) {
            slot->count[i] += slot->recent[i] >> 40U;
            slot->lowBits[i] += slot->recent[i] & (kOne - 1);
            slot->recent[i] = 0;
        }
    }
    m_sinceFlush = 0;
}

void SummaryTally::merge(const SummaryTally& other)
{
    m_totals.add(other.m_totals);
    if (m_cells.size() < other.m_cells.size())
        m_cells.resize(other.m_cells.size());
    for (std::size_t i = 0; i < other.m_cells.size(); ++i)
        m_cells[i] += other.m_cells[i];
    for (std::size_t i = 0; i < m_maxima.size(); ++i)
        m_maxima[i] += other.m_maxima[i];
    for (std::size_t exponent = 0; exponent < kExponents; ++exponent) {
        if (!other.m_exponents[exponent])
            continue;
        const Exponent& from = *other.m_exponents[exponent];
        Exponent& into = slotOf(exponent);
        for (std::size_t i = 0; i < from.count.size(); ++i) {
            into.count[i] += from.count[i] + (from.recent[i] >> 40U);
            into.lowBits[i] += from.lowBits[i] + (from.recent[i] & (kOne - 1));
        }
    }
}

std::array<std::vector<SummaryCell>, 2> SummaryTally::cells() const
{
    std::array<std::vector<SummaryCell>, 2> result;
    for (std::size_t sign = 0; sign < 2; ++sign) {
        result[sign].resize(m_stride);
        if (!m_cells.empty())
            std::copy_n(m_cells.begin() + static_cast<std::ptrdiff_t>(sign * m_stride), m_stride, result[sign].begin());
    }
    for (std::size_t exponent = 0; exponent < kExponents; ++exponent) {
        if (!m_exponents[exponent])
            continue;
        const Exponent& slot = *m_exponents[exponent];
        const int power = static_cast<int>(exponent) - kExponentBias;
        const double unit = std::ldexp(1.0, power);
        for (std::size_t i = 0; i < slot.count.size(); ++i) {
            if (slot.count[i] == 0)
                continue;
            const std::size_t position = i % m_stride;
            const auto count = static_cast<double>(slot.count[i]);
            double magnitudes = 0.0;  // sum of |w|; negligible below the bins
            if (position > 0 && position < m_bins.positions()) {
                const std::size_t bin = (position - 1) / 2;
                const int binade = static_cast<int>(bin >> m_bins.mantissaBits()) - m_bins.binades();
                magnitudes = count * m_bins.edge(bin) * unit
                    + std::ldexp(static_cast<double>(slot.lowBits[i]), power + binade - 23);
            }
            result[i / m_stride][position] += {count, count * unit, magnitudes, count * unit * unit, magnitudes * unit};
        }
    }
    return result;
}

}  // namespace nanoscope
