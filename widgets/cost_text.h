#pragma once

#include "core/hardware/cost_term.h"

#include <QString>

namespace nanoscope {

/// @name Figures of the cost model as people read them, in the user's locale
/// @{

/// A value with its unit: joules, seconds, bytes and rates with a prefix ("213.7 mJ"), areas grouped ("12 952"),
/// NAND2 and cycles without their unit, which stands in the heading.
[[nodiscard]] QString costValueText(double value, const std::string& unit);

/// The same, with the unit always there.
[[nodiscard]] QString costValueWithUnit(double value, const std::string& unit);

/// A difference: as costValueText(), signed.
[[nodiscard]] QString costDifferenceText(double difference, const std::string& unit);

/// "+35.6 %" of `b` against `a`; empty when `a` is 0.
[[nodiscard]] QString costChangeText(double a, double b);

/// "1.36 ± 0.20"; without an error bar where `error` is 0.
[[nodiscard]] QString ratioText(double ratio, double error);
/// @}

}  // namespace nanoscope
