#pragma once

#include <span>
#include <string_view>

namespace nanoscope {

/// What is said of a panel, as its file has it.
struct HelpPage {
    std::string_view name;  ///< of the file, without its ending: object name of the panel, "Format" for all four
    std::string_view text;  ///< Markdown
};

/// resources/help/*.md in the order of their names.
[[nodiscard]] std::span<const HelpPage> helpPages();

}  // namespace nanoscope
