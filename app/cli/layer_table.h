#pragma once

#include "core/lm/layer_error.h"
#include "core/lm/perplexity.h"

#include <string>
#include <vector>

namespace nanoscope::cli {

/// What a format does to the linear layers of a model.
struct LayerStudy {
    std::string format;
    std::vector<LayerError> errors;
    std::vector<LossChange> sensitivities;  ///< of the same layers; empty: not asked for
};

/// A row per format and layer, for people, the largest output errors first (weight errors where those are unknown).
[[nodiscard]] std::string layerTable(const LayerStudy& study);

/// `layers` of one object of `perplexity --json`.
[[nodiscard]] nlohmann::json toJson(const LayerStudy& study);

}  // namespace nanoscope::cli
