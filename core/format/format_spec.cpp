#include "core/format/format_spec.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace nanoscope {

int ElementBook::codeBits() const
{
    switch (kind) {
    case BookKind::Float:
        return 1 + exponentBits + mantissaBits;
    case BookKind::Table:
        return levels.size() <= 2 ? 1 : static_cast<int>(std::bit_width(levels.size() - 1));
    default:
        return bits;
    }
}

int ElementBook::standardBias() const
{
    const int bias = exponentBits <= 1 ? 1 : (1 << (exponentBits - 1)) - 1;
    return top == TopCodes::Fnuz ? bias + 1 : bias;
}

std::string ElementBook::standardId() const
{
    // Appended piece by piece: g++ 12 warns of an overflow that is not there in "literal" + std::string.
    std::string text;
    switch (kind) {
    case BookKind::Float:
        return text.append("E").append(std::to_string(exponentBits)).append("M").append(std::to_string(mantissaBits));
    case BookKind::Integer:
        return text.append(midRise ? "bipolar" : "INT").append(std::to_string(bits));
    case BookKind::Posit:
        return text.append("posit(")
            .append(std::to_string(bits))
            .append(",")
            .append(std::to_string(exponentBits))
            .append(")");
    case BookKind::Table:
        return text.append("table").append(std::to_string(levels.size()));
    case BookKind::Fitted:
        return text.append("k-means").append(std::to_string(bits));
    }
    return text;
}

std::vector<double> MicroSpec::grid() const
{
    std::vector<double> values;
    for (int i = 0; i < 1 << bits; ++i)
        values.push_back(rule == MicroRule::MaximumExponent ? std::ldexp(1.0, -i) : 1.0 + std::ldexp(i, -bits));
    return values;
}

int FormatSpec::codeBits() const
{
    return mix ? mix->parts.front().codeBits() : elements.front().codeBits();
}

bool MixSpec::operator==(const MixSpec& other) const
{
    return rule == other.rule && share == other.share && threshold == other.threshold && parts == other.parts;
}

FormatSpec resolved(FormatSpec spec, std::uint64_t rowLength)
{
    if (spec.geometry.wholeRow)
        spec.geometry.block = static_cast<int>(std::max<std::uint64_t>(1, rowLength));
    if (spec.mix)
        for (FormatSpec& part : spec.mix->parts)
            part.geometry = spec.geometry;
    return spec;
}

}  // namespace nanoscope
