#include "core/hardware/validation_figures.h"

#include "core/error.h"
#include "core/format/format_storage.h"
#include "core/format/preset.h"
#include "core/hardware/gate_area.h"
#include "core/hardware/hardware_files.h"
#include "core/hardware/int_fp_counts.h"
#include "core/hardware/published_systems.h"
#include "core/hardware/sram.h"
#include "core/hardware/synthesis_points.h"
#include "core/hardware/technology.h"
#include "core/hardware/workload.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <numeric>

namespace nanoscope::detail {
namespace {

constexpr double kGiga = 1e9;
constexpr double kPercent = 100.0;

double bitsOf(const char* preset)
{
    const auto found = findPreset(preset);
    if (!found)
        throw Error(preset, "the preset is missing", "rebuild the program");
    return nominalBitsPerElement(found->spec);
}

/// MicroScopiQ as its paper counts: macro-block scale, and per outlier-holding micro-block a scale and a permutation.
double microscopiqBits()
{
    const nlohmann::json& document = hardwareDocument("table", "published");
    const double share = document.at("inputs").at("microscopiq_outlier_blocks");
    const FormatSpec spec = findPreset("MicroScopiQ")->spec;
    double perFlagged = 0.0;
    for (const MetaField& field : metaFields(spec))
        if (field.unit == MetaUnit::Flagged)
            perFlagged += field.storedBits();
    const double scale = static_cast<double>(blockScaleBits(spec)) / spec.geometry.block;
    return spec.encoder.bits + scale + share * perFlagged / spec.geometry.subgroup();
}

double mean(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Areas and energies of synthesized units beside their formulas.
class Units {
public:
    explicit Units(const HardwareConstants& constants)
        : m_constants(constants)
        , m_points(synthesisPoints())
    {
    }

    [[nodiscard]] const SynthesisPoint& point(const std::string& name) const
    {
        const auto found = std::find_if(
            m_points.begin(), m_points.end(), [&name](const SynthesisPoint& p) { return p.name == name; });
        if (found == m_points.end())
            throw Error(name, "no unit of this name was synthesized", "see synthesized.json");
        return *found;
    }
    [[nodiscard]] double synthesized(const std::string& name) const { return point(name).nand2; }
    [[nodiscard]] double formula(const std::string& name) const
    {
        return unitCost(point(name).design, m_constants).area();
    }
    /// Synthesized area per lane without the registers.
    [[nodiscard]] double combinationalLane(const std::string& name) const
    {
        const double registers = unitCost(point(name).design, m_constants).registerBits * m_constants.flipFlop;
        return (synthesized(name) - registers) / point(name).design.lanes;
    }
    [[nodiscard]] double energy(const std::string& name) const { return point(name).fjPerMac.value(); }
    /// A dot product of `lanes` lanes like the one synthesized, by formula, per lane.
    [[nodiscard]] double lane(const std::string& name, int lanes) const
    {
        UnitDesign design = point(name).design;
        design.lanes = lanes;
        return unitCost(design, m_constants).area() / lanes;
    }

private:
    HardwareConstants m_constants;
    std::vector<SynthesisPoint> m_points;
};

double overhead(double with, double without)
{
    return kPercent * (with / without - 1.0);
}

double saving(double with, double without)
{
    return kPercent * (1.0 - with / without);
}

Figures laneCosts(const Units& units, const HardwareConstants& constants)
{
    // One lane whose exact product goes into a fixed-point accumulator eight bits wider than it; a single float product
    // needs no compressor tree.
    constexpr int kHeadroom = 8;
    const auto lane = [&](const char* name) {
        UnitDesign design = units.point(name).design;
        design.lanes = 1;
        if (design.weights.isFloat)
            design.style = DatapathStyle::ProductShift;
        const UnitCost unit = unitCost(design, constants);
        const int product = unit.sumBits - (unit.isFloat ? 1 : 0);
        double area = (product + kHeadroom) * (constants.fullAdder + constants.flipFlop);
        for (const CostTerm& term : unit.terms)
            area += unit.isFloat && term.name == "compressor tree" ? 0.0 : term.value;
        return area;
    };
    const double integer = lane("int8");
    const double shared = units.synthesized("U_mxint8");
    return {{"E4M3, one lane", overhead(lane("e4m3n24"), integer)},
        {"E5M2, one lane", overhead(lane("e5m2n24"), integer)},
        {"E4M3, 32 lanes", overhead(units.synthesized("U_mxfp8_e4m3"), shared)},
        {"E5M2, 32 lanes", overhead(units.synthesized("U_mxfp8_e5m2"), shared)}};
}

Figures integerAgainstFloat(const Units& units, const HardwareConstants& constants)
{
    const double base = intFpLaneArea({4, 3, 32, IntFpScale::PowerOfTwo}, constants);
    const double synthesized = units.combinationalLane("U_mxfp8_e4m3");
    return {{"MXINT8, its counts", intFpLaneArea({0, 7, 32, IntFpScale::PowerOfTwo}, constants) / base},
        {"NVFP4, its counts", intFpLaneArea({2, 1, 16, IntFpScale::Minifloat}, constants) / base},
        {"NVINT4, its counts", intFpLaneArea({0, 3, 16, IntFpScale::Minifloat}, constants) / base},
        {"MXINT8, synthesis", units.combinationalLane("U_mxint8") / synthesized},
        {"NVFP4, synthesis", units.combinationalLane("U_nvfp4_k16") / synthesized},
        {"NVINT4, synthesis", units.combinationalLane("U_nvint4_k16") / synthesized}};
}

Figures areaTimesMemory(const Units& units)
{
    constexpr int kLanes = 64;
    const double base = units.lane("e4m3n24", kLanes) * 8.0;
    return {{"MX6", units.lane("int5", kLanes) * bitsOf("SMX6") / base},
        {"MX4", units.lane("int3", kLanes) * bitsOf("SMX4") / base}};
}

/// The smaller of what memory and rate allow against BF16.
Figures gemmBounds()
{
    constexpr double kWide = 16.0;
    const auto bound
        = [](const char* preset, double rateBits) { return std::min(kWide / bitsOf(preset), kWide / rateBits); };
    return {
        {"4 bits", bound("MXFP4", 4.0)}, {"6 bits", bound("MXFP6_E2M3", 8.0)}, {"8 bits", bound("MXFP8_E4M3", 8.0)}};
}

}  // namespace

std::map<std::string, Figures> storageFigures()
{
    const Workload llama = workloadByName("llama-3-8b");
    const auto gigabytes = [&llama](double bits) { return footprintOf(llama, bits, 16.0, 16.0, 0.0).weights / kGiga; };
    const auto whole = [&llama](double bits) { return footprintOf(llama, bits, 16.0, 16.0, 0.0).total() / kGiga; };
    std::map<std::string, Figures> rows;
    rows["V1"] = {{"MXFP4", bitsOf("MXFP4")}, {"NVFP4", bitsOf("NVFP4")}, {"M2XFP", bitsOf("M2XFP_weight")},
        {"MX4", bitsOf("SMX4")}, {"MX6", bitsOf("SMX6")}, {"MX9", bitsOf("SMX9")}, {"MicroScopiQ", microscopiqBits()}};
    rows["V2"] = {{"parameters", static_cast<double>(llama.parameters()) / kGiga}, {"FP16", whole(16.0)}};
    for (const auto& [label, preset] : {std::pair{"MXFP4", "MXFP4"}, {"NxFP4", "NxFP4"}, {"NVFP4", "NVFP4"},
             {"M2XFP", "M2XFP_weight"}, {"MXFP6", "MXFP6_E2M3"}, {"MXFP8", "MXFP8_E4M3"}}) {
        rows["V3"][label] = gigabytes(bitsOf(preset));
        rows["V3"][std::string(label) + " with embeddings"] = whole(bitsOf(preset));
    }
    rows["V4"] = {{"metadata hidden", overhead(bitsOf("MXFP5_E2M2"), bitsOf("MXFP6_E2M3"))},
        {"metadata added", overhead(bitsOf("NxFP5"), bitsOf("MXFP6_E2M3"))}};
    return rows;
}

std::map<std::string, Figures> systemFigures()
{
    const auto discriminative = [](const char* design, const char* baseline) {
        return bitmodSpeed(design, baseline, BitmodTask::Discriminative);
    };
    const auto generative = [](const char* design, const char* baseline) {
        return bitmodSpeed(design, baseline, BitmodTask::Generative);
    };
    std::map<std::string, Figures> rows;
    rows["V5"] = {{"mean", mean(m2xfpSpeeds("MicroScopiQ"))}};
    rows["V6"] = {{"mean", mean(m2xfpEnergies())}};
    for (const char* baseline : {"MX-OliVe", "MX-ANT", "MX-M-ANT", "MicroScopiQ"})
        rows["V7"][baseline] = mean(m2xfpSpeeds(baseline));
    rows["V8"]
        = {{"discriminative", discriminative("lossless", "FP16")}, {"generative", generative("lossless", "FP16")}};
    const Figures lossy{{"ANT, discriminative", discriminative("lossy", "ANT")},
        {"ANT, generative", generative("lossy", "ANT")}, {"OliVe, discriminative", discriminative("lossy", "OliVe")},
        {"OliVe, generative", generative("lossy", "OliVe")}};
    rows["V9"] = lossy;
    for (const std::string name : {"ANT", "OliVe"})
        rows["V10"][name] = (lossy.at(name + ", discriminative") + lossy.at(name + ", generative")) / 2.0;
    return rows;
}

std::map<std::string, Figures> circuitFigures(const HardwareConstants& c)
{
    const Units units(c);
    const GateArea gates(c);
    const double nand2At45 = processNode("45").nand2SquareMicrometer;
    const double nand2At28 = processNode("28").nand2SquareMicrometer;
    const SramFigures buffer = sramFigures("28hp", 144, 512);
    constexpr double kVolts = (0.9 / 1.1) * (0.9 / 1.1);
    std::map<std::string, Figures> rows;
    rows["V11"] = {{"synthesis", saving(units.synthesized("U_mxfp4_k16"), units.synthesized("U_nvfp4_k16"))},
        {"formula", saving(units.formula("U_mxfp4_k16"), units.formula("U_nvfp4_k16"))}};
    rows["V12"] = {{"area, synthesis, product-shift", overhead(units.synthesized("nxs10"), units.synthesized("e2m1"))},
        {"area, synthesis, decode-to-fixed", overhead(units.synthesized("nx10"), units.synthesized("e2m1"))},
        {"area, formula, product-shift", overhead(units.formula("nxs10"), units.formula("e2m1"))},
        {"area, formula, decode-to-fixed", overhead(units.formula("nx10"), units.formula("e2m1"))},
        {"power, product-shift", overhead(units.energy("nxs10"), units.energy("e2m1"))}};
    rows["V13"] = integerAgainstFloat(units, c);
    const double quiet = units.energy("int8") / units.energy("e4m3n24");
    rows["V14"] = {{"with glitch factors", quiet * c.glitchInteger / c.glitchFloat}, {"without glitches", quiet}};
    rows["V15"] = laneCosts(units, c);
    rows["V16"] = areaTimesMemory(units);
    rows["V17"] = {{"FP16", 1e-3 * kVolts * units.energy("e5m10n28")}, {"INT8", 1e-3 * kVolts * units.energy("int8")}};
    rows["V18"] = {{"area", buffer.squareMillimeter}, {"leakage", buffer.leakageMilliwatt}};
    rows["V19"] = {{"area", gates.accumulator(14) * nand2At28}};
    const auto mac = [&](int width, int accumulator) {
        return nand2At45 * (gates.multiplier(width, width) + accumulator * (c.fullAdder + c.flipFlop));
    };
    rows["V20"] = {{"INT8, 32-bit accumulator", mac(8, 32)}, {"INT4, 16-bit accumulator", mac(4, 16)}};
    rows["V21"] = gemmBounds();
    return rows;
}

}  // namespace nanoscope::detail
