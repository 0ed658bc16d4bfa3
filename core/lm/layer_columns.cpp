#include "core/lm/layer_columns.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nanoscope {

std::size_t LayerColumn::sensitivitiesKnown() const
{
    return static_cast<std::size_t>(std::count_if(
        sensitivities.begin(), sensitivities.end(), [](const auto& change) { return change.has_value(); }));
}

bool LayerColumn::isComplete(LayerFigures wanted) const
{
    if (wanted == LayerFigures::None || !error.empty())
        return true;
    return !errors.empty() && (wanted == LayerFigures::Errors || sensitivitiesKnown() == errors.size());
}

std::vector<std::size_t> worstLayersFirst(const std::vector<LayerColumn>& columns)
{
    std::vector<double> worst;
    for (const LayerColumn& column : columns) {
        worst.resize(std::max(worst.size(), column.errors.size()), 0.0);
        for (std::size_t i = 0; i < column.errors.size(); ++i) {
            const LayerError& error = column.errors[i];
            worst[i] = std::max(worst[i], std::isnan(error.output) ? error.weight : error.output);
        }
    }
    std::vector<std::size_t> order(worst.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return worst[a] > worst[b]; });
    return order;
}

}  // namespace nanoscope
