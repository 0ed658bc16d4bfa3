#pragma once

#include "core/lm/decoder.h"
#include "core/lm/language_model.h"

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

namespace nanoscope {

/// How a text is continued.
struct SampleOptions {
    std::size_t tokens = 64;   ///< to add
    double temperature = 0.7;  ///< divides the logits; 0: the likeliest token every time
    std::uint64_t seed = 1;    ///< the same one gives the same text with the same model
    std::stop_token stop;      ///< asked before each token; a stop throws Cancelled
};

/// Tokens that a model adds to a prompt, drawn one after another from its distribution. Models are compared with the
/// same seed: they draw the same random numbers, so texts differ only where the distributions do.
/// @param prompt  at least one id of the vocabulary
[[nodiscard]] std::vector<std::int32_t> continuation(const LanguageModel& model, const ActivationCasts& casts,
    std::span<const std::int32_t> prompt, const SampleOptions& options = {});

}  // namespace nanoscope
