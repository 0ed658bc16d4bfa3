#pragma once

#include "core/format/preset.h"

#include <span>
#include <string>
#include <string_view>

namespace nanoscope {

/// @name What a format costs and offers, in a few letters
/// @{
/// Nominal bits per element: "4.25"; where a row is one block, what it stores once stands apart: "8 + 16/row". "from"
/// is put before where blocks may take more.
[[nodiscard]] std::string bitsText(const FormatSpec& spec);
/// Distinct levels of each codebook: "15", "15, 16", "3 × 15"; of mixed formats "15 | 255".
[[nodiscard]] std::string levelsText(const FormatSpec& spec);
/// @}

/// @name The table in core/format/README.md
/// @{
/// A Markdown table of presets, in their order: family, name, bits, levels, standing, source.
[[nodiscard]] std::string presetTable(std::span<const Preset> presets);

inline constexpr std::string_view kTableBegin = "<!-- presets: written by the target `docs` -->";
inline constexpr std::string_view kTableEnd = "<!-- end of presets -->";

/// `document` with `table` between the two marks.
/// @throws Error when the marks are not there once each, in this order
[[nodiscard]] std::string withPresetTable(std::string_view document, std::string_view table);
/// @}

}  // namespace nanoscope
