// The part of Codebook for books that are not symmetric about zero, or whose neighbours do not meet at the midpoint.

#include "core/format/codebook.h"

#include <algorithm>
#include <limits>

namespace nanoscope {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Value of a positive posit encoding (posit standard 2022, section 3): regime run, es exponent bits, fraction.
double positValue(std::uint32_t code, int bits, int es)
{
    int position = bits - 2;
    const auto bitAt = [code](int at) { return at >= 0 ? code >> at & 1U : 0U; };
    const std::uint32_t first = bitAt(position);
    int run = 0;
    while (position >= 0 && bitAt(position) == first) {
        ++run;
        --position;
    }
    --position;  // the bit that ends the regime
    const int regime = first == 1 ? run - 1 : -run;
    int exponent = 0;
    for (int i = 0; i < es; ++i)
        exponent = exponent * 2 + static_cast<int>(bitAt(position--));
    double fraction = 1.0;
    for (double weight = 0.5; position >= 0; weight /= 2)
        fraction += weight * static_cast<double>(bitAt(position--));
    return std::ldexp(fraction, regime * (1 << es) + exponent);
}

/// Keeps the `hot` leading powers of two of an integer, each the nearest to what is left, ties to the smaller one.
int keepPowersOfTwo(int value, int hot)
{
    int rest = value;
    int kept = 0;
    for (int i = 0; i < hot && rest != 0; ++i) {
        const int magnitude = std::abs(rest);
        int power = 1;
        while (2 * power <= magnitude)
            power *= 2;
        if (magnitude - power > 2 * power - magnitude)
            power *= 2;
        kept += rest < 0 ? -power : power;
        rest = value - kept;
    }
    return kept;
}

/// What an integer of `bits` or `nested.bits` bits is read as.
int readInteger(const ElementBook& book, int stored)
{
    const int low = -(1 << (book.bits - 1));
    const int high = -low - 1;
    int value = stored;
    if (book.nested) {
        const double steps = std::ldexp(stored, book.bits - book.nested->bits);
        value = static_cast<int>(book.nested->rule == ReadRule::Round ? std::nearbyint(steps) : std::floor(steps));
    }
    value = std::clamp(value, low, high);
    return book.hotBits > 0 ? keepPowersOfTwo(value, book.hotBits) : value;
}

std::uint32_t twosComplementCode(int value, int bits)
{
    return static_cast<std::uint32_t>(value) & ((std::uint32_t{1} << bits) - 1);
}

}  // namespace

void Codebook::setLevel(std::uint32_t code, double level)
{
    const bool repeats = std::find(m_levels.begin(), m_levels.end(), level) != m_levels.end();
    m_levels[code] = level;
    m_uses[code] = repeats ? CodeUse::Redundant : CodeUse::Level;
}

void Codebook::buildSigned(TieRule tie)
{
    const auto count = static_cast<std::uint32_t>(codeCount());
    switch (m_element.kind) {
    case BookKind::Table:
        for (std::uint32_t code = 0; code < m_element.levels.size(); ++code)
            setLevel(code, m_element.levels[code] * m_element.gain);
        break;
    case BookKind::Fitted:  // the levels come with each block; these only tell the codes apart
        for (std::uint32_t code = 0; code < count; ++code)
            setLevel(code, (2.0 * code + 1.0 - count) / (count - 1.0) * m_element.gain);
        break;
    case BookKind::Posit:
        m_levels[0] = 0.0;
        m_uses[0] = CodeUse::Level;
        for (std::uint32_t code = 1; code < m_signBit; ++code) {
            m_levels[code] = positValue(code, m_bits, m_element.exponentBits) * m_element.gain;
            m_levels[count - code] = -m_levels[code];
            m_uses[code] = m_uses[count - code] = CodeUse::Level;
        }
        break;
    case BookKind::Float:
        buildMagnitudes();
        buildCodes(TieRule::Even);
        if (!m_element.subnormals)  // exponent field 0 means zero, whatever the mantissa
            for (std::uint32_t mantissa = 1; mantissa < std::uint32_t{1} << m_element.mantissaBits; ++mantissa)
                for (const std::uint32_t code : {mantissa, mantissa + m_signBit}) {
                    m_levels[code] = 0.0;
                    m_uses[code] = CodeUse::Redundant;
                }
        break;
    case BookKind::Integer:
        if (m_element.midRise) {
            for (std::uint32_t code = 0; code < count; ++code) {
                m_levels[code] = std::ldexp(2.0 * code + 1.0 - count, m_element.lsb) * m_element.gain;
                m_uses[code] = CodeUse::Level;
            }
        } else if (m_element.nested || m_element.hotBits > 0 || m_element.overflow == Overflow::Wrap) {
            splitByInteger();
        } else {
            buildMagnitudes();
            buildCodes(TieRule::Even);
        }
        break;
    }
    m_isRecycled = false;  // from here on it is a level like the others
    sortLevels();
    const bool hasExtraNegative = m_element.kind == BookKind::Integer && m_element.twosComplement;
    m_largest = hasExtraNegative ? m_sorted.back() : std::max(std::fabs(m_sorted.front()), std::fabs(m_sorted.back()));
    m_hasZero = std::binary_search(m_sorted.begin(), m_sorted.end(), 0.0);
    if (m_element.kind == BookKind::Posit)
        splitPosit();
    else if (m_splits.empty())
        splitAtMidpoints(tie);
    m_magnitudes.clear();
}

