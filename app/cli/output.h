#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace nanoscope::cli {

/// Writes a result to standard output. A reader that went away (`| head`) is no failure: it has what it wanted.
/// @throws Error when standard output cannot take it for another reason, such as a full disk
void writeOutput(std::string_view text);

/// Writes JSON, indented, to standard output. Bytes of names that are no UTF-8 become U+FFFD.
void writeJson(const nlohmann::json& json);

/// The one line that reports a failure, on standard error.
void writeError(std::string_view problem);

}  // namespace nanoscope::cli
