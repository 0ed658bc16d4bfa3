#include "core/hardware/workload.h"

#include "core/error.h"
#include "core/hardware/hardware_files.h"
#include "core/hardware/range_fields.h"

#include <nlohmann/json.hpp>

namespace nanoscope {
namespace {

using detail::Range;
using detail::readRange;
using nlohmann::json;

constexpr Range kExtent{1, 1 << 24, "a whole number from 1 to 16777216"};
constexpr Range kBlocks{1, 4096, "a whole number from 1 to 4096"};
constexpr std::size_t kMostLayers = 256;
constexpr double kBitsPerByte = 8.0;
constexpr double kMostParameters = 1e18;  // what a count still holds

LinearLayer layerFromJson(const json& object, const std::string& where, const std::string& path)
{
    JsonFields fields(object, where, path);
    LinearLayer layer;
    fields.readText("name", layer.name);
    for (const char* name : {"outputs", "inputs"})
        if (!fields.has(name))
            throw Error(where, path + " has no " + name, "give its extent", ErrorKind::Refused);
    readRange(fields, "outputs", layer.outputs, kExtent);
    readRange(fields, "inputs", layer.inputs, kExtent);
    fields.finish();
    return layer;
}

void readLayers(JsonFields& fields, Workload& workload)
{
    const json* list = fields.find("gemms");
    if (!list)
        throw Error(fields.where(), "there are no gemms", "list the linear layers of a block", ErrorKind::Refused);
    if (!list->is_array() || list->empty() || list->size() > kMostLayers)
        fields.refuse("gemms", *list, "a list of 1 to 256 linear layers");
    for (std::size_t i = 0; i < list->size(); ++i)
        workload.layers.push_back(layerFromJson((*list)[i], fields.where(), "gemms." + std::to_string(i)));
}

}  // namespace

std::uint64_t Workload::linearParameters() const
{
    std::uint64_t sum = 0;
    for (const LinearLayer& layer : layers)
        sum += static_cast<std::uint64_t>(layer.outputs) * static_cast<std::uint64_t>(layer.inputs);
    return sum * static_cast<std::uint64_t>(blocks);
}

std::uint64_t Workload::embeddingParameters() const
{
    return static_cast<std::uint64_t>(vocabulary) * static_cast<std::uint64_t>(hidden);
}

std::uint64_t Workload::headParameters() const
{
    return isTied ? 0 : embeddingParameters();
}

std::uint64_t Workload::parameters() const
{
    return linearParameters() + embeddingParameters() + headParameters();
}

Footprint footprintOf(const Workload& workload, double weightBits, double embeddingBits, double kvBits, double tokens)
{
    const auto linear = static_cast<double>(workload.linearParameters());
    const auto rest = static_cast<double>(workload.embeddingParameters() + workload.headParameters());
    const double kvElements = 2.0 * workload.blocks * workload.kvHeads * workload.headSize() * tokens;
    return {
        linear * weightBits / kBitsPerByte, rest * embeddingBits / kBitsPerByte, kvElements * kvBits / kBitsPerByte};
}

json toJson(const Workload& workload)
{
    json gemms = json::array();
    for (const LinearLayer& layer : workload.layers)
        gemms.push_back({{"name", layer.name}, {"outputs", layer.outputs}, {"inputs", layer.inputs}});
    return {{"name", workload.name}, {"title", workload.title}, {"source", workload.source},
        {"blocks", workload.blocks}, {"hidden", workload.hidden}, {"heads", workload.heads},
        {"kv_heads", workload.kvHeads}, {"vocabulary", workload.vocabulary}, {"tied_embedding", workload.isTied},
        {"positions", workload.positions}, {"gemms", gemms}};
}

Workload workloadFromJson(const json& json, std::string_view where)
{
    JsonFields fields(json, std::string(where), {});
    int version = 1;
    readRange(fields, "version", version, {1, 1, "1"});
    Workload workload;
    workload.name = where;
    fields.readText("name", workload.name);
    fields.readText("title", workload.title);
    fields.readText("source", workload.source);
    readRange(fields, "blocks", workload.blocks, kBlocks);
    readRange(fields, "hidden", workload.hidden, kExtent);
    readRange(fields, "heads", workload.heads, kExtent);
    readRange(fields, "kv_heads", workload.kvHeads, kExtent);
    readRange(fields, "vocabulary", workload.vocabulary, kExtent);
    fields.readBoolean("tied_embedding", workload.isTied);
    readRange(fields, "positions", workload.positions, {0, 1 << 24, "a whole number from 0 to 16777216"});
    readLayers(fields, workload);
    fields.finish();
    if (workload.hidden % workload.heads != 0 || workload.heads % workload.kvHeads != 0)
        throw Error(std::string(where),
            std::to_string(workload.heads) + " heads share a width of " + std::to_string(workload.hidden) + " and "
                + std::to_string(workload.kvHeads) + " key-value heads",
            "heads must divide hidden, and kv_heads must divide heads", ErrorKind::Refused);
    double parameters = 0.0;
    for (const LinearLayer& layer : workload.layers)
        parameters += static_cast<double>(workload.blocks) * layer.outputs * layer.inputs;
    if (parameters > kMostParameters)
        throw Error(std::string(where), "blocks and gemms make more than 10^18 weights", "give smaller extents",
            ErrorKind::Refused);
    return workload;
}

Workload workloadByName(const std::string& nameOrFile)
{
    return workloadFromJson(hardwareDocumentOrFile("workload", nameOrFile), nameOrFile);
}

}  // namespace nanoscope
