#include "core/fast/real_scale.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nanoscope {
namespace {

/// Mantissa bits, smallest normal exponent and largest number of a codec.
struct FloatCodec {
    int mantissaBits = 0;
    int smallestNormal = 0;
    double largest = 0.0;
};

std::optional<FloatCodec> floatCodecOf(const ScaleCodec& codec)
{
    const auto minifloat = [&codec](int mantissaBits, int smallestNormal) {
        const double largest = codec.encode(std::numeric_limits<double>::max()).value;  // codecs saturate
        return FloatCodec{mantissaBits, smallestNormal, largest};
    };
    switch (codec.id()) {
    case ScaleCodecId::E4M3:
        return minifloat(3, -6);
    case ScaleCodecId::UE5M3:
        return minifloat(3, -14);
    case ScaleCodecId::E5M2:
        return minifloat(2, -14);
    case ScaleCodecId::E3M3:
        return minifloat(3, -2);
    case ScaleCodecId::FP16:
        return minifloat(10, -14);
    case ScaleCodecId::BF16:
        return minifloat(7, -126);
    default:
        return std::nullopt;
    }
}

/// As idealScale() of shared_scale.cpp has them.
void fillSteps(RealScale& scale, const FormatSpec& spec, const TensorScale& tensorScale, double own)
{
    const auto round = [&spec](double value) { return roundAs(spec.arithmetic, value); };
    const auto add = [&scale](bool divides, double by) {
        int exponent = 0;
        const bool isPower = std::frexp(by, &exponent) == 0.5;  // multiplying by 1 / by is then the same, and faster
        if (by != 1.0)
            scale.steps[scale.stepCount++] = {divides && !isPower, divides && isPower ? 1.0 / by : by};
    };
    switch (spec.arithmetic) {
    case Arithmetic::TransformerEngineFolded:
        add(false, round(tensorScale.encode * round(1.0 / own)));
        return;
    case Arithmetic::TransformerEngine:
        add(true, own);
        add(false, tensorScale.encode);
        return;
    case Arithmetic::ModelOpt:
        add(true, round(own * tensorScale.value));
        return;
    default:
        add(true, own);
        add(true, tensorScale.value);
    }
}

}  // namespace

std::optional<RealScale> realScaleOf(
    const FormatSpec& spec, const ScaleCodec& codec, const TensorScale& tensorScale, const Codebook& book)
{
    const std::optional<FloatCodec> stored = floatCodecOf(codec);
    const ScaleSpec& rule = spec.scale;
    if (!stored || rule.statistic != ScaleStatistic::Maximum || !rule.clips.empty() || rule.targets.size() > 1
        || rule.encodesIdeal)
        return std::nullopt;
    RealScale scale;
    fillSteps(scale, spec, tensorScale, rule.targets.empty() ? book.target() : rule.targets.front());
    scale.mantissaBits = stored->mantissaBits;
    scale.smallestNormal = stored->smallestNormal;
    scale.smallest = rule.minimum.value_or(0.0);
    scale.largest = std::min(rule.maximum.value_or(stored->largest), stored->largest);
    scale.isNeverZero = codec.id() == ScaleCodecId::FP16 || codec.id() == ScaleCodecId::BF16;
    scale.roundsToFloat = spec.arithmetic != Arithmetic::Exact;
    scale.roundsProduct = spec.arithmetic == Arithmetic::Float32 || spec.arithmetic == Arithmetic::ModelOpt;
    scale.tensorScale = tensorScale.value;
    switch (spec.arithmetic) {
    case Arithmetic::TransformerEngine:
    case Arithmetic::TransformerEngineFolded:
        scale.multiplies = true;
        scale.reciprocalFactor = tensorScale.decode;
        break;
    case Arithmetic::Torchao:
        scale.multiplies = true;
        scale.reciprocalNumerator = roundAs(spec.arithmetic, 1.0 / tensorScale.value);
        break;
    default:
        break;
    }
    return scale;
}

}  // namespace nanoscope
