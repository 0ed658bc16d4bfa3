#pragma once

#include <optional>
#include <span>
#include <string>

namespace nanoscope {

/// The name that someone who typed `wanted` most likely meant: one that ends in "/wanted", or the one with
/// the fewest typing errors, if those are few. Nothing when no name is near.
[[nodiscard]] std::optional<std::string> closestName(const std::string& wanted, std::span<const std::string> names);

}  // namespace nanoscope
