#include "core/format/preset_library.h"

#include "core/closest_name.h"
#include "core/format/preset_data.h"

#include <algorithm>
#include <utility>

namespace nanoscope {
namespace {

/// What the lenient reading compares.
std::string folded(std::string_view text)
{
    std::string key;
    for (const char c : text) {
        if (c == ' ' || c == '-' || c == '_' || c == '.')
            continue;
        key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return key;
}

std::string inQuotes(std::string_view text)
{
    return std::string("\"").append(text).append("\"");
}

/// Where a system that has no preset is found.
std::string whereShown(const System& system)
{
    std::string studies;
    for (const std::string& study : system.studies)
        studies.append(studies.empty() ? "it is shown by: " : ", ").append(study);
    return studies.empty() ? system.note : studies;
}

/// The names in a system's name: "A / B (C)" is called that, "A / B", "A", "B" and "C".
std::vector<std::string> namesIn(const std::string& name)
{
    std::vector<std::string> names{name};
    std::string outer = name;
    const std::size_t open = name.find(" (");
    if (open != std::string::npos && name.ends_with(')')) {
        outer = name.substr(0, open);
        names.push_back(outer);
        names.push_back(name.substr(open + 2, name.size() - open - 3));
    }
    constexpr std::string_view kSlash = " / ";
    if (outer.find(kSlash) == std::string::npos)
        return names;
    for (std::size_t start = 0; start <= outer.size();) {
        const std::size_t end = std::min(outer.find(kSlash, start), outer.size());
        names.push_back(outer.substr(start, end - start));
        start = end + kSlash.size();
    }
    return names;
}

}  // namespace

PresetLibrary::PresetLibrary(const std::filesystem::path& userFolder)
    : m_userFolder(userFolder)
    , m_systems(loadSystems())
{
    for (const PresetFile& file : presetFiles()) {
        m_infos.push_back(presetInfoFromText(file.json, file.name));
        addNames(m_infos.size() - 1);
    }
    m_shippedCount = m_infos.size();
    addSystemNames();
    if (!userFolder.empty())
        addUserPresets(readUserPresets(userFolder));
}

void PresetLibrary::addNames(std::size_t index)
{
    const PresetInfo& info = m_infos[index];
    m_names.push_back({Name::Own, info.name, folded(info.name), index});
    for (const std::string& alias : info.aliases)
        m_names.push_back({Name::Alias, alias, folded(alias), index});
}

void PresetLibrary::addSystemNames()
{
    for (const System& system : m_systems) {
        if (system.presets.empty())
            continue;
        const auto first = std::find_if(m_infos.begin(), m_infos.end(),
            [&system](const PresetInfo& info) { return info.name == system.presets.front(); });
        if (first == m_infos.end())
            continue;
        for (std::string& name : namesIn(system.name)) {
            std::string key = folded(name);
            m_names.push_back(
                {Name::OfSystem, std::move(name), std::move(key), static_cast<std::size_t>(first - m_infos.begin())});
        }
    }
}

void PresetLibrary::addUserPresets(UserPresets found)
{
    m_problems = std::move(found.problems);
    for (UserPreset& user : found.presets) {
        std::vector<std::string> names{user.preset.name};
        for (const std::string& alias : user.preset.aliases)
            names.push_back(alias);
        const auto taken = std::find_if(
            names.begin(), names.end(), [this](const std::string& name) { return takenName(name) != nullptr; });
        if (taken != names.end()) {
            m_problems.emplace_back(user.file.string(), takenText(*taken), "change it in the file", ErrorKind::Refused);
            continue;
        }
        m_infos.push_back(user.preset);
        m_userSpecs.push_back(std::move(user.preset.spec));
        addNames(m_infos.size() - 1);
    }
}

const PresetLibrary::Name* PresetLibrary::takenName(std::string_view text) const
{
    const std::string key = folded(text);
    const auto taken = std::find_if(m_names.begin(), m_names.end(),
        [&](const Name& name) { return name.text == text || (!key.empty() && name.folded == key); });
    return taken == m_names.end() ? nullptr : &*taken;
}

std::string PresetLibrary::takenText(const std::string& name) const
{
    const Name* taken = takenName(name);
    std::string text = "the name ";
    text.append(inQuotes(name)).append(" is taken");
    if (taken && m_infos[taken->index].name != name)
        text.append(" by ").append(m_infos[taken->index].name);
    return text;
}

std::optional<std::size_t> PresetLibrary::find(std::string_view text) const
{
    for (const Name::Kind kind : {Name::Own, Name::Alias, Name::OfSystem})
        for (const Name& name : m_names)
            if (name.kind == kind && name.text == text)
                return name.index;

    const std::string key = folded(text);
    if (key.empty())
        return std::nullopt;
    std::vector<std::size_t> matches;
    for (const Name& name : m_names)
        if (name.folded == key && std::find(matches.begin(), matches.end(), name.index) == matches.end())
            matches.push_back(name.index);
    if (matches.empty())
        return std::nullopt;
    if (matches.size() == 1)
        return matches.front();
    std::string list;
    for (const std::size_t match : matches)
        list.append(list.empty() ? "" : ", ").append(m_infos[match].name);
    throw Error({}, "format " + inQuotes(text) + " may mean " + list, "write one of them", ErrorKind::Refused);
}

Preset PresetLibrary::load(std::size_t index) const
{
    if (index >= m_shippedCount)
        return {m_infos[index], m_userSpecs[index - m_shippedCount]};
    const PresetFile& file = presetFiles()[index];
    return presetFromText(file.json, file.name);
}

std::vector<Preset> PresetLibrary::loadAll() const
{
    std::vector<Preset> presets;
    for (std::size_t i = 0; i < m_infos.size(); ++i)
        presets.push_back(load(i));
    return presets;
}

Preset PresetLibrary::require(std::string_view text) const
{
    const auto index = find(text);
    if (!index)
        refuseUnknown(std::string(text));
    return load(*index);
}

void PresetLibrary::requireFree(const std::string& name) const
{
    requirePresetName(name);
    if (takenName(name))
        throw Error({}, takenText(name), "choose another one", ErrorKind::Refused);
}

std::vector<const System*> PresetLibrary::systemsOf(std::string_view name) const
{
    std::vector<const System*> systems;
    for (const System& system : m_systems)
        if (std::find(system.presets.begin(), system.presets.end(), name) != system.presets.end())
            systems.push_back(&system);
    return systems;
}

void PresetLibrary::refuseUnknown(const std::string& text) const
{
    // A file of the user's that could not be used explains itself.
    for (const Error& problem : m_problems)
        if (std::filesystem::path(problem.where()).stem() == text)
            throw Error(problem);
    const std::string key = folded(text);
    for (const System& system : m_systems) {
        const std::vector<std::string> names = namesIn(system.name);
        const bool isMeant
            = std::any_of(names.begin(), names.end(), [&key](const std::string& name) { return folded(name) == key; });
        if (isMeant && system.presets.empty())
            throw Error({}, system.name + " is no number format", whereShown(system), ErrorKind::Refused);
    }
    std::vector<std::string> names(m_names.size());
    std::transform(m_names.begin(), m_names.end(), names.begin(), [](const Name& name) { return name.text; });
    const auto near = closestName(text, names);
    throw Error({}, "unknown format " + (text.empty() ? inQuotes("") : text),
        near ? "did you mean " + *near + "? `nanoscope-cli formats` lists all" : "`nanoscope-cli formats` lists all",
        ErrorKind::Refused);
}

}  // namespace nanoscope
