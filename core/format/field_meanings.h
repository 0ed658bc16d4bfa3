#pragma once

#include <string>
#include <string_view>

namespace nanoscope {

/// What a field of the canonical JSON says, in plain words; empty for an unknown path.
/// @param path  as an override takes it: "scale.rule", "elements.0.m"
[[nodiscard]] std::string fieldMeaning(std::string_view path);

}  // namespace nanoscope
