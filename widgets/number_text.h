#pragma once

#include <QString>

#include <cstdint>
#include <optional>

namespace nanoscope {

/// @name Numbers as people read them, in the user's locale
/// A minus is U+2212, so that it is as wide as a digit.
/// @{

/// All digits, grouped: "131 072".
[[nodiscard]] QString countText(std::uint64_t count);

/// At most four characters and a prefix: "812", "12.3 k", "4.5 M".
[[nodiscard]] QString shortCountText(std::uint64_t count);

/// A level exactly: "−0.25", "448"; far from 1 as mantissa and power of ten.
[[nodiscard]] QString levelText(double level);

/// `digits` significant ones; below 0.001 and from 100 000 on as "8.73×10⁻⁶"; "–" for NaN.
[[nodiscard]] QString shortNumberText(double value, int digits = 4);

/// With a fixed number of digits behind the point.
[[nodiscard]] QString fixedText(double value, int decimals);

/// "6.3 %"; "< 0.1 %" rather than a wrong zero.
[[nodiscard]] QString percentText(double fraction);

/// "19.69 dB"; "exact" for infinity, "–" when absent.
[[nodiscard]] QString decibelText(const std::optional<double>& decibel);

/// 10 with a superscript exponent: "10⁻³"; "1", "10" and "100" as they are.
[[nodiscard]] QString powerOfTenText(int exponent);

/// 1, 2, 3 or 5 times a power of ten, as ticks of a logarithmic axis have it: "5", "200", "2×10⁻⁶".
[[nodiscard]] QString logTickText(double value);

/// An integer in superscript digits.
[[nodiscard]] QString superscriptText(int value);

/// @}

}  // namespace nanoscope
