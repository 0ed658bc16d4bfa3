#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace nanoscope {

/// @name One pair (real, imaginary) and the four phases that it can become; parts of phase_encoder.h
/// @{

/// A complex number, or the residual of one.
struct Pair {
    double re = 0.0;
    double im = 0.0;
};

/// In the order of their packed codes.
enum class Phase : std::uint32_t { One, I, MinusOne, MinusI };

/// Nearest phase by angle; each sector holds its first border.
[[nodiscard]] inline Phase phaseOf(Pair pair)
{
    const double re = pair.re;
    const double im = pair.im;
    if (re > 0 && im >= -re && im < re)
        return Phase::One;
    if (im > 0 && re <= im && re > -im)
        return Phase::I;
    if (re < 0 && im <= -re && im > re)
        return Phase::MinusOne;
    if (im < 0 && re >= im && re < -im)
        return Phase::MinusI;
    return Phase::One;  // zero
}

[[nodiscard]] inline bool isReal(Phase phase)
{
    return phase == Phase::One || phase == Phase::MinusOne;
}

/// The scales of one stage in one half of the matrix.
struct PairScale {
    double re = 0.0;
    double im = 0.0;
};

/// The number that a phase stands for.
[[nodiscard]] inline Pair valueOf(Phase phase, const PairScale& scale)
{
    switch (phase) {
    case Phase::One:
        return {scale.re, 0.0};
    case Phase::I:
        return {0.0, scale.im};
    case Phase::MinusOne:
        return {-scale.re, 0.0};
    case Phase::MinusI:
        return {0.0, -scale.im};
    }
    return {};
}

/// What the first `stages` stages leave of a pair.
[[nodiscard]] inline Pair residualAfter(Pair pair, std::span<const PairScale> stages)
{
    Pair sum;
    for (const PairScale& scale : stages) {
        const Pair value = valueOf(phaseOf({pair.re - sum.re, pair.im - sum.im}), scale);
        sum = {sum.re + value.re, sum.im + value.im};
    }
    return {pair.re - sum.re, pair.im - sum.im};
}

/// Bits of one stage in the code of an element: 00 nothing, 01 plus, 11 minus.
inline constexpr int kTritBits = 2;
inline constexpr std::uint32_t kPlus = 1;
inline constexpr std::uint32_t kMinus = 3;

/// Two bits of a stage in the codes of both elements of a pair.
struct PairTrits {
    std::uint32_t re = 0;
    std::uint32_t im = 0;
};

[[nodiscard]] inline PairTrits tritsOf(Phase phase)
{
    const std::uint32_t trit = phase == Phase::One || phase == Phase::I ? kPlus : kMinus;
    return isReal(phase) ? PairTrits{trit, 0} : PairTrits{0, trit};
}

[[nodiscard]] inline Phase phaseOf(PairTrits trits)
{
    if (trits.im == kPlus)
        return Phase::I;
    if (trits.im == kMinus)
        return Phase::MinusI;
    return trits.re == kMinus ? Phase::MinusOne : Phase::One;
}

[[nodiscard]] inline std::uint32_t tritAt(std::uint32_t code, std::size_t stage)
{
    return code >> (kTritBits * static_cast<int>(stage)) & 3U;
}

[[nodiscard]] inline double signOf(std::uint32_t trit)
{
    return trit == kPlus ? 1.0 : trit == kMinus ? -1.0 : 0.0;
}

/// @}

}  // namespace nanoscope
