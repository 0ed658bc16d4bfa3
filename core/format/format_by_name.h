#pragma once

#include "core/format/format_json.h"

#include <filesystem>
#include <string_view>

namespace nanoscope {

/// Reads SPEC as the command line takes it: a preset by any of its names, a .json file, or either with
/// `:path=value,...` (DESIGN section 5). The format bears the preset's own name, however it was asked for. The user's
/// folder is read only when the name is not a shipped preset's own.
/// @param userFolder  folder of the user's presets; empty: none
/// @throws Error (Refused), for an unreadable file Error (Data)
[[nodiscard]] NamedFormat parseFormat(std::string_view text, const std::filesystem::path& userFolder);

}  // namespace nanoscope
