#include "core/quant/gguf_k_fit.h"

#include "core/quant/gguf_arithmetic.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace nanoscope {
namespace {

/// Sums of a weighted least-squares line through (code, value).
struct LineSums {
    float code = 0.0F;
    float codeSquared = 0.0F;
    float codeTimesValue = 0.0F;
};

/// Codes of a trial scale, limited to 0 .. top.
template <std::size_t n>
void proposeCodes(
    std::array<float, n>& codes, std::span<const float, n> values, float inverse, float minimum, float top)
{
    for (std::size_t i = 0; i < n; ++i)
        codes[i] = roundedEven(inverse * (values[i] - minimum), 0.0F, top);
}

template <std::size_t n>
float weightedError(const std::array<float, n>& codes, std::span<const float, n> values,
    std::span<const float, n> weights, float scale, float minimum, AffineError kind)
{
    std::array<float, n> terms;
    for (std::size_t i = 0; i < n; ++i) {
        const float difference = ((scale * codes[i]) + minimum) - values[i];
        terms[i] = weights[i] * (kind == AffineError::Absolute ? std::fabs(difference) : difference * difference);
    }
    float sum = 0.0F;
    for (const float term : terms)
        sum += term;
    return sum;
}

template <std::size_t n>
LineSums lineSums(
    const std::array<float, n>& codes, std::span<const float, n> values, std::span<const float, n> weights)
{
    LineSums sums;
    for (std::size_t i = 0; i < n; ++i) {
        const float weighted = weights[i] * codes[i];
        sums.code += weighted;
        sums.codeSquared += weighted * codes[i];
        sums.codeTimesValue += weighted * values[i];
    }
    return sums;
}

/// Sums of the weighted least-squares fit of x ~ scale * code.
struct ScaleSums {
    float codeTimesValue = 0.0F;
    float codeSquared = 0.0F;
};

using SignedCodes = std::array<float, kSignedSub>;

ScaleSums scaleSums(const SignedCodes& codes, std::span<const float, kSignedSub> values, const SignedCodes& weights)
{
    ScaleSums sums;
    for (std::size_t i = 0; i < kSignedSub; ++i) {
        sums.codeTimesValue += (weights[i] * values[i]) * codes[i];
        sums.codeSquared += (weights[i] * codes[i]) * codes[i];
    }
    return sums;
}

SignedCodes squaresOf(std::span<const float, kSignedSub> values)
{
    SignedCodes squares;
    for (std::size_t i = 0; i < kSignedSub; ++i)
        squares[i] = values[i] * values[i];
    return squares;
}

SignedCodes signedCodes(std::span<const float, kSignedSub> values, float inverse, float low, float high)
{
    SignedCodes codes;
    for (std::size_t i = 0; i < kSignedSub; ++i)
        codes[i] = roundedEven(inverse * values[i], low, high);
    return codes;
}

constexpr float kQ3Low = -4.0F;
constexpr float kQ3High = 3.0F;

/// Moves code `i` of a Q3_K fit to where the others want it, if the fit gets better.
bool improveCode(float& code, float value, float weight, ScaleSums& sums)
{
    const float weightedValue = weight * value;
    const float valueOthers = sums.codeTimesValue - weightedValue * code;
    if (!(valueOthers > 0.0F))
        return false;
    const float squareOthers = sums.codeSquared - (weight * code) * code;
    const float moved = roundedEven((value * squareOthers) / valueOthers, kQ3Low, kQ3High);
    const ScaleSums trial{valueOthers + weightedValue * moved, squareOthers + (weight * moved) * moved};
    const bool better = moved != code && trial.codeSquared > 0.0F
        && (trial.codeTimesValue * trial.codeTimesValue) * sums.codeSquared
            > (sums.codeTimesValue * sums.codeTimesValue) * trial.codeSquared;
    if (better) {
        code = moved;
        sums = trial;
    }
    return better;
}

}  // namespace

