#include "core/lm/perplexity.h"

#include "core/quant/parallel.h"

#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <numeric>

namespace nanoscope {

std::vector<double> windowLosses(const LanguageModel& model, const TokenWindows& windows, const ActivationCasts& casts,
    const EvaluationOptions& options)
{
    const unsigned threads = threadCount(options.threads, windows.windows());
    std::vector<std::unique_ptr<Decoder>> decoders(threads);
    std::vector<double> losses(windows.windows());
    std::mutex reporting;
    forEachChunk(windows.windows(), threads, options.stop, [&](unsigned worker, std::uint64_t turn) {
        // From both ends, so that the first results are not all of one text.
        const std::uint64_t window = turn % 2 == 0 ? turn / 2 : windows.windows() - 1 - turn / 2;
        if (!decoders[worker])
            decoders[worker] = std::make_unique<Decoder>(model, casts);
        losses[window] = decoders[worker]->loss(windows.window(window));
        if (!options.finished)
            return;
        const std::lock_guard lock(reporting);
        options.finished(window, losses[window]);
    });
    return losses;
}

double meanLoss(std::span<const double> losses, std::size_t predicted)
{
    return std::accumulate(losses.begin(), losses.end(), 0.0) / static_cast<double>(losses.size() * predicted);
}

LossChange lossChange(std::span<const double> losses, std::span<const double> baseline, std::size_t predicted)
{
    const auto windows = static_cast<double>(losses.size());
    const auto differenceAt = [&](std::size_t i) { return (losses[i] - baseline[i]) / static_cast<double>(predicted); };
    LossChange result;
    for (std::size_t i = 0; i < losses.size(); ++i)
        result.change += differenceAt(i) / windows;
    if (losses.size() < 2) {
        result.standardError = std::numeric_limits<double>::quiet_NaN();
        return result;
    }
    double squares = 0.0;
    for (std::size_t i = 0; i < losses.size(); ++i)
        squares += (differenceAt(i) - result.change) * (differenceAt(i) - result.change);
    result.standardError = std::sqrt(squares / (windows - 1) / windows);
    return result;
}

}  // namespace nanoscope
