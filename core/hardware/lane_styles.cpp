#include "core/hardware/lanes.h"

#include "core/error.h"

#include <algorithm>

namespace nanoscope::detail {
namespace {

constexpr int kTableLanes = 4;  // activations per table: 2^(4-1) entries, one sign folded in
constexpr int kTableEntries = 8;
constexpr int kMostFixedExponent = 4;  // with more exponent bits a float is no fixed-point number worth having

[[noreturn]] void refuseStyle(DatapathStyle style, const std::string& why)
{
    throw Error(std::string("unit.style ").append(styleName(style)), why,
        "choose automatic, or operands that it can take", ErrorKind::Refused);
}

std::string perLane(int lanes, const std::string& what)
{
    return std::to_string(lanes) + " x (" + what + ")";
}

bool isFixedPoint(const Operand& operand)
{
    return !operand.isFloat || operand.exponentBits <= kMostFixedExponent;
}

void requireFixedPoint(const UnitDesign& design)
{
    for (const Operand* operand : {&design.weights, &design.activations})
        if (!isFixedPoint(*operand))
            refuseStyle(design.style,
                "an exponent of " + std::to_string(operand->exponentBits) + " bits cannot be taken as fixed point");
}

/// Two's complement width of an operand taken as fixed point.
int fixedPointWidth(const Operand& operand)
{
    return operand.isFloat ? operand.fixedWidth() + 1 : operand.width;
}

/// Accumulator that is shifted between the cycles of a dot product.
void addShiftAccumulator(std::vector<CostTerm>& terms, int bits, const GateArea& gates)
{
    const HardwareConstants& c = gates.constants();
    addTerm(terms, TermGroup::Dot, "shift accumulator", bits * (c.fullAdder + c.flipFlop),
        std::to_string(bits) + " x (FA + DFF)",
        times(bits, "(" + formulaNumber(c.fullAdder) + " + " + formulaNumber(c.flipFlop) + ")"), kUnchecked);
}

}  // namespace

Products serialProducts(const UnitDesign& design, const GateArea& gates)
{
    const HardwareConstants& c = gates.constants();
    const int k = design.lanes;
    const Operand w = asFloat(design.weights);
    const Operand a = asFloat(design.activations);
    const int digit = a.significand() + 1;  // the activation times 0, 1 or 2
    const int shift = w.mostShift() + a.mostShift();
    Products products;
    addDecoders(products.terms, design.weights, "weight", design, gates);
    addDecoders(products.terms, design.activations, "activation", design, gates);
    addTerm(products.terms, TermGroup::Dot, "digit selection", k * (digit * c.mux + (digit + 1) * c.xorGate),
        perLane(k, std::to_string(digit) + " MUX + " + std::to_string(digit + 1) + " XOR"),
        perLane(k, times(digit, formulaNumber(c.mux)) + " + " + times(digit + 1, formulaNumber(c.xorGate))),
        kUnchecked);
    const bool isExact = isFixedPoint(design.weights) && isFixedPoint(design.activations);
    products.bits = isExact ? digit + shift : alignerWindow(design);
    if (isExact) {
        addTerm(products.terms, TermGroup::Dot, "alignment", k * gates.shiftLeft(digit, shift, products.bits),
            perLane(k, "left shift of " + std::to_string(digit) + " bits by up to " + std::to_string(shift)),
            times(k, formulaNumber(gates.shiftLeft(digit, shift, products.bits))), kUnchecked);
    } else {
        const int sum = std::max(w.exponentBits, a.exponentBits) + 1;
        addTerm(products.terms, TermGroup::Dot, "alignment",
            gates.maximumTree(k, sum) + k * (sum * c.fullAdder + gates.shiftRight(digit, sum, products.bits)),
            "largest exponent + " + perLane(k, "difference + right shift in " + std::to_string(products.bits)),
            gates.maximumTreeText(k, sum) + " + "
                + perLane(k,
                    times(sum, formulaNumber(c.fullAdder)) + " + "
                        + formulaNumber(gates.shiftRight(digit, sum, products.bits))),
            kUnchecked);
    }
    // The digits of an integer are those that its codebook gives, of a float those of its code (BitMoD's simulator).
    const int digits = design.weights.isFloat ? design.weights.codeBits : design.weights.width;
    products.cycles = std::max(1, (digits + 1) / 2);
    addShiftAccumulator(products.terms, products.bits + ceilLog2(k) + 1 + digits, gates);
    products.addend = products.bits + 2;
    products.isFloat = design.weights.isFloat || design.activations.isFloat;
    return products;
}

Products tableProducts(const UnitDesign& design, const GateArea& gates)
{
    requireFixedPoint(design);
    const HardwareConstants& c = gates.constants();
    const int k = design.lanes;
    const int groups = (k + kTableLanes - 1) / kTableLanes;
    const int entry = fixedPointWidth(design.activations) + 2;
    const int allPlanes = fixedPointWidth(design.weights);
    const bool isSerial = design.style == DatapathStyle::BitPlane;
    const int planes = isSerial ? 1 : allPlanes;
    Products products;
    addDecoders(products.terms, design.activations, "activation", design, gates);
    addTerm(products.terms, TermGroup::Dot, "table of activation sums",
        groups * kTableEntries * entry * (c.fullAdder + c.flipFlop) / design.tableReuse,
        std::to_string(groups) + " x " + std::to_string(kTableEntries) + " x " + std::to_string(entry)
            + " x (FA + DFF) / units that share it",
        times(groups * kTableEntries * entry,
            "(" + formulaNumber(c.fullAdder) + " + " + formulaNumber(c.flipFlop) + ") / "
                + formulaNumber(design.tableReuse)),
        kUnchecked);
    addTerm(products.terms, TermGroup::Dot, "table read ports",
        groups * planes * entry * ((kTableEntries - 1) * c.mux + c.xorGate),
        std::to_string(groups) + " x " + std::to_string(planes) + " planes x " + std::to_string(entry)
            + " x (7 MUX + XOR)",
        times(groups * planes * entry,
            "(" + times(kTableEntries - 1, formulaNumber(c.mux)) + " + " + formulaNumber(c.xorGate) + ")"),
        kUnchecked);
    products.bits = fixedPointWidth(design.activations) + allPlanes;
    products.addend = static_cast<double>(groups) * planes * (entry + 1) / k;
    products.cycles = isSerial ? allPlanes : 1;
    if (isSerial)
        addShiftAccumulator(products.terms, products.bits + ceilLog2(k), gates);
    products.signBits = 0;
    products.isFloat = false;
    return products;
}

Products shiftAddProducts(const UnitDesign& design, const GateArea& gates)
{
    requireFixedPoint(design);
    const HardwareConstants& c = gates.constants();
    Products products = shiftedProducts(design, gates);
    const int w = asFloat(design.weights).significand();
    const int a = asFloat(design.activations).significand();
    for (CostTerm& term : products.terms) {
        if (term.name != "multiplier")
            continue;
        term.name = "shifted additions";
        term.value = design.lanes * (w * a * c.andGate + (w - 1) * (a + 1) * c.fullAdder);
        term.formula = perLane(design.lanes,
                           std::to_string(w * a) + " AND + " + std::to_string((w - 1) * (a + 1)) + " FA, rippling")
            + " = "
            + perLane(design.lanes,
                times(w * a, formulaNumber(c.andGate)) + " + " + times((w - 1) * (a + 1), formulaNumber(c.fullAdder)));
        term.source = kUnchecked;
    }
    products.isFloat = design.weights.isFloat || design.activations.isFloat;
    return products;
}

Products addedProducts(const UnitDesign& design, const GateArea& gates)
{
    if (!design.weights.isFloat || !design.activations.isFloat)
        refuseStyle(design.style, "adding mantissas stands for a product of two floats only");
    const HardwareConstants& c = gates.constants();
    const int exponent = std::max(design.weights.exponentBits, design.activations.exponentBits);
    const int mantissa = std::max(design.weights.mantissaBits, design.activations.mantissaBits);
    Products products = exponent <= 4 ? shiftedProducts(design, gates) : alignedProducts(design, gates);
    std::erase_if(products.terms, [](const CostTerm& term) { return term.name == "exponent sum"; });
    for (CostTerm& term : products.terms) {
        if (term.name != "multiplier")
            continue;
        term.name = "integer addition of exponent and mantissa";
        term.value = design.lanes * ((exponent + mantissa) * c.fullAdder + mantissa * c.halfAdder);
        term.formula = perLane(design.lanes,
                           std::to_string(exponent + mantissa) + " FA + " + std::to_string(mantissa) + " HA offset")
            + " = "
            + perLane(design.lanes,
                times(exponent + mantissa, formulaNumber(c.fullAdder)) + " + "
                    + times(mantissa, formulaNumber(c.halfAdder)));
        term.source = kUnchecked;
    }
    return products;
}

}  // namespace nanoscope::detail
