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

/// One target per block, or two that are tried.
bool hasKnownTargets(const FormatSpec& spec)
{
    if (spec.arithmetic == Arithmetic::TransformerEngineFolded)
        return spec.scale.targets.empty();
    return spec.arithmetic == Arithmetic::TransformerEngine && spec.scale.targets.size() == NvFormat::kTargets
        && spec.objective == Objective::SquaredError;
}

bool isScaledToTargets(ScaleSpec scale)
{
    scale.targets.clear();
    return isScaledByMaximum(scale, ScaleCodecId::E4M3);
}

}  // namespace

std::optional<NvFormat> nvFormatOf(const FormatSpec& spec, const TensorParameters& parameters)
{
    constexpr double kLargestE4M3 = 448.0;
    const ElementBook& element = spec.elements.front();
    if (!isPlainFormat(spec) || !spec.tensorScale || spec.tensorScale->codec != TensorScaleCodec::FP32
        || !hasKnownTargets(spec) || spec.tie != TieRule::Even || spec.geometry.block != 16
        || !isScaledToTargets(spec.scale) || spec.scale.maximum.value_or(kLargestE4M3) != kLargestE4M3
        || spec.scale.zero != ZeroScale::Smallest || !isE2M1(element))
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
    format.searches = !spec.scale.targets.empty();
    if (format.searches) {
        const double first = spec.scale.targets.front();
        format.firstTarget = static_cast<float>(first);
        format.encode = static_cast<float>(scale.encode);
        for (std::size_t target = 0; target < NvFormat::kTargets; ++target)
            format.overTarget[target] = static_cast<float>(first / spec.scale.targets[target]);
    }
    return format;
}

void takeTargets(ChunkSums& sums)
{
    for (std::size_t target = 0; target < NvFormat::kTargets; ++target)
        sums.choices.targets[target] += sums.bySlot.blocks[target];
    sums.bySlot = {};
}

}  // namespace nanoscope