void Codebook::splitAtMidpoints(TieRule tie)
{
    for (std::size_t rank = 0; rank + 1 < m_sorted.size(); ++rank) {
        const double lower = m_sorted[rank];
        const double upper = m_sorted[rank + 1];
        bool up = tie == TieRule::Up;
        if (tie == TieRule::Away)
            up = std::fabs(upper) > std::fabs(lower);
        else if (tie == TieRule::Zero)
            up = std::fabs(upper) < std::fabs(lower);
        else if (tie == TieRule::Even)
            up = m_rankCodes[rank + 1] % 2 == 0;
        const double middle = (lower + upper) / 2;
        m_splits.push_back(up ? middle : std::nextafter(middle, kInfinity));
    }
}

/// Posits round on the encoding: codes c and c+1 meet at the posit of one more bit with code 2c+1, ties to the even
/// code. Nothing but zero becomes zero.
void Codebook::splitPosit()
{
    for (std::size_t rank = 0; rank + 1 < m_sorted.size(); ++rank) {
        const double lower = m_sorted[rank];
        const double upper = m_sorted[rank + 1];
        if (upper == 0.0) {
            m_splits.push_back(0.0);
        } else if (lower == 0.0) {
            m_splits.push_back(std::numeric_limits<double>::denorm_min());
        } else {
            const bool positive = lower > 0;
            const std::uint32_t code = m_ranks.empty() ? 0 : m_rankCodes[positive ? rank : rank + 1];
            const std::uint32_t magnitude = positive ? code : static_cast<std::uint32_t>(codeCount()) - code;
            const double meeting = positValue(2 * magnitude + 1, m_bits + 1, m_element.exponentBits) * m_element.gain;
            const bool tieGrows = magnitude % 2 == 1;  // the next magnitude is even
            const bool up = positive == tieGrows;
            const double split = positive ? meeting : -meeting;
            m_splits.push_back(up ? split : std::nextafter(split, kInfinity));
        }
    }
}

/// Levels of integers that are rounded to a stored code first, ties to even, and then read as another one.
void Codebook::splitByInteger()
{
    const int stored = m_element.nested ? m_element.nested->bits : m_element.bits;
    const double step = std::ldexp(m_element.gain, m_element.lsb);
    const double storedStep = std::ldexp(step, m_element.bits - stored);
    const int low = -(1 << (stored - 1));
    for (int code = low; code < -low; ++code) {
        const int value = readInteger(m_element, code);
        // The nearest power of two may lie one beyond the largest code, which is free to stand for it (7 as 8).
        const int largest = (1 << (m_element.bits - 1)) - 1;
        const std::uint32_t written = twosComplementCode(std::min(value, largest), m_element.bits);
        if (code == low || value != readInteger(m_element, code - 1)) {
            m_levels[written] = value * step;
            m_uses[written] = CodeUse::Level;
            if (code > low) {
                // code - 1 and code meet halfway; the even one takes the tie.
                const double middle = (code - 0.5) * storedStep;
                m_splits.push_back(code % 2 == 0 ? middle : std::nextafter(middle, kInfinity));
            }
        }
    }
    for (std::uint32_t code = 0; code < codeCount(); ++code)
        if (m_uses[code] == CodeUse::NotANumber) {  // no input leads here, but the code does mean a number
            const int value
                = code < m_signBit ? static_cast<int>(code) : static_cast<int>(code) - static_cast<int>(codeCount());
            m_levels[code] = value * step;
            m_uses[code] = CodeUse::Redundant;
        }
}

std::uint32_t Codebook::nearestSigned(double scaled) const
{
    if (m_element.overflow == Overflow::Wrap && m_element.kind == BookKind::Integer) {
        const double steps = std::nearbyint(std::ldexp(scaled / m_element.gain, -m_element.lsb));
        const double count = static_cast<double>(codeCount());
        const double wrapped = steps - std::floor(steps / count) * count;  // 0 to count - 1
        return std::isfinite(wrapped) ? static_cast<std::uint32_t>(wrapped) : 0;
    }
    const auto above = std::upper_bound(m_splits.begin(), m_splits.end(), scaled);
    return m_rankCodes[static_cast<std::size_t>(above - m_splits.begin())];
}

}  // namespace nanoscope
