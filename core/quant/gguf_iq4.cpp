#include "core/quant/gguf_iq4.h"

#include "core/quant/gguf_arithmetic.h"

namespace nanoscope {
namespace {

/// Elements from which the upper of two neighbouring levels is taken: halfway, which a float holds exactly.
constexpr std::array<float, 15> thresholds()
{
    std::array<float, 15> halfway{};
    for (std::size_t i = 0; i < halfway.size(); ++i)
        halfway[i] = (kIq4Levels[i] + kIq4Levels[i + 1]) / 2.0F;
    return halfway;
}

constexpr std::array<float, 15> kThresholds = thresholds();

/// Level of iq4Code(scaled). Steps of one sign add up exactly; without a branch the loop over a block is vectorized.
float nearestLevel(float scaled)
{
    float level = kIq4Levels[0];
    for (std::size_t i = 0; i < kThresholds.size(); ++i)
        level += scaled >= kThresholds[i] ? kIq4Levels[i + 1] - kIq4Levels[i] : 0.0F;
    return level;
}

/// Sums of the weighted least-squares fit of x ~ scale * level.
struct FitSums {
    float levelTimesValue = 0.0F;
    float levelSquared = 0.0F;
};

FitSums sumsFor(std::span<const float, kIq4Block> values, const std::array<float, kIq4Block>& weights, float inverse)
{
    std::array<float, kIq4Block> levels;
    for (std::size_t i = 0; i < kIq4Block; ++i)
        levels[i] = nearestLevel(inverse * values[i]);
    FitSums sums;
    for (std::size_t i = 0; i < kIq4Block; ++i) {
        const float weighted = weights[i] * levels[i];
        sums.levelTimesValue += weighted * values[i];
        sums.levelSquared += weighted * levels[i];
    }
    return sums;
}

}  // namespace

std::uint32_t iq4Code(float scaled)
{
    std::uint32_t code = 0;
    for (const float threshold : kThresholds)
        code += scaled >= threshold ? 1U : 0U;
    return code;
}

float fitIq4Scale(std::span<const float, kIq4Block> values)
{
    constexpr int kTries = 7;
    const float extreme = signedExtreme(values);
    if (std::fabs(extreme) < kGgufSmallest)
        return 0.0F;
    std::array<float, kIq4Block> weights;
    for (std::size_t i = 0; i < kIq4Block; ++i)
        weights[i] = values[i] * values[i];

    const FitSums first = sumsFor(values, weights, 1.0F / (-extreme / kIq4Levels[0]));
    float scale = first.levelSquared > 0.0F ? first.levelTimesValue / first.levelSquared : 0.0F;
    float best = scale * first.levelTimesValue;
    for (int t = -kTries; t <= kTries; ++t) {
        const FitSums sums = sumsFor(values, weights, (static_cast<float>(t) + kIq4Levels[0]) / extreme);
        if (sums.levelSquared > 0.0F && sums.levelTimesValue * sums.levelTimesValue > best * sums.levelSquared) {
            scale = sums.levelTimesValue / sums.levelSquared;
            best = scale * sums.levelTimesValue;
        }
    }
    return finiteOrZero(scale);
}

}  // namespace nanoscope
