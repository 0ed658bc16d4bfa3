#include "core/lm/sensitivity.h"

namespace nanoscope {
namespace {

bool isSame(const LinearWeights& a, const LinearWeights& b)
{
    return a.matrix().data() == b.matrix().data() && a.adjustment() == b.adjustment();
}

}  // namespace

std::vector<LossChange> layerSensitivities(const LanguageModel& original, const LanguageModel& cast,
    const TokenWindows& windows, std::span<const double> unquantized, const SensitivityOptions& options)
{
    const std::size_t count = original.layers.size() * kLinearParts;
    std::vector<LossChange> changes(count);
    std::size_t windowsDone = 0;
    EvaluationOptions evaluation{options.threads, options.stop, {}};
    if (options.progress)
        evaluation.finished = [&](std::size_t, double) {
            ++windowsDone;
            options.progress(static_cast<double>(windowsDone) / static_cast<double>(count * windows.windows()));
        };
    const auto tell = [&](std::size_t layer) {
        if (options.finished)
            options.finished(layer, changes[layer]);
    };
    for (std::size_t i = 0; i < count; ++i) {
        const LinearWeights& weights = cast.layers[i / kLinearParts].linear[i % kLinearParts];
        if (isSame(weights, original.layers[i / kLinearParts].linear[i % kLinearParts])) {
            windowsDone += windows.windows();
            tell(i);
            continue;
        }
        LanguageModel mixed = original;
        mixed.layers[i / kLinearParts].linear[i % kLinearParts] = weights;
        changes[i] = lossChange(windowLosses(mixed, windows, {}, evaluation), unquantized, windows.length - 1);
        tell(i);
    }
    return changes;
}

}  // namespace nanoscope
