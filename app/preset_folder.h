#pragma once

#include <filesystem>

namespace nanoscope {

/// The folder of the user's presets, the same for window and command line: NANOSCOPE_PRESETS if that is set (empty:
/// none), else nanoscope/nanoscope/presets under XDG_DATA_HOME or ~/.local/share, which is where Qt keeps an
/// application's data.
/// @return empty when there is none
[[nodiscard]] std::filesystem::path userPresetFolder();

}  // namespace nanoscope
