#include "core/format/codebook.h"

#include <algorithm>
#include <limits>

namespace nanoscope {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

bool isNumber(const ElementBook& book, int exponent, int mantissa)
{
    const bool topExponent = exponent == (1 << book.exponentBits) - 1;
    switch (book.top) {
    case TopCodes::Finite:
        return true;
    case TopCodes::Fnuz:
        return true;
    case TopCodes::OneNan:
        return !(topExponent && mantissa == (1 << book.mantissaBits) - 1);
    case TopCodes::Ieee:
        return !topExponent;
    }
    return true;
}

std::vector<double> floatMagnitudes(const ElementBook& book)
{
    std::vector<double> values;
    for (int exponent = 0; exponent < 1 << book.exponentBits; ++exponent)
        for (int mantissa = 0; mantissa < 1 << book.mantissaBits; ++mantissa) {
            if (!isNumber(book, exponent, mantissa))
                continue;
            if (exponent == 0 && mantissa > 0 && !book.subnormals)
                continue;
            const double fraction = std::ldexp(mantissa, -book.mantissaBits);
            values.push_back(exponent == 0 ? std::ldexp(fraction, 1 - book.bias())
                                           : std::ldexp(1.0 + fraction, exponent - book.bias()));
        }
    return values;
}

std::vector<double> integerMagnitudes(const ElementBook& book)
{
    std::vector<double> values;
    for (int i = 0; i < 1 << (book.bits - 1); ++i)
        values.push_back(std::ldexp(i, book.lsb));
    return values;
}

/// Whether the levels come in pairs +-level and ties are decided by magnitude.
bool isSymmetric(const ElementBook& book, TieRule tie)
{
    if (tie == TieRule::Down || tie == TieRule::Up)
        return false;
    if (book.kind == BookKind::Float)  // without subnormals the code is not the index of the magnitude
        return book.subnormals;
    return book.kind == BookKind::Integer && book.bits > 1 && !book.midRise && book.hotBits == 0 && !book.nested
        && book.overflow == Overflow::Saturate;
}

/// True when a value exactly between magnitude codes i and i+1 takes the upper one.
bool tieGoesUp(TieRule tie, std::size_t i)
{
    return tie == TieRule::Away || (tie == TieRule::Even && i % 2 == 1);
}

/// Smallest value that rounds above the midpoint.
double threshold(double midpoint, bool tieUp)
{
    return tieUp ? midpoint : std::nextafter(midpoint, kInfinity);
}

}  // namespace

Codebook::Codebook(const ElementBook& book, TieRule tie)
    : m_element(book)
    , m_bits(book.codeBits())
    , m_isSymmetric(isSymmetric(book, tie))
    , m_signBit(std::uint32_t{1} << (m_bits - 1))
    , m_levels(codeCount(), kNan)
    , m_uses(codeCount(), CodeUse::NotANumber)
{
    if (m_isSymmetric)
        buildSymmetric(tie);
    else
        buildSigned(tie);
    int exponent = 0;
    std::frexp(m_largest, &exponent);
    m_largestExponent = exponent - 1;
    m_target = m_element.target.value_or(m_largest);
    setReach();
}

void Codebook::buildSymmetric(TieRule tie)
{
    buildMagnitudes();
    buildThresholds(tie);
    buildCodes(tie);
    sortLevels();
    m_largest = m_magnitudes.back();
}

void Codebook::buildMagnitudes()
{
    m_magnitudes = m_element.kind == BookKind::Float ? floatMagnitudes(m_element) : integerMagnitudes(m_element);
    for (double& value : m_magnitudes)
        value *= m_element.gain;
}

void Codebook::buildThresholds(TieRule tie)
{
    for (std::size_t i = 0; i + 1 < m_magnitudes.size(); ++i)
        m_thresholds.push_back(threshold((m_magnitudes[i] + m_magnitudes[i + 1]) / 2, tieGoesUp(tie, i)));
    const double last = m_thresholds.back();
    m_thresholds.push_back(kNan);  // nothing compares with it: the search ends here, at infinity too

    m_firstKey = std::bit_cast<std::uint64_t>(m_thresholds.front()) >> kKeyShift;
    const std::uint64_t lastKey = std::bit_cast<std::uint64_t>(last) >> kKeyShift;
    m_start.push_back(0);
    for (std::uint64_t key = m_firstKey; key <= lastKey; ++key) {
        const double cellStart = std::bit_cast<double>(key << kKeyShift);
        const auto above = std::upper_bound(m_thresholds.begin(), m_thresholds.end() - 1, cellStart);
        m_start.push_back(static_cast<std::uint32_t>(above - m_thresholds.begin()));
    }
    m_start.push_back(static_cast<std::uint32_t>(m_thresholds.size() - 1));
}

