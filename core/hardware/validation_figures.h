#pragma once

#include "core/hardware/constants.h"

#include <map>
#include <string>

namespace nanoscope::detail {

/// Figures of a row by label.
using Figures = std::map<std::string, double>;

/// @name What we get for the rows of the page, by row and label
/// @{
[[nodiscard]] std::map<std::string, Figures> storageFigures();                                    ///< V1 to V4
[[nodiscard]] std::map<std::string, Figures> systemFigures();                                     ///< V5 to V10
[[nodiscard]] std::map<std::string, Figures> circuitFigures(const HardwareConstants& constants);  ///< V11 to V21
/// @}

}  // namespace nanoscope::detail
