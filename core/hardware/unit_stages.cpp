#include "core/hardware/unit_stages.h"

#include <algorithm>

namespace nanoscope::detail {
namespace {

constexpr int kRowBlock = 4096;  // elements that a whole row counts as
constexpr int kTop1Group = 8;    // the subgroup that the top-1 detector was synthesized for
constexpr int kSubgroupHeadroom = 8;
constexpr int kGroupHeadroom = 4;
constexpr int kAccumulatorBits = 32;

int subgroupOf(const UnitDesign& design)
{
    const int w = design.weights.subgroup;
    const int a = design.activations.subgroup;
    return w > 0 && a > 0 ? std::min(w, a) : std::max(w, a);
}

std::string treeText(int count, double inputs, int sum)
{
    return (count > 1 ? std::to_string(count) + " x " : std::string()) + "tree of " + formulaNumber(inputs)
        + " bits to " + std::to_string(sum);
}

/// Correction of a subgroup's largest element: its finer and its coarse reading, times the other operand.
double top1Correction(const Operand& fine, const Operand& other, int productBits, const GateArea& gates)
{
    const HardwareConstants& c = gates.constants();
    const Operand o = asFloat(other);
    const int shift = (1 << fine.exponentBits) - 2;
    const int mantissa = fine.mantissaBits + fine.top1Bits;
    const int p = fine.top1Bits + 3;
    const int q = o.mantissaBits + (1 << o.exponentBits) - 1;
    return (5 + 6) * c.fullAdder
        + 2 * (gates.floatDecode(fine.exponentBits) + gates.shiftLeft(mantissa + 1, shift, mantissa + 1 + shift))
        + gates.floatDecode(o.exponentBits) + gates.shiftLeft(o.mantissaBits + 1, (1 << o.exponentBits) - 2, q)
        + p * q * c.andGate + p * (q - 1) * c.fullAdder + (productBits + 2) * (c.xorGate + c.halfAdder);
}

void addTop1(PartialSum& sum, const Operand& fine, const Operand& other, int groups, int group, int productBits,
    const GateArea& gates)
{
    const HardwareConstants& c = gates.constants();
    const int chosen = other.codeBits + 3;  // the other operand's code and what tells which element it was
    addTerm(sum.terms, TermGroup::Dot, "top-1 detector", groups * c.top1Detector * group / kTop1Group,
        "subgroups x detector of eight x subgroup / 8",
        times(groups, formulaNumber(c.top1Detector) + " x " + std::to_string(group) + " / 8"), kCounted);
    addTerm(sum.terms, TermGroup::Dot, "top-1 selection",
        groups * (group * chosen * c.andGate + (group - 1) * chosen * c.orGate),
        std::to_string(groups) + " x " + std::to_string(chosen) + " x (" + std::to_string(group) + " AND + "
            + std::to_string(group - 1) + " OR)",
        times(groups * chosen,
            "(" + times(group, formulaNumber(c.andGate)) + " + " + times(group - 1, formulaNumber(c.orGate)) + ")"),
        kCounted);
    const double correction = top1Correction(fine, other, productBits, gates);
    addTerm(sum.terms, TermGroup::Dot, "top-1 correction", groups * correction,
        "subgroups x (two readings, multiply, sign)", times(groups, formulaNumber(correction)), kCounted);
}

/// Subgroups with a micro-scale or an exception each: a tree per subgroup, what is done to it, then the sum.
PartialSum addedBySubgroup(const Products& products, const UnitDesign& design, const GateArea& gates)
{
    const HardwareConstants& c = gates.constants();
    const Operand& w = design.weights;
    const Operand& a = design.activations;
    const int group = std::min(subgroupOf(design), design.lanes);
    const int groups = (design.lanes + group - 1) / group;
    const bool shifts = w.microexponentBits > 0 || a.microexponentBits > 0;
    const bool hasTop1 = w.top1Bits > 0 || a.top1Bits > 0;
    const int shift = ((1 << w.microexponentBits) - 1) + ((1 << a.microexponentBits) - 1);
    const int inner = shifts ? products.bits + ceilLog2(group) + products.signBits : products.bits + kSubgroupHeadroom;
    PartialSum sum;
    sum.bits = shifts ? inner + shift + ceilLog2(groups) : inner + kGroupHeadroom;
    const double inputs = group * products.addend + (hasTop1 ? products.addend : 0.0);
    addTerm(sum.terms, TermGroup::Dot, "compressor tree", groups * gates.tree(inputs, inner),
        treeText(groups, inputs, inner), times(groups, gates.treeText(inputs, inner)), kCounted);
    if (a.top1Bits > 0)
        addTop1(sum, a, w, groups, group, products.bits, gates);
    if (w.top1Bits > 0)
        addTop1(sum, w, a, groups, group, products.bits, gates);
    for (const Operand* operand : {&w, &a}) {
        const int s = operand->subgroupBits;
        addTerm(sum.terms, TermGroup::Scale, "subgroup mantissa",
            groups * s * (inner * c.andGate + (inner + s) * c.fullAdder),
            std::to_string(groups) + " x " + std::to_string(s) + " x (" + std::to_string(inner) + " AND + "
                + std::to_string(inner + s) + " FA)",
            times(groups * s,
                "(" + times(inner, formulaNumber(c.andGate)) + " + " + times(inner + s, formulaNumber(c.fullAdder))
                    + ")"),
            kCounted);
    }
    if (shifts)
        addTerm(sum.terms, TermGroup::Scale, "shared microexponent",
            groups * gates.shiftLeft(inner, shift, inner + shift),
            std::to_string(groups) + " x left shift of " + std::to_string(inner) + " bits by up to "
                + std::to_string(shift),
            times(groups, formulaNumber(gates.shiftLeft(inner, shift, inner + shift))), kUnchecked);
    addTerm(sum.terms, TermGroup::Dot, "sum of subgroups", (groups - 1) * sum.bits * c.fullAdder,
        std::to_string(groups - 1) + " x " + std::to_string(sum.bits) + " FA",
        times(groups - 1, times(sum.bits, formulaNumber(c.fullAdder))), kCounted);
    return sum;
}

/// MX+: which lane holds the block maximum, and one wider lane for it.
void addBlockMaximum(
    PartialSum& sum, const Operand& operand, const Products& products, int lanes, const GateArea& gates)
{
    const HardwareConstants& c = gates.constants();
    const int index = operand.blockMaximumIndex;
    if (index == 0)
        return;
    const Operand plain = asFloat(operand);
    const double lane = gates.multiplier(plain.significand() + plain.exponentBits, plain.significand())
        + (products.bits + 1) * c.xorGate + products.addend * c.fullAdder;
    addTerm(sum.terms, TermGroup::Dot, "block-maximum lane",
        lanes * (index * c.xorGate + (index - 1) * c.andGate) + lane,
        std::to_string(lanes) + " x (" + std::to_string(index) + " XOR + " + std::to_string(index - 1)
            + " AND) + a wider lane",
        times(lanes,
            "(" + times(index, formulaNumber(c.xorGate)) + " + " + times(index - 1, formulaNumber(c.andGate)) + ") + "
                + formulaNumber(lane)),
        kUnchecked);
}

/// Bits of scale times NanoMantissa.
int significandOfScale(const Operand& operand)
{
    return operand.scaleSignificand() + operand.nanoSignificand();
}

void addExponents(PartialSum& sum, const UnitDesign& design, int blocks, const GateArea& gates)
{
    int bits = 0;
    double decode = 0.0;
    for (const Operand* operand : {&design.weights, &design.activations}) {
        if (operand->scale != ScaleUse::Exponent && operand->scale != ScaleUse::Minifloat)
            continue;
        bits = std::max(bits, operand->scaleExponentBits);
        if (operand->scale == ScaleUse::Minifloat)
            decode += gates.floatDecode(operand->scaleExponentBits);
    }
    if (bits > 0)
        addTerm(sum.terms, TermGroup::Scale, "scale exponents",
            blocks * (decode + (bits + 1) * gates.constants().fullAdder),
            std::to_string(blocks) + " x (" + std::to_string(bits + 1) + " FA + decode)",
            times(blocks,
                "(" + times(bits + 1, formulaNumber(gates.constants().fullAdder)) + " + " + formulaNumber(decode)
                    + ")"),
            kCounted);
}

void addFactors(PartialSum& sum, const UnitDesign& design, const GateArea& gates)
{
    for (const Operand* operand : {&design.weights, &design.activations}) {
        if (operand->scale != ScaleUse::FloatFactor)
            continue;
        const int block = operand->block > 0 ? operand->block : kRowBlock;
        const double share = static_cast<double>(design.lanes) / block;
        const double multiplier
            = operand->scaleBits <= 16 ? gates.constants().fp16Multiplier : gates.constants().fp32Multiplier;
        addTerm(sum.terms, TermGroup::Scale, "group scale multiplier", share * multiplier,
            "multiplier x lanes / block (once per group)",
            formulaNumber(multiplier) + " x " + std::to_string(design.lanes) + " / " + std::to_string(block),
            "Design Compiler area of a float multiplier on NanGate45 (repository dwrScent/nvesm2)");
    }
}

int metadataBits(const Operand& operand, int lanes)
{
    const auto groupsOf = [lanes](int group) { return group > 0 ? (lanes + group - 1) / group : 0; };
    return groupsOf(operand.subgroup) * (operand.subgroupBits + operand.microexponentBits + operand.top1Bits)
        + groupsOf(operand.selectorGroup) * operand.selectorBits;
}

}  // namespace

int scaledBlocks(const UnitDesign& design)
{
    int block = design.lanes;
    for (const Operand* operand : {&design.weights, &design.activations})
        if (operand->scale != ScaleUse::None && operand->block > 0)
            block = std::min(block, operand->block);
    return (design.lanes + block - 1) / block;
}

PartialSum addedUp(const Products& products, const UnitDesign& design, const GateArea& gates)
{
    if (subgroupOf(design) > 0)
        return addedBySubgroup(products, design, gates);
    const int blocks = scaledBlocks(design);
    const int lanes = (design.lanes + blocks - 1) / blocks;
    PartialSum sum;
    sum.bits = products.bits + ceilLog2(lanes) + products.signBits;
    addTerm(sum.terms, TermGroup::Dot, "compressor tree", blocks * gates.tree(lanes * products.addend, sum.bits),
        treeText(blocks, lanes * products.addend, sum.bits),
        times(blocks, gates.treeText(lanes * products.addend, sum.bits)), kCounted);
    addBlockMaximum(sum, design.weights, products, design.lanes, gates);
    addBlockMaximum(sum, design.activations, products, design.lanes, gates);
    return sum;
}

PartialSum scaled(int bits, const UnitDesign& design, const GateArea& gates)
{
    PartialSum sum;
    sum.bits = bits;
    const int blocks = scaledBlocks(design);
    addExponents(sum, design, blocks, gates);
    const int w = significandOfScale(design.weights);
    const int a = significandOfScale(design.activations);
    for (const Operand* operand : {&design.weights, &design.activations})
        if (operand->scaleSignificand() > 0 && operand->nanoBits > 0)
            addTerm(sum.terms, TermGroup::Scale, "scale times NanoMantissa",
                blocks * gates.multiplier(operand->scaleSignificand(), operand->nanoSignificand()),
                std::to_string(blocks) + " x mul(" + std::to_string(operand->scaleSignificand()) + ", "
                    + std::to_string(operand->nanoSignificand()) + ")",
                times(blocks, gates.multiplierText(operand->scaleSignificand(), operand->nanoSignificand())),
                kUnchecked);
    if (w > 0 && a > 0)
        addTerm(sum.terms, TermGroup::Scale, "scale product", blocks * gates.multiplier(w, a),
            std::to_string(blocks) + " x mul(" + std::to_string(w) + ", " + std::to_string(a) + ")",
            times(blocks, gates.multiplierText(w, a)), kCounted);
    if (w + a > 0) {
        addTerm(sum.terms, TermGroup::Scale, "partial-sum multiplier", blocks * gates.sumMultiplier(bits, w + a),
            std::to_string(blocks) + " x " + std::to_string(bits) + "-bit sum times " + std::to_string(w + a)
                + "-bit scale",
            times(blocks, gates.sumMultiplierText(bits, w + a)), kCounted);
        sum.bits += w + a;
    }
    addFactors(sum, design, gates);
    addTerm(sum.terms, TermGroup::Scale, "joining of blocks", (blocks - 1) * gates.constants().subblockJoin,
        "blocks more than one x joining of a sum", times(blocks - 1, formulaNumber(gates.constants().subblockJoin)),
        kUnchecked);
    return sum;
}

double registerBits(const UnitDesign& design)
{
    double bits = kAccumulatorBits;
    for (const Operand* operand : {&design.weights, &design.activations}) {
        const Operand decoded = asFloat(*operand);
        const int code = design.decodeReuse > 1.0
            ? std::max(operand->codeBits, 1 + decoded.significand() + ceilLog2(decoded.mostShift() + 1))
            : operand->codeBits;
        bits += design.lanes * code + metadataBits(*operand, design.lanes);
        bits += scaledBlocks(design) * (operand->scaleBits + operand->nanoBits);
        if (operand->selectorGroup == 0)
            bits += scaledBlocks(design) * operand->selectorBits;
    }
    return bits;
}

}  // namespace nanoscope::detail
