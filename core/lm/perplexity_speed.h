#pragma once

#include "core/lm/language_model.h"
#include "core/lm/token_windows.h"

#include <cstddef>
#include <stop_token>

namespace nanoscope {

/// How fast a model is evaluated, against plain matrix products that took turns with it. Elapsed times; medians.
struct PerplexitySpeed {
    unsigned threads = 1;
    std::size_t tokens = 0;
    double seconds = 0.0;     ///< for all tokens
    double gflops = 0.0;      ///< 1e9 operations a second: products of the model, nothing else counted
    double peakGflops = 0.0;  ///< of float32 products of 256 x 512 by 512 x 512 on every thread
    double shareOfPeak = 0.0;
};

/// Floating-point operations of the matrix products that a window takes, a multiplication and an addition each; of the
/// attention what the causal mask leaves.
[[nodiscard]] double windowOperations(const LanguageModel& model, std::size_t tokens);

/// @param turns  of the model and of the products
/// @throws Cancelled
[[nodiscard]] PerplexitySpeed measurePerplexitySpeed(
    const LanguageModel& model, const TokenWindows& windows, unsigned turns = 3, const std::stop_token& stop = {});

}  // namespace nanoscope
