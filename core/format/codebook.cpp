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
{
    buildMagnitudes();
    buildThresholds(tie);
    buildCodes(tie);
}

void Codebook::buildMagnitudes()
{
    m_magnitudes = m_element.kind == BookKind::Float ? floatMagnitudes(m_element) : integerMagnitudes(m_element);
    for (double& value : m_magnitudes)
        value *= m_element.gain;
    int exponent = 0;
    std::frexp(largest(), &exponent);
    m_largestExponent = exponent - 1;
    m_target = m_element.target.value_or(largest());
    m_signBit = std::uint32_t{1} << (m_bits - 1);
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
        m_start.push_back(static_cast<std::uint16_t>(above - m_thresholds.begin()));
    }
    m_start.push_back(static_cast<std::uint16_t>(m_thresholds.size() - 1));
}

void Codebook::buildCodes(TieRule tie)
{
    const std::size_t count = codeCount();
    m_levels.assign(count, kNan);
    m_uses.assign(count, CodeUse::NotANumber);
    for (std::size_t i = 0; i < m_magnitudes.size(); ++i) {
        const auto code = static_cast<std::uint32_t>(i);
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
        const double extra = largest() + m_magnitudes[1];
        m_hasExtraNegative = true;
        m_extraNegativeThreshold = threshold((extra + largest()) / 2, tieGoesUp(tie, m_magnitudes.size() - 1));
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
    } else {
        m_levels[m_signBit] = 0.0;
        m_uses[m_signBit] = CodeUse::Redundant;
    }

    for (std::uint32_t code = 0; code < count; ++code)
        if (!isStructurallyVacant(code))
            m_sorted.push_back(m_levels[code]);
    std::sort(m_sorted.begin(), m_sorted.end());
    m_ranks.assign(count, 0);
    for (std::uint32_t code = 0; code < count; ++code)
        if (!isStructurallyVacant(code))
            m_ranks[code] = static_cast<std::size_t>(
                std::lower_bound(m_sorted.begin(), m_sorted.end(), m_levels[code]) - m_sorted.begin());
    const std::size_t n = m_sorted.size();
    m_clipAbove = m_sorted[n - 1] + (m_sorted[n - 1] - m_sorted[n - 2]) / 2;
    m_clipBelow = m_sorted[0] - (m_sorted[1] - m_sorted[0]) / 2;
}

std::size_t Codebook::structuralVacancies() const
{
    std::size_t vacancies = 0;
    for (std::uint32_t code = 0; code < codeCount(); ++code)
        vacancies += isStructurallyVacant(code) ? 1U : 0U;
    return vacancies;
}

}  // namespace nanoscope
