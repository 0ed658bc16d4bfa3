#include "core/hardware/technology.h"

#include "core/closest_name.h"
#include "core/error.h"
#include "core/hardware/hardware_files.h"

#include <nlohmann/json.hpp>

namespace nanoscope {
namespace {

using nlohmann::json;

/// Energy per operation relative to itself at other nodes: a V^2 + b V + c (Stillmaker and Baas, Integration 58, 2017).
double polynomial(const json& p)
{
    const double volts = p.at("volts");
    return p.at("a").get<double>() * volts * volts + p.at("b").get<double>() * volts + p.at("c").get<double>();
}

std::optional<double> optionalNumber(const json& object, const char* name)
{
    return object.contains(name) ? std::optional(object.at(name).get<double>()) : std::nullopt;
}

template <typename Entry> Entry byName(const std::vector<Entry>& entries, std::string_view name, std::string_view kind)
{
    std::vector<std::string> names;
    std::string all;
    for (const Entry& entry : entries) {
        if (entry.name == name)
            return entry;
        names.push_back(entry.name);
        all += (all.empty() ? "" : " ") + entry.name;
    }
    const auto near = closestName(std::string(name), names);
    throw Error(std::string(name), "there is no " + std::string(kind) + " of this name",
        (near ? "did you mean " + *near + "? there are: " : "there are: ") + all, ErrorKind::Refused);
}

}  // namespace

std::vector<DramPreset> dramPresets()
{
    std::vector<DramPreset> presets;
    const json& document = hardwareDocument("table", "dram");
    for (const json& entry : document.at("presets"))
        presets.push_back({entry.at("name"), entry.at("title"), entry.at("source"), entry.at("read"), entry.at("write"),
            entry.value("static_mw", 0.0), optionalNumber(entry, "low"), optionalNumber(entry, "high")});
    return presets;
}

std::vector<ProcessNode> processNodes()
{
    const json& document = hardwareDocument("table", "nodes");
    const double reference = polynomial(document.at("reference"));
    std::vector<ProcessNode> nodes;
    for (const json& entry : document.at("nodes")) {
        const double factor = entry.contains("energy_factor") ? entry.at("energy_factor").get<double>()
                                                              : polynomial(entry.at("energy")) / reference;
        nodes.push_back({entry.at("name"), entry.at("title"), entry.at("source"), entry.at("nand2_um2"), factor});
    }
    return nodes;
}

DramPreset dramPreset(std::string_view name)
{
    return byName(dramPresets(), name, "DRAM");
}

ProcessNode processNode(std::string_view name)
{
    return byName(processNodes(), name, "node");
}

}  // namespace nanoscope
