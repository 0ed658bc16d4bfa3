#include "core/lm/text_sample.h"

#include "core/error.h"

#include <cmath>
#include <random>

namespace nanoscope {
namespace {

/// The id whose share of the distribution holds `random` in [0, 1).
std::int32_t drawn(const Eigen::RowVectorXf& logits, double temperature, double random)
{
    Eigen::Index likeliest = 0;
    const double largest = static_cast<double>(logits.maxCoeff(&likeliest));
    if (temperature <= 0 || !std::isfinite(largest))
        return static_cast<std::int32_t>(likeliest);
    std::vector<double> weights(static_cast<std::size_t>(logits.size()));
    double sum = 0.0;
    for (Eigen::Index i = 0; i < logits.size(); ++i)
        sum += weights[static_cast<std::size_t>(i)]
            = std::exp((static_cast<double>(logits(i)) - largest) / temperature);
    double left = random * sum;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        left -= weights[i];
        if (left < 0)
            return static_cast<std::int32_t>(i);
    }
    return static_cast<std::int32_t>(likeliest);
}

}  // namespace

std::vector<std::int32_t> continuation(const LanguageModel& model, const ActivationCasts& casts,
    std::span<const std::int32_t> prompt, const SampleOptions& options)
{
    constexpr double kUnit = 0x1p-53;
    Decoder decoder(model, casts);
    std::mt19937_64 random(options.seed);
    std::vector<std::int32_t> ids(prompt.begin(), prompt.end());
    for (std::size_t token = 0; token < options.tokens; ++token) {
        if (options.stop.stop_requested())
            throw Cancelled();
        const double uniform = static_cast<double>(random() >> 11) * kUnit;
        ids.push_back(drawn(decoder.nextLogits(ids), options.temperature, uniform));
    }
    return {ids.begin() + static_cast<std::ptrdiff_t>(prompt.size()), ids.end()};
}

}  // namespace nanoscope
