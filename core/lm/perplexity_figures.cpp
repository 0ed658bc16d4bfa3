#include "core/lm/perplexity_figures.h"

#include "core/error.h"

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

/// Figures of some windows, given by their losses with and without the cast.
void fillLosses(PerplexityFigures& figures, std::span<const double> losses, std::span<const double> unquantized,
    std::size_t predicted)
{
    figures.loss = meanLoss(losses, predicted);
    figures.perplexity = std::exp(figures.loss);
    figures.delta = figures.perplexity - std::exp(meanLoss(unquantized, predicted));
    const LossChange change = lossChange(losses, unquantized, predicted);
    figures.deltaLoss = change.change;
    figures.deltaLossStandardError = change.standardError;
    figures.tokens = losses.size() * predicted;
}

/// Evaluates windows again and again, and tells how far all of it is.
class Evaluations {
public:
    Evaluations(const TokenWindows& windows, const PerplexityOptions& options, std::size_t parts)
        : m_windows(windows)
        , m_options(options)
        , m_parts(parts)
    {
    }

    /// @param finished  called for each window, may be empty
    [[nodiscard]] std::vector<double> run(const LanguageModel& model, const ActivationCasts& casts,
        const std::function<void(std::size_t, double)>& finished = {})
    {
        std::size_t done = 0;
        const EvaluationOptions options{m_options.threads, m_options.stop, [&](std::size_t window, double loss) {
                                            if (finished)
                                                finished(window, loss);
                                            tell(++done);
                                        }};
        std::vector<double> losses = windowLosses(model, m_windows, casts, options);
        ++m_part;
        return losses;
    }

private:
    void tell(std::size_t windowsDone) const
    {
        if (!m_options.progress)
            return;
        const double fraction = static_cast<double>(windowsDone) / static_cast<double>(m_windows.windows());
        m_options.progress((static_cast<double>(m_part) + fraction) / static_cast<double>(m_parts));
    }

    const TokenWindows& m_windows;
    const PerplexityOptions& m_options;
    std::size_t m_parts;
    std::size_t m_part = 0;
};

}  // namespace

PerplexityFigures unquantizedFigures(
    const LanguageModel& model, const TokenWindows& windows, const PerplexityOptions& options)
{
    const auto start = Clock::now();
    PerplexityFigures figures;
    figures.format = "unquantized";
    figures.windowLosses = Evaluations(windows, options, 1).run(model, {});
    fillLosses(figures, figures.windowLosses, figures.windowLosses, windows.length - 1);
    figures.bitsPerElement = storedBits(model);
    figures.seconds = secondsSince(start);
    return figures;
}

PerplexityFigures castFigures(const LanguageModel& model, const TokenWindows& windows, const PerplexityCase& what,
    const PerplexityFigures& unquantized, const PerplexityOptions& options)
{
    const auto start = Clock::now();
    const CastModel cast = castFor(model, what, {options.threads, options.stop, {}, {}});
    const double castSeconds = secondsSince(start);
    PerplexityOptions later = options;
    if (options.refined)
        later.refined = [&](const PerplexityFigures& figures) {
            PerplexityFigures whole = figures;
            whole.seconds += castSeconds;
            options.refined(whole);
        };
    PerplexityFigures figures = castFigures(cast, windows, what, unquantized, later);
    figures.seconds += castSeconds;
    return figures;
}

CastModel castFor(const LanguageModel& model, const PerplexityCase& what, const PerplexityOptions& options)
{
    CastModel cast = castModel(model, what.weights, {options.threads, options.stop, options.progress});
    if (cast.elements == 0 && what.weights.weights && !what.activations && !what.keyValues)
        throw Error(model.file + ": " + what.weights.layers, "is the name of no linear layer, so that nothing is cast",
            "give a pattern that matches one, for example " + model.layers.front().linear.front().name(),
            ErrorKind::Refused);
    return cast;
}

PerplexityFigures castFigures(const CastModel& cast, const TokenWindows& windows, const PerplexityCase& what,
    const PerplexityFigures& unquantized, const PerplexityOptions& options)
{
    const auto start = Clock::now();
    const std::size_t predicted = windows.length - 1;
    const ActivationCasts activations{specOf(what.activations), specOf(what.keyValues)};
    Evaluations evaluations(windows, options, 1);
    PerplexityFigures figures;
    figures.format = what.name;
    figures.bitsPerElement = cast.elements > 0 ? cast.bitsPerElement : unquantized.bitsPerElement;
    std::vector<double> some;
    std::vector<double> someUnquantized;
    std::vector<double> losses = evaluations.run(cast.model, activations, [&](std::size_t window, double loss) {
        some.push_back(loss);
        someUnquantized.push_back(unquantized.windowLosses[window]);
        fillLosses(figures, some, someUnquantized, predicted);
        figures.seconds = secondsSince(start);
        if (options.refined && some.size() < windows.windows())
            options.refined(figures);
    });
    fillLosses(figures, losses, unquantized.windowLosses, predicted);
    figures.windowLosses = std::move(losses);
    figures.seconds = secondsSince(start);
    if (options.refined)
        options.refined(figures);
    return figures;
}

PerplexityFigures withGridSpread(PerplexityFigures figures, const LanguageModel& model, const TokenWindows& windows,
    const PerplexityCase& what, const PerplexityFigures& unquantized, const PerplexityOptions& options)
{
    if (!castsWeights(what.weights))
        return figures;
    const auto start = Clock::now();
    const double secondsBefore = figures.seconds;
    const ActivationCasts activations{specOf(what.activations), specOf(what.keyValues)};
    Evaluations evaluations(windows, options, kGridShifts.size() - 1);
    std::vector<double> changes{figures.deltaLoss};
    for (const std::size_t shift : std::span(kGridShifts).subspan(1)) {
        CastPlan plan = what.weights;
        plan.gridShift += shift;
        const CastModel shifted = castModel(model, plan, {options.threads, options.stop, {}});
        const std::vector<double> losses = evaluations.run(shifted.model, activations);
        changes.push_back(lossChange(losses, unquantized.windowLosses, windows.length - 1).change);
        figures.gridSpread = standardDeviation(changes);
        figures.grids = changes.size();
        figures.seconds = secondsBefore + secondsSince(start);
        if (options.refined)
            options.refined(figures);
    }
    return figures;
}

bool areSeparable(const PerplexityFigures& a, const PerplexityFigures& b)
{
    const std::size_t predicted = a.tokens / a.windowLosses.size();
    const LossChange between = lossChange(b.windowLosses, a.windowLosses, predicted);
    if (!std::isfinite(between.standardError))
        return false;  // a single window, or no number
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
