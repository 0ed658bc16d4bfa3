#include "core/quant/shared_scale.h"

#include "core/quant/exact_exponent.h"

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

bool isFloatCodec(ScaleCodecId id)
{
    return id == ScaleCodecId::FP16 || id == ScaleCodecId::BF16 || id == ScaleCodecId::FP32;
}

SharedScale powerOfTwoScale(const FormatSpec& spec, const ScaleCodec& codec, const TensorScale& tensorScale,
    double blockMaximum, const Codebook& first, const Codebook& book, std::size_t offset)
{
    SharedScale scale;
    if (blockMaximum > 0) {
        // Exact where the tensor scale is a quotient: its own rounding must not move a maximum across a power of two.
        if (spec.tensorScale && tensorScale.maximum > 0)
            blockMaximum = blockMaximum * spec.tensorScale->target / tensorScale.maximum;
        int exponent = sharedExponent(blockMaximum, spec.scale.rule, first);
        if (!spec.alignToFirstBook)
            exponent += first.largestExponent() - book.largestExponent();
        scale.stored = codec.encodeExponent(exponent + spec.scale.offsets[offset]);
    } else {
        scale.stored = codec.encodeExponent(spec.scale.zero == ZeroScale::One ? 0 : kExponentOfZero);
    }
    scale.real = realScale(spec, scale.stored.value, tensorScale);
    return scale;
}

/// LLM-FP4's scale (arXiv 2310.16836): the real bias that makes the maximum the top level, times `clip`.
double biasedScale(double blockMaximum, const Codebook& book, double clip)
{
    const int standard = book.element().bias();
    const double minmaxBias = standard + std::log2(book.largest() / blockMaximum);
    return std::exp2(standard - clip * minmaxBias);
}

/// What the figure of a block is divided by: the codebook's target; a mean stands for itself, a range spans all codes.
double targetOf(const FormatSpec& spec, const Codebook& book)
{
    switch (spec.scale.statistic) {
    case ScaleStatistic::Maximum:
        return book.target();
    case ScaleStatistic::Range:
        return static_cast<double>(book.codeCount() - 1);
    default:
        return book.element().target.value_or(1.0);
    }
}

/// The scale before it is rounded to the codec, with the operation order of each implementation (mx_family 6.1).
double idealScale(const FormatSpec& spec, const TensorScale& tensorScale, double blockMaximum, const Codebook& book,
    std::size_t target)
{
    if (spec.scale.clipKind == ClipKind::Bias && !spec.scale.clips.empty())
        return biasedScale(blockMaximum, book, spec.scale.clips[target]) / tensorScale.value;
    const Arithmetic arithmetic = spec.arithmetic;
    const auto round = [arithmetic](double value) { return roundAs(arithmetic, value); };
    const double clip = spec.scale.clips.empty() ? 1.0 : spec.scale.clips[target];
    const double own = spec.scale.targets.empty() ? targetOf(spec, book) : spec.scale.targets[target];
    const double firstTarget = spec.scale.targets.empty() ? own : spec.scale.targets.front();
    switch (arithmetic) {
    case Arithmetic::TransformerEngineFolded: {
        const double base = round(blockMaximum * round(tensorScale.encode * round(1.0 / firstTarget)));
        return round(base * round(firstTarget / own));
    }
    case Arithmetic::TransformerEngine: {
        const double base = round(round(blockMaximum / firstTarget) * tensorScale.encode);
        return round(base * round(firstTarget / own));
    }
    case Arithmetic::ModelOpt:
        return round(blockMaximum / round(own * tensorScale.value));
    default:
        return round(round(clip * blockMaximum / own) / tensorScale.value);
    }
}

std::optional<double> reciprocalOf(const FormatSpec& spec, const TensorScale& tensorScale, double stored)
{
    const auto round = [&spec](double value) { return roundAs(spec.arithmetic, value); };
    std::optional<double> reciprocal;
    if (spec.arithmetic == Arithmetic::TransformerEngine || spec.arithmetic == Arithmetic::TransformerEngineFolded)
        reciprocal = round(1.0 / round(stored * tensorScale.decode));
    else if (spec.arithmetic == Arithmetic::Torchao)
        reciprocal = round(round(1.0 / tensorScale.value) / stored);
    if (reciprocal && !std::isfinite(*reciprocal))
        reciprocal = 0.0;
    return reciprocal;
}

}  // namespace

int sharedExponent(double blockMaximum, ScaleRule rule, const Codebook& book)
{
    if (!(blockMaximum > 0))
        return kExponentOfZero;
    const int floor = floorLog2(blockMaximum);
    switch (rule) {
    case ScaleRule::Floor:
    case ScaleRule::Maximum:
        return floor - book.largestExponent();
    case ScaleRule::Ceil:
        return ceilLog2(blockMaximum) - book.largestExponent();
    case ScaleRule::RoundCeil: {
        const int exponent = floor - book.largestExponent();
        return blockMaximum > std::ldexp(book.largest(), exponent) ? exponent + 1 : exponent;
    }
    case ScaleRule::Even: {
        const int mantissaBits = book.element().kind == BookKind::Float ? book.element().mantissaBits : 0;
        const double mantissa = std::ldexp(blockMaximum, -floor);
        const bool roundsUp = mantissa >= 2.0 - std::ldexp(1.0, -(mantissaBits + 1));
        return (roundsUp ? floor + 1 : floor) - book.largestExponent();
    }
    case ScaleRule::RoundMaximum:
        return roundLog2(blockMaximum / book.largest());
    case ScaleRule::RoundPower:
        return roundLog2(blockMaximum) - book.largestExponent();
    }
    return floor - book.largestExponent();
}

SharedScale sharedScaleFor(const FormatSpec& spec, const ScaleCodec& codec, const TensorScale& tensorScale,
    const BlockFigure& figure, const Codebook& first, const Codebook& book, std::size_t offset, std::size_t target)
{
    if (codec.isPowerOfTwo())
        return powerOfTwoScale(spec, codec, tensorScale, figure.maximum, first, book, offset);
    // Zero stays zero: with a tiny tensor maximum the reciprocal of its scale is infinite and the product would be NaN.
    double ideal = figure.value > 0 ? idealScale(spec, tensorScale, figure.value, book, target) : 0.0;
    if (spec.scale.minimum)
        ideal = std::max(ideal, *spec.scale.minimum);
    if (spec.scale.maximum)
        ideal = std::min(ideal, *spec.scale.maximum);
    const bool isConstant = spec.offset && figure.maximum > 0;  // no range, but not zero: the offset says it all
    if (!(figure.value > 0) && (isConstant || spec.scale.zero == ZeroScale::One))
        ideal = 1.0;
    SharedScale scale;
    scale.stored = codec.encode(ideal);
    if (ideal > 0 && scale.stored.value == 0.0 && isFloatCodec(codec.id()))  // a block that is not zero has a scale
        scale.stored = {1, codec.decode(1)};
    scale.real = realScale(spec, scale.stored.value, tensorScale);
    if (spec.scale.encodesIdeal && ideal > 0)  // nothing can be divided by the scale of an all-zero block
        scale.encode = ideal * tensorScale.value;
    scale.reciprocal = reciprocalOf(spec, tensorScale, scale.stored.value);
    return scale;
}

}  // namespace nanoscope
