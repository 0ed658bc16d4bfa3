#include "core/hardware/lanes.h"

#include <algorithm>

namespace nanoscope::detail {
namespace {

constexpr int kWindow = 24;  // aligner of arXiv 2510.25602: what FP32 accumulation can still see
constexpr int kGuardBits = 6;

std::string sized(const char* function, int p, int q)
{
    return std::string(function) + "(" + std::to_string(p) + ", " + std::to_string(q) + ")";
}

double decoderGates(const Operand& operand, bool toFixed, const GateArea& gates)
{
    const HardwareConstants& c = gates.constants();
    const int shift = (1 << operand.exponentBits) - 2;
    const int fixed = operand.mantissaBits + 1 + shift;
    // What decodes a posit gives its exponent and significand, too.
    double area = operand.decode == CodeDecode::Posit ? 0.0 : gates.floatDecode(operand.exponentBits);
    if (toFixed)
        area += gates.shiftLeft(operand.mantissaBits + 1, shift, fixed);
    if (operand.adaptive)
        area += toFixed ? fixed * c.adaptiveGateFixed
                        : (operand.adaptiveSignificand + operand.exponentBits) * c.adaptiveGateShift;
    if (operand.recycled)
        area += toFixed ? c.recycleDetector : c.recycleDetector + c.recycleGates;
    return area;
}

double positDecoder(int bits, const HardwareConstants& c)
{
    return std::max(0.0, c.posit8Decode + (bits - 8) * (c.posit8Decode - c.posit6Decode) / 2.0);
}

/// What turns stored codes into floats or integers before the fields are read.
void addCodeDecoder(std::vector<CostTerm>& terms, const Operand& operand, const std::string& whose,
    const UnitDesign& design, const GateArea& gates)
{
    const HardwareConstants& c = gates.constants();
    const double count = design.lanes / design.decodeReuse;
    const int cells = operand.tableEntries * operand.width;
    switch (operand.decode) {
    case CodeDecode::Direct:
        return;
    case CodeDecode::Posit: {
        const double area = positDecoder(operand.codeBits, c);
        addTerm(terms, TermGroup::Dot, whose + " posit decode", count * area,
            times(count, "decoder of a " + std::to_string(operand.codeBits) + "-bit posit"),
            times(count, formulaNumber(area)),
            operand.codeBits == 8 || operand.codeBits == 6 ? "own synthesis of the decoder (NanGate45)"
                                                           : "line through the decoders of posit8 and posit6");
        return;
    }
    case CodeDecode::FixedCodebook: {
        const double area = c.codebookConstant * cells / 128.0;  // measured for 16 entries of 8 bits
        addTerm(terms, TermGroup::Dot, whose + " codebook", count * area,
            times(count,
                "constant table of " + std::to_string(operand.tableEntries) + " x " + std::to_string(operand.width)
                    + " bits"),
            times(count, formulaNumber(c.codebookConstant) + " x " + std::to_string(cells) + " / 128"),
            "own synthesis of a 16 x 8 table, in proportion to its bits");
        return;
    }
    case CodeDecode::WritableCodebook: {
        const double area = c.codebookPort * cells;
        addTerm(terms, TermGroup::Dot, whose + " codebook read port", count * area,
            times(count,
                "read port of " + std::to_string(operand.tableEntries) + " x " + std::to_string(operand.width)
                    + " bits"),
            times(count, formulaNumber(c.codebookPort) + " x " + std::to_string(cells)),
            "own synthesis of a 16 x 8 read port, in proportion to its bits; the table itself stands once per array");
        return;
    }
    }
}

void addFieldDecoders(std::vector<CostTerm>& terms, const UnitDesign& design, bool toFixed, const GateArea& gates)
{
    addDecoders(terms, design.weights, "weight", design, gates);
    addDecoders(terms, design.activations, "activation", design, gates);
    const double count = design.lanes / design.decodeReuse;
    const double w = decoderGates(asFloat(design.weights), toFixed, gates);
    const double a = decoderGates(asFloat(design.activations), toFixed, gates);
    addTerm(terms, TermGroup::Dot, "element decode", count * (w + a), times(count, "(weight + activation)"),
        times(count, "(" + formulaNumber(w) + " + " + formulaNumber(a) + ")"), kCounted);
}

void addSigns(std::vector<CostTerm>& terms, int lanes, int bits, const GateArea& gates)
{
    addTerm(terms, TermGroup::Dot, "sign", lanes * (bits + 1) * gates.constants().xorGate,
        times(lanes, std::to_string(bits + 1) + " XOR"),
        times(lanes, times(bits + 1, formulaNumber(gates.constants().xorGate))), kCounted);
}

}  // namespace

std::string times(double count, const std::string& what)
{
    return formulaNumber(count) + " x " + what;
}

void addTerm(std::vector<CostTerm>& terms, TermGroup group, std::string name, double value, const std::string& words,
    const std::string& numbers, std::string source)
{
    if (value != 0.0)
        terms.push_back({group, std::move(name), value, "NAND2", words + " = " + numbers, std::move(source)});
}

double fieldDecode(const Operand& operand, const GateArea& gates)
{
    return decoderGates(operand, false, gates);
}

int alignerWindow(const UnitDesign& design)
{
    const int product = asFloat(design.weights).significand() + asFloat(design.activations).significand();
    return design.alignerBits > 0 ? design.alignerBits : std::max(kWindow, product + kGuardBits);
}

Operand asFloat(Operand operand)
{
    if (operand.isFloat)
        return operand;
    operand.isFloat = true;
    operand.exponentBits = 1;
    operand.mantissaBits = std::max(0, operand.width - 2);
    operand.adaptive = false;
    return operand;
}

void addDecoders(std::vector<CostTerm>& terms, const Operand& operand, const std::string& whose,
    const UnitDesign& design, const GateArea& gates)
{
    addCodeDecoder(terms, operand, whose, design, gates);
    if (operand.isFloat)
        return;
    const double count = design.lanes / design.decodeReuse;
    addTerm(terms, TermGroup::Dot, whose + " sign and magnitude", count * gates.signMagnitude(operand.width),
        times(count, std::to_string(operand.width) + " (XOR + HA)"),
        times(count,
            times(operand.width,
                "(" + formulaNumber(gates.constants().xorGate) + " + " + formulaNumber(gates.constants().halfAdder)
                    + ")")),
        kCounted);
}

Products integerProducts(const UnitDesign& design, const GateArea& gates)
{
    const HardwareConstants& c = gates.constants();
    const int k = design.lanes;
    const bool recycles = design.weights.recycled || design.activations.recycled;
    const int w = design.weights.width + (design.weights.recycled ? 1 : 0);
    const int a = design.activations.width + (design.activations.recycled ? 1 : 0);
    Products products;
    products.isFloat = false;
    addCodeDecoder(products.terms, design.weights, "weight", design, gates);
    addCodeDecoder(products.terms, design.activations, "activation", design, gates);
    if (recycles) {
        const int operands = (design.weights.recycled ? 1 : 0) + (design.activations.recycled ? 1 : 0);
        addTerm(products.terms, TermGroup::Dot, "recycled code",
            k / design.decodeReuse * operands * (c.recycleDetector + c.recycleGates),
            times(k / design.decodeReuse * operands, "(detector + 2 AND)"),
            times(k / design.decodeReuse * operands,
                "(" + formulaNumber(c.recycleDetector) + " + " + formulaNumber(c.recycleGates) + ")"),
            kOurDesign);
    }
    const int positive = (w - 1) * (a - 1) + 1;  // the partial products of one sign bit have negative weight: NAND
    const int negative = (w - 1) + (a - 1);
    addTerm(products.terms, TermGroup::Dot, "partial products", k * (positive * c.andGate + negative * c.nandGate),
        times(k, "(" + std::to_string(positive) + " AND + " + std::to_string(negative) + " NAND)"),
        times(k,
            "(" + times(positive, formulaNumber(c.andGate)) + " + " + times(negative, formulaNumber(c.nandGate)) + ")"),
        kCounted);
    products.bits = w + a;
    products.addend = w * a;
    products.signBits = 0;
    return products;
}

Products shiftedProducts(const UnitDesign& design, const GateArea& gates)
{
    const int k = design.lanes;
    const Operand w = asFloat(design.weights);
    const Operand a = asFloat(design.activations);
    Products products;
    addFieldDecoders(products.terms, design, false, gates);
    addTerm(products.terms, TermGroup::Dot, "multiplier", k * gates.multiplier(w.significand(), a.significand()),
        times(k, sized("mul", w.significand(), a.significand())),
        times(k, gates.multiplierText(w.significand(), a.significand())), kCounted);
    const bool bothShift = w.exponentBits > 1 && a.exponentBits > 1;
    const int exponent = std::max(w.exponentBits, a.exponentBits);
    if (bothShift)
        addTerm(products.terms, TermGroup::Dot, "exponent sum", k * gates.exponentSum(exponent),
            times(k, "(HA + " + std::to_string(exponent - 1) + " FA)"), times(k, gates.exponentSumText(exponent)),
            kCounted);
    const int shift = w.mostShift() + a.mostShift();
    products.bits = w.fixedWidth() + a.fixedWidth();
    addTerm(products.terms, TermGroup::Dot, "alignment",
        k * gates.shiftLeft(w.significand() + a.significand(), shift, products.bits),
        times(k,
            "left shift of " + std::to_string(w.significand() + a.significand()) + " bits by up to "
                + std::to_string(shift)),
        times(k, formulaNumber(gates.shiftLeft(w.significand() + a.significand(), shift, products.bits))), kCounted);
    addSigns(products.terms, k, products.bits, gates);
    products.addend = products.bits + 2;
    return products;
}

Products alignedProducts(const UnitDesign& design, const GateArea& gates)
{
    const int k = design.lanes;
    const HardwareConstants& c = gates.constants();
    const Operand w = asFloat(design.weights);
    const Operand a = asFloat(design.activations);
    const int window = alignerWindow(design);
    const bool bothShift = w.exponentBits > 1 && a.exponentBits > 1;
    const int exponent = std::max(w.exponentBits, a.exponentBits);
    const int sum = bothShift ? exponent + 1 : exponent;
    Products products;
    addFieldDecoders(products.terms, design, false, gates);
    addTerm(products.terms, TermGroup::Dot, "multiplier", k * gates.multiplier(w.significand(), a.significand()),
        times(k, sized("mul", w.significand(), a.significand())),
        times(k, gates.multiplierText(w.significand(), a.significand())), kCounted);
    if (bothShift)
        addTerm(products.terms, TermGroup::Dot, "exponent sum", k * gates.exponentSum(exponent),
            times(k, "(HA + " + std::to_string(exponent - 1) + " FA)"), times(k, gates.exponentSumText(exponent)),
            kCounted);
    addTerm(products.terms, TermGroup::Dot, "largest exponent", gates.maximumTree(k, sum),
        times(k - 1, std::to_string(sum) + " bits x (" + formulaNumber(c.comparatorShare) + " FA + MUX)"),
        gates.maximumTreeText(k, sum), kCounted);
    addTerm(products.terms, TermGroup::Dot, "exponent difference", k * sum * c.fullAdder,
        times(k, std::to_string(sum) + " FA"), times(k, times(sum, formulaNumber(c.fullAdder))), kCounted);
    addTerm(products.terms, TermGroup::Dot, "alignment",
        k * gates.shiftRight(w.significand() + a.significand(), sum, window),
        times(k,
            "right shift of " + std::to_string(w.significand() + a.significand()) + " bits in a window of "
                + std::to_string(window)),
        times(k, formulaNumber(gates.shiftRight(w.significand() + a.significand(), sum, window))), kCounted);
    addSigns(products.terms, k, window, gates);
    products.bits = window;
    products.addend = window + 2;
    return products;
}

Products fixedProducts(const UnitDesign& design, const GateArea& gates)
{
    const int k = design.lanes;
    const int w = asFloat(design.weights).fixedWidth();
    const int a = asFloat(design.activations).fixedWidth();
    Products products;
    addFieldDecoders(products.terms, design, true, gates);
    addTerm(products.terms, TermGroup::Dot, "multiplier", k * gates.multiplier(w, a), times(k, sized("mul", w, a)),
        times(k, gates.multiplierText(w, a)), kCounted);
    products.bits = w + a;
    addSigns(products.terms, k, products.bits, gates);
    products.addend = products.bits + 2;
    return products;
}

}  // namespace nanoscope::detail
