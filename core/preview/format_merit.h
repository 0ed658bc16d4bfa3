#pragma once

#include "core/analysis/report.h"
#include "core/fast/worker_pool.h"
#include "core/preview/block_sample.h"
#include "core/quant/block_view.h"
#include "core/tensor.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace nanoscope {

/// The error of one format on a tensor, and what it stores for that.
struct FormatMerit {
    ReportTier tier = ReportTier::Exact;  ///< Exact; Pass: of every element, too; Preview: of a sample
    double bitsPerElement = 0.0;          ///< all-in
    std::optional<double> sqnrDecibel;    ///< absent where there is no error, or nothing to measure
    bool isLossless = false;              ///< no error at all; false if every block holds NaN or infinity
    double standardError = 0.0;           ///< of sqnrDecibel, in dB; of previews only
    std::string refusal;                  ///< why the format cannot take the tensor; empty: it can
};

/// What a report says of its format.
[[nodiscard]] FormatMerit meritOf(const Report& report);

/// Measures many formats on one tensor, each by the soonest way that is good enough to be compared. Small tensors are
/// measured whole. Of large ones: a kernel's pass over every element where there is one; else a sample of blocks
/// (BlockSample); and for formats whose blocks depend on each other (isPreviewable) strips of neighbouring rows from
/// all over the tensor, whose standard error follows from how much the strips differ. What such a format finds in the
/// whole tensor (fitted levels, thresholds) it then finds in the strips.
class MeritMeter {
public:
    /// From here on a sample is taken.
    static constexpr std::uint64_t kFewestSampled = std::uint64_t{1} << 19;

    /// @param tensor  must outlive this
    /// @param rows    its rows, along the axis of all formats
    /// @param pool    does passes; must outlive this
    MeritMeter(const Tensor& tensor, BlockView rows, WorkerPool& pool);

    /// True when a format takes strips of rows, which is slower than the other ways.
    [[nodiscard]] bool isSlow(const FormatSpec& spec) const;

    /// @param format   its axis is that of the rows, whatever it says
    /// @param threads  for all but passes; 0: as many as there are cores
    /// @throws Cancelled
    [[nodiscard]] FormatMerit measure(const NamedFormat& format, unsigned threads, const std::stop_token& stop);

private:
    [[nodiscard]] FormatMerit sampled(const NamedFormat& format, unsigned threads, const std::stop_token& stop);
    [[nodiscard]] FormatMerit inStrips(const NamedFormat& format, unsigned threads, const std::stop_token& stop);
    [[nodiscard]] FormatMerit whole(const NamedFormat& format, unsigned threads, const std::stop_token& stop) const;

    const Tensor& m_tensor;
    BlockView m_rows;
    WorkerPool& m_pool;
    std::unique_ptr<BlockSample> m_sample;  // of the block length that was measured last
    std::unique_ptr<Tensor> m_strips;       // rows from all over the tensor, once they were asked for
};

}  // namespace nanoscope
