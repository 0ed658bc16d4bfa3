#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string_view>

namespace nanoscope {

/// Applies `path=value,path=value` to a document: steps joined by dots, a number indexes a list, a value is JSON if it
/// parses, else a string; null removes. Commas inside brackets, braces or quotes do not split.
/// @throws Error (Refused) naming `where` and the path
[[nodiscard]] nlohmann::json withJsonOverrides(
    nlohmann::json document, std::string_view overrides, std::string_view where);

}  // namespace nanoscope
