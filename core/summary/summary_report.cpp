#include "core/analysis/block_statistics.h"
#include "core/analysis/decibel.h"
#include "core/format/format_storage.h"
#include "core/quant/transform.h"
#include "core/summary/summary_answer.h"

#include <cmath>
#include <limits>

namespace nanoscope {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

ErrorFigures errorFigures(const SummaryAnswer& answer, double measured)
{
    ErrorFigures error;
    error.maximum = kNan;  // a summary does not know single elements
    if (measured == 0.0)
        return error;
    error.mse = answer.squaredError / measured;
    error.meanAbsolute = answer.absoluteError / measured;
    error.bias = answer.error / measured;
    if (answer.power > 0) {
        error.nmse = answer.squaredError / answer.power;
        error.gain = answer.product / answer.power;
        if (answer.squaredError > 0)
            error.sqnrDecibel = sqnrOfNmse(*error.nmse);
        if (answer.dequantizedPower > 0)
            error.cosine = answer.product / (std::sqrt(answer.power) * std::sqrt(answer.dequantizedPower));
    }
    return error;
}

void fillLevels(Report& report, const SummaryAnswer& answer, const Codebook& book, double measured)
{
    double entropy = 0.0;
    for (std::uint32_t code = 0; code < book.codeCount(); ++code) {
        const auto count = static_cast<std::uint64_t>(std::llround(answer.counts[code]));
        report.levels.push_back({0, code, book.level(code), book.use(code), count, 0.0});
        report.vacant.tensor += count == 0 && !book.isStructurallyVacant(code) ? 1U : 0U;
        if (count > 0 && measured > 0) {
            const double p = static_cast<double>(count) / measured;
            entropy -= p * std::log2(p);
        }
    }
    report.vacant.structural = book.structuralVacancies();
    report.entropyBits = entropy;
    report.utilisation = entropy / report.payloadBits;
}

Density densityOf(const ExactSummary& summary, const Codebook& book, double factor)
{
    const double reach = densityReach(book);
    Density density{-reach, reach, {}};
    for (const double count : summary.histogram(reach / factor, kDensityBins))
        density.counts.push_back(static_cast<std::uint64_t>(std::llround(std::max(0.0, count))));
    return density;
}

}  // namespace

SummarySubject subjectOf(const Tensor& tensor, const BlockView& view)
{
    return {tensor.file, tensor.info, view.shape(), static_cast<int>(view.axis()), view.rows(), view.rowLength()};
}

Report startReport(ReportTier tier, const SummarySubject& subject, const NamedFormat& format, const FormatSpec& spec)
{
    Report report;
    report.tier = tier;
    report.file = subject.file;
    report.tensor = subject.tensor;
    report.format = format;
    report.basis = basisText(spec);
    report.shape = subject.shape;
    report.axis = subject.axis;
    report.rows = subject.rows;
    report.rowLength = subject.rowLength;
    report.bitsPerElement = storedBitsPerElement(spec, report.rows, report.rowLength);
    return report;
}

std::optional<Report> summaryReport(
    const ExactSummary& summary, const SummaryQuery& query, const NamedFormat& format, const SummarySubject& subject)
{
    const auto answer = query.ask(summary);
    if (!answer)
        return std::nullopt;
    const FormatSpec& spec = format.spec;
    const Codebook book(spec.elements.front(), spec.tie);
    const auto measured = static_cast<double>(summary.elements());
    Report report = startReport(ReportTier::Summary, subject, format, spec);
    report.elements = summary.elements() + summary.excluded();
    report.excluded = summary.excluded();
    report.payloadBits = spec.codeBits();
    report.power = answer->power;
    report.error = errorFigures(*answer, measured);
    if (measured > 0) {
        report.clippedFraction = answer->clipped / measured;
        report.zeroFraction = answer->zero / measured;
        report.underflowFraction = (answer->zero - static_cast<double>(summary.zeros())) / measured;
    }
    fillLevels(report, *answer, book, measured);
    report.vacant.blockMean = kNan;
    report.vacant.blockExpected = kNan;
    report.vacant.headroomMean = kNan;
    report.blockMaxRelativeError = kNan;
    report.blockMaxErrorShare = kNan;
    report.klDivergenceBits = kNan;
    report.valueReach = kNan;
    report.density = {densityOf(summary, book, query.factor())};
    return report;
}

}  // namespace nanoscope
