#include "core/fast/power_format.h"

#include "core/fast/plain_format.h"
#include "core/quant/shared_scale.h"

#include <bit>

namespace nanoscope {
ScaleThreshold scaleThresholdOf(ScaleRule rule, const Codebook& book)
{
    const auto exponentOf = [&](std::uint32_t mantissa) {  // asked of the reference itself
        const auto maximum = static_cast<double>(std::bit_cast<float>((127U << 23) | mantissa));
        return sharedExponent(maximum, rule, book);
    };
    const int lowest = exponentOf(0);
    std::uint32_t below = 0;
    std::uint32_t above = 1U << 23;
    while (above - below > 1) {
        const std::uint32_t middle = (below + above) / 2;
        (exponentOf(middle) == lowest ? below : above) = middle;
    }
    return {lowest, above};
}

std::optional<PowerFormat> powerFormatOf(const FormatSpec& spec)
{
    constexpr int kFarthest = 3;  // codes of clipped elements stay small
    const ElementBook& element = spec.elements.front();
    if (!isPlainFormat(spec) || spec.tensorScale || spec.arithmetic != Arithmetic::Exact || spec.tie != TieRule::Even
        || (spec.geometry.block != 32 && spec.geometry.block != 16)
        || !isScaledByMaximum(spec.scale, ScaleCodecId::E8M0) || spec.scale.maximum
        || spec.scale.zero != ZeroScale::Smallest || spec.scale.offsets.size() != 1
        || (!isE2M1(element) && !isInteger4(element)))
        return std::nullopt;
    const Codebook book(element, spec.tie);
    PowerFormat format;
    format.book = isE2M1(element) ? PowerFormat::Book::E2M1 : PowerFormat::Book::Integer;
    format.block = static_cast<std::size_t>(spec.geometry.block);
    format.table = codeTableOf(book);
    const ScaleThreshold threshold = scaleThresholdOf(spec.scale.rule, book);
    format.bumpAbove = threshold.bumpAbove;
    format.exponentShift = threshold.exponentShift + spec.scale.offsets.front();
    if (format.exponentShift < -2 - kFarthest || format.exponentShift > -2 + kFarthest)
        return std::nullopt;
    return format;
}

}  // namespace nanoscope
