#pragma once

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace nanoscope {

/// Names of the shipped files of a kind, in the order in which they are offered.
/// @param kind  table, accelerator or workload
[[nodiscard]] std::vector<std::string> hardwareNames(std::string_view kind);

/// A shipped file. All of them are parsed at the first call and kept: they are part of the program, and every price
/// looks into several of them.
/// @throws Error (Refused) naming the nearest name when there is none of this name
[[nodiscard]] const nlohmann::json& hardwareDocument(std::string_view kind, std::string_view name);

/// A shipped file by name, or a file of the user's when the text ends in ".json".
/// @throws Error (Refused) for an unknown name or text that is no JSON, Error (Data) for an unreadable file
[[nodiscard]] nlohmann::json hardwareDocumentOrFile(std::string_view kind, const std::string& nameOrFile);

}  // namespace nanoscope
