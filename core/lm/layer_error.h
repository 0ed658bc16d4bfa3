#pragma once

#include "core/lm/calibration.h"
#include "core/lm/language_model.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace nanoscope {

/// How far a cast layer is from the layer as it is, W^ from W, seen with weights and with outputs; as ratios of
/// Frobenius norms. Activations are not cast for these figures.
struct LayerError {
    std::string tensor;
    double weight = 0.0;  ///< ||W - W^|| / ||W||
    double output = 0.0;  ///< ||X W - X W^|| / ||X W|| over the calibration inputs X, bias included; NaN without them
    double activationWeighted = 0.0;  ///< sqrt(sum h_j e_ij^2 / sum h_j w_ij^2), h the diagonal of X^T X: no
                                      ///< cancellation between inputs; NaN without inputs
};

/// How to measure layers.
struct LayerErrorOptions {
    unsigned threads = 0;                  ///< 0: as many as there are cores
    std::stop_token stop;                  ///< asked before each layer; a stop throws Cancelled
    std::function<void(double)> progress;  ///< fraction done, one call at a time; may be empty
};

/// One layer. Scales and shifts of `cast` are undone, so that its weights are compared in the basis of the original.
/// Source: catalogue section 8, layer output: tr(E H E^T) / tr(W H W^T), here as its root.
/// @param inputs  of the layer; null: only the weight error is known
/// @throws Error when `cast` adds a constant and the inputs have no samples to take the mean of
[[nodiscard]] LayerError layerError(
    const LinearWeights& original, const LinearWeights& cast, const LayerInputs* inputs);

/// Every linear layer of a model, in the order in which they run.
/// @param cast         the same model after a cast
/// @param calibration  may be null, see layerError()
/// @throws Cancelled; Error as layerError()
[[nodiscard]] std::vector<LayerError> layerErrors(const LanguageModel& original, const LanguageModel& cast,
    const Calibration* calibration, const LayerErrorOptions& options = {});

/// The root mean square of each figure over layers; of no layer: zeros.
[[nodiscard]] LayerError rootMeanSquare(std::span<const LayerError> errors);

/// One object of `layers` in `perplexity --calibration --json`.
[[nodiscard]] nlohmann::json toJson(const LayerError& error);

}  // namespace nanoscope
