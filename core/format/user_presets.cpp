#include "core/format/user_presets.h"

#include "core/format/format_json.h"
#include "core/format/json_fields.h"
#include "core/io/replacement_file.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string_view>
#include <system_error>

namespace nanoscope {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::uintmax_t kLargestFile = 4U << 20U;  // a table of 65536 levels takes a tenth of that
constexpr std::size_t kLongestName = 64;
constexpr std::string_view kNameLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-.()";

/// The *.json files of a folder by name.
std::vector<fs::path> filesOf(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code error;
    if (!fs::exists(folder, error) && !error)
        return files;
    fs::directory_iterator entry(folder, error);
    while (!error && entry != fs::directory_iterator()) {
        if (entry->path().extension() == ".json")
            files.push_back(entry->path());
        entry.increment(error);
    }
    if (error)
        throw Error(folder.string(), "cannot be read: " + error.message(), "check the folder's permissions");
    std::sort(files.begin(), files.end());
    return files;
}

std::string contentOf(const fs::path& file)
{
    std::error_code error;
    if (!fs::is_regular_file(file, error))  // opening a pipe would wait for ever
        throw Error(file.string(), "is not a regular file", "remove it from the folder of presets");
    const std::uintmax_t size = fs::file_size(file, error);
    if (!error && size > kLargestFile)
        throw Error(file.string(), "is larger than any format", "remove it from the folder of presets");
    std::ifstream stream(file, std::ios::binary);
    std::string text(error ? 0 : static_cast<std::size_t>(size), '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (error || !stream)
        throw Error(file.string(), "cannot be read", "check the file's permissions");
    return text;
}

Preset readPreset(const fs::path& file)
{
    const std::string place = file.string();
    json document = parseJson(contentOf(file));
    if (document.is_discarded())
        throw Error(place, "is not JSON", "repair or remove it", ErrorKind::Refused);
    Preset preset;
    if (document.is_object() && document.contains("spec")) {
        document["standing"] = kUserStanding;  // whatever the file was copied from
        preset = presetFromText(document.dump(), place);
    } else {
        preset.name = file.stem().string();
        preset.standing = kUserStanding;
        preset.spec = formatFromJson(document, place);
    }
    if (preset.title.empty())
        preset.title = preset.name;
    try {
        requirePresetName(preset.name);
    } catch (const Error& error) {
        throw Error(place, error.problem(), error.remedy(), error.kind());
    }
    return preset;
}

}  // namespace

UserPresets readUserPresets(const fs::path& folder)
{
    UserPresets found;
    std::vector<fs::path> files;
    try {
        files = filesOf(folder);
    } catch (const Error& error) {
        found.problems.push_back(error);
    }
    for (const fs::path& file : files) {
        try {
            found.presets.push_back({readPreset(file), file});
        } catch (const Error& error) {
            found.problems.push_back(error);
        }
    }
    return found;
}

void requirePresetName(const std::string& name)
{
    const auto refuse = [&name](const char* what, const char* remedy) {
        std::string text = "the name \"";
        text.append(name).append("\" ").append(what);
        throw Error({}, text, remedy, ErrorKind::Refused);
    };
    if (name.empty())
        throw Error({}, "the preset has no name", "give it one", ErrorKind::Refused);
    if (name.size() > kLongestName)
        refuse("is too long", "use at most 64 letters");
    if (name.find_first_not_of(kNameLetters) != std::string::npos)
        refuse("holds other letters than a format's name may", "use A to Z, a to z, 0 to 9 and _ + - . ( )");
    if (name.front() == '-' || name.front() == '.' || name.ends_with(".json"))
        refuse("reads like an option or a file", "begin with a letter and leave .json away");
}

fs::path writeUserPreset(const fs::path& folder, const Preset& preset)
{
    requirePresetName(preset.name);
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw Error(folder.string(), "cannot be made: " + error.message(), "check the permissions of the folder above");
    fs::path file = folder / preset.name;
    file += ".json";
    if (fs::exists(fs::symlink_status(file, error)))
        throw Error(file.string(), "exists already", "choose another name, or remove that file", ErrorKind::Refused);
    const std::string text = presetToJson(preset).dump(4) + "\n";
    ReplacementFile replacement(file, {});
    {
        std::ofstream stream(replacement.temporary(), std::ios::binary);
        stream << text;
        stream.close();
        if (!stream)
            throw Error(file.string(), "cannot be written", "make room, or check the folder's permissions");
    }
    replacement.commit();
    return file;
}

}  // namespace nanoscope
