#pragma once

#include "core/format/format_spec.h"
#include "core/lm/language_model.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace nanoscope {

/// Formats of what the model computes on its way, beside its weights. Blocks run along a token's vector; a window is
/// one tensor, so that a result does not depend on how windows are spread over threads.
struct ActivationCasts {
    std::optional<FormatSpec> inputs;     ///< of every linear layer
    std::optional<FormatSpec> keyValues;  ///< keys behind the rotary embedding, and values: the cache
};

/// Runs a model over windows of tokens, on one thread, in float32; owns its scratch memory.
/// Source: Llama, arXiv 2302.13971; RMSNorm, arXiv 1910.07467; rotary embedding, arXiv 2104.09864; grouped-query
/// attention, arXiv 2305.13245; SwiGLU, arXiv 2002.05202.
class Decoder {
public:
    using Matrix = LinearWeights::Matrix;

    /// @param model  must outlive this
    explicit Decoder(const LanguageModel& model, ActivationCasts casts = {});

    /// Sum of -ln p, in nats, over the tokens that a window predicts: ids 1 to T from ids 0 to T-1.
    /// @param window  at least two ids of the vocabulary
    [[nodiscard]] double loss(std::span<const std::int32_t> window);

    /// Logits of the token behind `ids`, one per id of the vocabulary.
    [[nodiscard]] Eigen::RowVectorXf nextLogits(std::span<const std::int32_t> ids);

private:
    /// The residual stream behind the final norm, a row per token.
    const Matrix& hidden(std::span<const std::int32_t> ids);
    void attend(const DecoderLayer& layer);
    void feedForward(const DecoderLayer& layer);
    void attendHead(std::size_t head);
    /// What a linear layer makes of its inputs.
    /// @param cast  castInput(rows), which serves several layers
    void project(const Matrix& rows, const Matrix& cast, const LinearWeights& weights, Matrix& result);
    /// The inputs of linear layers as they are cast; `rows` themselves where nothing is.
    const Matrix& castInput(const Matrix& rows);
    /// @param what  the rows are, for errors
    static void castRows(Matrix& rows, const std::optional<FormatSpec>& spec, const char* what);
    void prepareRotation(std::size_t tokens);
    void rotate(Matrix& rows, std::size_t heads) const;
    void normalize(const Matrix& rows, const Eigen::RowVectorXf& gains, Matrix& result) const;

    const LanguageModel& m_model;
    ActivationCasts m_casts;
    Matrix m_cosine;  // [token, half of a head]
    Matrix m_sine;
    Matrix m_stream;
    Matrix m_normed;
    Matrix m_query;
    Matrix m_key;
    Matrix m_value;
    Matrix m_attended;
    Matrix m_cast;
    Matrix m_scaled;
    Matrix m_projected;
    Matrix m_scores;
    Matrix m_gate;
    Matrix m_up;
    Matrix m_logits;
};

}  // namespace nanoscope
