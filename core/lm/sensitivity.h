#pragma once

#include "core/lm/language_model.h"
#include "core/lm/perplexity.h"
#include "core/lm/token_windows.h"

#include <cstddef>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

namespace nanoscope {

/// How to measure sensitivities.
struct SensitivityOptions {
    unsigned threads = 0;                  ///< 0: as many as there are cores
    std::stop_token stop;                  ///< asked before each window; a stop throws Cancelled
    std::function<void(double)> progress;  ///< fraction done, one call at a time; may be empty
    /// A layer is done, by its number; may be empty.
    std::function<void(std::size_t layer, const LossChange& change)> finished;
};

/// How much the loss changes when one linear layer alone is cast, for every layer in the order in which they run; 0 for
/// layers that the cast left as they are.
/// @param cast         the same model after a cast of weights
/// @param unquantized  windowLosses() of the original
/// @throws Cancelled
[[nodiscard]] std::vector<LossChange> layerSensitivities(const LanguageModel& original, const LanguageModel& cast,
    const TokenWindows& windows, std::span<const double> unquantized, const SensitivityOptions& options = {});

}  // namespace nanoscope
