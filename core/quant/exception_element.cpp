#include "core/quant/exception_element.h"

#include "core/quant/exact_exponent.h"

#include <algorithm>
#include <cmath>

namespace nanoscope {

ExceptionLadder::ExceptionLadder(const Codebook& book, int mantissaBits, TieRule tie)
    : m_base(std::ldexp(1.0, book.largestExponent()))
    , m_mantissaBits(mantissaBits)
    , m_tie(tie)
{
}

std::uint32_t ExceptionLadder::nearest(double scaled) const
{
    const std::uint32_t last = (std::uint32_t{1} << m_mantissaBits) - 1;
    const double steps = std::ldexp(std::max(scaled / m_base, 1.0) - 1.0, m_mantissaBits);
    if (!(steps < last))
        return last;
    const auto low = static_cast<std::uint32_t>(steps);
    const double rest = steps - low;
    const bool tieUp = m_tie == TieRule::Away || (m_tie == TieRule::Even && low % 2 == 1);
    return rest > 0.5 || (rest == 0.5 && tieUp) ? low + 1 : low;
}

double ExceptionLadder::level(std::uint32_t index) const
{
    return m_base * (1.0 + std::ldexp(index, -m_mantissaBits));
}

bool ExceptionLadder::isClipped(double scaled) const
{
    return scaled > m_base * (2.0 - std::ldexp(0.5, -m_mantissaBits));
}

int othersOffset(const SpecialSpec& special, const Codebook& book, double second, double scale)
{
    if (special.othersBits == 0 || !(second > 0))
        return 0;
    const double top = book.largest() * scale;
    int offset = 0;
    if (special.othersRule == OthersRule::NoClip) {  // lowest exponent that does not clip the second maximum
        offset = floorLog2(top) - floorLog2(second);
        if (second > std::ldexp(top, -offset))
            --offset;
    } else {
        offset = floorLog2(scale) + book.largestExponent() - floorLog2(second);
    }
    return std::clamp(offset, 0, (1 << special.othersBits) - 1);
}

std::size_t top1Position(std::span<const std::uint32_t> codes, int codeBits)
{
    const std::uint32_t magnitudeMask = (std::uint32_t{1} << (codeBits - 1)) - 1;
    std::size_t top = 0;
    for (std::size_t i = 1; i < codes.size(); ++i)
        if ((codes[i] & magnitudeMask) > (codes[top] & magnitudeMask))
            top = i;
    return top;
}

Top1Refinement encodeTop1(const Codebook& fine, int bits, std::uint32_t magnitude, double scaled)
{
    const int ratio = 1 << bits;
    const int lowest = static_cast<int>(magnitude) * ratio - 1;
    const int index = std::clamp(static_cast<int>(fine.magnitudeIndex(scaled)), lowest, lowest + ratio - 1);
    const int stored = std::max(index, 0);
    return {static_cast<std::uint32_t>(stored - lowest), fine.magnitudes()[static_cast<std::size_t>(stored)]};
}

double decodeTop1(const Codebook& fine, int bits, std::uint32_t magnitude, std::uint32_t meta)
{
    const int index = static_cast<int>(magnitude << bits) - 1 + static_cast<int>(meta);
    return fine
        .magnitudes()[static_cast<std::size_t>(std::clamp(index, 0, static_cast<int>(fine.magnitudes().size()) - 1))];
}

}  // namespace nanoscope
