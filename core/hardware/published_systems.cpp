#include "core/hardware/published_systems.h"

#include "core/hardware/gemm_schedule.h"
#include "core/hardware/hardware_files.h"
#include "core/hardware/workload.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

using nlohmann::json;

constexpr int kNarrowBits = 4;

/// Calls `visit(layer, bits, blocks)` for every linear layer of a bit mix.
template <typename Visit> void forEachLayer(const std::string& model, const json& mix, Visit visit)
{
    const Workload workload = workloadByName(model);
    for (const json& part : mix)
        for (std::size_t i = 0; i < workload.layers.size(); ++i)
            visit(workload.layers[i], part.at("bits").at(i).get<int>(), part.at("blocks").get<double>());
}

double arrayCycles(double tokens, const LinearLayer& layer, int side)
{
    return gemmCycles(
        {tokens, static_cast<double>(layer.outputs), static_cast<double>(layer.inputs), 0, 0, 0}, {side, side, 1, 1});
}

/// Energy of one layer in pJ on a side x side array of MACs of `corePicojoule` per cycle each.
double simulatedEnergy(const json& m2, const LinearLayer& layer, int bits, int side, double corePicojoule)
{
    const auto number = [&m2](const char* name) { return m2.at(name).get<double>(); };
    const double tokens = number("tokens");
    const double outputs = layer.outputs;
    const double inputs = layer.inputs;
    const double cycles = std::ceil(tokens / side) * std::ceil(outputs / side) * inputs;
    const double weightBytes = outputs * inputs * bits / 8.0;
    const double inputBytes = tokens * inputs * bits / 8.0;
    const double outputBits = tokens * outputs * number("output_bits");
    const double fetched = std::min(std::ceil(inputBytes / number("input_panel_bytes")) * weightBytes + inputBytes,
        std::ceil(weightBytes / number("weight_panel_bytes")) * inputBytes + weightBytes);
    const double dram = 8.0 * fetched * number("dram_read_pj_per_bit") + outputBits * number("dram_write_pj_per_bit");
    const double sram
        = tokens * outputs * inputs * bits * (number("sram_weight_pj_per_bit") + number("sram_input_pj_per_bit"))
        + 2.0 * outputBits * number("sram_output_pj_per_bit");
    return cycles * (number("dram_static_pj_per_cycle") + side * side * corePicojoule) + dram + sram;
}

/// A matrix product as BitMoD's simulator counts it.
struct BitmodLayer {
    double outputs = 0.0;
    double inputs = 0.0;
    double tokens = 0.0;
    double inputBytes = 0.0;
    double weightBits = 0.0;
};

std::vector<std::pair<BitmodLayer, double>> bitmodLayers(
    const Workload& workload, BitmodTask task, double weightBits, const json& bitmod)
{
    const double context = bitmod.at("context");
    const double wide = bitmod.at("activation_bits");
    const double tokens = task == BitmodTask::Generative ? 1.0 : context;
    const auto inputBytes = [wide](double inputs, double rows) { return std::ceil(inputs * wide / 8.0) * rows; };
    std::vector<std::pair<BitmodLayer, double>> layers;
    for (const LinearLayer& layer : workload.layers)
        layers.push_back({{static_cast<double>(layer.outputs), static_cast<double>(layer.inputs), tokens,
                              inputBytes(layer.inputs, tokens), weightBits},
            static_cast<double>(workload.blocks)});
    layers.push_back({{static_cast<double>(workload.vocabulary), static_cast<double>(workload.hidden), tokens,
                          inputBytes(workload.hidden, tokens), weightBits},
        1.0});
    const double heads = workload.heads;
    const double cached = inputBytes(static_cast<double>(workload.headSize()) * workload.kvHeads, context);
    layers.push_back({{tokens, static_cast<double>(workload.hidden), heads * tokens, cached, wide},
        static_cast<double>(workload.blocks)});
    layers.push_back({{heads * tokens, context, tokens, cached, wide}, static_cast<double>(workload.blocks)});
    return layers;
}

}  // namespace

