#pragma once

#include "core/hardware/constants.h"

#include <string>

namespace nanoscope {

/// Areas of datapath primitives in NAND2 equivalents, counted in gates. Widths are in bits.
/// Source: own counts, checked against synthesis of 62 units (resources/hardware/synthesized.json).
class GateArea {
public:
    explicit GateArea(const HardwareConstants& constants)
        : m_c(constants)
    {
    }

    /// Array multiplier of unsigned p x q bits.
    [[nodiscard]] double multiplier(int p, int q) const;
    /// Compressor tree of `inputs` bits in all to a sum of `sum` bits: each full adder removes one bit.
    [[nodiscard]] double tree(double inputs, int sum) const;
    /// Left barrel shifter of a `width`-bit value by 0..`most`, at most `cap` bits wide.
    [[nodiscard]] double shiftLeft(int width, int most, int cap) const;
    /// Right shifter of a most-significant-aligned `width`-bit value inside `window` bits, `controls` control bits.
    [[nodiscard]] double shiftRight(int width, int controls, int window) const;
    /// Minifloat fields to sign, shift and significand; 0 for a single exponent bit.
    [[nodiscard]] double floatDecode(int exponentBits) const;
    /// Sum of two exponent fields; 0 unless both shift.
    [[nodiscard]] double exponentSum(int bits) const;
    /// Largest of `count` values of `bits` bits, as a tree.
    [[nodiscard]] double maximumTree(int count, int bits) const;
    /// Two's complement to sign and magnitude, `width` bits.
    [[nodiscard]] double signMagnitude(int width) const;
    /// Multiplication of a `sum`-bit partial sum by a `bits`-bit significand.
    [[nodiscard]] double sumMultiplier(int sum, int bits) const;
    /// FP32 accumulator fed by a sum of `sum` bits.
    [[nodiscard]] double accumulator(int sum) const;

    /// @name The same as arithmetic in numbers
    /// @{
    [[nodiscard]] std::string multiplierText(int p, int q) const;
    [[nodiscard]] std::string treeText(double inputs, int sum) const;
    [[nodiscard]] std::string exponentSumText(int bits) const;
    [[nodiscard]] std::string maximumTreeText(int count, int bits) const;
    [[nodiscard]] std::string sumMultiplierText(int sum, int bits) const;
    [[nodiscard]] std::string accumulatorText(int sum) const;
    /// @}

    [[nodiscard]] const HardwareConstants& constants() const { return m_c; }

private:
    static constexpr int kAccumulatorStart = 13;  ///< narrowest sum that the accumulator was synthesized for
    static constexpr int kAccumulatorKnee = 20;   ///< sum from which it grows faster

    HardwareConstants m_c;
};

/// ceil(log2(value)) for value of at least 1.
[[nodiscard]] int ceilLog2(int value);

}  // namespace nanoscope
