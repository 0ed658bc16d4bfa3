#include "core/hardware/cost_explanation.h"

#include "core/hardware/technology.h"

#include <algorithm>

namespace nanoscope {
namespace {

constexpr const char* kOwnModel = "own system model (core/hardware/README.md)";
constexpr const char* kCounted = "own gate counts, checked against synthesis of 62 units (NanGate45)";
constexpr const char* kSweep = "own CACTI 7 sweep (resources/hardware/sram.json)";
constexpr const char* kByHand = "set by hand";

std::string num(double value)
{
    return formulaNumber(value);
}

/// "a + b + c"
template <typename Range, typename Value> std::string added(const Range& range, Value value)
{
    std::string text;
    for (const auto& entry : range)
        text += (text.empty() ? "" : " + ") + num(value(entry));
    return text.empty() ? "0" : text;
}

std::string added(const std::vector<CostTerm>& terms)
{
    return added(terms, [](const CostTerm& term) { return term.value; });
}

/// A list of explained figures in the making.
class Explanation {
public:
    void add(const std::string& name, double value, const char* unit, const std::string& words,
        const std::string& numbers, const std::string& source)
    {
        m_terms.push_back({TermGroup::Dot, name, value, unit, words + " = " + numbers, source});
    }

    [[nodiscard]] std::vector<CostTerm> take() { return std::move(m_terms); }

private:
    std::vector<CostTerm> m_terms;
};

std::string dramSource(const HardwareParameters& p)
{
    const bool isSet = p.dram.readPicojoulePerBit || p.dram.writePicojoulePerBit || p.dram.staticMilliwatt;
    return "traffic: " + std::string(kOwnModel) + "; energy per bit: " + p.dram.preset + ", "
        + dramPreset(p.dram.preset).source + (isSet ? std::string("; in part ") + kByHand : "");
}

std::string nodeSource(const HardwareParameters& p, bool isSet)
{
    return isSet ? std::string(kByHand) : processNode(p.node.name).source;
}

void explainUnit(Explanation& list, const FormatCost& cost, const HardwareParameters& p)
{
    list.add("bits, weights", cost.bits.weights, "bit/element", "codes + scale + metadata", added(cost.weightBits),
        "definition of the format");
    list.add("bits, activations", cost.bits.activations, "bit/element", "codes + scale + metadata",
        added(cost.activationBits), "definition of the format");
    list.add("unit", cost.unit.area(), "NAND2", "sum of the terms", added(cost.unit.terms), kCounted);
    list.add("per lane", cost.unit.area() / cost.array.shape.lanes, "NAND2", "unit / lanes",
        num(cost.unit.area()) + " / " + num(cost.array.shape.lanes), kCounted);
    list.add("quantizer", sumOf(cost.quantizer), "NAND2", "sum of the terms", added(cost.quantizer),
        "Design Compiler areas of public RTL (repository dwrScent/nvesm2)");
    list.add("dequantizer", sumOf(cost.dequantizer), "NAND2", "sum of the terms", added(cost.dequantizer), kCounted);

    const double nand2 = p.node.nand2SquareMicrometer.value_or(processNode(p.node.name).nand2SquareMicrometer);
    const std::string node = nodeSource(p, p.node.nand2SquareMicrometer.has_value());
    const ArrayCost& array = cost.array;
    list.add("unit area", array.unitSquareMillimeter, "mm2", "unit x area of a NAND2 in um2",
        num(cost.unit.area()) + " x " + num(nand2) + " / 1e6", node);
    list.add("array area", array.arraySquareMillimeter, "mm2", "rows x columns x unit area",
        num(array.shape.rows) + " x " + num(array.shape.columns) + " x " + num(array.unitSquareMillimeter), node);
    list.add("buffer area", array.sramSquareMillimeter, "mm2", "weights + activations + outputs",
        num(array.weightBuffer.squareMillimeter) + " + " + num(array.activationBuffer.squareMillimeter) + " + "
            + num(array.outputBuffer.squareMillimeter),
        kSweep);
    list.add("one dot product", array.dotPicojoule, "pJ", "(gates + registers in fJ at 45 nm) x factor of the node",
        "(" + added(cost.dotEnergy) + ") x " + num(p.node.energyFactor.value_or(processNode(p.node.name).energyFactor))
            + " / 1000",
        "own switching simulation of 34 netlists; " + nodeSource(p, p.node.energyFactor.has_value()));
    list.add("leakage", array.leakageMilliwatt, "mW", "buffers x factor + gates x leakage of a NAND2 in nW x factor",
        "(" + num(array.weightBuffer.leakageMilliwatt) + " + " + num(array.activationBuffer.leakageMilliwatt) + " + "
            + num(array.outputBuffer.leakageMilliwatt) + ") x " + num(p.buffers.leakageFactor) + " + "
            + num(cost.unit.area()) + " x " + num(array.shape.rows) + " x " + num(array.shape.columns) + " x "
            + num(p.constants.leakagePerGate) + " / 1e6 x " + num(p.energy.leakageFactor),
        std::string(kSweep) + "; " + constantNote("leakage_per_gate").source);
}

/// What the energies of a layer and of a phase have in common.
struct EnergyParts {
    Traffic traffic;
    double edgeWeightBits;
    double edgeActivationBits;
    double macs;
    double seconds;
    double tokens;  ///< that the energy is shared by
};

void explainEnergy(Explanation& list, const std::string& prefix, const EnergyStack& energy, const EnergyParts& parts,
    const FormatCost& cost, const HardwareParameters& p)
{
    const ArrayCost& array = cost.array;
    const Traffic& t = parts.traffic;
    const bool isShared = parts.tokens > 0.0;
    const double tokens = isShared ? parts.tokens : 1.0;
    const std::string per = isShared ? " / tokens" : "";
    const std::string share = isShared ? " / " + num(tokens) : "";
    const char* unit = isShared ? "J/token" : "J";
    list.add(prefix + "DRAM", energy.dram / tokens, unit, "8 x (bytes read x pJ/bit + bytes written x pJ/bit)" + per,
        "8e-12 x ((" + num(t.weights) + " + " + num(t.activations) + ") x " + num(array.dramReadPicojoulePerBit) + " + "
            + num(t.outputs) + " x " + num(array.dramWritePicojoulePerBit) + ")" + share,
        dramSource(p));
    list.add(prefix + "SRAM", energy.sram / tokens, unit,
        "bits that the array reads x pJ/bit + 8 x bytes that fill the buffers x pJ/bit" + per,
        "1e-12 x (" + num(parts.edgeWeightBits) + " x " + num(array.weightBuffer.readPicojoulePerBit) + " + "
            + num(parts.edgeActivationBits) + " x " + num(array.activationBuffer.readPicojoulePerBit) + " + 8 x ("
            + num(t.weights) + " x " + num(array.weightBuffer.writePicojoulePerBit) + " + " + num(t.activations) + " x "
            + num(array.activationBuffer.writePicojoulePerBit) + " + " + num(t.outputs) + " x "
            + num(array.outputBuffer.writePicojoulePerBit) + "))" + share,
        kSweep);
    list.add(prefix + "core", energy.core / tokens, unit, "multiplications / lanes x one dot product" + per,
        "1e-12 x " + num(parts.macs) + " / " + num(array.shape.lanes) + " x " + num(array.dotPicojoule) + share,
        "own switching simulation of 34 netlists (NanGate45, 1.1 V), scaled to the node");
    list.add(prefix + "static", energy.still / tokens, unit, "(DRAM + other + leakage in mW) x latency" + per,
        "(" + num(array.dramStaticMilliwatt) + " + " + num(p.energy.otherStaticMilliwatt) + " + "
            + num(array.leakageMilliwatt) + ") / 1000 x " + num(parts.seconds) + share,
        kOwnModel);
    list.add(prefix + "energy", energy.total() / tokens, unit, "DRAM + SRAM + core + static",
        num(energy.dram / tokens) + " + " + num(energy.sram / tokens) + " + " + num(energy.core / tokens) + " + "
            + num(energy.still / tokens),
        kOwnModel);
}

void explainPhase(Explanation& list, const std::string& name, const PhaseCost& phase, const FormatCost& cost,
    const HardwareParameters& p)
{
    const std::string prefix = name + ", ";
    list.add(prefix + "cycles", phase.cycles, "cycles", "sum over the layers of the larger of compute and memory",
        added(phase.layers, [](const LayerCost& layer) { return layer.cycles(); }), kOwnModel);
    list.add(prefix + "latency", phase.latencySeconds, "s", "cycles / clock",
        num(phase.cycles) + " / " + num(p.array.clockGigahertz) + " / 1e9", kOwnModel);
    list.add(prefix + "tokens per second", phase.tokensPerSecond(), "1/s", "tokens / latency",
        num(phase.tokens) + " / " + num(phase.latencySeconds), kOwnModel);
    explainEnergy(list, prefix, phase.energy,
        {phase.traffic, phase.edgeWeightBits, phase.edgeActivationBits, phase.macs, phase.latencySeconds, phase.tokens},
        cost, p);
}

void explainFootprint(Explanation& list, const FormatCost& cost, const CostSetup& setup)
{
    const Workload& model = setup.workload;
    const HardwareParameters& p = setup.parameters;
    list.add("footprint, weights", cost.footprint.weights, "byte", "weights of the linear layers x bits / 8",
        num(static_cast<double>(model.linearParameters())) + " x " + num(cost.bits.weights) + " / 8", model.source);
    list.add("footprint, embeddings", cost.footprint.embeddings, "byte",
        model.isTied ? "vocabulary x width x bits / 8 (the head is the embedding)"
                     : "(embedding + head) x vocabulary x width x bits / 8",
        std::string(model.isTied ? "1" : "2") + " x " + num(model.vocabulary) + " x " + num(model.hidden) + " x "
            + num(p.storage.embeddingBits) + " / 8",
        model.source);
    list.add("footprint, keys and values", cost.footprint.kvCache, "byte",
        "(keys + values) x blocks x key-value heads x width of a head x batch x context x bits / 8",
        "2 x " + num(model.blocks) + " x " + num(model.kvHeads) + " x " + num(model.headSize()) + " x "
            + num(p.run.batch) + " x " + num(p.run.context) + " x " + num(p.storage.kvBits) + " / 8",
        model.source);
    list.add("footprint", cost.footprint.total(), "byte", "weights + embeddings + keys and values",
        num(cost.footprint.weights) + " + " + num(cost.footprint.embeddings) + " + " + num(cost.footprint.kvCache),
        kOwnModel);
}

void explainBytes(Explanation& list, const std::string& name, double bytes, double once)
{
    const double times = once > 0.0 ? bytes / once : 0.0;
    list.add(name, bytes, "byte", "bytes of the operand x times that the schedule fetches it",
        num(once) + " x " + num(times),
        "least of: all once, a panel kept, an output tile kept (core/hardware/gemm_schedule.h)");
}

}  // namespace

std::vector<CostTerm> explainCost(const FormatCost& cost, const CostSetup& setup)
{
    Explanation list;
    explainUnit(list, cost, setup.parameters);
    explainPhase(list, "prefill", cost.prefill, cost, setup.parameters);
    explainPhase(list, "decode", cost.decode, cost, setup.parameters);
    explainFootprint(list, cost, setup);
    return list.take();
}

std::vector<CostTerm> explainLayer(const LayerCost& layer, const FormatCost& cost, const CostSetup& setup)
{
    const HardwareParameters& p = setup.parameters;
    const ArrayShape& shape = cost.array.shape;
    const Gemm& g = layer.gemm;
    Explanation list;
    const auto steps = [](double extent, int by) { return "ceil(" + num(extent) + " / " + num(by) + ")"; };
    list.add("compute cycles", layer.computeCycles, "cycles",
        "count x (ceil(tokens / rows) x ceil(outputs / columns) x ceil(inputs / lanes) x cycles of a dot product + "
        "filling)",
        num(layer.count) + " x (" + steps(g.tokens, shape.rows) + " x " + steps(g.outputs, shape.columns) + " x "
            + steps(g.inputs, shape.lanes) + " x " + num(shape.cyclesPerDot) + " + " + num(shape.rows) + " + "
            + num(shape.columns) + " - 2)",
        kOwnModel);
    list.add("memory cycles", layer.memoryCycles, "cycles", "bytes / bandwidth in GB/s x clock in GHz",
        num(layer.traffic.total()) + " / " + num(p.dram.bandwidthGigabytePerSecond) + " x "
            + num(p.array.clockGigahertz),
        kOwnModel);
    list.add("cycles", layer.cycles(), "cycles", "larger of compute and memory",
        "max(" + num(layer.computeCycles) + ", " + num(layer.memoryCycles) + ")", kOwnModel);
    explainBytes(list, "weight bytes", layer.traffic.weights, layer.count * g.outputs * g.inputs * g.weightBits / 8.0);
    explainBytes(list, "activation bytes", layer.traffic.activations,
        layer.count * g.tokens * g.inputs * g.activationBits / 8.0);
    explainBytes(list, "output bytes", layer.traffic.outputs, layer.count * g.tokens * g.outputs * g.outputBits / 8.0);
    explainEnergy(list, {}, layer.energy,
        {layer.traffic, layer.edgeWeightBits, layer.edgeActivationBits, layer.macs,
            layer.cycles() / (p.array.clockGigahertz * 1e9), 0.0},
        cost, p);
    return list.take();
}

std::vector<CostTerm> explainRatio(const FormatCost& cost, const FormatCost& baseline)
{
    const CostRatio ratio = ratioTo(cost, baseline);
    const std::string against = "figure of " + cost.name + " / figure of " + baseline.name;
    Explanation list;
    const auto add = [&](const char* name, double value, double ours, double theirs) {
        list.add(name, value, "x", against, num(ours) + " / " + num(theirs), kOwnModel);
    };
    add("area", ratio.area, cost.unit.area(), baseline.unit.area());
    add("energy", ratio.energy, cost.decode.joulePerToken(), baseline.decode.joulePerToken());
    add("latency", ratio.latency, cost.decode.latencySeconds, baseline.decode.latencySeconds);
    add("prefill energy", ratio.prefillEnergy, cost.prefill.joulePerToken(), baseline.prefill.joulePerToken());
    add("prefill latency", ratio.prefillLatency, cost.prefill.latencySeconds, baseline.prefill.latencySeconds);
    return list.take();
}

}  // namespace nanoscope
