#pragma once

#include "core/format/json_fields.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string_view>

namespace nanoscope::detail {

/// A number of a request and the range in which it means something.
struct Range {
    double least = 0.0;
    double most = 0.0;
    const char* text = "";  ///< "above 0, at most 1000"
};

/// @name Readers that refuse what lies outside a range
/// @{
inline void readRange(JsonFields& fields, std::string_view name, std::optional<double>& value, const Range& range)
{
    fields.readNumber(name, value);
    if (fields.has(name) && !(*value >= range.least && *value <= range.most))
        fields.refuse(name, *fields.find(name), range.text);
}

inline void readRange(JsonFields& fields, std::string_view name, double& value, const Range& range)
{
    std::optional<double> read;
    readRange(fields, name, read, range);
    value = read.value_or(value);
}

inline void readRange(JsonFields& fields, std::string_view name, int& value, const Range& range)
{
    fields.readInteger(name, value);
    if (fields.has(name) && !(value >= range.least && value <= range.most))
        fields.refuse(name, *fields.find(name), range.text);
}
/// @}

}  // namespace nanoscope::detail
