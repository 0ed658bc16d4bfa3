#include "core/lm/layer_cast.h"

#include "core/error.h"
#include "core/format/scale_codec.h"
#include "core/lm/decouple_q.h"
#include "core/lm/fixed_grid.h"
#include "core/lm/gptq.h"
#include "core/quant/dequantize.h"
#include "core/quant/prepared_tensor.h"
#include "core/quant/stored_bits.h"
#include "core/quant/transform.h"

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

using Eigen::Index;
using Matrix = LinearWeights::Matrix;

/// Values of a matrix with every row turned to the left by some columns; negative: to the right.
std::vector<float> turned(std::vector<float> values, std::size_t columns, std::ptrdiff_t by)
{
    const auto size = static_cast<std::ptrdiff_t>(columns);
    const std::ptrdiff_t first = (by % size + size) % size;  // what comes to the front
    for (auto row = values.begin(); row != values.end(); row += size)
        std::rotate(row, row + first, row + size);
    return values;
}

Tensor withValues(Tensor tensor, std::vector<float> values)
{
    tensor.values = TensorValues(std::make_shared<const std::vector<float>>(std::move(values)));
    return tensor;
}

/// Weights and bits before they are put back into a layer.
struct Levels {
    std::vector<float> values;  ///< in the order of the file
    double bitsPerElement = 0.0;
};

Levels directLevels(const BlockView& rows, const FormatSpec& spec, const std::stop_token& stop)
{
    Dequantized result = dequantize(rows, spec, {1, stop, {}});
    std::vector<float> values(result.values.size());
    const RowLayout& layout = rows.layout();
    for (std::uint64_t row = 0; row < layout.rows; ++row)
        for (std::uint64_t column = 0; column < layout.rowLength; ++column)
            values[layout.fileIndex(row, column)] = result.values[row * layout.rowLength + column];
    return {std::move(values), result.bitsPerElement};
}

void requireRowsOfInputs(const BlockView& rows, CastMethod method)
{
    if (rows.axis() != 1)
        throw Error(rows.source(), methodName(method) + " needs blocks along the inputs of a layer",
            "give geometry.axis -1", ErrorKind::Refused);
}

/// H in the basis of a format: M^T H M for rows w M.
Eigen::MatrixXd inBasis(const Eigen::MatrixXd& hessian, const PreparedTensor& prepared, const PassOptions& options)
{
    const auto& transform = prepared.spec.transform;
    if (!transform)
        return hessian;
    const MatrixShape shape{static_cast<std::uint64_t>(hessian.rows()), static_cast<std::uint64_t>(hessian.cols())};
    const auto rowsInBasis = [&](const Eigen::MatrixXd& matrix) {
        const Matrix narrow = matrix.cast<float>();
        const std::vector<float> values = transformed(std::span(narrow.data(), static_cast<std::size_t>(narrow.size())),
            shape, *transform, prepared.columnOrder, options);
        return Eigen::MatrixXd(Eigen::Map<const Matrix>(values.data(), narrow.rows(), narrow.cols()).cast<double>());
    };
    const Eigen::MatrixXd both = rowsInBasis(rowsInBasis(hessian).transpose());
    return (both + both.transpose()) / 2.0;
}

Levels gptqLevels(const BlockView& rows, const FormatSpec& spec, const LayerInputs& inputs, GptqOrder order,
    const std::stop_token& stop)
{
    const PassOptions options{1, stop, {}};
    const PreparedTensor prepared = prepare(rows, spec, options);
    const FixedGrid grid(prepared, options);
    const auto height = static_cast<Index>(rows.layout().rows);
    const auto width = static_cast<Index>(rows.layout().rowLength);
    std::vector<float> inOrder(static_cast<std::size_t>(height * width));  // tiles follow each other otherwise
    std::vector<float> room;
    for (std::uint64_t block = 0; block < prepared.view.blocks(); ++block) {
        const std::span<const float> values = prepared.view.values(block, room);
        for (std::size_t i = 0; i < values.size(); ++i)
            inOrder[prepared.view.rowPosition(block, i)] = values[i];
    }
    const GptqSolver solver(inBasis(inputs.hessian, prepared, options), order, inputs.source);
    const Eigen::MatrixXd levels = solver.solve(
        Eigen::Map<const Matrix>(inOrder.data(), height, width).cast<double>(),
        [&](Index row, Index column, double value) {
            return grid.nearest(static_cast<std::uint64_t>(row * width + column), value);
        },
        stop);
    for (Index row = 0; row < height; ++row)
        for (Index column = 0; column < width; ++column)
            inOrder[static_cast<std::size_t>(row * width + column)] = roundToStored(levels(row, column)).value;
    return {undoBasis(std::move(inOrder), rows.layout(), prepared.spec, prepared.columnOrder, options),
        storedBitsPerElement(prepared, {})};
}

void requireMinimum(const BlockView& rows, const FormatSpec& spec)
{
    if (!spec.offset || spec.offset->kind != OffsetKind::Minimum || spec.transform || spec.geometry.tileRows > 1
        || spec.tensorScale || spec.micro || ScaleCodec(spec.scale.codec).isPowerOfTwo())
        throw Error(rows.source(), "decoupleq needs integers with a stored minimum per group",
            "give such a format, for example decoupleQ_2 or INT2_g64_minimum", ErrorKind::Refused);
}

