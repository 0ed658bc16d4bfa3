#include "core/format/format_spec.h"

#include <cmath>

namespace nanoscope {

std::string ElementBook::standardId() const
{
    // Appended piece by piece: g++ 12 warns of an overflow that is not there in "literal" + std::string.
    std::string text = kind == BookKind::Float ? "E" : "INT";
    if (kind == BookKind::Float)
        return text.append(std::to_string(exponentBits)).append("M").append(std::to_string(mantissaBits));
    return text.append(std::to_string(bits));
}

std::vector<double> MicroSpec::grid() const
{
    std::vector<double> values;
    for (int i = 0; i < 1 << bits; ++i)
        values.push_back(rule == MicroRule::MaximumExponent ? std::ldexp(1.0, -i) : 1.0 + std::ldexp(i, -bits));
    return values;
}

}  // namespace nanoscope
