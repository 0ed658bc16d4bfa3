#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

namespace nanoscope {

// float32 steps that the GGUF types share. Each result is rounded where the reference rounds it; the build keeps
// multiplications and additions apart (-ffp-contract=off).

/// Blocks whose largest magnitude is below this are zero to the searches.
inline constexpr float kGgufSmallest = 1e-15F;

/// `value` limited to `low` .. `high`; not a number gives `low`.
[[nodiscard]] inline float limited(float value, float low, float high)
{
    const float raised = value > low ? value : low;
    return raised < high ? raised : high;
}

/// Nearest integer, ties to even, limited to integers `low` .. `high` of at most 2^21; not a number gives `low`.
/// Limiting first gives the same integer and keeps the sum below within a float's integers.
[[nodiscard]] inline float roundedEven(float value, float low, float high)
{
    constexpr float kShift = 12582912.0F;  // 1.5 * 2^23: the sum's last place is 1
    return (limited(value, low, high) + kShift) - kShift;
}

/// 1 / scale, or 0 where that is no number: elements then count as zero.
[[nodiscard]] inline float ggufInverse(float scale)
{
    const float inverse = 1.0F / scale;
    return std::isfinite(inverse) ? inverse : 0.0F;
}

/// `value`, or 0 where sums overflowed.
[[nodiscard]] inline float finiteOrZero(float value)
{
    return std::isfinite(value) ? value : 0.0F;
}

/// The first element of largest magnitude, with its sign. @pre not empty
[[nodiscard]] inline float signedExtreme(std::span<const float> values)
{
    float extreme = values[0];
    for (const float value : values)
        if (std::fabs(value) > std::fabs(extreme))
            extreme = value;
    return extreme;
}

/// Scale and minimum of one sub-block (or block) as decoding sees them: x^ = scale * level - minimum, in float32.
struct GgufUnit {
    float scale = 0.0F;
    float minimum = 0.0F;
};

}  // namespace nanoscope
