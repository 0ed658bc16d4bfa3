#include "core/preview/format_merit.h"

#include "core/analysis/analyze.h"
#include "core/error.h"
#include "core/fast/pass_report.h"
#include "core/format/format_storage.h"
#include "core/preview/preview_report.h"

#include <utility>

namespace nanoscope {

FormatMerit meritOf(const Report& report)
{
    FormatMerit merit;
    merit.tier = report.tier;
    merit.bitsPerElement = report.bitsPerElement;
    merit.sqnrDecibel = report.error.sqnrDecibel;
    merit.isLossless = report.error.mse == 0.0;
    merit.standardError = report.sqnrStandardError.value_or(0.0);
    return merit;
}

MeritMeter::MeritMeter(const Tensor& tensor, BlockView rows, WorkerPool& pool)
    : m_tensor(tensor)
    , m_rows(std::move(rows))
    , m_pool(pool)
{
}

bool MeritMeter::isSlow(const FormatSpec& spec) const
{
    return m_rows.elements() >= kFewestSampled && !isPreviewable(spec);
}

FormatMerit MeritMeter::measure(const NamedFormat& format, unsigned threads, const std::stop_token& stop)
{
    NamedFormat along = format;
    along.spec.geometry.axis = static_cast<int>(m_rows.axis());
    try {
        const bool isSampled = m_rows.elements() >= kFewestSampled && isPreviewable(along.spec);
        return isSampled ? sampled(along, threads, stop) : whole(along, threads, stop);
    } catch (const Error& error) {
        FormatMerit refused;
        refused.refusal = error.what();
        return refused;
    }
}

FormatMerit MeritMeter::sampled(const NamedFormat& format, unsigned threads, const std::stop_token& stop)
{
    const FormatSpec spec = resolved(format.spec, m_rows.rowLength());
    const BlockView view = m_rows.withBlock(spec.geometry.block);
    if (!m_sample || m_sample->block() != view.block())
        m_sample = std::make_unique<BlockSample>(view, PassOptions{threads, stop, {}});
    // The kernel first: the preview it refines only has to be there.
    const auto pass = FusedPass::forFormat(spec, sampledParameters(spec, *m_sample));
    const PreviewDepth depth = pass ? PreviewDepth::Quick : PreviewDepth::Full;
    const auto preview = previewReport(*m_sample, format, subjectOf(m_tensor, view), {depth, threads, stop});
    if (!preview)
        return whole(format, threads, stop);
    if (!pass)
        return meritOf(*preview);
    return meritOf(refinedByPass(*preview, pass->measure(view, {&m_pool, m_pool.threads(), stop}), m_sample->power()));
}

FormatMerit MeritMeter::whole(const NamedFormat& format, unsigned threads, const std::stop_token& stop) const
{
    AnalyzeOptions options;
    options.threads = threads;
    options.stop = stop;
    return meritOf(analyze(m_tensor, m_rows, format, options));
}

}  // namespace nanoscope
