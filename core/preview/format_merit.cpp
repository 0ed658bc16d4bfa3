#include "core/preview/format_merit.h"

#include "core/analysis/analyze.h"
#include "core/error.h"
#include "core/fast/pass_report.h"
#include "core/format/format_storage.h"
#include "core/preview/preview_report.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

namespace nanoscope {

FormatMerit meritOf(const Report& report)
{
    FormatMerit merit;
    merit.tier = report.tier;
    merit.bitsPerElement = report.bitsPerElement;
    merit.sqnrDecibel = report.error.sqnrDecibel;
    merit.isLossless = report.error.mse == 0.0 && report.excluded < report.elements;
    merit.standardError = report.sqnrStandardError.value_or(0.0);
    return merit;
}

namespace {

constexpr int kLongestBlock = 1 << 13;    // of longer ones a sample of blocks would hold too few
constexpr std::uint64_t kStripRows = 16;  // as many as the tallest tile of a preset has
constexpr std::uint64_t kStripElements = 1 << 20;

/// Strips of neighbouring rows at equal distances, about kStripElements in all.
Tensor stripsOf(const Tensor& tensor, const BlockView& rows)
{
    const std::uint64_t length = rows.rowLength();
    const std::uint64_t all = (rows.rows() + kStripRows - 1) / kStripRows;
    const std::uint64_t wanted = std::max<std::uint64_t>(2, kStripElements / (kStripRows * length));
    const std::uint64_t strips = std::min(all, wanted);
    auto values = std::make_shared<std::vector<float>>();
    std::vector<float> room;
    for (std::uint64_t strip = 0; strip < strips; ++strip) {
        const std::uint64_t first = strip * all / strips * kStripRows;
        const std::uint64_t count = std::min(kStripRows, rows.rows() - first);
        const std::span<const float> piece = rows.rowValues().read(first * length, count * length, room);
        values->insert(values->end(), piece.begin(), piece.end());
    }
    Tensor part{tensor.file, tensor.info, {}};
    part.info.shape = {values->size() / length, length};
    part.info.elements = values->size();
    part.values = TensorValues(std::shared_ptr<const std::vector<float>>(std::move(values)));
    return part;
}

/// Standard error of the SQNR of a report on strips, in dB: that of the ratio of squared error to power over strips.
double errorOverStrips(const Report& report)
{
    const BlockView& view = report.prepared->view;
    const std::uint64_t perStrip
        = std::max<std::uint64_t>(1, kStripRows / static_cast<std::uint64_t>(view.tileRows())) * view.blocksPerRow();
    double error = 0.0;
    double power = 0.0;
    std::vector<std::pair<double, double>> strips;
    for (std::size_t block = 0; block < report.blockSquaredError.size(); ++block) {
        if (block % perStrip == 0)
            strips.emplace_back(0.0, 0.0);
        if (std::isnan(report.blockSquaredError[block]))
            continue;
        strips.back().first += report.blockSquaredError[block];
        strips.back().second += report.blockPower[block];
        error += report.blockSquaredError[block];
        power += report.blockPower[block];
    }
    if (strips.size() < 2 || !(error > 0) || !(power > 0))
        return 0.0;
    double squares = 0.0;
    for (const auto& [stripError, stripPower] : strips)
        squares += std::pow(stripError - error / power * stripPower, 2);
    const auto count = static_cast<double>(strips.size());
    return 10.0 / std::log(10.0) * std::sqrt(squares * count / (count - 1)) / error;
}

}  // namespace

MeritMeter::MeritMeter(const Tensor& tensor, BlockView rows, WorkerPool& pool)
    : m_tensor(tensor)
    , m_rows(std::move(rows))
    , m_pool(pool)
{
}

bool MeritMeter::isSlow(const FormatSpec& spec) const
{
    return m_rows.elements() >= kFewestSampled
        && (!isPreviewable(spec) || resolved(spec, m_rows.rowLength()).geometry.block > kLongestBlock);
}

FormatMerit MeritMeter::measure(const NamedFormat& format, unsigned threads, const std::stop_token& stop)
{
    NamedFormat along = format;
    along.spec.geometry.axis = static_cast<int>(m_rows.axis());
    try {
        if (m_rows.elements() < kFewestSampled)
            return whole(along, threads, stop);
        return isSlow(along.spec) ? inStrips(along, threads, stop) : sampled(along, threads, stop);
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

FormatMerit MeritMeter::inStrips(const NamedFormat& format, unsigned threads, const std::stop_token& stop)
{
    if (!m_strips)
        m_strips = std::make_unique<Tensor>(stripsOf(m_tensor, m_rows));
    if (m_strips->info.elements == m_rows.elements())
        return whole(format, threads, stop);
    NamedFormat along = format;
    along.spec.geometry.axis = -1;
    AnalyzeOptions options;
    options.threads = threads;
    options.stop = stop;
    const Report report = analyze(*m_strips, BlockView(*m_strips, -1, 1), along, options);
    FormatMerit merit = meritOf(report);
    merit.tier = ReportTier::Preview;
    merit.standardError = errorOverStrips(report);
    const auto once = static_cast<double>(tensorBits(report.prepared->spec));  // belongs to all elements
    merit.bitsPerElement
        += once / static_cast<double>(m_rows.elements()) - once / static_cast<double>(m_strips->info.elements);
    return merit;
}

FormatMerit MeritMeter::whole(const NamedFormat& format, unsigned threads, const std::stop_token& stop) const
{
    AnalyzeOptions options;
    options.threads = threads;
    options.stop = stop;
    return meritOf(analyze(m_tensor, m_rows, format, options));
}

}  // namespace nanoscope
