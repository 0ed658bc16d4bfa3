#pragma once

#include <filesystem>

namespace nanoscope {

/// A file of the program's `data` folder: in NANOSCOPE_DATA if that is set, else in `data` beside or above the
/// program's own folder, or in share/nanoscope of the prefix that it is installed in.
/// @throws Error naming where it was looked for when it is in none of them
[[nodiscard]] std::filesystem::path bundledFile(const char* name);

}  // namespace nanoscope
