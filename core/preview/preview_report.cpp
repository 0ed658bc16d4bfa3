#include "core/preview/preview_report.h"

#include "core/analysis/report_figures.h"
#include "core/quant/effective_scale.h"
#include "core/quant/gguf_type.h"

#include <chrono>
#include <cmath>
#include <limits>

namespace nanoscope {
namespace {

/// Sums that the exact power makes better: d = w + e, so that products with w need the error's part alone.
void useExactPower(TotalSums& sums, double sampledPower, double power)
{
    sums.product += power - sampledPower;
    sums.dequantizedPower = 2.0 * sums.product - power + sums.squaredError;
    sums.power = power;
}

}  // namespace

TensorParameters sampledParameters(const FormatSpec& spec, const BlockSample& sample)
{
    TensorParameters parameters;
    if (spec.tensorScale)
        parameters.scale = tensorScaleFor(spec, sample.maximum());
    return parameters;
}

bool isPreviewable(const FormatSpec& spec)
{
    const bool isLocal = spec.encoder.id == EncoderId::Search || isGguf(spec.encoder.id);
    const bool isOutlierFree
        = !spec.special || (spec.special->kind != SpecialKind::Sparse && spec.special->kind != SpecialKind::Columns);
    const bool hasKnownScale = !spec.tensorScale || spec.tensorScale->statistic == ScaleStatistic::Maximum;
    return isLocal && isOutlierFree && hasKnownScale && !spec.transform && !spec.mix && !spec.stochasticSeed
        && spec.geometry.tileRows == 1 && spec.elements.front().kind != BookKind::Fitted
        && tensorCandidateCount(spec) == 1 && !(spec.chooser && spec.chooser->unit == Unit::Tensor);
}

std::optional<Report> previewReport(
    const BlockSample& sample, const NamedFormat& format, const SummarySubject& subject, const PreviewOptions& options)
{
    const auto start = std::chrono::steady_clock::now();
    const FormatSpec spec = resolved(format.spec, sample.rowLength());
    if (!isPreviewable(spec) || spec.geometry.block != sample.block() || sample.strata().empty())
        return std::nullopt;
    if (isGguf(spec.encoder.id) && ggufRowRefusal(spec.encoder.id, sample.rowLength()))
        return std::nullopt;
    const PreparedTensor prepared{spec, sample.strata().front().drawn, {}, sampledParameters(spec, sample)};
    SampleEstimate estimate = estimateFrom(sample, prepared, options);
    useExactPower(estimate.sums, estimate.sampledPower, sample.power());
    estimate.counts.excluded = sample.excluded();
    estimate.counts.nan = sample.nanCount();
    estimate.counts.infinity = sample.infinityCount();

    Report report = startReport(ReportTier::Preview, subject, format, spec);
    report.elements = sample.elements();
    report.tensorScale = prepared.parameters.scale.value;
    fillFigures(report, estimate.counts, estimate.sums, estimate.books, prepared, sample.maximum());
    report.error.maximum = std::numeric_limits<double>::quiet_NaN();
    if (estimate.sums.squaredError > 0)
        report.sqnrStandardError = 10.0 / std::log(10.0) * estimate.errorDeviation / estimate.sums.squaredError;
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return report;
}

}  // namespace nanoscope
