#include "widgets/cost_parameters.h"

#include "core/hardware/hardware_files.h"
#include "core/hardware/technology.h"
#include "core/hardware/workload.h"
#include "widgets/number_text.h"

#include <QCoreApplication>

#include <nlohmann/json.hpp>

namespace nanoscope {
namespace {

class Text {
    Q_DECLARE_TR_FUNCTIONS(CostParameters)
};

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

QString styleText(DatapathStyle style)
{
    switch (style) {
    case DatapathStyle::Automatic:
        return Text::tr("automatic");
    case DatapathStyle::ProductShift:
        return Text::tr("product shift (exact)");
    case DatapathStyle::MaxAligned:
        return Text::tr("aligned to the largest exponent");
    case DatapathStyle::DecodeToFixed:
        return Text::tr("decode to fixed point");
    case DatapathStyle::BitSerial:
        return Text::tr("bit-serial (as BitMoD)");
    case DatapathStyle::Lookup:
        return Text::tr("look-up table (as LUT Tensor Core, SAIL)");
    case DatapathStyle::BitPlane:
        return Text::tr("bit planes (as T-MAC)");
    case DatapathStyle::ShiftAdd:
        return Text::tr("shift and add (as MixPE)");
    case DatapathStyle::IntegerAdd:
        return Text::tr("integer addition (as L-Mul)");
    }
    return {};
}

std::vector<CostOption> dramOptions()
{
    std::vector<CostOption> options;
    for (const DramPreset& preset : dramPresets()) {
        QString energy = shortNumberText(preset.readPicojoulePerBit, 3);
        if (preset.writePicojoulePerBit != preset.readPicojoulePerBit)
            energy += u'/' + shortNumberText(preset.writePicojoulePerBit, 3);
        options.push_back(
            {text(preset.name), Text::tr("%1 pJ/bit · %2").arg(energy, text(preset.title)), text(preset.source)});
    }
    return options;
}

std::vector<CostOption> nodeOptions()
{
    std::vector<CostOption> options;
    for (const ProcessNode& node : processNodes())
        options.push_back({text(node.name), text(node.title), text(node.source)});
    return options;
}

std::vector<CostOption> styleOptions()
{
    std::vector<CostOption> options;
    for (const auto& [style, name] : kDatapathStyles)
        options.push_back({text(name), styleText(style), {}});
    return options;
}

CostParameter choice(const char* path, const QString& section, const QString& label, const QString& tip)
{
    return {QLatin1String(path), section, label, CostControl::Choice, tip};
}

CostParameter whole(const char* path, const QString& section, const QString& label, const QString& tip)
{
    return {QLatin1String(path), section, label, CostControl::Whole, tip};
}

CostParameter number(const char* path, const QString& section, const QString& label, const QString& tip)
{
    return {QLatin1String(path), section, label, CostControl::Number, tip};
}

CostParameter optional(CostParameter parameter)
{
    parameter.isOptional = true;
    return parameter;
}

CostParameter main(CostParameter parameter)
{
    parameter.isMain = true;
    return parameter;
}

void addMemory(std::vector<CostParameter>& list)
{
    const QString memory = Text::tr("Memory");
    list.push_back(main(choice("dram.preset", memory, Text::tr("DRAM energy"),
        Text::tr("What a bit from memory costs. It changes every conclusion about energy, so it comes first."))));
    list.push_back(main(optional(number("dram.read_pj_per_bit", memory, Text::tr("Own value, pJ/bit"),
        Text::tr("Energy of reading a bit, instead of the preset's; empty: as the preset says")))));
    list.push_back(optional(number("dram.write_pj_per_bit", memory, Text::tr("Writing, pJ/bit"),
        Text::tr("Energy of writing a bit, instead of the preset's"))));
    list.push_back(optional(number("dram.static_mw", memory, Text::tr("DRAM static power, mW"),
        Text::tr("Power that memory takes at rest, instead of the preset's"))));
    list.push_back(
        number("dram.bandwidth_gbs", memory, Text::tr("Bandwidth, GB/s"), Text::tr("Bytes between memory and chip")));
    const QString bits = Text::tr("Bits in memory");
    list.push_back(number("storage.kv_bits", bits, Text::tr("Keys and values, bits"),
        Text::tr("Bits of an element of the KV cache in memory")));
    list.push_back(number("storage.embedding_bits", bits, Text::tr("Embedding and head, bits"),
        Text::tr("Bits of a weight of embedding and head in memory")));
    list.push_back(number("storage.output_bits", bits, Text::tr("Results, bits"),
        Text::tr("Bits of a result of a layer on its way to memory")));
}

void addRun(std::vector<CostParameter>& list)
{
    const QString run = Text::tr("Run");
    list.push_back(main(whole("run.batch", run, Text::tr("Batch"), Text::tr("Sequences at a time"))));
    list.push_back(main(whole("run.prompt", run, Text::tr("Prompt"), Text::tr("Tokens of the prefill"))));
    list.push_back(main(whole("run.context", run, Text::tr("Context"), Text::tr("Tokens behind a decoded one"))));
}

void addUnit(std::vector<CostParameter>& list)
{
    const QString unit = Text::tr("Unit");
    list.push_back(whole("unit.lanes", unit, Text::tr("Lanes"),
        Text::tr("Element pairs of a dot product (K). Relative costs depend on it: they share one accumulator.")));
    list.push_back(choice("unit.style", unit, Text::tr("Datapath"),
        Text::tr("Styles after papers are gate counts without synthesis; some formats fit some styles only")));
    list.push_back(whole("unit.aligner_bits", unit, Text::tr("Aligner, bits"),
        Text::tr("Window that products are aligned in; 0: as wide as the operands need")));
    list.push_back(choice("unit.decode_at", unit, Text::tr("Decoders"),
        Text::tr("In every unit, or once per row and column at the edge of the array")));
    const QString array = Text::tr("Array");
    list.push_back(whole("array.rows", array, Text::tr("Rows"), Text::tr("Units that share weights: tokens")));
    list.push_back(
        whole("array.columns", array, Text::tr("Columns"), Text::tr("Units that share activations: outputs")));
    list.push_back(number("array.clock_ghz", array, Text::tr("Clock, GHz"), {}));
    list.push_back(optional(number("array.area_mm2", array, Text::tr("Iso-area budget, mm²"),
        Text::tr("As many columns as fit into this area, so that smaller units become speed; empty: the columns"))));
}

void addProcess(std::vector<CostParameter>& list)
{
    const QString node = Text::tr("Process");
    list.push_back(choice("node.name", node, Text::tr("Node"), Text::tr("Technology that areas and energies are for")));
    list.push_back(
        optional(number("node.nand2_um2", node, Text::tr("Area of a NAND2, µm²"), Text::tr("Instead of the node's"))));
    list.push_back(optional(number("node.energy_factor", node, Text::tr("Energy factor"),
        Text::tr("Energy of an operation over that at 45 nm, instead of the node's"))));
    list.push_back(optional(number("energy.glitch", node, Text::tr("Glitch factor"),
        Text::tr("Extra toggles of gates; empty: the constants for integer and float datapaths"))));
    list.push_back(number("energy.leakage_factor", node, Text::tr("Leakage of gates, factor"),
        Text::tr("Of the gates' leakage at 45 nm; 0 switches it off")));
    list.push_back(number("energy.other_static_mw", node, Text::tr("Other static power, mW"),
        Text::tr("Power that is always there: controller, PHY, host")));
}

void addBuffers(std::vector<CostParameter>& list)
{
    const QString buffers = Text::tr("Buffers");
    list.push_back(number("buffers.weights_kb", buffers, Text::tr("Weights, KB"), {}));
    list.push_back(number("buffers.activations_kb", buffers, Text::tr("Activations, KB"), {}));
    list.push_back(number("buffers.outputs_kb", buffers, Text::tr("Outputs, KB"), {}));
    list.push_back(whole("buffers.width_bits", buffers, Text::tr("Width, bits"), Text::tr("Bits read at a time")));
    list.push_back(choice("buffers.technology", buffers, Text::tr("SRAM technology"), {}));
    list.push_back(choice("buffers.method", buffers, Text::tr("SRAM figures"), {}));
    list.push_back(number("buffers.leakage_factor", buffers, Text::tr("Leakage of SRAM, factor"),
        Text::tr("Of CACTI's figure at 360 K, which is pessimistic; 0 switches it off")));
}

QString asText(const nlohmann::json& value)
{
    if (value.is_null())
        return {};
    QString dumped = QString::fromStdString(value.is_string() ? value.get<std::string>() : value.dump());
    if (value.is_number_float() && dumped.endsWith(QLatin1String(".0")))
        dumped.chop(2);
    return dumped;
}

}  // namespace

std::vector<CostParameter> costParameters()
{
    std::vector<CostParameter> list;
    addMemory(list);
    addRun(list);
    addUnit(list);
    addProcess(list);
    addBuffers(list);
    return list;
}

std::vector<CostOption> costOptions(const QString& path)
{
    if (path == QLatin1String("dram.preset"))
        return dramOptions();
    if (path == QLatin1String("node.name"))
        return nodeOptions();
    if (path == QLatin1String("unit.style"))
        return styleOptions();
    if (path == QLatin1String("unit.decode_at"))
        return {{QStringLiteral("unit"), Text::tr("in every unit"), {}},
            {QStringLiteral("edge"), Text::tr("at the edge of the array"), {}}};
    if (path == QLatin1String("buffers.method"))
        return {{QStringLiteral("sweep"), Text::tr("rows of the sweep"), {}},
            {QStringLiteral("fit"), Text::tr("power laws"), {}}};
    std::vector<CostOption> options;
    if (path == QLatin1String("buffers.technology"))
        for (const std::string& name : sramTechnologies())
            options.push_back({text(name), text(name), {}});
    return options;
}

std::vector<CostOption> acceleratorOptions()
{
    std::vector<CostOption> options;
    for (const std::string& name : hardwareNames("accelerator")) {
        const Accelerator accelerator = acceleratorByName(name);
        options.push_back({text(name), text(accelerator.title), text(accelerator.source)});
    }
    return options;
}

std::vector<CostOption> workloadOptions()
{
    std::vector<CostOption> options;
    for (const std::string& name : hardwareNames("workload")) {
        const Workload workload = workloadByName(name);
        options.push_back({text(name), text(workload.title), text(workload.source)});
    }
    return options;
}

QHash<QString, QString> parameterTexts(const HardwareParameters& parameters)
{
    const nlohmann::json document = toJson(parameters);  // items() of a temporary would outlive it
    QHash<QString, QString> texts;
    for (const auto& [section, fields] : document.items())
        for (const auto& [name, value] : fields.items())
            texts.insert(text(section) + u'.' + text(name), asText(value));
    return texts;
}

QString impliedText(const QString& path, const HardwareParameters& parameters)
{
    if (path.startsWith(QLatin1String("dram."))) {
        const DramPreset preset = dramPreset(parameters.dram.preset);
        return shortNumberText(path == QLatin1String("dram.read_pj_per_bit") ? preset.readPicojoulePerBit
                : path == QLatin1String("dram.write_pj_per_bit")             ? preset.writePicojoulePerBit
                                                                             : preset.staticMilliwatt);
    }
    if (path.startsWith(QLatin1String("node."))) {
        const ProcessNode node = processNode(parameters.node.name);
        return shortNumberText(
            path == QLatin1String("node.nand2_um2") ? node.nand2SquareMicrometer : node.energyFactor);
    }
    return {};
}

}  // namespace nanoscope
