#pragma once

#include "core/hardware/gate_area.h"
#include "core/hardware/unit_cost.h"

namespace nanoscope::detail {

/// Products of all lanes, ready to be added.
struct Products {
    std::vector<CostTerm> terms;
    int bits = 0;         ///< width of a product inside the adder
    double addend = 0.0;  ///< bits that a lane puts into the compressor tree
    int signBits = 1;     ///< bits that the sum needs beyond product and lanes
    bool isFloat = true;
    int cycles = 1;
};

/// @name Lane architectures
/// `decodeReuse` units share a decoder.
/// @{
[[nodiscard]] Products integerProducts(const UnitDesign& design, const GateArea& gates);
[[nodiscard]] Products shiftedProducts(const UnitDesign& design, const GateArea& gates);
[[nodiscard]] Products alignedProducts(const UnitDesign& design, const GateArea& gates);
[[nodiscard]] Products fixedProducts(const UnitDesign& design, const GateArea& gates);
/// @}

/// @name Styles of the literature, counted in gates and not synthesized
/// @{
[[nodiscard]] Products serialProducts(const UnitDesign& design, const GateArea& gates);
[[nodiscard]] Products tableProducts(const UnitDesign& design, const GateArea& gates);
[[nodiscard]] Products shiftAddProducts(const UnitDesign& design, const GateArea& gates);
[[nodiscard]] Products addedProducts(const UnitDesign& design, const GateArea& gates);
/// @}

/// What `MaxAligned` cuts products to.
[[nodiscard]] int alignerWindow(const UnitDesign& design);

/// The operand as sign, shift and significand: integers become a float without exponent.
[[nodiscard]] Operand asFloat(Operand operand);

/// Decoders of one operand's stored codes, all lanes: codebooks, posits, minifloat fields (not for integers in an
/// integer array), conversion of an integer for a float lane.
void addDecoders(std::vector<CostTerm>& terms, const Operand& operand, const std::string& whose,
    const UnitDesign& design, const GateArea& gates);

/// Fields of one float element to shift and significand, Adaptive Microexponent and Code Recycling included.
[[nodiscard]] double fieldDecode(const Operand& operand, const GateArea& gates);

/// Appends a term unless it is nothing.
/// @param words    how it is counted: "32 x (HA + 1 FA)"
/// @param numbers  the same as arithmetic: "32 x (3.333 + 1 x 5.333)"
void addTerm(std::vector<CostTerm>& terms, TermGroup group, std::string name, double value, const std::string& words,
    const std::string& numbers, std::string source);

/// "32 x (...)"
[[nodiscard]] std::string times(double count, const std::string& what);

inline constexpr const char* kCounted = "own gate count, checked against synthesis (62 units, NanGate45)";
inline constexpr const char* kOurDesign
    = "own design, checked against synthesis; no hardware of NxFP (arXiv 2412.19821) is published";
inline constexpr const char* kUnchecked = "own gate count after the idea of the paper; not synthesized";

}  // namespace nanoscope::detail
