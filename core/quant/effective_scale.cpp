#include "core/quant/effective_scale.h"

#include "core/format/scale_codec.h"
#include "core/quant/exact_exponent.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nanoscope {

namespace {

/// figure / target rounded down to a power of two: a target of 2^k brings the largest magnitude into the octave from
/// 2^k on.
TensorScale powerOfTwoTensorScale(const FormatSpec& spec, double figure, int offset)
{
    TensorScale scale;
    if (!(figure > 0) && !spec.tensorScale->exponent)
        return scale;
    constexpr int kSmallest = -127;  // of E8M0
    constexpr int kLargest = 127;
    const int exponent
        = spec.tensorScale->exponent ? *spec.tensorScale->exponent : floorLog2(figure / spec.tensorScale->target);
    scale.value = std::ldexp(1.0, std::clamp(exponent + offset, kSmallest, kLargest));
    scale.stored = static_cast<float>(scale.value);
    scale.maximum = spec.tensorScale->exponent ? 0.0 : figure;
    return scale;
}

}  // namespace

TensorScale tensorScaleFor(const FormatSpec& spec, double figure, std::size_t candidate)
{
    TensorScale scale;
    if (!spec.tensorScale)
        return scale;
    if (spec.tensorScale->codec == TensorScaleCodec::E8M0)
        return powerOfTwoTensorScale(spec, figure, spec.tensorScale->offsets[candidate]);
    if (spec.tensorScale->minimum)  // of the figure / target
        figure = std::max(figure, *spec.tensorScale->minimum * spec.tensorScale->target);
    if (!(figure > 0))
        return scale;
    const double clip = spec.tensorScale->clips.empty() ? 1.0 : spec.tensorScale->clips[candidate];
    const double target = spec.tensorScale->target;
    scale.stored = std::max(roundToStored(clip * figure / target).value, std::numeric_limits<float>::denorm_min());
    scale.value = static_cast<double>(scale.stored);
    scale.encode = static_cast<double>(static_cast<float>(target / (clip * figure)));
    scale.decode = static_cast<double>(static_cast<float>(1.0 / scale.encode));
    scale.maximum = clip * figure;
    return scale;
}

TensorScale tensorScaleFromStored(float stored)
{
    TensorScale scale;
    scale.stored = stored;
    scale.value = static_cast<double>(stored);
    return scale;
}

double realScale(const FormatSpec& spec, double storedScale, const TensorScale& tensorScale)
{
    const double product = storedScale * tensorScale.value;
    switch (spec.arithmetic) {
    case Arithmetic::Float32:
    case Arithmetic::ModelOpt:
        return isPowerOfTwoCodec(spec.scale.codec) ? product : static_cast<double>(roundToStored(product).value);
    default:
        return product;
    }
}

double bookScaleFactor(const FormatSpec& spec, std::span<const Codebook> books, std::size_t book)
{
    if (!spec.chooser || !isPowerOfTwoCodec(spec.scale.codec))
        return 1.0;
    const bool searchedPerBlock = spec.chooser->rule == ChooserRule::Search && spec.chooser->unit != Unit::Subgroup;
    const bool aligned = spec.chooser->rule == ChooserRule::Search && spec.alignToFirstBook;
    if (searchedPerBlock || aligned)
        return 1.0;
    return std::ldexp(1.0, books[0].largestExponent() - books[book].largestExponent());
}

}  // namespace nanoscope
