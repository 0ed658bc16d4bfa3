#pragma once

#include "core/lm/language_model.h"
#include "core/lm/layer_error.h"
#include "core/lm/perplexity.h"
#include "core/lm/token_windows.h"

#include <cstddef>
#include <span>
#include <vector>

namespace nanoscope {

/// How much the loss changes when one linear layer alone is cast, for every layer in the order in which they run; 0 for
/// layers that the cast left as they are.
/// @param cast         the same model after a cast of weights
/// @param unquantized  windowLosses() of the original
/// @throws Cancelled
[[nodiscard]] std::vector<LossChange> layerSensitivities(const LanguageModel& original, const LanguageModel& cast,
    const TokenWindows& windows, std::span<const double> unquantized, const LayerErrorOptions& options = {});

}  // namespace nanoscope
