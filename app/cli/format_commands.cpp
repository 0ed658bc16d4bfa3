#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/text_table.h"
#include "app/preset_folder.h"
#include "core/format/format_by_name.h"
#include "core/format/format_storage.h"
#include "core/format/preset_library.h"

#include <nlohmann/json.hpp>

namespace nanoscope::cli {
namespace {

using nlohmann::json;

json presetsJson(const std::vector<Preset>& presets)
{
    json list = json::array();
    for (const Preset& preset : presets)
        list.push_back({{"name", preset.name}, {"title", preset.title}, {"bits", nominalBitsPerElement(preset.spec)},
            {"standing", preset.standing}, {"family", preset.family}, {"aliases", preset.aliases},
            {"description", preset.description}, {"source", preset.source}});
    return list;
}

std::string presetsTable(const std::vector<Preset>& presets)
{
    TextTable table({Align::Left, Align::Right, Align::Left, Align::Left, Align::Left});
    table.addRow({"FORMAT", "BITS", "STANDING", "TITLE", "DESCRIPTION"});
    for (const Preset& preset : presets)
        table.addRow({preset.name, fixed(nominalBitsPerElement(preset.spec), 4), preset.standing, preset.title,
            preset.description});
    return table.text();
}

}  // namespace

void run(const TextRequest& request)
{
    writeOutput(request.text);
}

void run(const FormatsRequest& request)
{
    const PresetLibrary library(userPresetFolder());
    for (const Error& problem : library.problems())
        writeError(problem.what());  // the other presets are listed all the same
    const std::vector<Preset> presets = library.loadAll();
    if (request.style == OutputStyle::Json)
        writeJson(presetsJson(presets));
    else
        writeOutput(presetsTable(presets));
}

void run(const FormatRequest& request)
{
    const NamedFormat format = parseFormat(request.format, userPresetFolder());
    if (request.style == OutputStyle::Json)
        writeOutput(canonicalText(format.spec) + "\n");
    else
        writeJson(toJson(format.spec));
}

}  // namespace nanoscope::cli
