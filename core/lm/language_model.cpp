#include "core/lm/language_model.h"

#include "core/error.h"
#include "core/lm/model_config.h"
#include "core/lm/model_names.h"

#include <cmath>
#include <stdexcept>

namespace nanoscope {
namespace {

Eigen::Index index(std::size_t value)
{
    return static_cast<Eigen::Index>(value);
}

/// Reads the tensors of one file into a model.
class ModelReader {
public:
    ModelReader(const std::filesystem::path& path, const ReadOptions& options)
        : m_file(path.string())
        , m_source(openTensorSource(path))
        , m_options(options)
        , m_tensors(m_file, m_source->list())
        , m_config(modelConfig(m_source->attributes(), path))
    {
        m_options.progress = {};  // of single tensors, which says nothing of the whole
    }

    [[nodiscard]] LanguageModel read()
    {
        const ModelNames& names = m_tensors.names();
        findShape(names);
        LanguageModel model;
        model.file = m_file;
        model.shape = m_shape;
        model.embedding = linear(names.embedding, m_shape.vocabulary, m_shape.width);
        model.head = m_shape.tiedOutput ? model.embedding : linear(names.head, m_shape.vocabulary, m_shape.width);
        for (std::size_t layer = 0; layer < m_shape.layers; ++layer)
            model.layers.push_back(decoderLayer(names, layer));
        model.finalNorm = gains(names.finalNorm);
        m_tensors.requireNothingLeft();
        return model;
    }

private:
    [[nodiscard]] Error wrongShape(const TensorInfo& info, const std::string& expected) const
    {
        return Error(m_file + ": " + info.name, "has the shape " + shapeText(info.shape) + " instead of " + expected,
            "the tensors of this checkpoint do not belong together");
    }

    /// Extents of a matrix that the model needs.
    [[nodiscard]] std::pair<std::size_t, std::size_t> extents(const std::string& name)
    {
        const TensorInfo& info = m_tensors.take(name);
        if (info.shape.size() != 2)
            throw wrongShape(info, "a matrix");
        return {info.shape[0], info.shape[1]};
    }

    void findShape(const ModelNames& names)
    {
        std::tie(m_shape.vocabulary, m_shape.width) = extents(names.embedding);
        m_shape.layers = m_tensors.layers();
        if (m_shape.layers == 0)
            throw Error(m_file, "has no decoder layer", "give a complete checkpoint");
        m_shape.hidden = extents(layerName(names.linear[static_cast<std::size_t>(LinearPart::Gate)], 0)).first;
        findHeads(names);
        m_shape.context = m_config.context.value_or(0);
        m_shape.normEpsilon = m_config.normEpsilon.value_or(m_shape.normEpsilon);
        m_shape.rotaryBase = m_config.rotaryBase.value_or(m_shape.rotaryBase);
        m_shape.rotary = m_config.rotary.value_or(names.rotary);
        m_shape.tiedOutput = m_config.tiedOutput.value_or(!m_tensors.has(names.head));
    }

    void findHeads(const ModelNames& names)
    {
        const std::size_t queries
            = extents(layerName(names.linear[static_cast<std::size_t>(LinearPart::Query)], 0)).first;
        const std::size_t keys = extents(layerName(names.linear[static_cast<std::size_t>(LinearPart::Key)], 0)).first;
        if (!m_config.heads)
            throw Error(m_file, "does not say how many attention heads the model has",
                "add the attribute H, or put the model's config.json beside it");
        m_shape.heads = *m_config.heads;
        m_shape.headWidth = m_config.headWidth.value_or(queries / m_shape.heads);
        if (m_shape.headWidth == 0 || queries != m_shape.heads * m_shape.headWidth || m_shape.headWidth % 2 != 0)
            throw Error(m_file,
                std::to_string(queries) + " rows of queries cannot be " + std::to_string(m_shape.heads)
                    + " heads of equal, even width",
                "correct the attribute H (number of heads)");
        m_shape.keyValueHeads = m_config.keyValueHeads.value_or(keys / m_shape.headWidth);
        if (m_shape.keyValueHeads == 0 || keys != m_shape.keyValueHeads * m_shape.headWidth
            || m_shape.heads % m_shape.keyValueHeads != 0)
            throw Error(m_file,
                std::to_string(keys) + " rows of keys do not fit " + std::to_string(m_shape.heads)
                    + " heads of queries of width " + std::to_string(m_shape.headWidth),
                "correct the attributes H and KV (numbers of heads)");
    }

