#include "app/soon_answer.h"

#include "core/fast/pass_report.h"
#include "core/preview/preview_report.h"
#include "core/summary/summary_answer.h"

#include <chrono>
#include <optional>
#include <utility>

namespace nanoscope {
namespace {

/// One format on one tensor.
class Answerer {
public:
    Answerer(const LoadedTensor& tensor, TensorCut cut, const NamedFormat& format, std::stop_token stop)
        : m_tensor(tensor)
        , m_cut(std::move(cut))
        , m_format(format)
        , m_stop(std::move(stop))
    {
        m_cut.axis = format.spec.geometry.axis;
        const BlockView rows = tensor.view(m_cut, 1);
        m_subject = subjectOf(tensor.tensor(), rows);
        m_spec = resolved(format.spec, rows.rowLength());
        m_kind = summaryKindFor(format.spec);
    }

    /// Covered by a summary that is still to be made, which takes longer than a frame.
    [[nodiscard]] bool awaitsSummary() const
    {
        return m_kind && !m_tensor.hasSummary(m_cut, m_spec.geometry.block, *m_kind);
    }

    [[nodiscard]] std::shared_ptr<const Report> summed() const
    {
        if (!m_kind)
            return nullptr;
        const auto summary = m_tensor.summary(m_cut, m_spec.geometry.block, *m_kind, m_stop);
        const auto start = std::chrono::steady_clock::now();
        auto report = summaryReport(*summary, SummaryQuery(m_spec), {m_format.name, m_spec}, m_subject);
        return kept(std::move(report), start);
    }

    [[nodiscard]] std::shared_ptr<const BlockSample> sample() const
    {
        return isPreviewable(m_spec) ? m_tensor.sample(m_cut, m_spec.geometry.block, m_stop) : nullptr;
    }

    [[nodiscard]] std::shared_ptr<const Report> preview(
        const BlockSample& sample, PreviewDepth depth, unsigned threads) const
    {
        const auto start = std::chrono::steady_clock::now();
        return kept(previewReport(sample, m_format, m_subject, {depth, threads, m_stop}), start);
    }

    /// The first answer with what a kernel says of every element; nothing where there is no kernel.
    [[nodiscard]] std::shared_ptr<const Report> passed(
        const BlockSample& sample, const Report& first, WorkerPool& pool) const
    {
        const auto start = std::chrono::steady_clock::now();
        const auto pass = FusedPass::forFormat(m_spec, sampledParameters(m_spec, sample));
        if (!pass)
            return nullptr;
        const BlockView rows = m_tensor.view(m_cut, m_spec.geometry.block);
        const FusedFigures figures = pass->measure(rows, {&pool, pool.threads(), m_stop});
        return kept(refinedByPass(first, figures, sample.power()), start);
    }

private:
    using Time = std::chrono::steady_clock::time_point;

    /// With the format as it was asked for, and the time that it took.
    [[nodiscard]] std::shared_ptr<const Report> kept(std::optional<Report> report, Time start) const
    {
        if (!report)
            return nullptr;
        report->format = m_format;
        report->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        return std::make_shared<const Report>(std::move(*report));
    }

    const LoadedTensor& m_tensor;
    TensorCut m_cut;
    const NamedFormat& m_format;
    std::stop_token m_stop;
    SummarySubject m_subject;
    FormatSpec m_spec;  // resolved for the rows
    std::optional<SummaryKind> m_kind;
};

}  // namespace

void answerSoon(const LoadedTensor& tensor, const TensorCut& cut, const NamedFormat& format, WorkerPool& pool,
    const std::stop_token& stop, const std::function<void(std::shared_ptr<const Report>)>& publish)
{
    const Answerer answerer(tensor, cut, format, stop);
    const bool awaitsSummary = answerer.awaitsSummary();
    if (awaitsSummary)
        if (const auto sample = answerer.sample())
            publish(answerer.preview(*sample, PreviewDepth::Quick, 2));
    auto first = answerer.summed();
    const bool isSummed = first != nullptr;
    if (isSummed)
        publish(first);
    const auto sample = answerer.sample();  // at hand, too, when the next change leaves what the summary covers
    if (!sample)
        return;
    if (!isSummed) {
        first = answerer.preview(*sample, PreviewDepth::Quick, 2);
        publish(first);
    }
    if (const auto passed = first ? answerer.passed(*sample, *first, pool) : nullptr)
        publish(passed);
    else if (!isSummed)
        publish(answerer.preview(*sample, PreviewDepth::Full, 1));  // the other processor paints the first
}

}  // namespace nanoscope
