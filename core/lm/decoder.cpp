#include "core/lm/decoder.h"

#include "core/error.h"
#include "core/quant/dequantize.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace nanoscope {
namespace {

using Eigen::Index;

/// Rows of attention scores and logits that are made at a time: few enough to stay in the cache, and to leave out most
/// of what the causal mask hides.
constexpr Index kRowsAtOnce = 64;

/// @name What is cast, as errors call it
/// @{
constexpr const char* kInputs = "inputs of the linear layers (--activations)";
constexpr const char* kKeyValues = "keys and values (--kv)";
/// @}

Index toIndex(std::size_t value)
{
    return static_cast<Index>(value);
}

/// ln of the sum of exponentials of a row; sums of segments in float, of these in double.
template <typename Row> double logSumExp(const Row& row)
{
    constexpr Index kSegment = 256;
    const float largest = row.maxCoeff();
    double sum = 0.0;
    for (Index first = 0; first < row.size(); first += kSegment)
        sum += static_cast<double>(
            (row.segment(first, std::min(kSegment, row.size() - first)).array() - largest).exp().sum());
    return static_cast<double>(largest) + std::log(sum);
}

}  // namespace

Decoder::Decoder(const LanguageModel& model, ActivationCasts casts)
    : m_model(model)
    , m_casts(std::move(casts))
{
}

double Decoder::loss(std::span<const std::int32_t> window)
{
    const Matrix& states = hidden(window.first(window.size() - 1));
    const auto head = m_model.head.matrix();
    double sum = 0.0;
    for (Index first = 0; first < states.rows(); first += kRowsAtOnce) {
        const Index rows = std::min(kRowsAtOnce, states.rows() - first);
        m_logits.noalias() = states.middleRows(first, rows) * head.transpose();
        for (Index row = 0; row < rows; ++row) {
            const Index target = window[static_cast<std::size_t>(first + row) + 1];
            sum += logSumExp(m_logits.row(row)) - static_cast<double>(m_logits(row, target));
        }
    }
    return sum;
}

Eigen::RowVectorXf Decoder::nextLogits(std::span<const std::int32_t> ids)
{
    const Matrix& states = hidden(ids);
    return states.row(states.rows() - 1) * m_model.head.matrix().transpose();
}

const Decoder::Matrix& Decoder::hidden(std::span<const std::int32_t> ids)
{
    const auto embedding = m_model.embedding.matrix();
    m_stream.resize(toIndex(ids.size()), toIndex(m_model.shape.width));
    for (std::size_t token = 0; token < ids.size(); ++token)
        m_stream.row(toIndex(token)) = embedding.row(ids[token]);
    prepareRotation(ids.size());
    for (const DecoderLayer& layer : m_model.layers) {
        attend(layer);
        feedForward(layer);
    }
    normalize(m_stream, m_model.finalNorm, m_normed);
    return m_normed;
}

void Decoder::attend(const DecoderLayer& layer)
{
    const ModelShape& shape = m_model.shape;
    normalize(m_stream, layer.attentionNorm, m_normed);
    const Matrix& inputs = castInput(m_normed);
    project(m_normed, inputs, layer.part(LinearPart::Query), m_query);
    project(m_normed, inputs, layer.part(LinearPart::Key), m_key);
    project(m_normed, inputs, layer.part(LinearPart::Value), m_value);
    rotate(m_query, shape.heads);
    rotate(m_key, shape.keyValueHeads);
    castRows(m_key, m_casts.keyValues, kKeyValues);
    castRows(m_value, m_casts.keyValues, kKeyValues);
    m_attended.resize(m_query.rows(), m_query.cols());
    for (std::size_t head = 0; head < shape.heads; ++head)
        attendHead(head);
    project(m_attended, castInput(m_attended), layer.part(LinearPart::AttentionOutput), m_projected);
    m_stream += m_projected;
}

void Decoder::attendHead(std::size_t head)
{
    const ModelShape& shape = m_model.shape;
    const Index width = toIndex(shape.headWidth);
    const Index from = toIndex(head) * width;
    const Index keysFrom = toIndex(head / (shape.heads / shape.keyValueHeads)) * width;
    const float scale = 1.0F / std::sqrt(static_cast<float>(shape.headWidth));
    for (Index first = 0; first < m_query.rows(); first += kRowsAtOnce) {
        const Index rows = std::min(kRowsAtOnce, m_query.rows() - first);
        const Index keys = first + rows;  // later ones are hidden from all of these rows
        m_scores.noalias()
            = m_query.block(first, from, rows, width) * m_key.block(0, keysFrom, keys, width).transpose();
        for (Index row = 0; row < rows; ++row) {
            const Index seen = first + row + 1;
            auto scores = m_scores.row(row).head(seen).array();
            scores = ((scores - scores.maxCoeff()) * scale).exp();
            scores /= scores.sum();
            m_scores.row(row).tail(keys - seen).setZero();
        }
        m_attended.block(first, from, rows, width).noalias() = m_scores * m_value.block(0, keysFrom, keys, width);
    }
}