std::uint32_t Codebook::codeOfMagnitude(std::size_t i) const
{
    const auto code = static_cast<std::uint32_t>(i);
    if (i == 0 || m_element.kind != BookKind::Float || m_element.subnormals)
        return code;
    return code + (std::uint32_t{1} << m_element.mantissaBits) - 1;
}

void Codebook::buildCodes(TieRule tie)
{
    const std::size_t count = codeCount();
    for (std::size_t i = 0; i < m_magnitudes.size(); ++i) {
        const std::uint32_t code = codeOfMagnitude(i);
        m_levels[code] = m_magnitudes[i];
        m_uses[code] = CodeUse::Level;
        const std::uint32_t negative = i == 0 ? 0
            : m_element.twosComplement        ? static_cast<std::uint32_t>(count) - code
                                              : code + m_signBit;
        m_signedCodes.push_back(code);
        m_signedCodes.push_back(negative);
        if (i > 0) {
            m_levels[negative] = -m_magnitudes[i];
            m_uses[negative] = CodeUse::Level;
        }
    }
    // The code of minus zero: one more negative level, the recycled level, or waste.
    if (m_element.twosComplement) {
        const double extra = m_magnitudes.back() + m_magnitudes[1];
        m_hasExtraNegative = true;
        m_extraNegativeThreshold
            = threshold((extra + m_magnitudes.back()) / 2, tieGoesUp(tie, m_magnitudes.size() - 1));
        m_levels[m_signBit] = -extra;
        m_uses[m_signBit] = CodeUse::Level;
    } else if (m_element.recycle) {
        const Recycle& recycle = *m_element.recycle;
        m_isRecycled = true;
        m_recycledLevel
            = recycle.mode == RecycleMode::HalfOfSmallest ? recycle.sign * m_magnitudes[1] / 2 : recycle.value;
        const bool repeats = std::find(m_levels.begin(), m_levels.end(), m_recycledLevel) != m_levels.end();
        m_levels[m_signBit] = m_recycledLevel;
        m_uses[m_signBit] = repeats ? CodeUse::Redundant : CodeUse::Recycled;
    } else if (m_element.top != TopCodes::Fnuz || m_element.kind != BookKind::Float) {
        m_levels[m_signBit] = 0.0;
        m_uses[m_signBit] = CodeUse::Redundant;
    }
}

void Codebook::sortLevels()
{
    for (std::uint32_t code = 0; code < codeCount(); ++code)
        if (!isStructurallyVacant(code))
            m_rankCodes.push_back(code);
    std::sort(m_rankCodes.begin(), m_rankCodes.end(),
        [this](std::uint32_t a, std::uint32_t b) { return m_levels[a] < m_levels[b]; });
    m_ranks.assign(codeCount(), 0);
    for (const std::uint32_t code : m_rankCodes) {
        m_ranks[code] = static_cast<std::uint32_t>(m_sorted.size());
        m_sorted.push_back(m_levels[code]);
    }
}

void Codebook::setReach()
{
    const std::size_t n = m_sorted.size();
    if (n < 2) {  // fitted to a constant tensor: nothing lies beyond
        m_clipAbove = kInfinity;
        m_clipBelow = -kInfinity;
        return;
    }
    m_clipAbove = m_sorted[n - 1] + (m_sorted[n - 1] - m_sorted[n - 2]) / 2;
    m_clipBelow = m_sorted[0] - (m_sorted[1] - m_sorted[0]) / 2;
}

double Codebook::lowerBound(std::size_t rank) const
{
    if (rank == 0)
        return -kInfinity;
    return m_splits.empty() ? (m_sorted[rank - 1] + m_sorted[rank]) / 2 : m_splits[rank - 1];
}

double Codebook::upperBound(std::size_t rank) const
{
    return rank + 1 == m_sorted.size() ? kInfinity : lowerBound(rank + 1);
}

LevelPair Codebook::neighbours(double scaled) const
{
    const auto above = std::upper_bound(m_sorted.begin(), m_sorted.end(), scaled);
    const auto rank = static_cast<std::size_t>(above - m_sorted.begin());
    if (rank == 0)
        return {m_rankCodes.front(), m_rankCodes.front(), 0.0};
    if (above == m_sorted.end())
        return {m_rankCodes.back(), m_rankCodes.back(), 0.0};
    const double lower = m_sorted[rank - 1];
    return {m_rankCodes[rank - 1], m_rankCodes[rank], (scaled - lower) / (m_sorted[rank] - lower)};
}

std::size_t Codebook::structuralVacancies() const
{
    std::size_t vacancies = 0;
    for (std::uint32_t code = 0; code < codeCount(); ++code)
        vacancies += isStructurallyVacant(code) ? 1U : 0U;
    return vacancies;
}

}  // namespace nanoscope
