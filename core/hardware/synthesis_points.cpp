#include "core/hardware/synthesis_points.h"

#include "core/error.h"
#include "core/hardware/hardware_files.h"
#include "core/hardware/lanes.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace nanoscope {
namespace {

using nlohmann::json;

constexpr int kScaleKinds = 3;  // 0: E8M0, 1: E4M3, 2: E8M0 with a NanoMantissa of two bits; absent: none

void setScale(Operand& operand, int kind, int lanes)
{
    operand.block = 32;
    if (kind == 1) {
        operand.scale = ScaleUse::Minifloat;
        operand.scaleExponentBits = 4;
        operand.scaleMantissaBits = 3;
        operand.scaleBits = 7;
        operand.block = 16;
    } else if (kind == 2) {
        operand.nanoBits = 2;
    } else if (kind >= kScaleKinds) {
        operand.scale = ScaleUse::None;
        operand.scaleBits = 0;
        operand.block = 0;
    }
    if (operand.block > 0 && lanes == 16)
        operand.block = 16;
}

/// An NxFP4 operand: E2M1, with a three-bit integer reading and a recycled code as the point says.
void setNxfp(Operand& operand, const json& point)
{
    operand.adaptive = point.at("adapt") == 1;
    operand.adaptiveSignificand = operand.adaptive ? 3 : 2;
    operand.selectorBits = operand.adaptive ? 1 : 0;
    operand.recycled = point.at("rec") == 1;
    operand.recycledShift = operand.recycled ? 1 : 0;
}

UnitDesign designOf(const json& point)
{
    const std::string kind = point.at("fmt");
    Operand operand;
    UnitDesign design;
    design.lanes = point.at("K");
    design.parts = point.contains("acc") ? UnitParts::Complete : UnitParts::DotOnly;
    design.style = DatapathStyle::ProductShift;
    if (kind == "int") {
        operand.isFloat = false;
        operand.width = operand.codeBits = point.at("W");
        design.style = DatapathStyle::Automatic;
    } else if (kind.starts_with("fp")) {
        operand.exponentBits = point.at("E");
        operand.mantissaBits = point.at("M");
        operand.codeBits = 1 + operand.exponentBits + operand.mantissaBits;
        operand.adaptiveSignificand = operand.mantissaBits + 1;
        if (kind == "fpfix")
            design.style = DatapathStyle::DecodeToFixed;
        if (kind == "fpmax") {
            design.style = DatapathStyle::MaxAligned;
            design.alignerBits = point.at("N");
        }
    } else {
        operand.adaptiveSignificand = 2;
    }
    if (kind.starts_with("nx"))
        setNxfp(operand, point);
    if (kind == "nx4")
        design.style = DatapathStyle::DecodeToFixed;
    setScale(operand, point.value("scale", kScaleKinds), design.lanes);
    design.weights = design.activations = operand;
    if (kind == "m2") {
        design.weights.subgroup = design.activations.subgroup = 8;
        design.weights.subgroupBits = 2;
        design.activations.top1Bits = 2;
    }
    return design;
}

}  // namespace

std::vector<SynthesisPoint> synthesisPoints()
{
    const json& document = hardwareDocument("table", "synthesized");
    std::vector<SynthesisPoint> points;
    for (const json& entry : document.at("points")) {
        SynthesisPoint point{entry.at("name"), designOf(entry.at("point")), entry.at("nand2"), {}, {}};
        if (entry.contains("fj_per_mac"))
            point.fjPerMac = entry.at("fj_per_mac").get<double>();
        if (entry.contains("leakage_uw"))
            point.leakageMicrowatt = entry.at("leakage_uw").get<double>();
        points.push_back(std::move(point));
    }
    return points;
}

SynthesisPoint synthesisPoint(std::string_view name)
{
    for (SynthesisPoint& point : synthesisPoints())
        if (point.name == name)
            return point;
    throw Error(std::string(name), "no unit of this name was synthesized", "see synthesized.json", ErrorKind::Refused);
}

std::optional<SynthesisPoint> synthesizedAs(const UnitDesign& design, const HardwareConstants& constants)
{
    if (design.decodeReuse != 1.0)
        return std::nullopt;
    const DatapathStyle used = unitCost(design, constants).style;
    const auto sameWindow = [used](const UnitDesign& a, const UnitDesign& b) {
        return used != DatapathStyle::MaxAligned || detail::alignerWindow(a) == detail::alignerWindow(b);
    };
    const auto unitOf = [lanes = design.lanes](Operand operand) {
        operand.notes.clear();
        // A block that is longer than the unit is the same hardware as one that fills it.
        if (operand.scale == ScaleUse::Exponent || operand.scale == ScaleUse::Minifloat)
            operand.block = operand.block > 0 ? std::min(operand.block, lanes) : lanes;
        return operand;
    };
    const auto same = [&unitOf](const Operand& a, const Operand& b) { return unitOf(a) == unitOf(b); };
    for (SynthesisPoint& point : synthesisPoints()) {
        const UnitDesign& p = point.design;
        if (p.lanes == design.lanes && p.parts == design.parts && p.style == used && sameWindow(p, design)
            && same(p.weights, design.weights) && same(p.activations, design.activations))
            return point;
    }
    return std::nullopt;
}

}  // namespace nanoscope
