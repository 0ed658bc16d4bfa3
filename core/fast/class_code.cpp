#include "core/fast/class_code.h"

#include <cmath>

namespace nanoscope {
namespace {

constexpr std::uint32_t kExponent = 127;  // classes are the same in every binade; this one starts at 1
constexpr std::uint32_t kTop = (kExponent << 23) | 0x7FFFFFU;

/// Smallest and largest magnitude of a class whose block maximum lies in the octave from 1 on.
struct ClassBounds {
    std::uint32_t least = 0;
    std::uint32_t most = 0;
};

ClassBounds boundsOf(std::uint32_t index)
{
    const bool isFine = index < 2 * kFineSteps;
    const std::uint32_t step = isFine ? index / 2 : (index - kFineSteps) / 2;
    const std::uint32_t width = isFine ? 1U << 20 : 1U << 21;
    const std::uint32_t edge = kTop + 1 - (step + 1) * width;
    if (index == kLastClass)
        return {0, edge + width - 1};
    return index % 2 == 1 ? ClassBounds{edge, edge} : ClassBounds{edge + 1, edge + width - 1};
}

}  // namespace

std::optional<ClassCodes> classCodes(const Codebook& book, int exponentShift)
{
    ClassCodes codes{};
    const auto codeOf = [&](std::uint32_t magnitude) {
        return book.nearest(std::ldexp(static_cast<double>(std::bit_cast<float>(magnitude)), -exponentShift));
    };
    for (std::uint32_t index = 0; index < kClasses; ++index) {
        const ClassBounds bounds = boundsOf(index);
        const std::uint32_t code = codeOf(bounds.least);
        if (code != codeOf(bounds.most) || code >= kCodes / 2)
            return std::nullopt;
        codes[index] = static_cast<std::uint8_t>(code);
    }
    return codes;
}

}  // namespace nanoscope
