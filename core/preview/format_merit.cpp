#include "core/preview/format_merit.h"

#include "core/analysis/analyze.h"
#include "core/error.h"
#include "core/fast/pass_report.h"
#include "core/format/format_storage.h"
#include "core/preview/preview_report.h"
#include "core/summary/summary_answer.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

namespace nanoscope {

namespace {

/// What a report does not know is NaN there.
std::optional<double> known(double value)
{
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

}  // namespace

std::optional<double> figureOf(const FormatMerit& merit, MeritFigure figure)
{
    if (!merit.refusal.empty())
        return std::nullopt;
    switch (figure) {
    case MeritFigure::Sqnr:
        return merit.sqnrDecibel;
    case MeritFigure::Nmse:
        return merit.nmse;
    case MeritFigure::MaximumError:
        return merit.maximumError;
    case MeritFigure::VacantLevels:
        return merit.vacantLevels;
    case MeritFigure::VacantInBlock:
        return merit.vacantInBlock;
    case MeritFigure::Utilisation:
        return merit.utilisation;
    case MeritFigure::Bits:
        break;
    }
    return merit.bitsPerElement;
}

FormatMerit meritOf(const Report& report)
{
    FormatMerit merit;
    merit.tier = report.tier;
    merit.bitsPerElement = report.bitsPerElement;
    merit.sqnrDecibel = report.error.sqnrDecibel;
    merit.isLossless = report.error.mse == 0.0 && report.excluded < report.elements;
    merit.standardError = report.sqnrStandardError.value_or(0.0);
    merit.nmse = report.error.nmse;
    if (report.excluded == report.elements)
        return merit;  // nothing was measured
    merit.maximumError = known(report.error.maximum);
    merit.vacantLevels = static_cast<double>(report.vacant.tensor);
    merit.vacantInBlock = known(report.vacant.blockMean);
    merit.utilisation = known(report.utilisation);
    return merit;
}

namespace {

constexpr int kLongestBlock = 1 << 13;    // of longer ones a sample of blocks would hold too few
constexpr std::uint64_t kStripRows = 16;  // as many as the tallest tile of a preset has
constexpr std::uint64_t kStripElements = 1 << 20;
constexpr std::size_t kMostKept = 12;  // samples and summaries of block lengths; each takes a few MB

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

NamedFormat MeritMeter::alongRows(const NamedFormat& format) const
{
    NamedFormat along = format;
    along.spec.geometry.axis = static_cast<int>(m_rows.axis());
    return along;
}

FormatMerit MeritMeter::measure(const NamedFormat& format, unsigned threads, const std::stop_token& stop)
{
    const NamedFormat along = alongRows(format);
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

FormatMerit MeritMeter::measureOften(
    const NamedFormat& format, MeritFigure wanted, unsigned threads, const std::stop_token& stop)
{
    const bool isOfAll = wanted != MeritFigure::MaximumError && wanted != MeritFigure::VacantInBlock;
    if (isOfAll)
        if (auto merit = summed(alongRows(format), threads, stop))
            return *std::move(merit);
    FormatMerit merit = measure(format, threads, stop);
    const bool isUnknown = merit.refusal.empty() && !isOfAll && !figureOf(merit, wanted);
    return isUnknown ? whole(alongRows(format), threads, stop) : merit;
}

std::optional<FormatMerit> MeritMeter::summed(const NamedFormat& format, unsigned threads, const std::stop_token& stop)
{
    const FormatSpec spec = resolved(format.spec, m_rows.rowLength());
    const std::optional<SummaryKind> kind = summaryKindFor(spec);
    if (!kind)
        return std::nullopt;
    const BlockView view = m_rows.withBlock(spec.geometry.block);
    const ExactSummary& summary = summaryOf(view, *kind, threads, stop);
    const auto report = summaryReport(summary, SummaryQuery(spec), {format.name, spec}, subjectOf(m_tensor, view));
    return report ? std::optional(meritOf(*report)) : std::nullopt;
}

const ExactSummary& MeritMeter::summaryOf(
    const BlockView& view, SummaryKind kind, unsigned threads, const std::stop_token& stop)
{
    for (const auto& kept : m_summaries)
        if (kept->block() == view.block() && kept->kind() == kind)
            return *kept;
    m_summaries.push_front(std::make_unique<const ExactSummary>(view, kind, PassOptions{threads, stop, {}}));
    if (m_summaries.size() > kMostKept)
        m_summaries.pop_back();
    return *m_summaries.front();
}

const BlockSample& MeritMeter::sampleOf(const BlockView& view, unsigned threads, const std::stop_token& stop)
{
    for (const auto& kept : m_samples)
        if (kept->block() == view.block())
            return *kept;
    m_samples.push_front(std::make_unique<const BlockSample>(view, PassOptions{threads, stop, {}}));
    if (m_samples.size() > kMostKept)
        m_samples.pop_back();
    return *m_samples.front();
}

FormatMerit MeritMeter::sampled(const NamedFormat& format, unsigned threads, const std::stop_token& stop)
{
    const FormatSpec spec = resolved(format.spec, m_rows.rowLength());
    const BlockView view = m_rows.withBlock(spec.geometry.block);
    const BlockSample& sample = sampleOf(view, threads, stop);
    // The kernel first: the preview it refines only has to be there.
    const auto pass = FusedPass::forFormat(spec, sampledParameters(spec, sample));
    const PreviewDepth depth = pass ? PreviewDepth::Quick : PreviewDepth::Full;
    const auto preview = previewReport(sample, format, subjectOf(m_tensor, view), {depth, threads, stop});
    if (!preview)
        return whole(format, threads, stop);
    if (!pass)
        return meritOf(*preview);
    return meritOf(refinedByPass(*preview, pass->measure(view, {&m_pool, m_pool.threads(), stop}), sample.power()));
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
    merit.maximumError.reset();                                                // another row may hold a larger one
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