template <std::size_t n>
AffineFit fitAffine(std::span<const float, n> values, std::span<const float, n> weights, const AffineGrid& grid)
{
    float minimum = std::min(*std::min_element(values.begin(), values.end()), 0.0F);
    const float maximum = *std::max_element(values.begin(), values.end());
    if (maximum == minimum)
        return {0.0F, -minimum};
    float sumWeights = 0.0F;
    float sumValues = 0.0F;
    for (std::size_t i = 0; i < n; ++i) {
        sumWeights += weights[i];
        sumValues += weights[i] * values[i];
    }
    std::array<float, n> codes;
    const float inverse = grid.top / (maximum - minimum);
    float scale = 1.0F / inverse;
    proposeCodes(codes, values, inverse, minimum, grid.top);
    float error = weightedError(codes, values, weights, scale, minimum, grid.error);
    for (int k = 0; k <= grid.steps; ++k) {
        const float trial = ((grid.first + 0.1F * static_cast<float>(k)) + grid.top) / (maximum - minimum);
        proposeCodes(codes, values, trial, minimum, grid.top);
        const LineSums sums = lineSums(codes, values, weights);
        const float determinant = sumWeights * sums.codeSquared - sums.code * sums.code;
        if (!(determinant > 0.0F))
            continue;
        float trialScale = (sumWeights * sums.codeTimesValue - sumValues * sums.code) / determinant;
        float trialMinimum = (sums.codeSquared * sumValues - sums.code * sums.codeTimesValue) / determinant;
        if (trialMinimum > 0.0F) {
            trialMinimum = 0.0F;
            trialScale = sums.codeTimesValue / sums.codeSquared;
        }
        const float trialError = weightedError(codes, values, weights, trialScale, trialMinimum, grid.error);
        if (trialError < error) {
            error = trialError;
            scale = trialScale;
            minimum = trialMinimum;
        }
    }
    return {finiteOrZero(scale), -minimum};
}

template AffineFit fitAffine<16>(std::span<const float, 16>, std::span<const float, 16>, const AffineGrid&);
template AffineFit fitAffine<32>(std::span<const float, 32>, std::span<const float, 32>, const AffineGrid&);

float fitQ6Scale(std::span<const float, kSignedSub> values)
{
    constexpr int kTries = 9;
    const float extreme = signedExtreme(values);
    if (std::fabs(extreme) < kGgufSmallest)
        return 0.0F;
    const SignedCodes weights = squaresOf(values);
    const ScaleSums first = scaleSums(signedCodes(values, -32.0F / extreme, -32.0F, 31.0F), values, weights);
    float scale = first.codeSquared != 0.0F ? first.codeTimesValue / first.codeSquared : 0.0F;
    float best = scale * first.codeTimesValue;
    for (int t = -kTries; t <= kTries; ++t) {
        if (t == 0)
            continue;
        const float inverse = -(32.0F + 0.1F * static_cast<float>(t)) / extreme;
        const ScaleSums sums = scaleSums(signedCodes(values, inverse, -32.0F, 31.0F), values, weights);
        if (sums.codeSquared > 0.0F && sums.codeTimesValue * sums.codeTimesValue > best * sums.codeSquared) {
            scale = sums.codeTimesValue / sums.codeSquared;
            best = scale * sums.codeTimesValue;
        }
    }
    return finiteOrZero(scale);
}

float fitQ3Scale(std::span<const float, kSignedSub> values, std::span<float, kSignedSub> codes)
{
    constexpr int kRounds = 5;
    const float extreme = signedExtreme(values);
    const SignedCodes weights = squaresOf(values);
    SignedCodes fitted{};
    if (const float inverse = kQ3Low / extreme; std::isfinite(inverse))
        fitted = signedCodes(values, inverse, kQ3Low, kQ3High);
    ScaleSums sums = scaleSums(fitted, values, weights);
    for (int round = 0; round < kRounds; ++round) {
        bool changed = false;
        for (std::size_t i = 0; i < kSignedSub; ++i)
            changed = improveCode(fitted[i], values[i], weights[i], sums) || changed;
        if (!changed)
            break;
    }
    std::copy(fitted.begin(), fitted.end(), codes.begin());
    if (std::fabs(extreme) < kGgufSmallest || !(sums.codeSquared > 0.0F))
        return 0.0F;
    return finiteOrZero(sums.codeTimesValue / sums.codeSquared);
}

}  // namespace nanoscope
