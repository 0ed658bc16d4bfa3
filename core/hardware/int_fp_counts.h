#pragma once

#include "core/hardware/constants.h"

namespace nanoscope {

/// How the scales of a block are undone in IntFpMac.
enum class IntFpScale { PowerOfTwo, Minifloat };

/// A MAC array as "INT v.s. FP" (arXiv 2510.25602, appendix C, table 6) counts it.
struct IntFpMac {
    int exponentBits = 4;  ///< 0: integers
    int mantissaBits = 3;  ///< magnitude bits of an integer
    int lanes = 32;
    IntFpScale scale = IntFpScale::PowerOfTwo;
};

/// Area per lane in NAND2 by the gate counts of that paper with our cell areas: multipliers, adders, exponent logic,
/// aligners, and a shared FP32 accumulator with dequantizer.
[[nodiscard]] double intFpLaneArea(const IntFpMac& mac, const HardwareConstants& constants);

}  // namespace nanoscope
