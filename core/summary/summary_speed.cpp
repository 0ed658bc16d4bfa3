#include "core/summary/summary_speed.h"

#include "core/error.h"
#include "core/fast/fused_pass.h"
#include "core/fast/speed_clock.h"
#include "core/format/format_by_name.h"
#include "core/summary/summary_answer.h"

#include <cmath>
#include <vector>

namespace nanoscope {
namespace {

constexpr unsigned kTurns = 15;
constexpr unsigned kBatch = 200;  // the clock is too coarse for one

/// Median time of one call, in seconds.
template <typename Work> double timeOf(const Work& work)
{
    std::vector<double> seconds;
    for (unsigned turn = 0; turn < kTurns; ++turn) {
        const double start = threadSeconds();
        for (unsigned i = 0; i < kBatch; ++i)
            work();
        seconds.push_back((threadSeconds() - start) / kBatch);
    }
    return median(std::move(seconds));
}

/// Sets a summary's answer against a pass over the tensor.
void compare(SummarySpeed& speed, const std::string& preset, const SummaryAnswer& answer, const FusedFigures& pass)
{
    double difference = 0.0;
    for (std::size_t code = 0; code < answer.counts.size(); ++code)
        difference += std::fabs(answer.counts[code] - static_cast<double>(pass.codes.ofCode(code)));
    speed.histogramDifference[preset] = difference;
    speed.squaredErrorDifference[preset] = std::fabs(answer.squaredError / pass.squaredError - 1.0);
}

}  // namespace

SummarySpeed measureSummary(const Tensor& tensor, const std::stop_token& stop)
{
    SummarySpeed speed;
    std::map<SummaryKind, std::shared_ptr<const ExactSummary>> summaries;
    double sink = 0.0;
    for (const std::string preset : {"MXFP4", "BFP4", "INT4_g32", "NF4"}) {
        const std::uint64_t row = tensor.info.shape.back();
        const FormatSpec spec = resolved(parseFormat(preset, {}).spec, row);
        const BlockView view(tensor, spec.geometry.axis, spec.geometry.block);
        const SummaryQuery query(spec);
        auto& summary = summaries[query.kind()];
        if (!summary || summary->block() != view.block()) {
            const double start = threadSeconds();
            summary = std::make_shared<const ExactSummary>(view, query.kind(), PassOptions{1, stop, {}});
            const double gelems = static_cast<double>(view.elements()) / (threadSeconds() - start) * 1e-9;
            (query.kind() == SummaryKind::Maximum ? speed.buildByMaximumGelems : speed.buildGelems) = gelems;
        }
        const auto answer = query.ask(*summary);
        const auto pass = FusedPass::forFormat(spec, TensorParameters{});
        if (!answer || !pass)
            throw Error(preset, "the exact summary does not answer it", "report this as a mistake in the program");
        compare(speed, preset, *answer, pass->measure(view, {nullptr, 1, stop}));
        speed.evaluateNanoseconds[preset] = 1e9 * timeOf([&] { sink += query.ask(*summary)->squaredError; });
        speed.queryNanoseconds[preset] = 1e9 * timeOf([&] { sink += SummaryQuery(spec).factor(); });
    }
    if (!std::isfinite(sink))  // keeps the answers from being left out
        throw Error("summary", "an answer is not a number", "report this as a mistake in the program");
    return speed;
}

}  // namespace nanoscope
