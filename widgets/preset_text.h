#pragma once

#include "core/format/preset.h"

#include <QString>

namespace nanoscope {

/// The heading that a preset is listed under.
[[nodiscard]] QString familyHeading(const PresetInfo& preset);

/// How far a preset can be trusted, in a sentence.
[[nodiscard]] QString standingSentence(const PresetInfo& preset);

/// Canonical JSON for reading: a field a line, a list of numbers on one line.
[[nodiscard]] QString readableJson(const FormatSpec& spec);

}  // namespace nanoscope