std::vector<double> m2xfpSpeeds(const std::string& baseline)
{
    const json& document = hardwareDocument("table", "published");
    const json& m2 = document.at("m2xfp");
    const double tokens = m2.at("tokens");
    const int narrow = m2.at("narrow_array");
    const int wide = m2.at("wide_array");
    std::vector<double> speeds;
    for (const auto& [model, mix] : m2.at("mixes").at(baseline).items()) {
        double ours = 0.0;
        double theirs = 0.0;
        forEachLayer(model, mix, [&](const LinearLayer& layer, int bits, double blocks) {
            ours += blocks * arrayCycles(tokens, layer, narrow);
            theirs += blocks * arrayCycles(tokens, layer, bits == kNarrowBits ? narrow : wide);
        });
        speeds.push_back(theirs / ours);
    }
    return speeds;
}

std::vector<double> m2xfpEnergies()
{
    const json& document = hardwareDocument("table", "published");
    const json& m2 = document.at("m2xfp");
    const int narrow = m2.at("narrow_array");
    const int wide = m2.at("wide_array");
    const double clock = m2.at("clock_mhz");
    const double narrowCore = m2.at("narrow_core_microwatt").get<double>() / clock;
    // The baseline keeps its 8-bit MACs powered in four-bit layers, too: a quarter as many, each four MACs then.
    const double wideCore = m2.at("wide_core_microwatt").get<double>() / clock;
    std::vector<double> ratios;
    for (const auto& [model, mix] : m2.at("mixes").at("MicroScopiQ").items()) {
        double ours = 0.0;
        double theirs = 0.0;
        forEachLayer(model, mix, [&](const LinearLayer& layer, int bits, double blocks) {
            const bool isNarrow = bits == kNarrowBits;
            const double core = isNarrow ? wideCore * wide * wide / (narrow * narrow) : wideCore;
            ours += blocks * simulatedEnergy(m2, layer, kNarrowBits, narrow, narrowCore);
            theirs += blocks * simulatedEnergy(m2, layer, bits, isNarrow ? narrow : wide, core);
        });
        ratios.push_back(theirs / ours);
    }
    return ratios;
}

BitmodCost bitmodCost(const std::string& workload, BitmodTask task, double weightBits, const BitmodArray& array)
{
    const json& document = hardwareDocument("table", "published");
    const json& bitmod = document.at("bitmod");
    const double buffer = bitmod.at("buffer_bytes");
    const double wide = bitmod.at("activation_bits");
    BitmodCost cost;
    for (const auto& [layer, count] : bitmodLayers(workloadByName(workload), task, weightBits, bitmod)) {
        const double weights = std::ceil(layer.inputs * layer.weightBits / 8.0) * layer.outputs;
        const double outputs = std::ceil(layer.outputs * wide / 8.0) * layer.tokens;
        const double compute = std::ceil(layer.inputs / array.lanes) * std::ceil(layer.outputs / array.rows)
            * std::ceil(layer.tokens / array.columns) * array.cyclesPerDot;
        double fetched = weights + layer.inputBytes;
        if (weights > buffer && layer.inputBytes > buffer)  // one of them is fetched again for each bufferful
            fetched = std::min(std::ceil(layer.inputBytes / buffer) * weights + layer.inputBytes,
                std::ceil(weights / buffer) * layer.inputBytes + weights);
        const double bits = 8.0 * (fetched + outputs);
        cost.cycles += count * std::max(compute, bits / bitmod.at("bits_per_cycle").get<double>());
        cost.dramPicojoule += count * bits * bitmod.at("dram_pj_per_bit").get<double>();
    }
    return cost;
}

double bitmodSpeed(const std::string& design, const std::string& baseline, BitmodTask task)
{
    const json& document = hardwareDocument("table", "published");
    const json& bitmod = document.at("bitmod");
    const char* taskName = task == BitmodTask::Generative ? "generative" : "discriminative";
    const auto cycles = [&](const std::string& name, std::size_t model) {
        const json& entry = bitmod.at("designs").at(name);
        const json& of = entry.at(taskName);
        const double bits = of.contains("bits") ? of.at("bits").get<double>()
            : name == "ANT"                     ? bitmod.at("ant_bits").at(model).get<double>()
                                                : bitmod.at("olive_bits").at(model).get<double>();
        return bitmodCost(bitmod.at("models").at(model), task, bits,
            {of.at("rows"), of.at("columns"), entry.at("lanes"), entry.at("cycles")})
            .cycles;
    };
    double logarithms = 0.0;
    const std::size_t models = bitmod.at("models").size();
    for (std::size_t i = 0; i < models; ++i)
        logarithms += std::log(cycles(baseline, i) / cycles(design, i));
    return std::exp(logarithms / static_cast<double>(models));
}

}  // namespace nanoscope