    [[nodiscard]] DecoderLayer decoderLayer(const ModelNames& names, std::size_t layer)
    {
        const std::size_t queries = m_shape.heads * m_shape.headWidth;
        const std::size_t keys = m_shape.keyValueHeads * m_shape.headWidth;
        const std::array<std::pair<std::size_t, std::size_t>, kLinearParts> shapes{
            {{queries, m_shape.width}, {keys, m_shape.width}, {keys, m_shape.width}, {m_shape.width, queries},
                {m_shape.hidden, m_shape.width}, {m_shape.hidden, m_shape.width}, {m_shape.width, m_shape.hidden}}};
        DecoderLayer result;
        for (std::size_t part = 0; part < kLinearParts; ++part)
            result.linear[part] = linear(layerName(names.linear[part], layer), shapes[part].first, shapes[part].second);
        result.attentionNorm = gains(layerName(names.attentionNorm, layer));
        result.feedForwardNorm = gains(layerName(names.feedForwardNorm, layer));
        return result;
    }

    [[nodiscard]] Tensor finite(const TensorInfo& info)
    {
        Tensor tensor = m_source->read(info.name, m_options);
        bool isFinite = true;
        tensor.values.forEach([&isFinite](float value) { isFinite = isFinite && std::isfinite(value); });
        if (!isFinite)
            throw Error(m_file + ": " + info.name, "holds NaN or infinity, so that every loss would be NaN",
                "repair the checkpoint");
        return tensor;
    }

    [[nodiscard]] LinearWeights linear(const std::string& name, std::size_t outputs, std::size_t inputs)
    {
        const TensorInfo& info = m_tensors.take(name);
        if (const Shape expected{outputs, inputs}; info.shape != expected)
            throw wrongShape(info, shapeText(expected));
        return LinearWeights(finite(info));
    }

    [[nodiscard]] Eigen::RowVectorXf gains(const std::string& name)
    {
        const TensorInfo& info = m_tensors.take(name);
        if (const Shape expected{m_shape.width}; info.shape != expected)
            throw wrongShape(info, shapeText(expected));
        const std::vector<float> values = finite(info).values.toVector();
        return Eigen::Map<const Eigen::RowVectorXf>(values.data(), index(values.size()));
    }

    std::string m_file;
    std::unique_ptr<TensorSource> m_source;
    ReadOptions m_options;
    NamedTensors m_tensors;
    ModelConfig m_config;
    ModelShape m_shape;
};

}  // namespace

LinearWeights::LinearWeights(Tensor tensor)
    : m_tensor(std::move(tensor))
    , m_values(m_tensor.values.asFloat32())
{
}

LinearWeights LinearWeights::withValues(std::vector<float> values) const
{
    LinearWeights result = *this;
    result.m_values = TensorValues(std::make_shared<const std::vector<float>>(std::move(values)));
    return result;
}

LinearWeights LinearWeights::withAdjustment(LayerAdjustment adjustment) const
{
    LinearWeights result = *this;
    result.m_adjustment = std::make_shared<const LayerAdjustment>(std::move(adjustment));
    return result;
}

Eigen::Map<const LinearWeights::Matrix> LinearWeights::matrix() const
{
    return {m_values.floats().data(), index(outputs()), index(inputs())};
}

std::size_t LanguageModel::parameters() const
{
    std::size_t count = shape.vocabulary * shape.width * (shape.tiedOutput ? 1 : 2) + shape.width;
    for (const DecoderLayer& layer : layers) {
        count += 2 * shape.width;
        for (const LinearWeights& weights : layer.linear)
            count += weights.outputs() * weights.inputs();
    }
    return count;
}

LanguageModel loadLanguageModel(const std::filesystem::path& path, const ReadOptions& options)
{
    return ModelReader(path, options).read();
}

}  // namespace nanoscope
