#pragma once

#include "core/analysis/report.h"
#include "core/fast/worker_pool.h"
#include "core/preview/block_sample.h"
#include "core/quant/block_view.h"
#include "core/summary/exact_summary.h"
#include "core/tensor.h"

#include <array>
#include <deque>
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
    std::optional<double> nmse;           ///< sum (d-w)^2 / sum w^2; absent for a tensor of zeros
    /// @name Absent where the way it was measured does not tell
    /// @{
    std::optional<double> maximumError;   ///< max |d-w|: of every element, or not at all
    std::optional<double> vacantLevels;   ///< of the tensor; of a preview: levels that the sample does not hold
    std::optional<double> vacantInBlock;  ///< mean over blocks
    std::optional<double> utilisation;    ///< entropy of the codes over their bits
    /// @}
};

/// The figures of a FormatMerit, as an axis shows them.
enum class MeritFigure { Sqnr, Nmse, MaximumError, VacantLevels, VacantInBlock, Utilisation, Bits };
inline constexpr std::array kMeritFigures{MeritFigure::Sqnr, MeritFigure::Nmse, MeritFigure::MaximumError,
    MeritFigure::VacantLevels, MeritFigure::VacantInBlock, MeritFigure::Utilisation, MeritFigure::Bits};

/// A figure of a format that was measured; nothing where it was refused or the figure is not known.
[[nodiscard]] std::optional<double> figureOf(const FormatMerit& merit, MeritFigure figure);

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

    /// The same for formats that change often, as those of a sweep: an exact summary answers where it covers the format
    /// and knows the figure. It is made once for a block length and answers every other format in microseconds.
    /// @param wanted  a summary tells neither the largest error nor what single blocks leave vacant, and no sample the
    ///                former: where no kernel tells them, either, the whole tensor is measured, however long that takes
    /// @throws Cancelled
    [[nodiscard]] FormatMerit measureOften(
        const NamedFormat& format, MeritFigure wanted, unsigned threads, const std::stop_token& stop);

private:
    [[nodiscard]] NamedFormat alongRows(const NamedFormat& format) const;
    [[nodiscard]] std::optional<FormatMerit> summed(
        const NamedFormat& format, unsigned threads, const std::stop_token& stop);
    [[nodiscard]] const BlockSample& sampleOf(const BlockView& view, unsigned threads, const std::stop_token& stop);
    [[nodiscard]] const ExactSummary& summaryOf(
        const BlockView& view, SummaryKind kind, unsigned threads, const std::stop_token& stop);
    [[nodiscard]] FormatMerit sampled(const NamedFormat& format, unsigned threads, const std::stop_token& stop);
    [[nodiscard]] FormatMerit inStrips(const NamedFormat& format, unsigned threads, const std::stop_token& stop);
    [[nodiscard]] FormatMerit whole(const NamedFormat& format, unsigned threads, const std::stop_token& stop) const;

    const Tensor& m_tensor;
    BlockView m_rows;
    WorkerPool& m_pool;
    std::deque<std::unique_ptr<const BlockSample>> m_samples;     // of some block lengths, newest first
    std::deque<std::unique_ptr<const ExactSummary>> m_summaries;  // the same
    std::unique_ptr<Tensor> m_strips;                             // rows from all over the tensor, once asked for
};

}  // namespace nanoscope
