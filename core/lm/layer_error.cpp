#include "core/lm/layer_error.h"

#include "core/quant/parallel.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>

namespace nanoscope {
namespace {

using Matrix = Eigen::MatrixXd;

/// sum over rows of r H r^T; not below 0, which only rounding could make it.
double outputSquare(const Matrix& rows, const Matrix& hessian)
{
    return std::max(0.0, (rows * hessian).cwiseProduct(rows).sum());
}

double rootOfRatio(double part, double whole)
{
    return part == 0.0 ? 0.0 : std::sqrt(part / whole);
}

/// The weights as they act on inputs that nothing was done to.
Matrix actingWeights(const LinearWeights& weights)
{
    Matrix values = weights.matrix().cast<double>();
    if (const LayerAdjustment* adjustment = weights.adjustment(); adjustment && adjustment->scale.size() > 0)
        values.array().rowwise() /= adjustment->scale.cast<double>().array();
    return values;
}

/// What the cast layer leaves out of every output, whatever the input: W^ shift - bias.
Eigen::RowVectorXd missingConstant(const LinearWeights& weights, const Matrix& acting)
{
    Eigen::RowVectorXd missing = Eigen::RowVectorXd::Zero(acting.rows());
    if (const LayerAdjustment* adjustment = weights.adjustment()) {
        if (adjustment->shift.size() > 0)
            missing += adjustment->shift.cast<double>() * acting.transpose();
        if (adjustment->bias.size() > 0)
            missing -= adjustment->bias.cast<double>();
    }
    return missing;
}

}  // namespace

LayerError layerError(const LinearWeights& original, const LinearWeights& cast, const LayerInputs* inputs)
{
    const Matrix weights = original.matrix().cast<double>();
    const Matrix acting = actingWeights(cast);
    const Matrix difference = weights - acting;
    LayerError error;
    error.tensor = original.name();
    error.weight = rootOfRatio(difference.squaredNorm(), weights.squaredNorm());
    if (!inputs) {
        error.output = error.activationWeighted = std::numeric_limits<double>::quiet_NaN();
        return error;
    }
    // H is 2 X^T X / n, or whatever multiple of it a file gives: in ratios that does not matter.
    double outputDifference = outputSquare(difference, inputs->hessian);
    if (const Eigen::RowVectorXd missing = missingConstant(cast, acting); !missing.isZero(0.0)) {
        inputs->requireSamples("the output error of a layer with a bias");
        outputDifference += 2.0 * (2.0 * (inputs->mean * difference.transpose()).dot(missing) + missing.squaredNorm());
    }
    const Eigen::RowVectorXd diagonal = inputs->hessian.diagonal().transpose();
    const auto weighted = [&](const Matrix& rows) { return rows.cwiseAbs2().colwise().sum().dot(diagonal); };
    error.output = rootOfRatio(std::max(0.0, outputDifference), outputSquare(weights, inputs->hessian));
    error.activationWeighted = rootOfRatio(weighted(difference), weighted(weights));
    return error;
}

std::vector<LayerError> layerErrors(const LanguageModel& original, const LanguageModel& cast,
    const Calibration* calibration, const LayerErrorOptions& options)
{
    const std::size_t count = original.layers.size() * kLinearParts;
    std::vector<LayerError> errors(count);
    std::mutex reporting;
    std::size_t done = 0;
    forEachChunk(count, threadCount(options.threads, count), options.stop, [&](unsigned, std::uint64_t i) {
        const LinearWeights& weights = original.layers[i / kLinearParts].linear[i % kLinearParts];
        errors[i] = layerError(weights, cast.layers[i / kLinearParts].linear[i % kLinearParts],
            calibration ? &calibration->of(weights) : nullptr);
        const std::lock_guard lock(reporting);
        ++done;
        if (options.progress)
            options.progress(static_cast<double>(done) / static_cast<double>(count));
    });
    return errors;
}

LayerError rootMeanSquare(std::span<const LayerError> errors)
{
    LayerError mean;
    const auto count = static_cast<double>(std::max<std::size_t>(1, errors.size()));
    for (const auto figure : {&LayerError::weight, &LayerError::output, &LayerError::activationWeighted}) {
        for (const LayerError& error : errors)
            mean.*figure += error.*figure * error.*figure / count;
        mean.*figure = std::sqrt(mean.*figure);
    }
    return mean;
}

nlohmann::json toJson(const LayerError& error)
{
    return {{"tensor", error.tensor}, {"weight_error", error.weight}, {"output_error", error.output},
        {"activation_weighted_error", error.activationWeighted}};
}

}  // namespace nanoscope
