#include "core/format/systems.h"

#include "core/error.h"
#include "core/format/json_fields.h"
#include "core/format/preset_data.h"

#include <utility>

namespace nanoscope {
namespace {

using nlohmann::json;

void readNames(JsonFields& fields, std::string_view name, std::vector<std::string>& names)
{
    const json* list = fields.find(name);
    if (!list)
        return;
    if (!list->is_array())
        fields.refuse(name, *list, "a list of names");
    for (const json& entry : *list) {
        if (!entry.is_string())
            fields.refuse(name, *list, "a list of names");
        names.push_back(entry);
    }
}

System systemFromJson(JsonFields fields)
{
    System system;
    fields.readInteger("number", system.number);
    fields.readText("name", system.name);
    fields.readText("title", system.title);
    readNames(fields, "presets", system.presets);
    readNames(fields, "studies", system.studies);
    fields.readText("note", system.note);
    if (system.name.empty())
        fields.refuse("name", system.name, "a name");
    fields.finish();
    return system;
}

}  // namespace

std::vector<System> systemsFromText(std::string_view text, std::string_view where)
{
    const std::string place(where);
    const json document = parseJson(text);
    if (!document.is_array())
        throw Error(place, "is not a JSON list", "give a list of systems", ErrorKind::Refused);
    std::vector<System> systems;
    for (std::size_t i = 0; i < document.size(); ++i)
        systems.push_back(systemFromJson(JsonFields(document[i], place, std::to_string(i))));
    return systems;
}

std::vector<System> loadSystems()
{
    return systemsFromText(systemsText(), "systems.json");
}

}  // namespace nanoscope
