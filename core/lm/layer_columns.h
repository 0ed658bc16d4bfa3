#pragma once

#include "core/lm/layer_error.h"
#include "core/lm/perplexity.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace nanoscope {

/// What is to be known of single layers.
enum class LayerFigures {
    None,
    Errors,        ///< weight and output error
    Sensitivities  ///< the same, and the loss change when one layer alone is cast
};

/// What one format does to every linear layer of a model, as far as it is known.
struct LayerColumn {
    std::string format;
    std::vector<LayerError> errors;                        ///< in the order in which the layers run; empty: unknown
    std::vector<std::optional<LossChange>> sensitivities;  ///< of the same layers; empty: not asked for
    std::string error;                                     ///< why the format cannot be used; empty: it can

    [[nodiscard]] std::size_t sensitivitiesKnown() const;
    /// Nothing of what was asked for is missing.
    [[nodiscard]] bool isComplete(LayerFigures wanted) const;
};

/// Layers by descending output error, that of the worst format each; by weight error where no inputs are known.
[[nodiscard]] std::vector<std::size_t> worstLayersFirst(const std::vector<LayerColumn>& columns);

}  // namespace nanoscope
