#include "core/fast/pass_report.h"

#include "core/analysis/decibel.h"

#include <cmath>
#include <span>

namespace nanoscope {
namespace {

double share(std::uint64_t part, double whole)
{
    return whole > 0 ? static_cast<double>(part) / whole : 0.0;
}

std::vector<double> shares(std::span<const std::uint64_t> counts)
{
    double whole = 0.0;
    for (const std::uint64_t count : counts)
        whole += static_cast<double>(count);
    std::vector<double> result;
    for (const std::uint64_t count : counts)
        result.push_back(share(count, whole));
    return result;
}

void refineErrors(ErrorFigures& error, const FusedFigures& pass, double measured, double power)
{
    error.mse = measured > 0 ? pass.squaredError / measured : 0.0;
    error.nmse.reset();
    error.sqnrDecibel.reset();
    if (power > 0)
        error.nmse = pass.squaredError / power;
    if (power > 0 && pass.squaredError > 0)
        error.sqnrDecibel = sqnrOfNmse(*error.nmse);
    error.maximum = pass.maximumError;
}

void refineLevels(Report& report, const CodeFigures& codes, double measured)
{
    report.vacant.tensor = 0;
    for (LevelCount& level : report.levels) {
        level.count = codes.codes[level.book][level.code];
        report.vacant.tensor += level.isTensorVacant() ? 1U : 0U;
    }
    double entropy = 0.0;
    for (std::size_t code = 0; code < kCodes; ++code) {
        const double p = share(codes.ofCode(code), measured);
        entropy -= p > 0 ? p * std::log2(p) : 0.0;
    }
    report.entropyBits = entropy;
    report.utilisation = report.payloadBits > 0 ? entropy / report.payloadBits : 0.0;
    const auto blocks = static_cast<double>(codes.blocks);
    report.vacant.blockMean = share(codes.unusedCodes, blocks);
    report.vacant.headroomMean = share(codes.headroom, blocks);
}

void refineChoices(Report& report, const ChoiceCounts& choices)
{
    const FormatSpec& spec = report.format.spec;
    if (spec.chooser) {
        const auto books = std::span(choices.books).first(spec.elements.size());
        report.choices.book = shares(books);
        report.blocksPerBook.assign(books.begin(), books.end());
    }
    if (spec.micro)
        report.choices.micro = shares(std::span(choices.micros).first(spec.micro->grid().size()));
    if (spec.scale.offsets.size() > 1)
        report.choices.offset = shares(std::span(choices.offsets).first(spec.scale.offsets.size()));
    if (spec.scale.targets.size() > 1)
        report.choices.target = shares(choices.targets);
}

}  // namespace

Report refinedByPass(Report report, const FusedFigures& pass, double power)
{
    report.tier = ReportTier::Pass;
    report.sqnrStandardError.reset();
    report.excluded = pass.codes.excluded;
    const auto measured = static_cast<double>(report.elements - report.excluded);
    refineErrors(report.error, pass, measured, power);
    report.clippedFraction = share(pass.clipped, measured);
    report.zeroFraction = share(pass.codes.zero, measured);
    report.underflowFraction = share(pass.underflow, measured);
    refineLevels(report, pass.codes, measured);
    refineChoices(report, pass.choices);
    return report;
}

}  // namespace nanoscope
