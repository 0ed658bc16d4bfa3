#include "core/fast/integer_format.h"

#include "core/fast/plain_format.h"

namespace nanoscope {

std::optional<IntegerFormat> integerFormatOf(const FormatSpec& spec)
{
    constexpr double kLeastTarget = 4.0;  // codes of clipped elements stay small
    constexpr double kMostTarget = 16.0;
    constexpr std::uint32_t kHalfOne = 0x3C00;
    const ElementBook& element = spec.elements.front();
    if (!isPlainFormat(spec) || spec.tensorScale || spec.arithmetic != Arithmetic::Exact || spec.tie != TieRule::Even
        || spec.geometry.block != 32 || !isScaledByMaximum(spec.scale, ScaleCodecId::FP16) || spec.scale.maximum
        || !isInteger4(element))
        return std::nullopt;
    const Codebook book(element, spec.tie);
    if (book.target() < kLeastTarget || book.target() > kMostTarget)
        return std::nullopt;
    IntegerFormat format;
    format.table = codeTableOf(book);
    format.target = book.target();
    format.scaleOfZero = spec.scale.zero == ZeroScale::One ? kHalfOne : 0;
    return format;
}

}  // namespace nanoscope
