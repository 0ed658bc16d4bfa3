#include "core/hardware/converters.h"

#include "core/hardware/lanes.h"

namespace nanoscope {
namespace {

constexpr double kTreeWidth = 32.0;  // elements of the measured maximum tree
constexpr int kBfloatExponentBits = 8;
constexpr const char* kReports = "Design Compiler areas of public RTL (repository dwrScent/nvesm2)";

}  // namespace

std::vector<CostTerm> quantizerTerms(const Operand& operand, int lanes, const HardwareConstants& c)
{
    std::vector<CostTerm> terms;
    const bool multiplies = operand.scale == ScaleUse::Minifloat || operand.scale == ScaleUse::FloatFactor
        || operand.nanoBits > 0 || operand.subgroupBits > 0;
    const double lane = multiplies ? c.quantizerMultiplyLane : c.quantizerShiftLane;
    detail::addTerm(terms, TermGroup::Dot, multiplies ? "quantizer with multiplication" : "quantizer with shift",
        lanes * lane, "lanes x quantizer of an element", detail::times(lanes, formulaNumber(lane)), kReports);
    if (operand.scale != ScaleUse::None)
        detail::addTerm(terms, TermGroup::Scale, "largest exponent of a block", c.quantizerMaxTree * lanes / kTreeWidth,
            "tree of 32 x lanes / 32", formulaNumber(c.quantizerMaxTree) + " x " + std::to_string(lanes) + " / 32",
            kReports);
    return terms;
}

std::vector<CostTerm> dequantizerTerms(const Operand& operand, int lanes, const HardwareConstants& c)
{
    const GateArea gates(c);
    UnitDesign design;
    design.lanes = lanes;
    std::vector<CostTerm> terms;
    detail::addDecoders(terms, operand, "stored", design, gates);
    const Operand plain = detail::asFloat(operand);
    detail::addTerm(terms, TermGroup::Dot, "field decode", lanes * detail::fieldDecode(plain, gates),
        "lanes x field decode", detail::times(lanes, formulaNumber(detail::fieldDecode(plain, gates))),
        detail::kCounted);
    const int significand = plain.significand();
    detail::addTerm(terms, TermGroup::Dot, "normalization",
        lanes * gates.shiftLeft(significand, significand - 1, significand),
        std::to_string(lanes) + " x left shift of " + std::to_string(significand) + " bits",
        detail::times(lanes, formulaNumber(gates.shiftLeft(significand, significand - 1, significand))),
        detail::kUnchecked);
    detail::addTerm(terms, TermGroup::Scale, "exponent sum", lanes * (kBfloatExponentBits + 1) * c.fullAdder,
        std::to_string(lanes) + " x 9 FA", detail::times(lanes, "9 x " + formulaNumber(c.fullAdder)),
        detail::kUnchecked);
    const int scale = operand.scaleSignificand() + operand.nanoSignificand();
    detail::addTerm(terms, TermGroup::Scale, "scale multiplier", lanes * gates.multiplier(significand, scale),
        std::to_string(lanes) + " x mul(" + std::to_string(significand) + ", " + std::to_string(scale) + ")",
        detail::times(lanes, gates.multiplierText(significand, scale)), detail::kUnchecked);
    if (operand.scale == ScaleUse::FloatFactor)
        detail::addTerm(terms, TermGroup::Scale, "scale multiplier",
            lanes * (operand.scaleBits > 16 ? c.fp32Multiplier : c.fp16Multiplier),
            std::to_string(lanes) + " float multipliers",
            detail::times(lanes, formulaNumber(operand.scaleBits > 16 ? c.fp32Multiplier : c.fp16Multiplier)),
            kReports);
    return terms;
}

}  // namespace nanoscope
