#include "core/lm/perplexity_figures.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace nanoscope {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Options of one evaluation out of several, whose progress is a part of the whole.
EvaluationOptions partOf(const PerplexityOptions& options, std::size_t part, std::size_t parts, std::size_t windows)
{
    EvaluationOptions result{options.threads, options.stop, {}};
    if (options.progress)
        result.finished = [=, &options, done = std::size_t{0}](std::size_t, double) mutable {
            const double fraction = static_cast<double>(++done) / static_cast<double>(windows);
            options.progress((static_cast<double>(part) + fraction) / static_cast<double>(parts));
        };
    return result;
}

std::optional<FormatSpec> specOf(const std::optional<NamedFormat>& format)
{
    return format ? std::optional(format->spec) : std::nullopt;
}

bool castsWeights(const CastPlan& plan)
{
    return plan.weights.has_value() || !plan.perTensor.empty();
}

double standardDeviation(const std::vector<double>& values)
{
    double mean = 0.0;
    for (const double value : values)
        mean += value / static_cast<double>(values.size());
    double squares = 0.0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

double storedBits(const LanguageModel& model)
{
    double bits = 0.0;
    double elements = 0.0;
    for (const DecoderLayer& layer : model.layers)
        for (const LinearWeights& weights : layer.linear) {
            const TensorInfo& info = weights.tensor().info;
            const double each = info.dtype == "f64" ? 64 : info.dtype == "f32" ? 32 : 16;
            bits += each * static_cast<double>(info.elements);
            elements += static_cast<double>(info.elements);
        }
    return bits / elements;
}

void fillLosses(PerplexityFigures& figures, std::vector<double> losses, std::size_t predicted)
{
    figures.windowLosses = std::move(losses);
    figures.loss = meanLoss(figures.windowLosses, predicted);
    figures.perplexity = std::exp(figures.loss);
    figures.tokens = figures.windowLosses.size() * predicted;
}

}  // namespace

PerplexityFigures unquantizedFigures(
    const LanguageModel& model, const TokenWindows& windows, const PerplexityOptions& options)
{
    const auto start = Clock::now();
    PerplexityFigures figures;
    figures.format = "unquantized";
    fillLosses(figures, windowLosses(model, windows, {}, partOf(options, 0, 1, windows.windows())), windows.length - 1);
    figures.bitsPerElement = storedBits(model);
    figures.seconds = secondsSince(start);
    return figures;
}

PerplexityFigures castFigures(const LanguageModel& model, const TokenWindows& windows, const PerplexityCase& what,
    const PerplexityFigures& unquantized, const PerplexityOptions& options)
{
    const auto start = Clock::now();
    const std::size_t predicted = windows.length - 1;
    const ActivationCasts activations{specOf(what.activations), specOf(what.keyValues)};
    const bool isSpread = options.withGridSpread && castsWeights(what.weights);
    const std::size_t parts = isSpread ? kGridShifts.size() : 1;
    PerplexityFigures figures;
    figures.format = what.name;
    std::vector<double> changes;
    for (std::size_t part = 0; part < parts; ++part) {
        CastPlan plan = what.weights;
        plan.gridShift += kGridShifts[part];
        const CastModel cast = castModel(model, plan, {options.threads, options.stop, {}});
        std::vector<double> losses
            = windowLosses(cast.model, windows, activations, partOf(options, part, parts, windows.windows()));
        const LossChange change = lossChange(losses, unquantized.windowLosses, predicted);
        changes.push_back(change.change);
        if (part > 0)
            continue;
        fillLosses(figures, std::move(losses), predicted);
        figures.deltaLoss = change.change;
        figures.deltaLossStandardError = change.standardError;
        figures.bitsPerElement = cast.elements > 0 ? cast.bitsPerElement : unquantized.bitsPerElement;
    }
    figures.delta = figures.perplexity - unquantized.perplexity;
    if (isSpread)
        figures.gridSpread = standardDeviation(changes);
    figures.seconds = secondsSince(start);
    return figures;
}

bool areSeparable(const PerplexityFigures& a, const PerplexityFigures& b)
{
    const std::size_t predicted = a.tokens / a.windowLosses.size();
    const LossChange between = lossChange(b.windowLosses, a.windowLosses, predicted);
    const double spread = std::max({a.gridSpread.value_or(0.0), b.gridSpread.value_or(0.0), between.standardError});
    return std::fabs(between.change) > 2 * spread;
}

nlohmann::json toJson(const PerplexityFigures& figures)
{
    nlohmann::json json{{"format", figures.format}, {"perplexity", figures.perplexity}, {"loss", figures.loss},
        {"delta", figures.delta}, {"delta_loss", figures.deltaLoss}, {"delta_loss_se", figures.deltaLossStandardError},
        {"grid_spread", nullptr}, {"bits_per_element", figures.bitsPerElement}, {"tokens", figures.tokens},
        {"seconds", figures.seconds}};
    if (figures.gridSpread)
        json["grid_spread"] = *figures.gridSpread;
    return json;
}

}  // namespace nanoscope
