#pragma once

#include "core/preview/block_sample.h"
#include "core/quant/block_view.h"
#include "core/summary/exact_summary.h"
#include "core/tensor.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

namespace nanoscope {

/// How the tensor is cut into rows.
struct TensorCut {
    int axis = -1;
    std::optional<Shape> reshape;
    bool operator==(const TensorCut&) const = default;
};

/// A loaded tensor with its rows, cut once per axis and shape however many formats look at it.
class LoadedTensor {
public:
    /// Tensors of fewer elements are measured as fast as they are sampled.
    static constexpr std::uint64_t kFewestSampled = 1 << 18;

    /// @param seconds  that reading took
    explicit LoadedTensor(Tensor tensor, double seconds = 0.0);

    [[nodiscard]] const Tensor& tensor() const { return m_tensor; }
    [[nodiscard]] double readSeconds() const { return m_readSeconds; }
    /// What making the newest summary took; nothing before the first.
    [[nodiscard]] std::optional<double> summarySeconds() const;
    /// Rows of blocks; moving the blocked axis last happens here, on the calling worker, and is kept.
    /// @throws Error when the cut does not fit the tensor
    [[nodiscard]] BlockView view(const TensorCut& cut, int block) const;
    /// The exact summary for a cut and block length: made at the first call, on the calling worker, and kept with a few
    /// others.
    /// @throws Cancelled; Error when the cut does not fit the tensor
    [[nodiscard]] std::shared_ptr<const ExactSummary> summary(
        const TensorCut& cut, int block, SummaryKind kind, const std::stop_token& stop) const;
    /// True when summary() has it at hand.
    [[nodiscard]] bool hasSummary(const TensorCut& cut, int block, SummaryKind kind) const;
    /// The blocks that previews are made from, for a cut and block length; made and kept like summaries. Null where a
    /// preview would not be sooner than the report: small tensors, blocks of many elements.
    /// @throws Cancelled; Error when the cut does not fit the tensor
    [[nodiscard]] std::shared_ptr<const BlockSample> sample(
        const TensorCut& cut, int block, const std::stop_token& stop) const;

private:
    struct KeptSummary {
        TensorCut cut;
        std::shared_ptr<const ExactSummary> summary;
    };
    struct KeptSample {
        TensorCut cut;
        std::shared_ptr<const BlockSample> sample;
    };

    [[nodiscard]] std::shared_ptr<const ExactSummary> keptSummary(
        const TensorCut& cut, int block, SummaryKind kind) const;

    Tensor m_tensor;
    double m_readSeconds;
    mutable std::mutex m_mutex;
    mutable std::optional<double> m_summarySeconds;
    mutable std::optional<TensorCut> m_cut;
    mutable std::optional<BlockView> m_view;
    mutable std::deque<KeptSummary> m_summaries;  // newest first
    mutable std::deque<KeptSample> m_samples;     // newest first
};

}  // namespace nanoscope
