#pragma once

#include "core/format/format_spec.h"

#include <string>

namespace nanoscope {

/// @throws Error (Refused), always
[[noreturn]] void refuseEdit(const std::string& field, const std::string& problem, const std::string& remedy);

/// Refuses edits of mixed formats and named encoders: these settle most of a spec themselves, and an edit would change
/// nothing.
/// @param what  what the edit would change, for example "code bits"
/// @throws Error (Refused)
void requirePlain(const FormatSpec& spec, const std::string& what);

}  // namespace nanoscope
