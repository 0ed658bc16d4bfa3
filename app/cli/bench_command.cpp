#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/output.h"
#include "app/cli/progress.h"
#include "app/cli/text_table.h"
#include "core/fast/speed.h"
#include "core/fast/speed_data.h"

#include <nlohmann/json.hpp>

#include <string>

namespace nanoscope::cli {
namespace {

using nlohmann::json;

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

SpeedReport measured(const BenchRequest& request)
{
    const Interruption interruption;
    Progress progress("measuring speed");
    SpeedOptions options;
    options.elements = (request.elements + kSpeedRow - 1) / kSpeedRow * kSpeedRow;
    options.stop = interruption.token();
    options.progress = [&progress](double fraction) { progress.update(fraction); };
    return measureSpeed(options);
}

}  // namespace

/// Parts of the JSON that other measurements add belong behind speedJson(): `summary`, `preview_ms`, `load`.
void run(const BenchRequest& request)
{
    const SpeedReport report = measured(request);
    if (request.style == OutputStyle::Json)
        writeJson(speedJson(report));
    else
        writeOutput(speedTable(report));
}

}  // namespace nanoscope::cli
