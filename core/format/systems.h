#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nanoscope {

/// One system of the reading list and where it is found in the explorer.
struct System {
    int number = 0;  ///< place in the reading list
    std::string name;
    std::string title;
    std::vector<std::string> presets;  ///< names of presets, the one that the system's name stands for first
    std::vector<std::string> studies;  ///< views other than presets that show it
    std::string note;                  ///< what is shown of it, and what is not
    bool operator==(const System&) const = default;
};

/// The shipped reading list (resources/systems.json), by number.
[[nodiscard]] std::vector<System> loadSystems();

/// A reading list from its file's text.
/// @throws Error (Refused) naming `where` and the field
[[nodiscard]] std::vector<System> systemsFromText(std::string_view text, std::string_view where);

}  // namespace nanoscope
