#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nanoscope {

/// The part of a unit that a term belongs to: one color of the stacked bar.
enum class TermGroup {
    Dot,          ///< decode, multiply, align, sign, add
    Scale,        ///< shared scales and micro-scales
    Accumulator,  ///< FP32 accumulation
    Registers,    ///< operands, scales, metadata, accumulator
    Feature       ///< what NanoMantissa, Adaptive Microexponent and Code Recycling add, each on its own
};

/// One summand of a figure, with the way it was found.
struct CostTerm {
    TermGroup group = TermGroup::Dot;
    std::string name;
    double value = 0.0;
    std::string unit = "NAND2";
    std::string formula;  ///< words, " = " and arithmetic in numbers: + - x /, parentheses, max, ceil
    std::string source;
};

[[nodiscard]] double sumOf(const std::vector<CostTerm>& terms);

/// The sum of the terms of one group.
[[nodiscard]] double sumOf(const std::vector<CostTerm>& terms, TermGroup group);

/// The first term of a name; null when there is none.
[[nodiscard]] const CostTerm* findTerm(const std::vector<CostTerm>& terms, std::string_view name);

/// "dot", "scale", "accumulator", "registers", "feature".
[[nodiscard]] const char* groupName(TermGroup group);

/// A number as formulas show it: at most `digits` significant digits.
[[nodiscard]] std::string formulaNumber(double value, int digits = 5);

}  // namespace nanoscope
