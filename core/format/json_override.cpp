#include "core/format/json_override.h"

#include "core/error.h"
#include "core/format/json_fields.h"

#include <nlohmann/json.hpp>

#include <charconv>
#include <string>
#include <vector>

namespace nanoscope {
namespace {

using nlohmann::json;

bool isUtf8(std::string_view text)
{
    try {
        (void)json(text).dump();
        return true;
    } catch (const json::exception&) {
        return false;
    }
}

/// Splits at `separator` where no bracket, brace or quote is open.
std::vector<std::string> splitOutside(std::string_view text, char separator)
{
    std::vector<std::string> parts(1);
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '\\' && i + 1 < text.size()) {
            parts.back() += c;
            parts.back() += text[++i];
            continue;
        }
        if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '[' || c == '{'))
            ++depth;
        else if (!quoted && (c == ']' || c == '}'))
            --depth;
        if (c == separator && depth == 0 && !quoted)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

[[noreturn]] void refuseOverride(std::string_view where, const std::string& what, const std::string& remedy)
{
    throw Error(std::string(where), what, remedy, ErrorKind::Refused);
}

/// Sets document[path] = value; null removes. A missing object on the way is made, a number indexes a list.
void applyOverride(json& document, const std::string& path, json value, std::string_view where)
{
    constexpr std::size_t kMostSteps = 16;  // more than any format has levels
    const std::vector<std::string> keys = splitOutside(path, '.');
    if (keys.size() > kMostSteps)
        refuseOverride(where, "override of " + std::to_string(keys.size()) + " steps", "no field lies that deep");
    json* node = &document;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const std::string& key = keys[i];
        const bool last = i + 1 == keys.size();
        if (key.empty())
            refuseOverride(where, "override " + path + " has an empty step", "write path=value, steps joined by dots");
        if (node->is_array()) {
            std::size_t index = 0;
            const auto parsed = std::from_chars(key.data(), key.data() + key.size(), index);
            if (parsed.ec != std::errc{} || parsed.ptr != key.data() + key.size() || index > node->size())
                refuseOverride(where,
                    "override " + path + ": no entry " + key + " in a list of " + std::to_string(node->size()),
                    "use 0 to " + std::to_string(node->size()) + "; the last one appends");
            if (last && value.is_null()) {
                if (index < node->size())
                    node->erase(index);
                return;
            }
            if (index == node->size())
                node->push_back(json::object());
            node = &(*node)[index];
        } else {
            if (node->is_null())
                *node = json::object();
            if (!node->is_object())
                refuseOverride(where, "override " + path + ": " + keys[i - 1] + " has no fields",
                    "it is the value " + node->dump());
            if (last && value.is_null()) {
                node->erase(key);
                return;
            }
            node = &(*node)[key];
        }
    }
    *node = std::move(value);
}

}  // namespace

json withJsonOverrides(json document, std::string_view overrides, std::string_view where)
{
    if (!isUtf8(overrides))
        refuseOverride(where, "the override is not UTF-8", "write path=value as UTF-8 text");
    for (const std::string& part : splitOutside(overrides, ',')) {
        const std::size_t equals = part.find('=');
        if (equals == std::string::npos || equals == 0)
            refuseOverride(where, "override \"" + part + "\" has no path=value", "for example geometry.block=16");
        const std::string text = part.substr(equals + 1);
        json value = parseJson(text);
        if (value.is_discarded())
            value = text;
        applyOverride(document, part.substr(0, equals), std::move(value), where);
    }
    return document;
}

}  // namespace nanoscope
