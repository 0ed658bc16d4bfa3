#include "app/bundled_data.h"
#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/output.h"
#include "app/cli/progress.h"
#include "app/cli/text_table.h"
#include "core/error.h"
#include "core/fast/speed.h"
#include "core/fast/speed_data.h"
#include "core/io/speed_load.h"
#include "core/lm/perplexity_speed.h"
#include "core/preview/preview_speed.h"
#include "core/summary/summary_speed.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace nanoscope::cli {
namespace {

using nlohmann::json;

constexpr unsigned kPreviewTurns = 15;

json speedJson(const SpeedReport& report)
{
    json reading = json::object();
    json readingWall = json::object();
    for (const auto& [threads, speed] : report.read) {
        reading[std::to_string(threads)] = speed.gelems;
        readingWall[std::to_string(threads)] = speed.wallGelems;
    }
    json results = json::array();
    for (const SpeedResult& result : report.results)
        results.push_back({{"name", result.name}, {"threads", result.threads}, {"isa", instructionSetName(result.set)},
            {"elements", result.elements}, {"gelems", result.gelems}, {"wall_gelems", result.wallGelems},
            {"ratio_to_read", result.ratioToRead}});
    return {{"read_gelems", reading}, {"read_wall_gelems", readingWall}, {"results", results}};
}

std::string speedTable(const SpeedReport& report)
{
    TextTable table({Align::Left, Align::Right, Align::Left, Align::Right, Align::Right, Align::Right});
    table.addRow({"KERNEL", "THREADS", "ISA", "GELEM/S", "ELAPSED", "OF READING"});
    for (const auto& [threads, speed] : report.read)
        table.addRow({"read", std::to_string(threads), "", fixed(speed.gelems, 2), fixed(speed.wallGelems, 2), ""});
    for (const SpeedResult& result : report.results)
        table.addRow({result.name, std::to_string(result.threads), std::string(instructionSetName(result.set)),
            fixed(result.gelems, 3), fixed(result.wallGelems, 3), fixed(result.ratioToRead, 3)});
    return table.text();
}

json summaryJson(const SummarySpeed& speed)
{
    return {{"build_gelems", speed.buildGelems}, {"build_by_maximum_gelems", speed.buildByMaximumGelems},
        {"evaluate_ns", speed.evaluateNanoseconds}, {"query_ns", speed.queryNanoseconds},
        {"histogram_difference", speed.histogramDifference},
        {"squared_error_difference", speed.squaredErrorDifference}};
}

std::string summaryTable(const SummarySpeed& speed)
{
    TextTable table({Align::Left, Align::Right, Align::Right, Align::Right, Align::Right});
    table.addRow({"EXACT SUMMARY", "ANSWER NS", "QUERY NS", "MISCOUNTED", "ERROR OFF BY"});
    for (const auto& [format, nanoseconds] : speed.evaluateNanoseconds)
        table.addRow({format, fixed(nanoseconds, 0), fixed(speed.queryNanoseconds.at(format), 0),
            fixed(speed.histogramDifference.at(format), 0), significant(speed.squaredErrorDifference.at(format), 2)});
    table.addRow({"build, Gelem/s", fixed(speed.buildGelems, 3)});
    table.addRow({"build by maximum", fixed(speed.buildByMaximumGelems, 3)});
    return table.text();
}

json loadJson(const std::vector<LoadSpeed>& speeds)
{
    json load = json::object();
    for (const LoadSpeed& speed : speeds)
        load[speed.name] = {{"threads", speed.threads}, {"gelems", speed.gelems}, {speed.otherName, speed.otherGelems},
            {"ratio", speed.ratio}};
    return load;
}

std::string loadTable(const std::vector<LoadSpeed>& speeds)
{
    TextTable table({Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Left});
    table.addRow({"LOADING", "THREADS", "GELEM/S", "RATIO", "AGAINST", ""});
    for (const LoadSpeed& speed : speeds)
        table.addRow({speed.name, std::to_string(speed.threads), fixed(speed.gelems, 3), fixed(speed.ratio, 2),
            fixed(speed.otherGelems, 3), speed.otherName});
    return table.text();
}

std::uint64_t elementsOf(const BenchRequest& request)
{
    return (request.elements + kSpeedRow - 1) / kSpeedRow * kSpeedRow;
}

SpeedReport measured(const BenchRequest& request, const std::stop_token& stop)
{
    Progress progress("measuring speed");
    SpeedOptions options;
    options.elements = elementsOf(request);
    options.stop = stop;
    options.progress = [&progress](double fraction) { progress.update(fraction); };
    return measureSpeed(options);
}

json previewJson(const PreviewSpeed& speed)
{
    return {{"draw_ms", speed.drawMilliseconds}, {"quick_ms", speed.quickMilliseconds},
        {"full_ms", speed.fullMilliseconds}, {"quick_se_db", speed.quickDeviationDecibel},
        {"full_se_db", speed.fullDeviationDecibel}};
}

std::string previewTable(const PreviewSpeed& speed)
{
    TextTable table({Align::Left, Align::Right, Align::Right});
    table.addRow({"PREVIEW OF NxFP4", "MS", "SQNR ± DB"});
    table.addRow({"drawing blocks, once", fixed(speed.drawMilliseconds, 1), ""});
    table.addRow({"first", fixed(speed.quickMilliseconds, 2), fixed(speed.quickDeviationDecibel, 3)});
    table.addRow({"second", fixed(speed.fullMilliseconds, 1), fixed(speed.fullDeviationDecibel, 3)});
    return table.text();
}

json perplexityJson(const PerplexitySpeed& speed)
{
    return {{"threads", speed.threads}, {"tokens", speed.tokens}, {"seconds", speed.seconds}, {"gflops", speed.gflops},
        {"peak_gflops", speed.peakGflops}, {"share_of_peak", speed.shareOfPeak}};
}

std::string perplexityTable(const PerplexitySpeed& speed)
{
    TextTable table({Align::Left, Align::Right});
    table.addRow({"LANGUAGE MODEL", std::to_string(speed.tokens) + " tokens"});
    table.addRow({"seconds, " + std::to_string(speed.threads) + " threads", fixed(speed.seconds, 3)});
    table.addRow({"GFLOP/s", fixed(speed.gflops, 1)});
    table.addRow({"of plain matrix products", percent(speed.shareOfPeak)});
    return table.text();
}

/// Nothing where the program's data folder is not at hand: the rest does not need it.
std::optional<PerplexitySpeed> measuredPerplexity(const std::stop_token& stop)
{
    std::filesystem::path modelFile;
    std::filesystem::path tokensFile;
    try {
        modelFile = bundledFile("language_model.h5");
        tokensFile = bundledFile("language_model_tokens.h5");
    } catch (const Error&) {
        return std::nullopt;
    }
    const LanguageModel model = loadLanguageModel(modelFile);
    return measurePerplexitySpeed(model, readTokenWindows(tokensFile, model.shape.vocabulary), 3, stop);
}

std::vector<LoadSpeed> measuredLoading(const BenchRequest& request, const std::stop_token& stop)
{
    Progress progress("measuring loading");
    LoadSpeedOptions options;
    options.elements = std::min(elementsOf(request), options.elements);
    options.stop = stop;
    options.progress = [&progress](double fraction) { progress.update(fraction); };
    return measureLoading(options);
}

}  // namespace

void run(const BenchRequest& request)
{
    const Interruption interruption;
    const std::stop_token stop = interruption.token();
    const SpeedReport report = measured(request, stop);
    const SummarySpeed summary = measureSummary(speedTensor(elementsOf(request)), stop);
    const PreviewSpeed preview = measurePreview(elementsOf(request), kPreviewTurns, stop);
    const std::vector<LoadSpeed> load = measuredLoading(request, stop);
    const std::optional<PerplexitySpeed> perplexity = measuredPerplexity(stop);
    if (request.style == OutputStyle::Json) {
        json all = speedJson(report);
        all["summary"] = summaryJson(summary);
        all["preview_ms"] = preview.quickMilliseconds;
        all["preview"] = previewJson(preview);
        all["load"] = loadJson(load);
        all["perplexity"] = perplexity ? perplexityJson(*perplexity) : json();
        writeJson(all);
    } else {
        writeOutput(speedTable(report) + "\n" + summaryTable(summary) + "\n" + previewTable(preview) + "\n"
            + loadTable(load) + (perplexity ? "\n" + perplexityTable(*perplexity) : std::string()));
    }
}

}  // namespace nanoscope::cli
