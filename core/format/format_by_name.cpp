#include "core/format/format_by_name.h"

#include "core/error.h"
#include "core/format/json_fields.h"
#include "core/format/preset_library.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>
#include <string>

namespace nanoscope {
namespace {

using nlohmann::json;

json readJsonFile(const std::filesystem::path& path)
{
    std::error_code code;
    if (std::filesystem::is_directory(path, code))
        throw Error(path.string(), "is a directory", "name a .json file or a preset", ErrorKind::Data);
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        throw Error(path.string(), "cannot be read", "check the path, or name a preset", ErrorKind::Data);
    std::ostringstream text;
    text << stream.rdbuf();
    json document = parseJson(text.str());
    if (document.is_discarded())
        throw Error(path.string(), "is not JSON", "give a format or preset as JSON", ErrorKind::Refused);
    return document;
}

NamedFormat fromFile(const std::string& path)
{
    const json document = readJsonFile(path);
    if (document.is_object() && document.contains("spec")) {
        const Preset preset = presetFromText(document.dump(), path);
        return {preset.name, preset.spec};
    }
    return {std::filesystem::path(path).stem().string(), formatFromJson(document, path)};
}

/// Position of the colon between base and overrides: the first one after which a `path=` follows.
std::size_t overridesStart(std::string_view text)
{
    for (std::size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':', colon + 1)) {
        const std::string_view rest = text.substr(colon + 1);
        const std::size_t equals = rest.find('=');
        if (equals != std::string_view::npos && rest.substr(0, equals).find_first_of("/\\:") == std::string_view::npos)
            return colon;
    }
    return std::string_view::npos;
}

NamedFormat named(const Preset& preset)
{
    return {preset.name, preset.spec};
}

NamedFormat baseFormat(const std::string& base, const std::filesystem::path& userFolder)
{
    if (const auto shipped = findPreset(base))
        return named(*shipped);
    if (base.ends_with(".json"))
        return fromFile(base);
    const PresetLibrary library(userFolder);
    const bool isPath = base.find('/') != std::string::npos && !library.find(base);
    return isPath ? fromFile(base) : named(library.require(base));
}

}  // namespace

NamedFormat parseFormat(std::string_view text, const std::filesystem::path& userFolder)
{
    const std::size_t colon = overridesStart(text);
    NamedFormat format = baseFormat(std::string(text.substr(0, colon)), userFolder);
    if (colon == std::string_view::npos)
        return format;
    const std::string overrides(text.substr(colon + 1));
    return {format.name + ":" + overrides, withOverrides(format.spec, overrides, format.name)};
}

NamedFormat parseFormat(std::string_view text)
{
    return parseFormat(text, {});
}

}  // namespace nanoscope
