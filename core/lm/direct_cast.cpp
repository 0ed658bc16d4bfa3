#include "core/lm/direct_cast.h"

#include "core/closest_name.h"
#include "core/error.h"
#include "core/lm/channel_scales.h"
#include "core/lm/layer_cast.h"
#include "core/quant/parallel.h"

#include <fnmatch.h>

#include <algorithm>
#include <mutex>

namespace nanoscope {
namespace {

/// A matrix of the model that is cast.
struct Task {
    LinearWeights* weights = nullptr;
    const NamedFormat* format = nullptr;
    bool isLinear = false;  ///< a layer of the decoder: there are inputs to calibrate with
    double bitsPerElement = 0.0;
};

/// The format of a matrix; null where it stays as it is.
const NamedFormat* formatOf(const CastPlan& plan, const LinearWeights& weights, bool isChosen)
{
    if (const auto own = plan.perTensor.find(weights.name()); own != plan.perTensor.end())
        return &own->second;
    return isChosen && plan.weights ? &*plan.weights : nullptr;
}

std::vector<Task> tasksOf(LanguageModel& model, const CastPlan& plan)
{
    std::vector<Task> tasks;
    const auto add = [&](LinearWeights& weights, bool isChosen, bool isLinear) {
        if (const NamedFormat* format = formatOf(plan, weights, isChosen))
            tasks.push_back({&weights, format, isLinear});
    };
    for (DecoderLayer& layer : model.layers)
        for (LinearWeights& weights : layer.linear)
            add(weights, plan.layers.empty() || fnmatch(plan.layers.c_str(), weights.name().c_str(), 0) == 0, true);
    add(model.embedding, plan.embedding, false);
    add(model.head, plan.head, false);
    return tasks;
}

void requireKnownNames(const LanguageModel& model, const CastPlan& plan)
{
    std::vector<std::string> names{model.embedding.name(), model.head.name()};
    for (const DecoderLayer& layer : model.layers)
        for (const LinearWeights& weights : layer.linear)
            names.push_back(weights.name());
    for (const auto& [name, format] : plan.perTensor)
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            const auto closest = closestName(name, names);
            throw Error(model.file + ": " + name, "is no matrix of the model that can be cast",
                closest ? "did you mean " + *closest + "?" : "give the name of a linear layer", ErrorKind::Refused);
        }
}

void requireCalibration(const LanguageModel& model, const CalibratedCast& calibrated)
{
    if (calibrated.needsCalibration() && !calibrated.calibration)
        throw Error(model.file,
            (calibrated.method == CastMethod::Direct ? std::string("bias correction") : methodName(calibrated.method))
                + " needs recorded inputs of the layers",
            "give a calibration file of this model", ErrorKind::Refused);
}

/// How a layer is cast but for its channel scales.
LayerCastOptions layerOptions(const CastPlan& plan, const LinearWeights& weights, const std::stop_token& stop)
{
    const CalibratedCast& calibrated = plan.calibrated;
    LayerCastOptions options;
    options.method = calibrated.method;
    options.correctsBias = calibrated.correctsBias;
    options.inputs = calibrated.needsCalibration() ? &calibrated.calibration->of(weights) : nullptr;
    options.gridShift = plan.gridShift;
    options.stop = stop;
    return options;
}

}  // namespace

CastModel castModel(const LanguageModel& model, const CastPlan& plan, const PassOptions& options)
{
    requireKnownNames(model, plan);
    requireCalibration(model, plan.calibrated);
    CastModel result{model};
    std::vector<Task> tasks = tasksOf(result.model, plan);
    std::map<std::string, LayerAdjustment> scales;
    if (plan.calibrated.scalesChannels()) {
        std::map<std::string, const FormatSpec*> formats;
        for (const Task& task : tasks)
            if (task.isLinear)
                formats[task.weights->name()] = &task.format->spec;
        scales = channelScales(model, formats, plan.calibrated, options);
    }
    // Largest first, so that the last ones to finish are short.
    std::sort(tasks.begin(), tasks.end(), [](const Task& a, const Task& b) {
        return a.weights->tensor().info.elements > b.weights->tensor().info.elements;
    });
    std::mutex reporting;
    std::size_t done = 0;
    forEachChunk(
        tasks.size(), threadCount(options.threads, tasks.size()), options.stop, [&](unsigned, std::uint64_t i) {
            Task& task = tasks[i];
            LayerCastOptions how;
            if (task.isLinear) {
                how = layerOptions(plan, *task.weights, options.stop);
                if (const auto found = scales.find(task.weights->name()); found != scales.end())
                    how.adjustment = found->second;
            }
            how.gridShift = plan.gridShift;
            how.stop = options.stop;
            LayerCast cast = castLayer(*task.weights, task.format->spec, how);
            *task.weights = std::move(cast.weights);
            task.bitsPerElement = cast.bitsPerElement;
            const std::lock_guard lock(reporting);
            ++done;
            if (options.progress)
                options.progress(static_cast<double>(done) / static_cast<double>(tasks.size()));
        });
    double bits = 0.0;
    for (const Task& task : tasks) {
        result.elements += task.weights->tensor().info.elements;
        bits += task.bitsPerElement * static_cast<double>(task.weights->tensor().info.elements);
    }
    result.bitsPerElement = result.elements > 0 ? bits / static_cast<double>(result.elements) : 0.0;
    return result;
}

}  // namespace nanoscope
