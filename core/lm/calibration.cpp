#include "core/lm/calibration.h"

#include "core/error.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace nanoscope {
namespace {

using Eigen::Index;

constexpr const char* kRemedy = "give inputs of the linear layers of this model, X as [samples, in] or H as [in, in]";

/// Paths under which a layer's dataset may be found.
std::vector<std::string> pathsOf(const std::string& layer, const char* dataset)
{
    std::string dots = layer;
    std::string slashes = layer;
    std::replace(dots.begin(), dots.end(), '/', '.');
    std::replace(slashes.begin(), slashes.end(), '.', '/');
    return {layer + '/' + dataset, dots + '/' + dataset, slashes + '/' + dataset};
}

/// Reads the datasets of one open file.
class CalibrationReader {
public:
    CalibrationReader(const std::filesystem::path& path, const ReadOptions& options)
        : m_file(path.string())
        , m_source(openTensorSource(path))
        , m_options(options)
    {
        m_options.progress = {};  // of single tensors, which says nothing of the whole
    }

    [[nodiscard]] LayerInputs read(const LinearWeights& weights) const
    {
        if (const auto samples = find(weights.name(), "X"))
            return fromSamples(*samples, weights.inputs());
        if (const auto products = find(weights.name(), "H"))
            return fromProducts(*products, weights.inputs());
        throw Error(
            m_file + ": " + weights.name(), "no inputs of this layer are in the file: neither X nor H", kRemedy);
    }

private:
    [[nodiscard]] bool isListed(const std::string& path) const
    {
        const std::vector<TensorInfo>& list = m_source->list();
        return std::any_of(list.begin(), list.end(), [&](const TensorInfo& info) { return info.name == path; });
    }

    [[nodiscard]] std::optional<Tensor> find(const std::string& layer, const char* dataset) const
    {
        const std::vector<std::string> paths = pathsOf(layer, dataset);
        for (const std::string& path : paths)
            if (isListed(path))
                return m_source->read(path, m_options);
        for (const std::string& path : paths) {
            try {
                return m_source->read(path, m_options);  // soft links are not listed, but can be read
            } catch (const Error&) {
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] Error wrongShape(const Tensor& tensor, const std::string& expected) const
    {
        return Error(m_file + ": " + tensor.info.name,
            "has the shape " + shapeText(tensor.info.shape) + " instead of " + expected, kRemedy);
    }

    void requireFinite(const Tensor& tensor) const
    {
        std::size_t bad = 0;
        tensor.values.forEach([&bad](float value) { bad += std::isfinite(value) ? 0U : 1U; });
        if (bad > 0)
            throw Error(m_file + ": " + tensor.info.name,
                std::to_string(bad) + " of " + std::to_string(tensor.info.elements) + " values are NaN or infinity",
                "record the inputs again");
    }

    [[nodiscard]] LayerInputs fromSamples(const Tensor& tensor, std::size_t inputs) const
    {
        const Shape& shape = tensor.info.shape;
        if (shape.size() != 2 || shape[0] == 0 || shape[1] != inputs)
            throw wrongShape(tensor, "samples × " + std::to_string(inputs));
        requireFinite(tensor);
        const TensorValues values = tensor.values.asFloat32();
        return inputsOf(m_file + ": " + tensor.info.name,
            Eigen::Map<const LinearWeights::Matrix>(
                values.floats().data(), static_cast<Index>(shape[0]), static_cast<Index>(shape[1])));
    }

    [[nodiscard]] LayerInputs fromProducts(const Tensor& tensor, std::size_t inputs) const
    {
        if (const Shape expected{inputs, inputs}; tensor.info.shape != expected)
            throw wrongShape(tensor, shapeText(expected));
        requireFinite(tensor);
        const TensorValues values = tensor.values.asFloat32();
        const auto size = static_cast<Index>(inputs);
        LayerInputs result;
        result.source = m_file + ": " + tensor.info.name;
        result.hessian = Eigen::Map<const LinearWeights::Matrix>(values.floats().data(), size, size).cast<double>();
        const double largest = result.hessian.cwiseAbs().maxCoeff();
        const double skew = (result.hessian - result.hessian.transpose()).cwiseAbs().maxCoeff();
        if (skew > 1e-3 * largest || result.hessian.diagonal().minCoeff() < 0.0)
            throw Error(result.source,
                skew > 1e-3 * largest ? "is not symmetric" : "has a negative element on its diagonal",
                "give H = X^T X of the layer's inputs X");
        return result;
    }

    std::string m_file;
    std::unique_ptr<TensorSource> m_source;
    ReadOptions m_options;
};

}  // namespace

void LayerInputs::requireSamples(const std::string& what) const
{
    if (!hasSamples())
        throw Error(source, "has products of the inputs only, but " + what + " needs the inputs themselves",
            "give X, [samples, in], instead of H", ErrorKind::Refused);
}

LayerInputs LayerInputs::turned(std::size_t columns) const
{
    LayerInputs result = *this;
    const Index size = hessian.rows();
    const auto from = [&](Index column) { return (column + static_cast<Index>(columns)) % size; };
    for (Index column = 0; column < size; ++column) {
        for (Index row = 0; row < size; ++row)
            result.hessian(row, column) = hessian(from(row), from(column));
        if (hasSamples()) {
            result.samples.col(column) = samples.col(from(column));
            result.mean[column] = mean[from(column)];
        }
    }
    return result;
}

LayerInputs inputsOf(std::string source, LinearWeights::Matrix samples)
{
    LayerInputs result;
    result.source = std::move(source);
    const auto count = static_cast<double>(samples.rows());
    const Eigen::MatrixXd wide = samples.cast<double>();
    result.hessian = wide.transpose() * wide * (2.0 / count);
    result.mean = wide.colwise().sum() / count;
    result.samples = std::move(samples);
    return result;
}

const LayerInputs& Calibration::of(const LinearWeights& weights) const
{
    const auto found = layers.find(weights.name());
    if (found == layers.end())
        throw Error(file + ": " + weights.name(), "no inputs of this layer are known", kRemedy);
    return found->second;
}

Calibration readCalibration(const std::filesystem::path& path, const LanguageModel& model, const ReadOptions& options)
{
    const CalibrationReader reader(path, options);
    Calibration calibration;
    calibration.file = path.string();
    for (const DecoderLayer& layer : model.layers)
        for (const LinearWeights& weights : layer.linear) {
            if (options.stop.stop_requested())
                throw Cancelled();
            calibration.layers.emplace(weights.name(), reader.read(weights));
        }
    return calibration;
}

}  // namespace nanoscope
