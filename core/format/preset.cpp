#include "core/format/preset.h"

#include "core/error.h"
#include "core/format/format_json.h"
#include "core/format/json_fields.h"
#include "core/format/preset_data.h"

#include <algorithm>
#include <array>

namespace nanoscope {
namespace {

constexpr std::array kStandings{"standard", "paper", "implementation", "secondary", "reconstruction"};

}  // namespace

Preset presetFromText(std::string_view text, std::string_view where)
{
    const nlohmann::json document = parseJson(text);
    const std::string place(where);
    if (document.is_discarded())
        throw Error(place, "is not JSON", "give a preset as JSON", ErrorKind::Refused);
    JsonFields fields(document, place, "");
    Preset preset;
    int version = 0;
    fields.readInteger("version", version);
    if (version != 1)
        fields.refuse("version", version, "1");
    fields.readText("name", preset.name);
    fields.readText("title", preset.title);
    fields.readText("description", preset.description);
    fields.readText("source", preset.source);
    fields.readText("standing", preset.standing);
    if (preset.name.empty())
        fields.refuse("name", preset.name, "a name");
    if (std::find(kStandings.begin(), kStandings.end(), preset.standing) == kStandings.end())
        fields.refuse("standing", preset.standing, "standard paper implementation secondary reconstruction");
    const nlohmann::json* spec = fields.find("spec");
    if (!spec)
        fields.refuse("spec", nullptr, "a format");
    fields.finish();
    preset.spec = formatFromJson(*spec, place);
    return preset;
}

std::vector<Preset> loadPresets()
{
    std::vector<Preset> presets;
    for (const PresetFile& file : presetFiles())
        presets.push_back(presetFromText(file.json, file.name));
    return presets;
}

std::optional<Preset> findPreset(std::string_view name)
{
    for (const PresetFile& file : presetFiles())
        if (file.name == name)
            return presetFromText(file.json, file.name);
    return std::nullopt;
}

}  // namespace nanoscope
