#include "core/quant/effective_scale.h"

#include "core/format/scale_codec.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nanoscope {

TensorScale tensorScaleFor(const FormatSpec& spec, double maximum)
{
    TensorScale scale;
    if (!spec.tensorScale || !(maximum > 0))
        return scale;
    const double target = spec.tensorScale->target;
    scale.stored = std::max(roundToStored(maximum / target).value, std::numeric_limits<float>::denorm_min());
    scale.value = static_cast<double>(scale.stored);
    scale.encode = static_cast<double>(static_cast<float>(target / maximum));
    scale.decode = static_cast<double>(static_cast<float>(1.0 / scale.encode));
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
    const bool searchedPerBlock = spec.chooser->rule == ChooserRule::Search && spec.chooser->unit == Unit::Block;
    const bool aligned = spec.chooser->rule == ChooserRule::Search && spec.alignToFirstBook;
    if (searchedPerBlock || aligned)
        return 1.0;
    return std::ldexp(1.0, books[0].largestExponent() - books[book].largestExponent());
}

}  // namespace nanoscope
