#pragma once

#include "core/error.h"
#include "core/format/preset.h"

#include <filesystem>
#include <string>
#include <vector>

namespace nanoscope {

/// A preset out of the user's folder.
struct UserPreset {
    Preset preset;
    std::filesystem::path file;
};

/// What a folder holds: its presets by file name, and what is wrong with the other files.
struct UserPresets {
    std::vector<UserPreset> presets;
    std::vector<Error> problems;
};

/// Reads every *.json of a folder as a preset or as a plain spec, which is named after its file. A file that cannot be
/// used is a problem, never fatal. A folder that does not exist holds nothing.
[[nodiscard]] UserPresets readUserPresets(const std::filesystem::path& folder);

/// Checks that a name can be a file's name and, unquoted, a SPEC of the command line.
/// @throws Error (Refused)
void requirePresetName(const std::string& name);

/// Writes a preset into the folder, which is made if need be, as `name.json`.
/// @return the file
/// @throws Error when there is such a file already or the disk refuses
std::filesystem::path writeUserPreset(const std::filesystem::path& folder, const Preset& preset);

}  // namespace nanoscope
