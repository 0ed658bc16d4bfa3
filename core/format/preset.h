#pragma once

#include "core/format/format_spec.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nanoscope {

/// Standing of a preset out of the user's own folder.
inline constexpr std::string_view kUserStanding = "user";

/// What a preset says of itself.
struct PresetInfo {
    std::string name;
    std::string title;
    std::string description;           ///< one line
    std::string source;                ///< paper, standard or code
    std::string standing;              ///< standard, paper, implementation, secondary or reconstruction; user
    std::string family;                ///< heading that it is listed under; may be empty in a user's file
    std::vector<std::string> aliases;  ///< other names, such as the papers' own
    bool operator==(const PresetInfo&) const = default;
};

/// A named format.
struct Preset : PresetInfo {
    FormatSpec spec;
};

/// All shipped presets, by family. Parsed once per call.
[[nodiscard]] std::vector<Preset> loadPresets();

/// The shipped preset of this name. Parses one file; knows no aliases (PresetLibrary does).
[[nodiscard]] std::optional<Preset> findPreset(std::string_view name);

/// A preset from its file's text.
/// @throws Error (Refused) naming `where` and the field
[[nodiscard]] Preset presetFromText(std::string_view text, std::string_view where);

/// The same without its format, which is not looked at.
/// @throws Error (Refused) naming `where` and the field
[[nodiscard]] PresetInfo presetInfoFromText(std::string_view text, std::string_view where);

/// A preset as its file holds it, with the canonical spec.
[[nodiscard]] nlohmann::json presetToJson(const Preset& preset);

}  // namespace nanoscope
