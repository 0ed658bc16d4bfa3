#pragma once

#include "core/format/format_spec.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nanoscope {

/// A named format as shipped in resources/presets/.
struct Preset {
    std::string name;
    std::string title;
    std::string description;  ///< one line
    std::string source;       ///< paper, standard or code
    std::string standing;     ///< standard, paper, implementation, secondary or reconstruction
    FormatSpec spec;
};

/// All shipped presets, by family. Parsed once per call.
[[nodiscard]] std::vector<Preset> loadPresets();

/// The shipped preset of this name.
[[nodiscard]] std::optional<Preset> findPreset(std::string_view name);

/// A preset from its file's text.
/// @throws Error (Refused) naming `where` and the field
[[nodiscard]] Preset presetFromText(std::string_view text, std::string_view where);

}  // namespace nanoscope
