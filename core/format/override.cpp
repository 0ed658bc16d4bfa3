#include "core/error.h"
#include "core/format/format_json.h"
#include "core/format/format_text.h"
#include "core/format/json_fields.h"
#include "core/format/json_override.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace nanoscope {
namespace {

using nlohmann::json;

/// Appends `path=value` for every difference; lists of different length are given whole.
void listDifferences(const json& from, const json& to, const std::string& path, std::vector<std::string>& out)
{
    if (from == to)
        return;
    const std::string prefix = path.empty() ? path : path + ".";
    if (from.is_object() && to.is_object()) {
        for (const auto& [key, value] : from.items())
            if (!to.contains(key))
                out.push_back(prefix + key + "=null");
        for (const auto& [key, value] : to.items())
            listDifferences(from.contains(key) ? from[key] : json(), value, prefix + key, out);
    } else if (from.is_array() && to.is_array() && from.size() == to.size() && !to.empty() && to[0].is_object()) {
        for (std::size_t i = 0; i < to.size(); ++i)
            listDifferences(from[i], to[i], prefix + std::to_string(i), out);
    } else {
        const bool plainWord = to.is_string() && json::parse(to.get<std::string>(), nullptr, false).is_discarded()
            && to.get<std::string>().find_first_of(",:[]{}\" ") == std::string::npos;
        out.push_back(path + "=" + (plainWord ? to.get<std::string>() : to.dump()));
    }
}

}  // namespace

FormatSpec withOverrides(const FormatSpec& spec, std::string_view overrides, std::string_view where)
{
    return formatFromJson(withJsonOverrides(toJson(spec), overrides, where), where);
}

std::string overridesBetween(const FormatSpec& base, const FormatSpec& spec)
{
    std::vector<std::string> differences;
    listDifferences(toJson(base), toJson(spec), {}, differences);
    std::string text;
    for (const std::string& difference : differences)
        text += (text.empty() ? "" : ",") + difference;
    return text;
}

}  // namespace nanoscope
