#include "core/format/preset.h"

#include "core/error.h"
#include "core/format/format_json.h"
#include "core/format/json_fields.h"
#include "core/format/preset_data.h"

#include <algorithm>
#include <array>
#include <utility>

namespace nanoscope {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 6> kStandings{
    "standard", "paper", "implementation", "secondary", "reconstruction", kUserStanding};
constexpr int kVersion = 1;

json documentOf(std::string_view text, const std::string& place)
{
    json document = parseJson(text);
    if (document.is_discarded())
        throw Error(place, "is not JSON", "give a preset as JSON", ErrorKind::Refused);
    return document;
}

void readAliases(JsonFields& fields, std::vector<std::string>& aliases)
{
    const json* list = fields.find("aliases");
    if (!list)
        return;
    const bool isListOfNames = list->is_array() && std::all_of(list->begin(), list->end(), [](const json& alias) {
        return alias.is_string() && !alias.get_ref<const std::string&>().empty();
    });
    if (!isListOfNames)
        fields.refuse("aliases", *list, "a list of names");
    for (const json& alias : *list)
        aliases.push_back(alias);
}

/// Everything but the format, which is returned as it stands.
std::pair<PresetInfo, const json*> readEnvelope(JsonFields& fields)
{
    PresetInfo info;
    int version = 0;
    fields.readInteger("version", version);
    if (version != kVersion)
        fields.refuse("version", version, "1");
    fields.readText("name", info.name);
    fields.readText("title", info.title);
    fields.readText("description", info.description);
    fields.readText("source", info.source);
    fields.readText("standing", info.standing);
    fields.readText("family", info.family);
    readAliases(fields, info.aliases);
    if (info.name.empty())
        fields.refuse("name", info.name, "a name");
    if (std::find(kStandings.begin(), kStandings.end(), info.standing) == kStandings.end())
        fields.refuse("standing", info.standing, "standard paper implementation secondary reconstruction user");
    const json* spec = fields.find("spec");
    if (!spec)
        fields.refuse("spec", nullptr, "a format");
    fields.finish();
    return {std::move(info), spec};
}

}  // namespace

Preset presetFromText(std::string_view text, std::string_view where)
{
    const std::string place(where);
    const json document = documentOf(text, place);
    JsonFields fields(document, place, "");
    auto [info, spec] = readEnvelope(fields);
    return {std::move(info), formatFromJson(*spec, place)};
}

PresetInfo presetInfoFromText(std::string_view text, std::string_view where)
{
    const std::string place(where);
    const json document = documentOf(text, place);
    JsonFields fields(document, place, "");
    return readEnvelope(fields).first;
}

json presetToJson(const Preset& preset)
{
    json out{{"version", kVersion}, {"name", preset.name}, {"title", preset.title}, {"description", preset.description},
        {"source", preset.source}, {"standing", preset.standing}, {"family", preset.family},
        {"spec", toJson(preset.spec)}};
    if (!preset.aliases.empty())
        out["aliases"] = preset.aliases;
    return out;
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
