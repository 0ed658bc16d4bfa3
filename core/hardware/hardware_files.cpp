#include "core/hardware/hardware_files.h"

#include "core/closest_name.h"
#include "core/error.h"
#include "core/format/json_fields.h"
#include "core/hardware/hardware_data.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>

namespace nanoscope {
namespace {

constexpr std::streamoff kLargestFile = 1 << 20;  // a description; anything longer is another file

std::string textOf(const std::filesystem::path& path)
{
    std::ifstream stream(path, std::ios::binary | std::ios::ate);
    if (!stream || std::filesystem::is_directory(path))
        throw Error(path.string(), "cannot be read", "check the path");
    if (stream.tellg() > kLargestFile)
        throw Error(
            path.string(), "is longer than a description can be", "name a JSON file of this kind", ErrorKind::Refused);
    stream.seekg(0);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

std::vector<nlohmann::json> parsedFiles()
{
    std::vector<nlohmann::json> documents;
    for (const HardwareFile& file : hardwareFiles())
        documents.push_back(nlohmann::json::parse(file.json));
    return documents;
}

}  // namespace

std::vector<std::string> hardwareNames(std::string_view kind)
{
    std::vector<std::string> names;
    for (const HardwareFile& file : hardwareFiles())
        if (file.kind == kind)
            names.emplace_back(file.name);
    return names;
}

const nlohmann::json& hardwareDocument(std::string_view kind, std::string_view name)
{
    static const std::vector<nlohmann::json> kDocuments = parsedFiles();
    for (std::size_t i = 0; i < kDocuments.size(); ++i)
        if (hardwareFiles()[i].kind == kind && hardwareFiles()[i].name == name)
            return kDocuments[i];
    const std::vector<std::string> names = hardwareNames(kind);
    std::string all;
    for (const std::string& known : names)
        all += (all.empty() ? "" : " ") + known;
    const auto near = closestName(std::string(name), names);
    throw Error(std::string(name), "there is no " + std::string(kind) + " of this name",
        (near ? "did you mean " + *near + "? there are: " : "there are: ") + all + ", or name a .json file",
        ErrorKind::Refused);
}

nlohmann::json hardwareDocumentOrFile(std::string_view kind, const std::string& nameOrFile)
{
    if (!nameOrFile.ends_with(".json"))
        return hardwareDocument(kind, nameOrFile);
    nlohmann::json document = parseJson(textOf(nameOrFile));
    if (document.is_discarded())
        throw Error(
            nameOrFile, "is no JSON", "copy a shipped " + std::string(kind) + " and edit it", ErrorKind::Refused);
    return document;
}

}  // namespace nanoscope
