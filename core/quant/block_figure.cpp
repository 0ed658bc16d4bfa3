#include "core/quant/block_figure.h"

#include "core/quant/reference_sum.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace nanoscope {
namespace {

// Ternary Weight Networks, arXiv 1605.04711: the commonly used 0.7; section 2.3 of the current version says 0.75.
constexpr double kSurvivorShare = 0.7;

double meanAbsolute(std::span<const double> values)
{
    double sum = 0.0;
    for (const double value : values)
        sum += std::fabs(value);
    return values.empty() ? 0.0 : sum / static_cast<double>(values.size());
}

double meanAbove(std::span<const double> values, double threshold)
{
    double sum = 0.0;
    double count = 0.0;
    for (const double value : values)
        if (std::fabs(value) > threshold) {
            sum += std::fabs(value);
            count += 1.0;
        }
    return count > 0 ? sum / count : 0.0;
}

}  // namespace

BlockFigure figureOf(const FormatSpec& spec, std::span<const double> values)
{
    BlockFigure figure;
    for (const double value : values)
        figure.maximum = std::max(figure.maximum, std::fabs(value));
    figure.value = figure.maximum;
    switch (spec.scale.statistic) {
    case ScaleStatistic::Maximum:
        break;
    case ScaleStatistic::Range:
        if (!values.empty()) {
            const auto [lowest, highest] = std::minmax_element(values.begin(), values.end());
            figure.lowest = *lowest;
            figure.highest = *highest;
        }
        if (spec.offset && spec.offset->includeZero) {
            figure.lowest = std::min(figure.lowest, 0.0);
            figure.highest = std::max(figure.highest, 0.0);
        }
        figure.value = figure.highest - figure.lowest;
        break;
    case ScaleStatistic::MeanAbsolute:
        figure.value = meanAbsolute(values);
        break;
    case ScaleStatistic::Survivors:
        figure.survivorThreshold = kSurvivorShare * meanAbsolute(values);
        figure.value = meanAbove(values, figure.survivorThreshold);
        break;
    }
    return figure;
}

}  // namespace nanoscope
