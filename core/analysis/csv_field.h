#pragma once

#include <string>
#include <string_view>

namespace nanoscope {

/// A text as one field of a line of CSV (RFC 4180): in quotes where it must be. A text that a spreadsheet would run as
/// a formula (it begins with = + - @, a tab or a carriage return, and is no number) gets an apostrophe before it.
[[nodiscard]] std::string csvField(std::string_view text);

}  // namespace nanoscope
