#include "app/cli/layer_table.h"

#include "app/cli/text_table.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nanoscope::cli {
namespace {

/// Layers by descending output error.
std::vector<std::size_t> worstFirst(const std::vector<LayerError>& errors)
{
    const auto size = [&](std::size_t i) { return std::isnan(errors[i].output) ? errors[i].weight : errors[i].output; };
    std::vector<std::size_t> order(errors.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return size(a) > size(b); });
    return order;
}

}  // namespace

std::string layerTable(const LayerStudy& study)
{
    const bool hasSensitivities = !study.sensitivities.empty();
    TextTable table({Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right});
    std::vector<std::string> header{"LAYER", "WEIGHT", "OUTPUT", "WEIGHTED"};
    if (hasSensitivities)
        header.insert(header.end(), {"CHANGE", "+-"});
    table.addRow(std::move(header));
    for (const std::size_t i : worstFirst(study.errors)) {
        const LayerError& error = study.errors[i];
        std::vector<std::string> row{
            error.tensor, percent(error.weight), percent(error.output), percent(error.activationWeighted)};
        if (hasSensitivities) {
            const LossChange& change = study.sensitivities[i];
            row.push_back((change.change > 0 ? "+" : "") + fixed(change.change, 5));
            row.push_back(fixed(change.standardError, 5));
        }
        table.addRow(std::move(row));
    }
    return "\n" + study.format + "\n" + table.text();
}

nlohmann::json toJson(const LayerStudy& study)
{
    nlohmann::json list = nlohmann::json::array();
    for (std::size_t i = 0; i < study.errors.size(); ++i) {
        nlohmann::json layer = nanoscope::toJson(study.errors[i]);
        if (!study.sensitivities.empty()) {
            layer["sensitivity"] = study.sensitivities[i].change;
            layer["sensitivity_se"] = study.sensitivities[i].standardError;
        }
        list.push_back(std::move(layer));
    }
    return list;
}

}  // namespace nanoscope::cli
