#include "widgets/nice_ticks.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace nanoscope {

namespace {

constexpr std::array<double, 3> kMantissas{1.0, 2.0, 5.0};
constexpr double kSlack = 1e-9;  // relative: a tick on the edge of the range counts in spite of rounding

/// mantissa * 10^exponent, rounded once: 10^-n is no double, 10^n is.
double scaledByTen(double mantissa, int exponent)
{
    return exponent >= 0 ? mantissa * std::pow(10.0, exponent) : mantissa / std::pow(10.0, -exponent);
}

int decimalExponent(double value)
{
    return static_cast<int>(std::floor(std::log10(value) + kSlack));
}

double multipleOf(double mantissa, int exponent, double index)
{
    return exponent >= 0 ? index * mantissa * std::pow(10.0, exponent) : index * mantissa / std::pow(10.0, -exponent);
}

}  // namespace

NiceTicks niceTicks(double lowest, double highest, int most)
{
    NiceTicks ticks;
    if (!(highest > lowest) || most < 1 || !std::isfinite(highest - lowest))
        return ticks;
    const double slack = (highest - lowest) * kSlack;
    int exponent = decimalExponent((highest - lowest) / most) - 1;
    for (;; ++exponent) {
        for (const double mantissa : kMantissas) {
            const double step = scaledByTen(mantissa, exponent);
            const double first = std::ceil((lowest - slack) / step);
            const double last = std::floor((highest + slack) / step);
            if (last - first + 1 > most)
                continue;
            ticks.step = step;
            ticks.decimals = std::max(0, -exponent);
            for (double index = first; index <= last; ++index)
                ticks.values.push_back(multipleOf(mantissa, exponent, index) + 0.0);  // + 0.0: no negative zero
            return ticks;
        }
    }
}

std::vector<double> logTicks(double lowest, double highest, int most)
{
    std::vector<double> ticks;
    if (!(lowest > 0) || !(highest > lowest) || most < 1 || !std::isfinite(highest))
        return ticks;
    const int first = decimalExponent(lowest);
    const int last = decimalExponent(highest) + 1;
    const auto collect = [&](std::vector<double> mantissas, int stride) {
        ticks.clear();
        for (int exponent = first; exponent <= last; ++exponent) {
            if (((exponent % stride) + stride) % stride != 0)
                continue;
            for (const double mantissa : mantissas) {
                const double value = scaledByTen(mantissa, exponent);
                if (value >= lowest * (1 - kSlack) && value <= highest * (1 + kSlack))
                    ticks.push_back(value);
            }
        }
        return ticks.size() <= static_cast<std::size_t>(most);
    };
    if (collect({1, 2, 5}, 1) || collect({1, 3}, 1))
        return ticks;
    for (int stride = 1; !collect({1}, stride); ++stride) { }
    return ticks;
}

double niceCeiling(double value)
{
    for (int exponent = decimalExponent(value);; ++exponent)
        for (const double mantissa : kMantissas)
            if (scaledByTen(mantissa, exponent) >= value * (1 - kSlack))
                return scaledByTen(mantissa, exponent);
}

double niceFloor(double value)
{
    for (int exponent = decimalExponent(value);; --exponent)
        for (auto mantissa = kMantissas.rbegin(); mantissa != kMantissas.rend(); ++mantissa)
            if (scaledByTen(*mantissa, exponent) <= value * (1 + kSlack))
                return scaledByTen(*mantissa, exponent);
}

}  // namespace nanoscope
