#include "core/quant/gguf_legacy.h"

#include "core/quant/gguf_arithmetic.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nanoscope {
namespace {

constexpr float kLargest = std::numeric_limits<float>::max();

/// Nearest integer below 2^22, halves away from zero, by a float32 addition of a half as the reference does it.
int roundedAway(float value)
{
    const int magnitude = static_cast<int>(std::fabs(value) + 0.5F);
    return value < 0.0F ? -magnitude : magnitude;
}

}  // namespace

LegacyScale encodeSignedExtreme(std::span<const float> values, int bits, const LegacyTarget& target)
{
    const auto half = static_cast<float>(1 << (bits - 1));
    const float scale = signedExtreme(values) / -half;
    const float inverse = ggufInverse(scale);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const float scaled = values[i] * inverse;
        target.scaled[i] = static_cast<double>(scaled);
        target.codes[i] = static_cast<std::uint32_t>(
            static_cast<std::int32_t>(limited(scaled + (half + 0.5F), 0.0F, 2.0F * half - 1.0F)));
    }
    return {scale, 0.0F};
}

LegacyScale encodeRange(std::span<const float> values, int bits, const LegacyTarget& target)
{
    const auto top = static_cast<float>((1 << bits) - 1);
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const float minimum = *low;
    const float scale = std::min(*high - minimum, kLargest) / top;  // the range of huge elements may overflow
    const float inverse = ggufInverse(scale);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const float scaled = std::min(values[i] - minimum, kLargest) * inverse;
        target.scaled[i] = static_cast<double>(scaled);
        target.codes[i] = static_cast<std::uint32_t>(static_cast<std::int32_t>(limited(scaled + 0.5F, 0.0F, top)));
    }
    return {scale, minimum};
}

LegacyScale encodeMaximum(std::span<const float> values, float top, int shift, const LegacyTarget& target)
{
    const float scale = std::fabs(signedExtreme(values)) / top;
    const float inverse = ggufInverse(scale);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const float scaled = values[i] * inverse;
        target.scaled[i] = static_cast<double>(scaled);
        target.codes[i] = static_cast<std::uint32_t>(roundedAway(scaled) + shift) & 0xFFU;
    }
    return {scale, 0.0F};
}

LegacyScale encodeMeanSign(std::span<const float> values, const LegacyTarget& target)
{
    float sum = 0.0F;
    for (const float value : values)
        sum += std::fabs(value);
    const float scale = std::min(sum, kLargest) / static_cast<float>(values.size());
    const float inverse = ggufInverse(scale);
    for (std::size_t i = 0; i < values.size(); ++i) {
        target.scaled[i] = static_cast<double>(values[i] * inverse);
        target.codes[i] = values[i] >= 0.0F ? 1U : 0U;
    }
    return {scale, 0.0F};
}

}  // namespace nanoscope
