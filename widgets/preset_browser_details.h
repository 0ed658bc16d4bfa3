#pragma once

#include "core/format/preset.h"
#include "core/format/systems.h"

#include <QString>

#include <vector>

namespace nanoscope {

/// @name What the browser tells of a row, as rich text
/// @{
[[nodiscard]] QString presetDetails(const Preset& preset, const std::vector<const System*>& systems);
[[nodiscard]] QString systemDetails(const System& system);
/// @}

}  // namespace nanoscope
