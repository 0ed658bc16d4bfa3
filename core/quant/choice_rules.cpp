#include "core/quant/choice_rules.h"

#include "core/quant/exact_exponent.h"

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

std::size_t nearestIn(std::span<const double> grid, double value)
{
    std::size_t nearest = 0;
    for (std::size_t i = 1; i < grid.size(); ++i)
        if (std::fabs(grid[i] - value) < std::fabs(grid[nearest] - value))
            nearest = i;
    return nearest;
}

}  // namespace

std::size_t mxffpBook(std::span<const double> values, double scale, const Codebook& first)
{
    const int top = floorLog2(scale) + first.largestExponent();
    long atTop = 0;
    long below = 0;
    for (const double value : values) {
        const int relative = floorLog2(std::fabs(value)) - top;
        atTop += relative == 0 ? 1 : 0;
        below += relative == -2 || relative == -3 ? 1 : 0;
    }
    return atTop * atTop > below ? 1 : 0;
}

std::size_t derivedMicro(
    MicroRule rule, std::span<const double> grid, double blockMaximum, double scale, const Codebook& book)
{
    const bool zero = !(blockMaximum > 0);
    const double ratio = zero ? 1.0 : blockMaximum / (scale * book.largest());
    const double mantissa = zero ? 1.0 : std::ldexp(blockMaximum, -floorLog2(blockMaximum));
    switch (rule) {
    case MicroRule::MaximumRound:
        return nearestIn(grid, ratio);
    case MicroRule::MaximumCeil: {
        // A maximum that overshoots a step by rounding only still takes that step.
        constexpr double kRounding = 1e-12;
        const auto above = std::lower_bound(grid.begin(), grid.end(), ratio - kRounding);
        return std::min(static_cast<std::size_t>(above - grid.begin()), grid.size() - 1);
    }
    case MicroRule::MantissaFloor:
        return static_cast<std::size_t>(std::upper_bound(grid.begin(), grid.end(), mantissa) - grid.begin()) - 1;
    default:
        return nearestIn(grid, mantissa);
    }
}

std::size_t microexponent(double blockMaximum, std::span<const double> subgroup, std::size_t last)
{
    double maximum = 0.0;
    for (const double value : subgroup)
        maximum = std::max(maximum, std::fabs(value));
    const int drop = floorLog2(blockMaximum) - floorLog2(maximum);
    return static_cast<std::size_t>(std::clamp(drop, 0, static_cast<int>(last)));
}

}  // namespace nanoscope
