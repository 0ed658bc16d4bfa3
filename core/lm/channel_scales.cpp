#include "core/lm/channel_scales.h"

#include "core/error.h"
#include "core/lm/layer_cast.h"
#include "core/quant/dequantize.h"
#include "core/quant/parallel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

namespace nanoscope {
namespace {

using Eigen::Index;
using Matrix = LinearWeights::Matrix;
using Row = Eigen::RowVectorXf;

constexpr float kSmallest = 1e-5F;
constexpr int kAlphaSteps = 20;

/// A layer that is cast, and how.
struct Member {
    const LinearWeights* weights = nullptr;
    const FormatSpec* spec = nullptr;
};

/// Layers that share their inputs, hence their channel scales.
struct InputGroup {
    std::vector<Member> members;
    const LayerInputs* inputs = nullptr;
};

std::vector<InputGroup> groupsOf(const LanguageModel& model, const std::map<std::string, const FormatSpec*>& formats,
    const CalibratedCast& calibrated)
{
    using enum LinearPart;
    static const std::vector<std::vector<LinearPart>> kBehindNorms{{Query, Key, Value}, {Gate, Up}};
    static const std::vector<std::vector<LinearPart>> kAll{{Query, Key, Value}, {AttentionOutput}, {Gate, Up}, {Down}};
    const auto& shared = calibrated.method == CastMethod::OsPlus ? kBehindNorms : kAll;
    std::vector<InputGroup> groups;
    for (const DecoderLayer& layer : model.layers)
        for (const std::vector<LinearPart>& parts : shared) {
            InputGroup group;
            for (const LinearPart part : parts)
                if (const auto found = formats.find(layer.part(part).name()); found != formats.end())
                    group.members.push_back({&layer.part(part), found->second});
            if (group.members.empty())
                continue;
            group.inputs = &calibrated.calibration->of(*group.members.front().weights);
            group.inputs->requireSamples(methodName(calibrated.method));
            groups.push_back(std::move(group));
        }
    return groups;
}

Row largestInputs(const InputGroup& group)
{
    return group.inputs->samples.cwiseAbs().colwise().maxCoeff();
}

Row largestWeights(const InputGroup& group)
{
    Row largest = Row::Zero(static_cast<Index>(group.members.front().weights->inputs()));
    for (const Member& member : group.members)
        largest = largest.cwiseMax(member.weights->matrix().cwiseAbs().colwise().maxCoeff());
    return largest;
}

/// Inputs as the cast layers see them: shifted, scaled, cast.
Matrix seenInputs(const Matrix& samples, const LayerAdjustment& adjustment, const FormatSpec& spec)
{
    Matrix seen = samples;
    if (adjustment.shift.size() > 0)
        seen.rowwise() -= adjustment.shift;
    if (adjustment.scale.size() > 0)
        seen.array().rowwise() /= adjustment.scale.array();
    TensorInfo info;
    info.name = "activations";
    info.shape = {static_cast<std::uint64_t>(seen.rows()), static_cast<std::uint64_t>(seen.cols())};
    info.elements = static_cast<std::uint64_t>(seen.size());
    const Tensor tensor{
        {}, std::move(info), std::make_shared<const std::vector<float>>(seen.data(), seen.data() + seen.size())};
    const Dequantized cast = dequantize(BlockView(tensor, -1, std::max(1, spec.geometry.block)), spec, {1, {}, {}});
    return Eigen::Map<const Matrix>(cast.values.data(), seen.rows(), seen.cols());
}

/// Squared error of the outputs of all members per sample.
double outputError(const InputGroup& group, const LayerAdjustment& adjustment,
    const std::optional<FormatSpec>& inputFormat, const std::stop_token& stop)
{
    LayerCastOptions options;
    options.adjustment = adjustment;
    options.stop = stop;
    std::optional<Matrix> seen;
    if (inputFormat)
        seen = seenInputs(group.inputs->samples, adjustment, *inputFormat);
    double sum = 0.0;
    for (const Member& member : group.members) {
        const LinearWeights cast = castLayer(*member.weights, *member.spec, options).weights;
        if (!seen) {  // shift and bias cancel: only the weights are in error, but for what the shift takes off inputs
            Eigen::MatrixXd difference = cast.matrix().cast<double>();
            if (adjustment.scale.size() > 0)
                difference.array().rowwise() /= adjustment.scale.cast<double>().array();
            difference -= member.weights->matrix().cast<double>();
            sum += (difference * group.inputs->hessian).cwiseProduct(difference).sum() / 2.0;
            if (adjustment.shift.size() > 0) {
                const Eigen::RowVectorXd shifted = adjustment.shift.cast<double>() * difference.transpose();
                const Eigen::RowVectorXd mean = group.inputs->mean * difference.transpose();
                sum += shifted.squaredNorm() - 2.0 * mean.dot(shifted);
            }
            continue;
        }
        Matrix outputs = *seen * cast.matrix().transpose();
        if (cast.adjustment() && cast.adjustment()->bias.size() > 0)
            outputs.rowwise() += cast.adjustment()->bias;
        outputs -= group.inputs->samples * member.weights->matrix().transpose();
        sum += outputs.cast<double>().squaredNorm() / static_cast<double>(outputs.rows());
    }
    return sum;
}

/// One a for all groups, or no scales.
std::vector<LayerAdjustment> smoothed(const std::vector<InputGroup>& groups, const PassOptions& options)
{
    std::vector<Row> inputs;
    std::vector<Row> weights;
    for (const InputGroup& group : groups) {
        inputs.push_back(largestInputs(group));
        weights.push_back(largestWeights(group));
    }
    const std::size_t candidates = kAlphaSteps + 2;  // the first: no scales
    std::vector<double> errors(candidates * groups.size());
    const auto scaleOf = [&](std::size_t candidate, std::size_t group) {
        LayerAdjustment adjustment;
        if (candidate > 0)
            adjustment.scale
                = smoothScale(inputs[group], weights[group], static_cast<double>(candidate - 1) / double{kAlphaSteps});
        return adjustment;
    };
    forEachChunk(
        errors.size(), threadCount(options.threads, errors.size()), options.stop, [&](unsigned, std::uint64_t task) {
            const std::size_t group = task % groups.size();
            errors[task] = outputError(groups[group], scaleOf(task / groups.size(), group), {}, options.stop);
        });
    std::vector<double> sums(candidates, 0.0);
    for (std::size_t task = 0; task < errors.size(); ++task)
        sums[task / groups.size()] += errors[task];
    const auto best = static_cast<std::size_t>(std::min_element(sums.begin(), sums.end()) - sums.begin());
    std::vector<LayerAdjustment> result;
    for (std::size_t group = 0; group < groups.size(); ++group)
        result.push_back(scaleOf(best, group));
    return result;
}

/// The best t of one group.
LayerAdjustment shifted(
    const InputGroup& group, const std::optional<FormatSpec>& inputFormat, const std::stop_token& stop)
{
    constexpr double kLeastSteps = 100.0;
    constexpr double kLargestStep = 0.5;
    const Matrix& samples = group.inputs->samples;
    const Row middle = (samples.colwise().maxCoeff() + samples.colwise().minCoeff()) / 2.0F;
    const auto largest = static_cast<double>((samples.rowwise() - middle).cwiseAbs().maxCoeff());
    if (largest == 0.0)
        return {};
    const auto steps = static_cast<int>(std::max(kLeastSteps, std::floor(largest / kLargestStep)));
    std::optional<double> bestError;
    LayerAdjustment best;
    for (int step = 0; step < steps; ++step) {
        if (stop.stop_requested())
            throw Cancelled();
        const LayerAdjustment candidate
            = outlierAdjustment(samples, largest * (1.0 - step / static_cast<double>(steps)));
        const double error = outputError(group, candidate, inputFormat, stop);
        if (!bestError || error < *bestError) {
            bestError = error;
            best = candidate;
        }
    }
    return best;
}

}  // namespace

Row smoothScale(const Row& inputs, const Row& weights, double a)
{
    const auto power = [](const Row& values, double exponent) {
        return values.cwiseMax(kSmallest).cast<double>().array().pow(exponent).eval();
    };
    return (power(inputs, a) / power(weights, 1.0 - a)).cast<float>().matrix();
}

LayerAdjustment outlierAdjustment(const Matrix& samples, double t)
{
    LayerAdjustment adjustment;
    adjustment.shift = (samples.colwise().maxCoeff() + samples.colwise().minCoeff()) / 2.0F;
    const Row reach = (samples.rowwise() - adjustment.shift).cwiseAbs().colwise().maxCoeff();
    adjustment.scale = (reach / static_cast<float>(t)).cwiseMax(1.0F);
    return adjustment;
}

std::map<std::string, LayerAdjustment> channelScales(const LanguageModel& model,
    const std::map<std::string, const FormatSpec*>& formats, const CalibratedCast& calibrated,
    const PassOptions& options)
{
    const std::vector<InputGroup> groups = groupsOf(model, formats, calibrated);
    std::vector<LayerAdjustment> adjustments(groups.size());
    if (calibrated.method == CastMethod::SmoothQuantPlus)
        adjustments = smoothed(groups, options);
    else
        forEachChunk(groups.size(), threadCount(options.threads, groups.size()), options.stop,
            [&](unsigned, std::uint64_t i) { adjustments[i] = shifted(groups[i], calibrated.inputs, options.stop); });
    std::map<std::string, LayerAdjustment> result;
    for (std::size_t i = 0; i < groups.size(); ++i)
        for (const Member& member : groups[i].members)
            result.emplace(member.weights->name(), adjustments[i]);
    return result;
}

}  // namespace nanoscope
