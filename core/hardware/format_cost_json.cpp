#include "core/hardware/cost_explanation.h"
#include "core/hardware/format_cost.h"

#include <nlohmann/json.hpp>

namespace nanoscope {
namespace {

using nlohmann::json;

json termsJson(const std::vector<CostTerm>& terms)
{
    json list = json::array();
    for (const CostTerm& term : terms)
        list.push_back({{"name", term.name}, {"group", groupName(term.group)}, {"value", term.value},
            {"unit", term.unit}, {"formula", term.formula}, {"source", term.source}});
    return list;
}

json energyJson(const EnergyStack& energy, double tokens)
{
    return {{"dram", energy.dram / tokens}, {"sram", energy.sram / tokens}, {"core", energy.core / tokens},
        {"static", energy.still / tokens}, {"total", energy.total() / tokens}};
}

json layersJson(const PhaseCost& phase)
{
    json list = json::array();
    for (const LayerCost& layer : phase.layers)
        list.push_back({{"name", layer.name}, {"count", layer.count}, {"macs", layer.macs},
            {"compute_cycles", layer.computeCycles}, {"memory_cycles", layer.memoryCycles},
            {"bytes", layer.traffic.total()}, {"bound", layer.bound == Bound::Compute ? "compute" : "memory"},
            {"energy_j", layer.energy.total()}});
    return list;
}

json phaseJson(const PhaseCost& phase, double energyError)
{
    return {{"tokens", phase.tokens}, {"cycles", phase.cycles}, {"latency_s", phase.latencySeconds},
        {"tokens_per_second", phase.tokensPerSecond()}, {"joule_per_token", phase.joulePerToken()},
        {"energy_error", energyError}, {"bytes", phase.traffic.total()}, {"layers", layersJson(phase)}};
}

json ratiosJson(const std::vector<CostRatio>& ratios)
{
    json object = json::object();
    for (const CostRatio& ratio : ratios)
        object[ratio.baseline] = {{"area", ratio.area}, {"energy", ratio.energy}, {"latency", ratio.latency},
            {"prefill_energy", ratio.prefillEnergy}, {"prefill_latency", ratio.prefillLatency}};
    return object;
}

}  // namespace

json toJson(const FormatCost& cost, const std::vector<CostRatio>& ratios, const CostSetup& setup)
{
    const HardwareConstants& constants = setup.parameters.constants;
    json terms = termsJson(cost.unit.terms);
    for (const json& term : termsJson(cost.dotEnergy))
        terms.push_back(term);
    json object{{"format", cost.name}, {"activations", cost.activations}, {"bits_per_element", cost.bits.weights},
        {"activation_bits_per_element", cost.bits.activations}, {"workload", setup.workload.name},
        {"area",
            {{"nand2", cost.unit.area()}, {"mm2", cost.array.arraySquareMillimeter},
                {"unit_mm2", cost.array.unitSquareMillimeter}, {"sram_mm2", cost.array.sramSquareMillimeter},
                {"nand2_per_lane", cost.unit.area() / cost.array.shape.lanes}, {"error", constants.areaError}}},
        {"array",
            {{"rows", cost.array.shape.rows}, {"columns", cost.array.shape.columns}, {"lanes", cost.array.shape.lanes},
                {"cycles_per_dot", cost.array.shape.cyclesPerDot}, {"style", styleName(cost.unit.style)}}},
        {"energy",
            {{"prefill", energyJson(cost.prefill.energy, cost.prefill.tokens)},
                {"decode", energyJson(cost.decode.energy, cost.decode.tokens)}, {"dot_pj", cost.array.dotPicojoule}}},
        {"cycles", cost.decode.cycles}, {"latency_s", cost.decode.latencySeconds},
        {"phases",
            {{"prefill", phaseJson(cost.prefill, cost.energyError(cost.prefill, constants))},
                {"decode", phaseJson(cost.decode, cost.energyError(cost.decode, constants))}}},
        {"footprint_bytes",
            {{"weights", cost.footprint.weights}, {"embeddings", cost.footprint.embeddings},
                {"kv_cache", cost.footprint.kvCache}, {"total", cost.footprint.total()}}},
        {"ratios", ratiosJson(ratios)}, {"terms", terms}, {"quantizer", termsJson(cost.quantizer)},
        {"dequantizer", termsJson(cost.dequantizer)}, {"notes", cost.notes}, {"measured", nullptr}};
    for (const CostTerm& term : explainCost(cost, setup))
        object["figures"].push_back({{"name", term.name}, {"value", term.value}, {"unit", term.unit},
            {"formula", term.formula}, {"source", term.source}});
    if (cost.measured)
        object["measured"] = {{"name", cost.measured->name}, {"nand2", cost.measured->nand2}};
    return object;
}

}  // namespace nanoscope
