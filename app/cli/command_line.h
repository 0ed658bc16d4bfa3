#pragma once

#include "app/cli/requests.h"

namespace nanoscope::cli {

/// Reads the arguments of `nanoscope-cli`.
/// @throws Error (Refused) for an unknown command, option or value
[[nodiscard]] Request parseCommandLine(int argc, const char* const* argv);

}  // namespace nanoscope::cli
