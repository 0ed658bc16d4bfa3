#pragma once

#include "core/lm/decoder.h"
#include "core/lm/language_model.h"
#include "core/lm/token_windows.h"

#include <cstddef>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

namespace nanoscope {

/// How to run an evaluation.
struct EvaluationOptions {
    unsigned threads = 0;  ///< 0: as many as there are cores
    std::stop_token stop;  ///< asked before each window; a stop throws Cancelled
    /// A window is done, with its loss; from any worker, one call at a time, in no order; may be empty.
    std::function<void(std::size_t window, double loss)> finished;
};

/// The loss of each window: sum of -ln p over its predicted tokens, in nats. Independent of the number of threads.
/// @throws Cancelled
[[nodiscard]] std::vector<double> windowLosses(const LanguageModel& model, const TokenWindows& windows,
    const ActivationCasts& casts = {}, const EvaluationOptions& options = {});

/// Mean loss in nats per predicted token; its exponential is the perplexity.
/// @param predicted  tokens that each window predicts
[[nodiscard]] double meanLoss(std::span<const double> losses, std::size_t predicted);

/// How much the mean loss of the same windows changes.
struct LossChange {
    double change = 0.0;         ///< nats per token; positive: worse
    double standardError = 0.0;  ///< of the change over windows, paired; NaN (unknown) for a single window
};

/// @param losses, baseline  of the same windows in the same order
/// @param predicted         tokens that each window predicts
[[nodiscard]] LossChange lossChange(
    std::span<const double> losses, std::span<const double> baseline, std::size_t predicted);

}  // namespace nanoscope
