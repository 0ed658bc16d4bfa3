#pragma once

#include "core/io/tensor_source.h"
#include "core/lm/layer_adjustment.h"
#include "core/lm/model_shape.h"
#include "core/tensor.h"

#include <Eigen/Core>

#include <array>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace nanoscope {

/// A linear layer's weights, [out, in]: y = W x. Immutable; copies share the values.
class LinearWeights {
public:
    using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

    LinearWeights() = default;
    /// @param tensor  of rank 2
    explicit LinearWeights(Tensor tensor);

    /// The same layer with other values, row by row.
    [[nodiscard]] LinearWeights withValues(std::vector<float> values) const;
    /// The same layer with something done around its weights.
    [[nodiscard]] LinearWeights withAdjustment(LayerAdjustment adjustment) const;

    [[nodiscard]] const std::string& name() const { return m_tensor.info.name; }
    /// The weights as the file has them, whatever values withValues() gave: what a format quantizes.
    [[nodiscard]] const Tensor& tensor() const { return m_tensor; }
    [[nodiscard]] std::size_t outputs() const { return static_cast<std::size_t>(m_tensor.info.shape.at(0)); }
    [[nodiscard]] std::size_t inputs() const { return static_cast<std::size_t>(m_tensor.info.shape.at(1)); }
    /// The values that the model multiplies with.
    [[nodiscard]] Eigen::Map<const Matrix> matrix() const;
    /// What is done around the weights; null for nothing.
    [[nodiscard]] const LayerAdjustment* adjustment() const { return m_adjustment.get(); }

private:
    Tensor m_tensor;
    TensorValues m_values;  // float32
    std::shared_ptr<const LayerAdjustment> m_adjustment;
};

/// The linear layers of a decoder layer, in the order in which they run.
enum class LinearPart { Query, Key, Value, AttentionOutput, Gate, Up, Down };
inline constexpr std::size_t kLinearParts = 7;

struct DecoderLayer {
    std::array<LinearWeights, kLinearParts> linear;
    Eigen::RowVectorXf attentionNorm;  ///< gains
    Eigen::RowVectorXf feedForwardNorm;

    [[nodiscard]] const LinearWeights& part(LinearPart which) const { return linear[static_cast<std::size_t>(which)]; }
};

/// A decoder-only language model of the Llama kind: RMSNorm, rotary embedding, grouped-query attention, SwiGLU.
struct LanguageModel {
    std::string file;
    ModelShape shape;
    LinearWeights embedding;  ///< [vocabulary, width]
    LinearWeights head;       ///< the embedding itself where the output is tied
    std::vector<DecoderLayer> layers;
    Eigen::RowVectorXf finalNorm;

    /// Weights of all tensors; a tied embedding counts once.
    [[nodiscard]] std::size_t parameters() const;
};

/// Reads a model from HDF5 or safetensors by the names of its tensors, those of llama2.c or of Hugging Face; dots and
/// slashes in them are the same. Sizes follow from the tensors. The rest comes from attributes of the file (`H KV T
/// norm_eps rope tied_output`, or Hugging Face's names), or from a config.json beside it; only the number of heads must
/// be there.
/// @throws Error naming file and tensor when one is missing, has a wrong shape, holds NaN or infinity, or belongs to a
///     part that this evaluation does not know (biases); Cancelled
[[nodiscard]] LanguageModel loadLanguageModel(const std::filesystem::path& path, const ReadOptions& options = {});

}  // namespace nanoscope
