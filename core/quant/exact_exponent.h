#pragma once

#include <cmath>

namespace nanoscope {

/// Exponent that stands for that of zero: below every other, and still safe to add to.
inline constexpr int kExponentOfZero = -1000000;

/// floor(log2 a) without a logarithm, exact for every finite a >= 0 (mx_family 0.1); kExponentOfZero for 0.
[[nodiscard]] inline int floorLog2(double a)
{
    if (!(a > 0))
        return kExponentOfZero;
    int exponent = 0;
    std::frexp(a, &exponent);
    return exponent - 1;
}

/// ceil(log2 a), exact; kExponentOfZero for 0.
[[nodiscard]] inline int ceilLog2(double a)
{
    if (!(a > 0))
        return kExponentOfZero;
    int exponent = 0;
    return std::frexp(a, &exponent) == 0.5 ? exponent - 1 : exponent;
}

/// log2 a rounded to the nearest integer; the threshold sqrt(2) is irrational, so nothing ties.
[[nodiscard]] inline int roundLog2(double a)
{
    if (!(a > 0))
        return kExponentOfZero;
    int exponent = 0;
    return std::frexp(a, &exponent) > std::sqrt(0.5) ? exponent : exponent - 1;
}

}  // namespace nanoscope
