#include "core/hardware/format_cost.h"

#include "core/error.h"
#include "core/format/format_storage.h"
#include "core/format/json_override.h"
#include "core/format/preset.h"
#include "core/hardware/storage_terms.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

constexpr double kHalf = 0.5;

UnitDesign designOf(const Operand& weights, const Operand& activations, const HardwareParameters& p)
{
    UnitDesign design;
    design.weights = weights;
    design.activations = activations;
    design.lanes = p.unit.lanes;
    design.style = p.unit.style;
    design.alignerBits = p.unit.alignerBits;
    if (p.unit.decodeAt == DecodePlace::Edge)
        design.decodeReuse = std::max(1, std::min(p.array.rows, p.array.columns));
    design.tableReuse = p.array.columns;
    return design;
}

/// What `call` gives; a refusal names the format, which may be one of several that are priced together.
template <typename Call> auto named(const std::string& format, Call call)
{
    try {
        return call();
    } catch (const Error& error) {
        throw Error(format, (error.where().empty() ? std::string() : error.where() + ": ") + error.problem(),
            error.remedy(), error.kind());
    }
}

Operand namedOperand(const NamedFormat& format)
{
    return named(format.name, [&format] { return operandOf(format.spec); });
}

void addNotes(std::vector<std::string>& notes, const std::string& name, const Operand& operand)
{
    for (const std::string& note : operand.notes)
        notes.push_back(name + ": " + note);
}

/// Refuses figures that no settings near those of hardware give: constants can be chosen against each other.
void requireSane(const FormatCost& cost)
{
    for (const CostTerm& term : cost.unit.terms)
        if (!std::isfinite(term.value) || term.value < 0.0)
            throw Error(cost.name, "with these settings the term \"" + term.name + "\" is " + formulaNumber(term.value),
                "bring the constants nearer to their defaults", ErrorKind::Refused);
    for (const double value : {cost.unit.area(), cost.prefill.energy.total(), cost.decode.energy.total(),
             cost.prefill.latencySeconds, cost.decode.latencySeconds})
        if (!std::isfinite(value) || value < 0.0)
            throw Error(cost.name, "these settings give no finite cost",
                "bring the parameters nearer to their defaults", ErrorKind::Refused);
}

}  // namespace

CostSetup withSetting(const CostSetup& setup, std::string_view setting)
{
    nlohmann::json document = toJson(setup.parameters);
    document["workload"] = toJson(setup.workload);
    document = withJsonOverrides(std::move(document), setting, "--set");
    const nlohmann::json workload = document.contains("workload") ? document["workload"] : nlohmann::json::object();
    document.erase("workload");
    return {parametersFromJson(document, "--set"), workloadFromJson(workload, "--set workload")};
}

double FormatCost::energyError(const PhaseCost& phase, const HardwareConstants& constants) const
{
    return phase.energy.dram > kHalf * phase.energy.total() ? constants.dramEnergyError : constants.coreEnergyError;
}

FormatCost costOf(const NamedFormat& weights, const NamedFormat& activations, const CostSetup& setup)
{
    const HardwareParameters& p = setup.parameters;
    FormatCost cost;
    cost.name = weights.name;
    cost.activations = activations.name;
    cost.bits = {nominalBitsPerElement(weights.spec), nominalBitsPerElement(activations.spec)};
    cost.weightBits = storageTerms(weights.spec);
    cost.activationBits = storageTerms(activations.spec);
    const Operand w = namedOperand(weights);
    const Operand a = namedOperand(activations);
    const UnitDesign design = designOf(w, a, p);
    const std::string pair = activations.name == weights.name ? weights.name : weights.name + " x " + activations.name;
    cost.unit = named(pair, [&] { return unitCostByFeature(design, p.constants); });
    cost.measured = synthesizedAs(design, p.constants);
    cost.array = named(pair, [&] { return arrayCost(cost.unit, p); });
    cost.dotEnergy = dotEnergyTerms(cost.unit, p.constants, p.energy.glitch.value_or(0.0));
    cost.quantizer = quantizerTerms(a, p.unit.lanes, p.constants);
    cost.dequantizer = dequantizerTerms(w, p.unit.lanes, p.constants);
    const double tokens = static_cast<double>(p.run.batch) * p.run.context;
    cost.footprint = footprintOf(setup.workload, cost.bits.weights, p.storage.embeddingBits, p.storage.kvBits, tokens);
    cost.prefill = prefillCost(setup.workload, cost.array, cost.bits, p);
    cost.decode = decodeCost(setup.workload, cost.array, cost.bits, p);
    addNotes(cost.notes, weights.name, w);
    if (!(activations.spec == weights.spec))
        addNotes(cost.notes, activations.name, a);
    requireSane(cost);
    return cost;
}

CostRatio ratioTo(const FormatCost& cost, const FormatCost& baseline)
{
    return {baseline.name, cost.unit.area() / baseline.unit.area(),
        cost.decode.joulePerToken() / baseline.decode.joulePerToken(),
        cost.decode.latencySeconds / baseline.decode.latencySeconds,
        cost.prefill.joulePerToken() / baseline.prefill.joulePerToken(),
        cost.prefill.latencySeconds / baseline.prefill.latencySeconds};
}

std::vector<FormatCost> baselineCosts(const CostSetup& setup)
{
    std::vector<FormatCost> costs;
    for (const char* name : {"MXFP4", "NVFP4", "FP16"}) {
        const auto preset = findPreset(name);
        if (!preset)
            throw Error(name, "the preset is missing", "rebuild the program");
        const NamedFormat format{name, preset->spec};
        CostSetup usual = setup;
        usual.parameters.unit.style = DatapathStyle::Automatic;  // FP16 fits few of the other styles
        costs.push_back(costOf(format, format, usual));
    }
    return costs;
}

std::vector<std::string> costLimits()
{
    return {
        "Areas are those of synthesis: no placement and routing (papers multiply by 1.5), no clock tree, no wires.",
        "Error bars: area 15 %, core energy 35 %, energy dominated by DRAM 10 %; absolute mm2 and J a factor of two.",
        "The choice of DRAM energy per bit (0.63 to 41 pJ) changes every conclusion about energy.",
        "Float datapaths glitch 2.3 to 2.7 times when they are not pipelined; the factor is a parameter.",
        "No hardware of NxFP is published; its datapath is this project's own design.",
        "Styles other than integer array, product shift, maximum alignment and decode to fixed are gate counts "
        "without synthesis.",
    };
}

}  // namespace nanoscope
