#include "core/hardware/unit_cost.h"

#include "core/error.h"
#include "core/hardware/unit_stages.h"

#include <algorithm>
#include <functional>

namespace nanoscope {
namespace {

using detail::Products;

constexpr const char* kSpecialValue
    = "own design after the idea of BitMoD (arXiv 2411.11745) and RaZeR (arXiv 2501.04052), "
      "whose papers publish hardware of their own; not synthesized";
constexpr int kMostExactExponent = 4;  // product shift doubles with every exponent bit

Products productsOf(const UnitDesign& design, const GateArea& gates)
{
    switch (design.style) {
    case DatapathStyle::Automatic:
        return detail::integerProducts(design, gates);
    case DatapathStyle::ProductShift:
        return detail::shiftedProducts(design, gates);
    case DatapathStyle::MaxAligned:
        return detail::alignedProducts(design, gates);
    case DatapathStyle::DecodeToFixed:
        return detail::fixedProducts(design, gates);
    case DatapathStyle::BitSerial:
        return detail::serialProducts(design, gates);
    case DatapathStyle::Lookup:
    case DatapathStyle::BitPlane:
        return detail::tableProducts(design, gates);
    case DatapathStyle::ShiftAdd:
        return detail::shiftAddProducts(design, gates);
    case DatapathStyle::IntegerAdd:
        return detail::addedProducts(design, gates);
    }
    return {};
}

UnitCost built(const UnitDesign& design, const GateArea& gates)
{
    const Products products = productsOf(design, gates);
    const detail::PartialSum sum = detail::addedUp(products, design, gates);
    UnitCost unit;
    unit.style = design.style;
    unit.cyclesPerDot = products.cycles;
    unit.isFloat = products.isFloat;
    unit.sumBits = sum.bits;
    unit.terms = products.terms;
    unit.terms.insert(unit.terms.end(), sum.terms.begin(), sum.terms.end());
    if (design.parts == UnitParts::DotOnly)
        return unit;
    const detail::PartialSum scaled = detail::scaled(sum.bits, design, gates);
    unit.terms.insert(unit.terms.end(), scaled.terms.begin(), scaled.terms.end());
    unit.sumBits = scaled.bits;
    detail::addTerm(unit.terms, TermGroup::Accumulator, "FP32 accumulator", gates.accumulator(scaled.bits),
        "figure for 13 bits + slope up to 20 bits + slope beyond, for " + std::to_string(scaled.bits),
        gates.accumulatorText(scaled.bits), "own synthesis of the accumulator, 13 to 42 bits");
    unit.registerBits = detail::registerBits(design);
    detail::addTerm(unit.terms, TermGroup::Registers, "registers", unit.registerBits * gates.constants().flipFlop,
        formulaNumber(unit.registerBits) + " DFF",
        detail::times(unit.registerBits, formulaNumber(gates.constants().flipFlop)), detail::kCounted);
    return unit;
}

bool staysExact(const UnitDesign& design)
{
    for (const Operand* operand : {&design.weights, &design.activations})
        if (operand->isFloat && operand->exponentBits > kMostExactExponent)
            return false;
    return true;
}

void requireLanes(const UnitDesign& design)
{
    constexpr int kMostLanes = 4096;
    if (design.lanes < 1 || design.lanes > kMostLanes)
        throw Error("unit.lanes", "value " + std::to_string(design.lanes) + " is refused",
            "allowed: 1 to " + std::to_string(kMostLanes), ErrorKind::Refused);
}

/// Adds what `step` makes of a design to the terms, as one term.
void addFeature(UnitCost& unit, const std::string& name, const UnitCost& with, const std::string& formula,
    const char* source = detail::kOurDesign)
{
    const double difference = with.area() - unit.area();
    const std::string numbers = formulaNumber(with.area(), 8) + " - " + formulaNumber(unit.area(), 8);
    std::vector<CostTerm> terms = unit.terms;
    unit = with;
    unit.terms = std::move(terms);
    detail::addTerm(unit.terms, TermGroup::Feature, name, difference, formula, numbers, source);
}

bool anyOf(const UnitDesign& design, const std::function<bool(const Operand&)>& has)
{
    return has(design.weights) || has(design.activations);
}

}  // namespace

std::string_view styleName(DatapathStyle style)
{
    for (const auto& [value, name] : kDatapathStyles)
        if (value == style)
            return name;
    return "automatic";
}

UnitCost unitCost(const UnitDesign& design, const HardwareConstants& constants)
{
    requireLanes(design);
    const GateArea gates(constants);
    const bool integers = !design.weights.isFloat && !design.activations.isFloat;
    if (design.style != DatapathStyle::Automatic || integers)
        return built(design, gates);
    UnitDesign aligned = design;
    aligned.style = DatapathStyle::MaxAligned;
    if (!staysExact(design))
        return built(aligned, gates);
    UnitDesign shifted = design;
    shifted.style = DatapathStyle::ProductShift;
    const UnitCost exact = built(shifted, gates);
    if (std::max(design.weights.exponentBits, design.activations.exponentBits) < kMostExactExponent)
        return exact;
    const UnitCost cut = built(aligned, gates);
    return cut.area() < exact.area() ? cut : exact;
}

UnitCost unitCostByFeature(const UnitDesign& design, const HardwareConstants& constants)
{
    UnitDesign plain = design;
    plain.weights = withoutFeatures(design.weights);
    plain.activations = withoutFeatures(design.activations);
    UnitCost unit = unitCost(plain, constants);
    plain.style = unit.style;  // a feature must not change the architecture that it is the difference of
    if (anyOf(design, [](const Operand& o) { return o.adaptive; })) {
        for (const auto& [to, from] :
            {std::pair{&plain.weights, &design.weights}, {&plain.activations, &design.activations}}) {
            to->adaptive = from->adaptive;
            to->selectorBits = from->selectorBits;
        }
        addFeature(unit, "Adaptive Microexponent", unitCost(plain, constants),
            "unit with it minus unit without: second reading of the codes, wider multiplier, format bit");
    }
    if (anyOf(design, [](const Operand& o) { return o.recycled; })) {
        for (const auto& [to, from] :
            {std::pair{&plain.weights, &design.weights}, {&plain.activations, &design.activations}}) {
            to->recycled = from->recycled;
            to->selectorBits = from->selectorBits;
        }
        const bool isSpecial = anyOf(design, [](const Operand& o) { return o.recycledSignificand > 0; });
        addFeature(unit, isSpecial ? "special value" : "Code Recycling", unitCost(plain, constants),
            "unit with it minus unit without: detector, wider range in shifter, sign and tree",
            isSpecial ? kSpecialValue : detail::kOurDesign);
    }
    if (anyOf(design, [](const Operand& o) { return o.nanoBits > 0; })) {
        plain.weights = design.weights;
        plain.activations = design.activations;
        addFeature(unit, "NanoMantissa", unitCost(plain, constants),
            "unit with it minus unit without: product of the mantissas, partial-sum multiplier, wider accumulator");
    }
    return unit;
}

std::vector<CostTerm> dotEnergyTerms(const UnitCost& unit, const HardwareConstants& constants, double glitch)
{
    const double factor = glitch > 0.0 ? glitch : unit.isFloat ? constants.glitchFloat : constants.glitchInteger;
    const double registers = unit.registerBits * constants.flipFlop;
    const double gates = std::max(0.0, unit.area() - registers);
    const double cycles = unit.cyclesPerDot;
    return {
        {TermGroup::Dot, "gates", constants.energyPerGate * factor * gates * cycles, "fJ",
            "fJ per NAND2 x glitch factor x NAND2 x cycles = " + formulaNumber(constants.energyPerGate) + " x "
                + formulaNumber(factor) + " x " + formulaNumber(gates) + " x " + formulaNumber(cycles),
            "own switching simulation of 34 netlists (NanGate45, 1.1 V)"},
        {TermGroup::Registers, "registers", constants.flipFlopEnergy * unit.registerBits * cycles, "fJ",
            "fJ per bit x bits x cycles = " + formulaNumber(constants.flipFlopEnergy) + " x "
                + formulaNumber(unit.registerBits) + " x " + formulaNumber(cycles),
            "own switching simulation (NanGate45, 1.1 V)"},
    };
}

}  // namespace nanoscope
