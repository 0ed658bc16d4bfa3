#include "app/cli/commands.h"
#include "app/cli/cost_table.h"
#include "app/cli/output.h"
#include "app/preset_folder.h"
#include "core/format/format_by_name.h"
#include "core/hardware/format_cost.h"

#include <nlohmann/json.hpp>

namespace nanoscope::cli {
namespace {

CostSetup setupOf(const CostRequest& request)
{
    CostSetup setup{acceleratorByName(request.accelerator).parameters, workloadByName(request.workload)};
    for (const std::string& setting : request.settings)
        setup = withSetting(setup, setting);
    return setup;
}

std::vector<FormatCost> costsOf(const CostRequest& request, const CostSetup& setup)
{
    std::vector<NamedFormat> formats;
    for (const std::string& spec : request.formats)
        formats.push_back(parseFormat(spec, userPresetFolder()));
    std::optional<NamedFormat> activations;
    if (!request.activations.empty())
        activations = parseFormat(request.activations, userPresetFolder());
    std::vector<FormatCost> costs;
    for (const NamedFormat& format : formats)
        costs.push_back(costOf(format, activations.value_or(format), setup));
    return costs;
}

}  // namespace

void run(const CostRequest& request)
{
    const CostSetup setup = setupOf(request);
    const std::vector<FormatCost> costs = costsOf(request, setup);
    const std::vector<FormatCost> baselines = baselineCosts(setup);
    std::vector<std::vector<CostRatio>> ratios;
    for (const FormatCost& cost : costs) {
        ratios.emplace_back();
        for (const FormatCost& baseline : baselines)
            ratios.back().push_back(ratioTo(cost, baseline));
    }
    if (request.style == OutputStyle::Table) {
        writeOutput(costTable(costs, ratios, setup));
        return;
    }
    nlohmann::json list = nlohmann::json::array();
    for (std::size_t i = 0; i < costs.size(); ++i)
        list.push_back(toJson(costs[i], ratios[i], setup));
    writeJson(list);
}

}  // namespace nanoscope::cli
