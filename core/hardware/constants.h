#pragma once

#include <span>
#include <string>
#include <string_view>

namespace nanoscope {

/// Every figure that the gate formulas rest on. Areas are in NAND2 equivalents (area over that of the smallest 2-input
/// NAND of the same library). Values, units and sources stand in resources/hardware/constants.json.
struct HardwareConstants {
    double fullAdder = 0.0;          ///< full adder (NAND2)
    double halfAdder = 0.0;          ///< half adder (NAND2)
    double andGate = 0.0;            ///< 2-input AND (NAND2)
    double orGate = 0.0;             ///< 2-input OR (NAND2)
    double nandGate = 0.0;           ///< 2-input NAND, the unit of area (NAND2)
    double xorGate = 0.0;            ///< 2-input XOR (NAND2)
    double mux = 0.0;                ///< 2-to-1 multiplexer (NAND2)
    double flipFlop = 0.0;           ///< D flip-flop (NAND2)
    double treeHalfAdders = 0.0;     ///< half adders of a compressor tree per bit of its sum (half adders per sum bit)
    double comparatorShare = 0.0;    ///< borrow chain of a comparison against a full subtractor (full adders per bit)
    double decodeExponentBit = 0.0;  ///< minifloat field decode: hidden bit and max(e,1)-1, per exponent bit above the
                                     ///< first (NAND2 per exponent bit)
    double adaptiveGateShift = 0.0;  ///< Adaptive Microexponent in a product-shift lane: choice between two readings,
                                     ///< per bit of significand and shift (NAND2 per decoded bit)
    double adaptiveGateFixed
        = 0.0;  ///< Adaptive Microexponent in a decode-to-fixed lane, per bit (NAND2 per decoded bit)
    double recycleDetector = 0.0;   ///< detector of the minus-zero code (NAND2 per operand)
    double recycleGates = 0.0;      ///< two gates that put the recycled value in (NAND2 per operand)
    double accumulatorBase = 0.0;   ///< FP32 accumulator fed by a sum of 13 bits (normalize, align, add, round) (NAND2)
    double accumulatorSlope = 0.0;  ///< FP32 accumulator per sum bit from 13 to 20 (NAND2 per bit)
    double accumulatorSlopeWide = 0.0;  ///< FP32 accumulator per sum bit beyond 20 (NAND2 per bit)
    double top1Detector = 0.0;          ///< index of the largest of eight magnitudes (M2XFP) (NAND2)
    double subblockJoin = 0.0;          ///< alignment and addition of one more scaled partial sum (NAND2)
    double posit8Decode = 0.0;          ///< decoder of posit(8, es), any es (NAND2)
    double posit6Decode = 0.0;          ///< decoder of posit(6, 1) (NAND2)
    double codebookConstant = 0.0;      ///< fixed codebook of 16 entries of 8 bits (NF4) (NAND2)
    double codebookPort = 0.0;    ///< read multiplexer of a programmable codebook, per bit of its table (16 x 8: 260)
                                  ///< (NAND2 per stored bit)
    double fp16Multiplier = 0.0;  ///< FP16 multiplier (NAND2)
    double fp32Multiplier = 0.0;  ///< FP32 multiplier (NAND2)
    double quantizerShiftLane
        = 0.0;  ///< online quantizer to a power-of-two scale, one element per cycle (NAND2 per element)
    double quantizerMaxTree = 0.0;  ///< largest exponent of 32 elements (NAND2 per 32 elements)
    double quantizerMultiplyLane
        = 0.0;  ///< online quantizer with a multiplication by the inverse scale (NVFP4) (NAND2 per element)
    double energyPerGate
        = 0.0;  ///< switching energy without glitches; spread of the designs 0.96 to 1.53 (fJ per NAND2 and operation)
    double flipFlopEnergy = 0.0;  ///< clock (7.4) and data of a flip-flop (fJ per bit and cycle)
    double leakagePerGate = 0.0;  ///< leakage at 25 C, 45 nm (15 to 17) (nW per NAND2)
    double glitchInteger
        = 0.0;  ///< extra toggles of integer datapaths (measured 1.24 to 1.36 with unit delays) (factor)
    double glitchFloat
        = 0.0;  ///< extra toggles of float datapaths (2.3 to 2.7 unpipelined; pipelining halves it) (factor)
    double areaError = 0.0;        ///< error bar of areas relative to another format (fraction)
    double coreEnergyError = 0.0;  ///< error bar of core energy (fraction)
    double dramEnergyError = 0.0;  ///< error bar where DRAM dominates (fraction)

    bool operator==(const HardwareConstants&) const = default;
};

/// One constant under the name that files and `--set constants.NAME=VALUE` use.
struct ConstantField {
    std::string_view name;
    double HardwareConstants::*value;
};

/// All constants, in the order of the file.
[[nodiscard]] std::span<const ConstantField> constantFields();

/// What the file says of a constant.
struct ConstantNote {
    std::string meaning;
    std::string unit;
    std::string source;
};

/// The shipped values.
[[nodiscard]] HardwareConstants shippedConstants();

/// Meaning, unit and source of a constant.
/// @throws Error (Refused) when there is none of this name
[[nodiscard]] ConstantNote constantNote(std::string_view name);

}  // namespace nanoscope
