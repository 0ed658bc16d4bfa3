#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/output.h"
#include "app/cli/progress.h"
#include "app/cli/report_table.h"
#include "app/cli/tensor_input.h"
#include "core/analysis/analyze.h"
#include "core/analysis/report_json.h"

#include <nlohmann/json.hpp>

#include <string>

namespace nanoscope::cli {
namespace {

std::vector<Report> analyzeAll(const ReportRequest& request)
{
    std::vector<NamedFormat> formats;  // all of them first: a misspelt one must not cost the time of the others
    for (const std::string& spec : request.formats)
        formats.push_back(formatFor(spec, request.input));

    const Interruption interruption;
    const Tensor tensor = loadTensor(request.input, request.threads, interruption.token());
    std::vector<Report> reports;
    for (const NamedFormat& format : formats) {
        Progress progress("measuring " + format.name);
        AnalyzeOptions options;
        options.threads = request.threads;
        options.stop = interruption.token();
        options.progress = [&progress](double fraction) { progress.update(fraction); };
        reports.push_back(analyze(tensor, blockView(tensor, format.spec, request.input), format, options));
    }
    return reports;
}

}  // namespace

void run(const ReportRequest& request)
{
    const std::vector<Report> reports = analyzeAll(request);
    if (request.style == OutputStyle::Table) {
        writeOutput(reportTable(reports));
        return;
    }
    nlohmann::json list = nlohmann::json::array();
    for (const Report& report : reports)
        list.push_back(toJson(report));
    writeJson(list);
}

}  // namespace nanoscope::cli
