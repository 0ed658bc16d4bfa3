#pragma once

#include "core/format/format_spec.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace nanoscope {

/// Canonical JSON of a spec: every field that does not follow from others, keys sorted.
[[nodiscard]] nlohmann::json toJson(const FormatSpec& spec);

/// Canonical JSON on one line, shortest round-trip numbers; equal specs give equal text.
[[nodiscard]] std::string canonicalText(const FormatSpec& spec);

/// Reads a spec. Absent fields take their defaults; derived fields (bits, bias, micro.grid) may be given if they agree.
/// @param where  what to name in an error: a file or preset
/// @throws Error (Refused) naming the field, the value and what is allowed
[[nodiscard]] FormatSpec formatFromJson(const nlohmann::json& json, std::string_view where = {});

/// A spec with the name under which it was asked for.
struct NamedFormat {
    std::string name;  ///< preset or file name, with overrides as written
    FormatSpec spec;
    bool operator==(const NamedFormat&) const = default;
};

/// Reads SPEC as the command line takes it: a preset name, a .json file, or either with `:path=value,...`
/// (DESIGN section 5).
/// @throws Error (Refused), for an unreadable file Error (Data)
[[nodiscard]] NamedFormat parseFormat(std::string_view text);

/// Applies `path=value,path=value` to a spec; a value is JSON if it parses, else a string; null removes.
[[nodiscard]] FormatSpec withOverrides(const FormatSpec& spec, std::string_view overrides, std::string_view where = {});

/// The shortest overrides that turn `base` into `spec`; empty when they are equal.
[[nodiscard]] std::string overridesBetween(const FormatSpec& base, const FormatSpec& spec);

}  // namespace nanoscope
