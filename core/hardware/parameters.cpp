#include "core/hardware/parameters.h"

#include "core/hardware/hardware_files.h"
#include "core/hardware/range_fields.h"
#include "core/hardware/technology.h"

#include <nlohmann/json.hpp>

namespace nanoscope {
namespace {

using detail::Range;
using detail::readRange;
using nlohmann::json;

constexpr Range kLanes{1, 4096, "a whole number from 1 to 4096"};
constexpr Range kUnits{1, 4096, "a whole number from 1 to 4096"};
constexpr Range kWindow{0, 128, "a whole number from 0 (as the operands need) to 128"};
constexpr Range kWidth{8, 8192, "a whole number from 8 to 8192"};
constexpr Range kTokens{1, 1 << 22, "a whole number from 1 to 4194304"};
constexpr Range kBatch{1, 65536, "a whole number from 1 to 65536"};
constexpr Range kPositive{1e-6, 1e6, "a number from 0.000001 to 1000000"};
constexpr Range kKilobytes{0.125, 1 << 22, "a number from 0.125 to 4194304"};
constexpr Range kBits{0.5, 64, "a number from 0.5 to 64"};
constexpr Range kNotNegative{0, 1e6, "a number from 0 to 1000000"};

constexpr std::array kPlaces{
    EnumName<DecodePlace>{DecodePlace::Unit, "unit"}, EnumName<DecodePlace>{DecodePlace::Edge, "edge"}};
constexpr std::array kMethods{
    EnumName<SramMethod>{SramMethod::Sweep, "sweep"}, EnumName<SramMethod>{SramMethod::Fit, "fit"}};

json orNull(const std::optional<double>& value)
{
    return value ? json(*value) : json();
}

/// Names of the styles in the form that readName takes.
std::array<EnumName<DatapathStyle>, kDatapathStyles.size()> styleNames()
{
    std::array<EnumName<DatapathStyle>, kDatapathStyles.size()> names{};
    for (std::size_t i = 0; i < names.size(); ++i)
        names.at(i) = {kDatapathStyles.at(i).first, kDatapathStyles.at(i).second};
    return names;
}

/// Reads a name out of a list; a number is taken as its digits (`node.name=28`).
template <typename Entries>
void readListed(JsonFields& fields, std::string_view name, std::string& value, const Entries& entries)
{
    const json* given = fields.find(name);
    if (!given)
        return;
    value = given->is_string() ? given->get<std::string>() : given->dump();
    std::string all;
    for (const auto& entry : entries) {
        if (entry == value)
            return;
        all += (all.empty() ? "" : " ") + entry;
    }
    fields.refuse(name, *given, all);
}

template <typename Entry> std::vector<std::string> namesIn(const std::vector<Entry>& entries)
{
    std::vector<std::string> names;
    for (const Entry& entry : entries)
        names.push_back(entry.name);
    return names;
}

/// Reads the object `name` with `read`, if it is there.
template <typename Read> void readObject(JsonFields& fields, std::string_view name, Read read)
{
    if (auto object = fields.object(name)) {
        read(*object);
        object->finish();
    }
}

void readUnit(JsonFields& fields, HardwareParameters::Unit& unit)
{
    readRange(fields, "lanes", unit.lanes, kLanes);
    fields.readName("style", styleNames(), unit.style);
    readRange(fields, "aligner_bits", unit.alignerBits, kWindow);
    fields.readName("decode_at", kPlaces, unit.decodeAt);
}

void readArray(JsonFields& fields, HardwareParameters::Array& array)
{
    readRange(fields, "rows", array.rows, kUnits);
    readRange(fields, "columns", array.columns, kUnits);
    readRange(fields, "clock_ghz", array.clockGigahertz, kPositive);
    readRange(fields, "area_mm2", array.areaSquareMillimeter, kPositive);
}

void readNode(JsonFields& fields, HardwareParameters::Node& node)
{
    readListed(fields, "name", node.name, namesIn(processNodes()));
    readRange(fields, "nand2_um2", node.nand2SquareMicrometer, kPositive);
    readRange(fields, "energy_factor", node.energyFactor, kPositive);
}

void readBuffers(JsonFields& fields, HardwareParameters::Buffers& buffers)
{
    readRange(fields, "weights_kb", buffers.weightsKilobyte, kKilobytes);
    readRange(fields, "activations_kb", buffers.activationsKilobyte, kKilobytes);
    readRange(fields, "outputs_kb", buffers.outputsKilobyte, kKilobytes);
    readRange(fields, "width_bits", buffers.widthBits, kWidth);
    readListed(fields, "technology", buffers.technology, sramTechnologies());
    fields.readName("method", kMethods, buffers.method);
    readRange(fields, "leakage_factor", buffers.leakageFactor, kNotNegative);
}

void readDram(JsonFields& fields, HardwareParameters::Dram& dram)
{
    readListed(fields, "preset", dram.preset, namesIn(dramPresets()));
    readRange(fields, "read_pj_per_bit", dram.readPicojoulePerBit, kNotNegative);
    readRange(fields, "write_pj_per_bit", dram.writePicojoulePerBit, kNotNegative);
    readRange(fields, "static_mw", dram.staticMilliwatt, kNotNegative);
    readRange(fields, "bandwidth_gbs", dram.bandwidthGigabytePerSecond, kPositive);
}

void readConstants(JsonFields& fields, HardwareConstants& constants)
{
    for (const ConstantField& field : constantFields())
        readRange(fields, field.name, constants.*field.value, kNotNegative);
}

}  // namespace

json toJson(const HardwareParameters& p)
{
    json constants = json::object();
    for (const ConstantField& field : constantFields())
        constants[std::string(field.name)] = p.constants.*field.value;
    return {
        {"unit",
            {{"lanes", p.unit.lanes}, {"style", styleName(p.unit.style)}, {"aligner_bits", p.unit.alignerBits},
                {"decode_at", nameOf(kPlaces, p.unit.decodeAt)}}},
        {"array",
            {{"rows", p.array.rows}, {"columns", p.array.columns}, {"clock_ghz", p.array.clockGigahertz},
                {"area_mm2", orNull(p.array.areaSquareMillimeter)}}},
        {"node",
            {{"name", p.node.name}, {"nand2_um2", orNull(p.node.nand2SquareMicrometer)},
                {"energy_factor", orNull(p.node.energyFactor)}}},
        {"buffers",
            {{"weights_kb", p.buffers.weightsKilobyte}, {"activations_kb", p.buffers.activationsKilobyte},
                {"outputs_kb", p.buffers.outputsKilobyte}, {"width_bits", p.buffers.widthBits},
                {"technology", p.buffers.technology}, {"method", nameOf(kMethods, p.buffers.method)},
                {"leakage_factor", p.buffers.leakageFactor}}},
        {"dram",
            {{"preset", p.dram.preset}, {"read_pj_per_bit", orNull(p.dram.readPicojoulePerBit)},
                {"write_pj_per_bit", orNull(p.dram.writePicojoulePerBit)},
                {"static_mw", orNull(p.dram.staticMilliwatt)}, {"bandwidth_gbs", p.dram.bandwidthGigabytePerSecond}}},
        {"energy",
            {{"glitch", orNull(p.energy.glitch)}, {"leakage_factor", p.energy.leakageFactor},
                {"other_static_mw", p.energy.otherStaticMilliwatt}}},
        {"run", {{"batch", p.run.batch}, {"prompt", p.run.prompt}, {"context", p.run.context}}},
        {"storage",
            {{"kv_bits", p.storage.kvBits}, {"embedding_bits", p.storage.embeddingBits},
                {"output_bits", p.storage.outputBits}}},
        {"constants", constants},
    };
}

HardwareParameters parametersFromJson(const json& json, std::string_view where)
{
    HardwareParameters p;
    JsonFields fields(json, std::string(where), {});
    readObject(fields, "unit", [&p](JsonFields& f) { readUnit(f, p.unit); });
    readObject(fields, "array", [&p](JsonFields& f) { readArray(f, p.array); });
    readObject(fields, "node", [&p](JsonFields& f) { readNode(f, p.node); });
    readObject(fields, "buffers", [&p](JsonFields& f) { readBuffers(f, p.buffers); });
    readObject(fields, "dram", [&p](JsonFields& f) { readDram(f, p.dram); });
    readObject(fields, "energy", [&p](JsonFields& f) {
        readRange(f, "glitch", p.energy.glitch, kPositive);
        readRange(f, "leakage_factor", p.energy.leakageFactor, kNotNegative);
        readRange(f, "other_static_mw", p.energy.otherStaticMilliwatt, kNotNegative);
    });
    readObject(fields, "run", [&p](JsonFields& f) {
        readRange(f, "batch", p.run.batch, kBatch);
        readRange(f, "prompt", p.run.prompt, kTokens);
        readRange(f, "context", p.run.context, kTokens);
    });
    readObject(fields, "storage", [&p](JsonFields& f) {
        readRange(f, "kv_bits", p.storage.kvBits, kBits);
        readRange(f, "embedding_bits", p.storage.embeddingBits, kBits);
        readRange(f, "output_bits", p.storage.outputBits, kBits);
    });
    readObject(fields, "constants", [&p](JsonFields& f) { readConstants(f, p.constants); });
    fields.finish();
    return p;
}

Accelerator acceleratorByName(const std::string& nameOrFile)
{
    const json document = hardwareDocumentOrFile("accelerator", nameOrFile);
    JsonFields fields(document, nameOrFile, {});
    int version = 1;
    readRange(fields, "version", version, {1, 1, "1"});
    Accelerator accelerator;
    accelerator.name = nameOrFile;
    fields.readText("name", accelerator.name);
    fields.readText("title", accelerator.title);
    fields.readText("source", accelerator.source);
    if (const json* parameters = fields.find("parameters"))
        accelerator.parameters = parametersFromJson(*parameters, nameOrFile);
    fields.finish();
    return accelerator;
}

}  // namespace nanoscope