void Decoder::feedForward(const DecoderLayer& layer)
{
    normalize(m_stream, layer.feedForwardNorm, m_normed);
    const Matrix& inputs = castInput(m_normed);
    project(m_normed, inputs, layer.part(LinearPart::Gate), m_gate);
    project(m_normed, inputs, layer.part(LinearPart::Up), m_up);
    m_gate.array() *= m_up.array() / (1.0F + (-m_gate.array()).exp());  // SiLU of the gate, times up
    project(m_gate, castInput(m_gate), layer.part(LinearPart::Down), m_projected);
    m_stream += m_projected;
}

const Decoder::Matrix& Decoder::castInput(const Matrix& rows)
{
    if (!m_casts.inputs)
        return rows;
    m_cast = rows;
    castRows(m_cast, m_casts.inputs, kInputs);
    return m_cast;
}

void Decoder::project(const Matrix& rows, const Matrix& cast, const LinearWeights& weights, Matrix& result)
{
    const LayerAdjustment* adjustment = weights.adjustment();
    if (adjustment && adjustment->changesInputs()) {
        m_scaled = rows;
        if (adjustment->shift.size() > 0)
            m_scaled.rowwise() -= adjustment->shift;
        if (adjustment->scale.size() > 0)
            m_scaled.array().rowwise() /= adjustment->scale.array();
        castRows(m_scaled, m_casts.inputs, kInputs);
        result.noalias() = m_scaled * weights.matrix().transpose();
    } else {
        result.noalias() = cast * weights.matrix().transpose();
    }
    if (adjustment && adjustment->bias.size() > 0)
        result.rowwise() += adjustment->bias;
}

void Decoder::castRows(Matrix& rows, const std::optional<FormatSpec>& spec, const char* what)
{
    if (!spec)
        return;
    const std::span<const float> values(rows.data(), static_cast<std::size_t>(rows.size()));
    TensorInfo info;
    info.name = what;
    info.shape = {static_cast<std::uint64_t>(rows.rows()), static_cast<std::uint64_t>(rows.cols())};
    info.elements = values.size();
    const Tensor tensor{{}, std::move(info), std::make_shared<const std::vector<float>>(values.begin(), values.end())};
    try {
        const Dequantized cast = dequantize(BlockView(tensor, -1, spec->geometry.block), *spec, {1, {}, {}});
        std::copy(cast.values.begin(), cast.values.end(), rows.data());
    } catch (const Error& error) {  // what can be done about weights does not help here
        throw Error(what, error.problem(),
            "choose a format that takes rows of " + std::to_string(rows.cols()) + " elements", error.kind());
    }
}

void Decoder::prepareRotation(std::size_t tokens)
{
    if (static_cast<std::size_t>(m_cosine.rows()) >= tokens)
        return;
    const std::size_t half = m_model.shape.headWidth / 2;
    m_cosine.resize(toIndex(tokens), toIndex(half));
    m_sine.resize(toIndex(tokens), toIndex(half));
    for (std::size_t i = 0; i < half; ++i) {
        const double exponent = -2.0 * static_cast<double>(i) / static_cast<double>(m_model.shape.headWidth);
        const double frequency = std::pow(m_model.shape.rotaryBase, exponent);
        for (std::size_t token = 0; token < tokens; ++token) {
            const double angle = static_cast<double>(token) * frequency;
            m_cosine(toIndex(token), toIndex(i)) = static_cast<float>(std::cos(angle));
            m_sine(toIndex(token), toIndex(i)) = static_cast<float>(std::sin(angle));
        }
    }
}

void Decoder::rotate(Matrix& rows, std::size_t heads) const
{
    const Index half = toIndex(m_model.shape.headWidth) / 2;
    const bool isSplit = m_model.shape.rotary == RotaryPairs::HalfSplit;
    const Index step = isSplit ? 1 : 2;        // from one pair's first element to the next pair's
    const Index partner = isSplit ? half : 1;  // from a pair's first element to its second
    for (Index token = 0; token < rows.rows(); ++token)
        for (std::size_t head = 0; head < heads; ++head) {
            float* vector = &rows(token, toIndex(head) * 2 * half);
            for (Index i = 0; i < half; ++i) {
                float& first = vector[i * step];
                float& second = vector[i * step + partner];
                const float cosine = m_cosine(token, i);
                const float sine = m_sine(token, i);
                const float turned = first * cosine - second * sine;
                second = first * sine + second * cosine;
                first = turned;
            }
        }
}

void Decoder::normalize(const Matrix& rows, const Eigen::RowVectorXf& gains, Matrix& result) const
{
    result.resize(rows.rows(), rows.cols());
    const auto epsilon = static_cast<float>(m_model.shape.normEpsilon);
    for (Index row = 0; row < rows.rows(); ++row) {
        const float meanSquare = rows.row(row).squaredNorm() / static_cast<float>(rows.cols());
        result.row(row) = rows.row(row).cwiseProduct(gains) / std::sqrt(meanSquare + epsilon);
    }
}

}  // namespace nanoscope
