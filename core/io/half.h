#pragma once

#include <cstdint>

namespace nanoscope {

/// Exact value of an IEEE 754 binary16 bit pattern: subnormals, infinities and NaN payloads included.
[[nodiscard]] float halfToFloat(std::uint16_t bits);

/// Exact value of a bfloat16 bit pattern: the upper half of a binary32.
[[nodiscard]] float bfloat16ToFloat(std::uint16_t bits);

}  // namespace nanoscope