Levels decoupledLevels(
    const BlockView& rows, const FormatSpec& spec, const LayerInputs& inputs, const std::stop_token& stop)
{
    requireMinimum(rows, spec);
    const PreparedTensor prepared = prepare(rows, spec, {1, stop, {}});
    const GptqSolver solver(inputs.hessian, GptqOrder::Columns, inputs.source);
    const ScaleCodec codec(spec.scale.codec);
    const ScaleCodec half(ScaleCodecId::FP16);
    const auto width = static_cast<Index>(rows.layout().rowLength);
    const DecoupleQOptions options{spec.codeBits(), static_cast<Index>(prepared.spec.geometry.block)};
    const double lowest = -std::ldexp(1.0, options.bits - 1);
    std::vector<float> values = rows.rowValues().toVector();
    for (std::uint64_t row = 0; row < rows.layout().rows; ++row) {
        if (stop.stop_requested())
            throw Cancelled();
        const Eigen::Map<Eigen::VectorXf> place(&values[row * rows.layout().rowLength], width);
        const Eigen::VectorXd weights = place.cast<double>();
        const DecoupledRow found = decoupleRow(weights, inputs.hessian, solver, options);
        for (Index column = 0; column < width; ++column) {
            const auto group = static_cast<std::size_t>(column / options.group);
            // What is stored: the scale and, as the minimum, the level of the lowest code.
            const bool isTurned = found.scales[group] < 0;  // least squares may turn the codes of a group around
            const double scale = codec.encode(std::fabs(found.scales[group])).value;
            const double code = isTurned ? -1.0 - lowest - found.codes[column] : found.codes[column] - lowest;
            const double minimum
                = encodeSigned(half, found.offsets[group] + found.scales[group] * (isTurned ? -1.0 - lowest : lowest))
                      .value;
            values[row * rows.layout().rowLength + static_cast<std::size_t>(column)]
                = roundToStored(code * scale + minimum).value;
        }
    }
    return {std::move(values), storedBitsPerElement(prepared, {})};
}

Levels levelsOf(const BlockView& rows, const FormatSpec& spec, CastMethod method, const LayerInputs* inputs,
    const std::stop_token& stop)
{
    switch (method) {
    case CastMethod::Gptq:
    case CastMethod::GptqActOrder:
        requireRowsOfInputs(rows, method);
        return gptqLevels(
            rows, spec, *inputs, method == CastMethod::Gptq ? GptqOrder::Columns : GptqOrder::DescendingHessian, stop);
    case CastMethod::DecoupleQ:
        requireRowsOfInputs(rows, method);
        return decoupledLevels(rows, spec, *inputs, stop);
    case CastMethod::Direct:
    case CastMethod::SmoothQuantPlus:
    case CastMethod::OsPlus:
        break;
    }
    return directLevels(rows, spec, stop);
}

/// The mean of what a cast adds to every output: E[x] (W^ - W)^T, in the basis of the original weights.
Eigen::RowVectorXf meanError(const LinearWeights& original, const LinearWeights& cast, const LayerInputs& inputs)
{
    inputs.requireSamples("bias correction");
    Eigen::MatrixXd acting = cast.matrix().cast<double>();
    if (const LayerAdjustment* adjustment = cast.adjustment(); adjustment && adjustment->scale.size() > 0)
        acting.array().rowwise() /= adjustment->scale.cast<double>().array();
    Eigen::RowVectorXd input = inputs.mean;
    if (const LayerAdjustment* adjustment = cast.adjustment(); adjustment && adjustment->shift.size() > 0)
        input -= adjustment->shift.cast<double>();
    return (input * (acting - original.matrix().cast<double>()).transpose()).cast<float>();
}

}  // namespace

LayerCast castLayer(const LinearWeights& weights, const FormatSpec& spec, const LayerCastOptions& options)
{
    const std::size_t columns = weights.inputs();
    const std::size_t shift = options.gridShift % columns;
    Tensor tensor = weights.tensor();
    if (options.adjustment.scale.size() > 0) {
        Matrix scaled = weights.matrix();
        scaled.array().rowwise() *= options.adjustment.scale.array();
        tensor = withValues(std::move(tensor), std::vector<float>(scaled.data(), scaled.data() + scaled.size()));
    }
    if (shift != 0)
        tensor = withValues(tensor, turned(tensor.values.toVector(), columns, static_cast<std::ptrdiff_t>(shift)));
    const BlockView rows(tensor, spec.geometry.axis, std::max(1, spec.geometry.block));
    std::optional<LayerInputs> turnedInputs;
    if (shift != 0 && options.inputs)
        turnedInputs = options.inputs->turned(shift);
    Levels levels = levelsOf(rows, spec, options.method, turnedInputs ? &*turnedInputs : options.inputs, options.stop);
    if (shift != 0)
        levels.values = turned(std::move(levels.values), columns, -static_cast<std::ptrdiff_t>(shift));

    LayerCast result{weights.withValues(std::move(levels.values)), levels.bitsPerElement};
    LayerAdjustment adjustment = options.adjustment;
    if (adjustment.shift.size() > 0)
        adjustment.bias = adjustment.shift * weights.matrix().transpose();
    if (adjustment.changesInputs())
        result.weights = result.weights.withAdjustment(adjustment);
    if (options.correctsBias) {
        const Eigen::RowVectorXf error = meanError(weights, result.weights, *options.inputs);
        if (adjustment.bias.size() > 0)
            adjustment.bias -= error;
        else
            adjustment.bias = -error;
        result.weights = result.weights.withAdjustment(std::move(adjustment));
    }
    return result;
}

}  // namespace nanoscope
