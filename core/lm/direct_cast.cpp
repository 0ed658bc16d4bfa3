#include "core/lm/direct_cast.h"

#include "core/closest_name.h"
#include "core/error.h"
#include "core/quant/dequantize.h"
#include "core/quant/parallel.h"

#include <fnmatch.h>

#include <algorithm>

namespace nanoscope {
namespace {

/// A matrix of the model that is cast.
struct Task {
    LinearWeights* weights = nullptr;
    const NamedFormat* format = nullptr;
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
    const auto add = [&](LinearWeights& weights, bool isChosen) {
        if (const NamedFormat* format = formatOf(plan, weights, isChosen))
            tasks.push_back({&weights, format});
    };
    for (DecoderLayer& layer : model.layers)
        for (LinearWeights& weights : layer.linear)
            add(weights, plan.layers.empty() || fnmatch(plan.layers.c_str(), weights.name().c_str(), 0) == 0);
    add(model.embedding, plan.embedding);
    add(model.head, plan.head);
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

/// Values of a matrix with every row turned to the left by some columns; negative: to the right.
std::vector<float> turned(std::vector<float> values, std::size_t columns, std::ptrdiff_t by)
{
    const auto size = static_cast<std::ptrdiff_t>(columns);
    const std::ptrdiff_t first = (by % size + size) % size;  // what comes to the front
    for (auto row = values.begin(); row != values.end(); row += size)
        std::rotate(row, row + first, row + size);
    return values;
}

/// Casts one matrix.
/// @return bits per element
double cast(LinearWeights& weights, const FormatSpec& spec, std::size_t gridShift, const std::stop_token& stop)
{
    Tensor tensor = weights.tensor();
    const auto shift = static_cast<std::ptrdiff_t>(gridShift % weights.inputs());
    if (shift != 0)
        tensor.values = TensorValues(
            std::make_shared<const std::vector<float>>(turned(tensor.values.toVector(), weights.inputs(), shift)));
    const BlockView rows(tensor, spec.geometry.axis, std::max(1, spec.geometry.block));
    Dequantized result = dequantize(rows, spec, {1, stop, {}});
    std::vector<float> values(result.values.size());
    const RowLayout& layout = rows.layout();
    for (std::uint64_t row = 0; row < layout.rows; ++row)
        for (std::uint64_t column = 0; column < layout.rowLength; ++column)
            values[layout.fileIndex(row, column)] = result.values[row * layout.rowLength + column];
    weights = weights.withValues(shift == 0 ? std::move(values) : turned(std::move(values), weights.inputs(), -shift));
    return result.bitsPerElement;
}

}  // namespace

CastModel castModel(const LanguageModel& model, const CastPlan& plan, const PassOptions& options)
{
    requireKnownNames(model, plan);
    CastModel result{model};
    std::vector<Task> tasks = tasksOf(result.model, plan);
    // Largest first, so that the last ones to finish are short.
    std::sort(tasks.begin(), tasks.end(), [](const Task& a, const Task& b) {
        return a.weights->tensor().info.elements > b.weights->tensor().info.elements;
    });
    forEachChunk(
        tasks.size(), threadCount(options.threads, tasks.size()), options.stop, [&](unsigned, std::uint64_t i) {
            tasks[i].bitsPerElement = cast(*tasks[i].weights, tasks[i].format->spec, plan.gridShift, options.stop);
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
