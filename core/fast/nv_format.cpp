#include "core/fast/nv_format.h"

#include "core/fast/plain_format.h"

#include <cmath>

namespace nanoscope {
namespace {

/// Far enough from the ends of float32 that no product of the kernel leaves its normal numbers.
bool isComfortable(double value)
{
    constexpr int kRoom = 90;
    return value > std::ldexp(1.0, -kRoom) && value < std::ldexp(1.0, kRoom);
}

}  // namespace

std::optional<NvFormat> nvFormatOf(const FormatSpec& spec, const TensorParameters& parameters)
{
    constexpr double kLargestE4M3 = 448.0;
    const ElementBook& element = spec.elements.front();
    if (!isPlainFormat(spec) || !spec.tensorScale || spec.tensorScale->codec != TensorScaleCodec::FP32
        || spec.arithmetic != Arithmetic::TransformerEngineFolded || spec.tie != TieRule::Even
        || spec.geometry.block != 16 || !isScaledByMaximum(spec.scale, ScaleCodecId::E4M3)
        || spec.scale.maximum.value_or(kLargestE4M3) != kLargestE4M3 || spec.scale.zero != ZeroScale::Smallest
        || !isE2M1(element))
        return std::nullopt;
    const TensorScale& scale = parameters.scale;
    if (!isComfortable(scale.value) || !isComfortable(scale.encode) || !isComfortable(scale.decode))
        return std::nullopt;
    const Codebook book(element, spec.tie);
    NvFormat format;
    format.table = codeTableOf(book);
    const auto reciprocal = static_cast<float>(1.0 / book.target());
    format.scaleFactor = static_cast<float>(scale.encode) * reciprocal;
    format.decode = static_cast<float>(scale.decode);
    format.tensorScale = static_cast<float>(scale.value);
    return format;
}

}  // namespace nanoscope
