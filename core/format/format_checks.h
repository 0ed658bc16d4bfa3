#pragma once

#include "core/error.h"
#include "core/format/element_book.h"
#include "core/format/format_text.h"

#include <optional>
#include <string>
#include <vector>

/// What the checks of a spec share: refusals that name the field, the value and what is allowed.
namespace nanoscope::detail {

[[noreturn]] void refuse(const std::string& field, const std::string& value, const std::string& allowed);
void requireRange(const std::string& field, int value, int lowest, int highest);
/// Positive, and such that products and quotients with float32 values stay finite in double.
[[nodiscard]] bool fitsFloat(double value);
void requirePositive(const std::string& field, const std::optional<double>& value);

/// @param field  path of the book
/// @throws Error (Refused)
void checkBook(const std::string& field, const ElementBook& book);

template <typename Value, typename Text> std::string listText(const std::vector<Value>& values, Text text)
{
    std::string list = "[";
    for (const Value& value : values)
        list.append(list.size() > 1 ? "," : "").append(text(value));
    return list.append("]");
}

}  // namespace nanoscope::detail
