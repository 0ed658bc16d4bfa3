#pragma once

#include "core/hardware/constants.h"
#include "core/hardware/cost_term.h"
#include "core/hardware/operand.h"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace nanoscope {

/// How a dot product is computed. The first four are synthesized (resources/hardware/synthesized.json); the others are
/// gate counts of the ideas in the literature, without synthesis behind them.
enum class DatapathStyle {
    Automatic,      ///< integer array for integers; else the smaller of product shift and maximum alignment
    ProductShift,   ///< exact: products shifted by the sum of their exponents
    MaxAligned,     ///< products aligned to the largest exponent, cut to `alignerBits`
    DecodeToFixed,  ///< elements to fixed point before the multiplier
    BitSerial,      ///< two weight bits per cycle (BitMoD, arXiv 2411.11745)
    Lookup,         ///< sums of four activations from a table, all weight bits at once (LUT Tensor Core, SAIL)
    BitPlane,       ///< the same, one weight bit per cycle (T-MAC)
    ShiftAdd,       ///< gated shifted additions, dequantization per group (MixPE, arXiv 2411.16158)
    IntegerAdd      ///< mantissas added instead of multiplied (L-Mul, arXiv 2410.00907)
};

/// Names of the styles in files and in `--set unit.style=`.
inline constexpr std::array<std::pair<DatapathStyle, std::string_view>, 9> kDatapathStyles{{
    {DatapathStyle::Automatic, "automatic"},
    {DatapathStyle::ProductShift, "product_shift"},
    {DatapathStyle::MaxAligned, "max_aligned"},
    {DatapathStyle::DecodeToFixed, "decode_to_fixed"},
    {DatapathStyle::BitSerial, "bit_serial"},
    {DatapathStyle::Lookup, "lookup"},
    {DatapathStyle::BitPlane, "bit_plane"},
    {DatapathStyle::ShiftAdd, "shift_add"},
    {DatapathStyle::IntegerAdd, "integer_add"},
}};

[[nodiscard]] std::string_view styleName(DatapathStyle style);

/// What is put into a unit.
enum class UnitParts {
    DotOnly,  ///< the dot product up to the partial sum
    Complete  ///< with scales, FP32 accumulator and registers
};

/// A dot-product unit: `lanes` element pairs, what undoes their scales, an accumulator and registers.
struct UnitDesign {
    Operand weights;
    Operand activations;
    int lanes = 32;
    DatapathStyle style = DatapathStyle::Automatic;
    int alignerBits = 0;  ///< MaxAligned: window; 0: 24, or what keeps six bits beyond a product
    UnitParts parts = UnitParts::Complete;
    double decodeReuse = 1.0;  ///< units that share an element's decoder; above 1: decode at the edge of the array
    double tableReuse = 8.0;   ///< Lookup, BitPlane: units that share a table of activation sums
};

struct UnitCost {
    std::vector<CostTerm> terms;                     ///< areas; they add up to the unit
    DatapathStyle style = DatapathStyle::Automatic;  ///< the one that was used
    int sumBits = 0;                                 ///< width of what is accumulated
    int cyclesPerDot = 1;
    double registerBits = 0.0;
    bool isFloat = false;  ///< float datapath: glitches more

    [[nodiscard]] double area() const { return sumOf(terms); }
};

/// Area of a unit, term by term.
/// @throws Error (Refused) when the style cannot do these operands, naming those that can
[[nodiscard]] UnitCost unitCost(const UnitDesign& design, const HardwareConstants& constants);

/// The same sum, with what Adaptive Microexponent, Code Recycling ("special value" for a stated one, as in BitMoD) and
/// NanoMantissa add as terms of their own: each is the difference that switching it on makes, in that order.
[[nodiscard]] UnitCost unitCostByFeature(const UnitDesign& design, const HardwareConstants& constants);

/// Switching energy of one dot product (all its cycles) in fJ at 45 nm and 1.1 V: energy per gate times glitch factor
/// for gates, energy per bit for registers.
/// @param glitch  factor for gates; 0: the constant for integers or floats
[[nodiscard]] std::vector<CostTerm> dotEnergyTerms(
    const UnitCost& unit, const HardwareConstants& constants, double glitch = 0.0);

}  // namespace nanoscope
