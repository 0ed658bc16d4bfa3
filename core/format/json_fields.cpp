#include "core/format/json_fields.h"

#include "core/closest_name.h"
#include "core/error.h"

#include <cmath>
#include <limits>
#include <vector>

namespace nanoscope {

nlohmann::json parseJson(std::string_view text)
{
    constexpr int kDeepest = 64;  // printing recurses, so that depth must not exhaust the stack
    bool tooDeep = false;
    const auto watchDepth = [&tooDeep](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
        tooDeep = tooDeep || depth > kDeepest;
        return !tooDeep;
    };
    nlohmann::json document = nlohmann::json::parse(text, watchDepth, false);
    return tooDeep ? nlohmann::json(nlohmann::json::value_t::discarded) : document;
}

JsonFields::JsonFields(const nlohmann::json& json, std::string where, std::string path)
    : m_json(&json)
    , m_where(std::move(where))
    , m_path(std::move(path))
{
    if (!json.is_object())
        throw Error(m_where,
            (m_path.empty() ? "the format" : m_path) + (json.is_discarded() ? " is not JSON" : " is " + json.dump()),
            "give a JSON object", ErrorKind::Refused);
}

bool JsonFields::has(std::string_view name) const
{
    const auto it = m_json->find(std::string(name));
    return it != m_json->end() && !it->is_null();
}

const nlohmann::json* JsonFields::find(std::string_view name)
{
    m_known.emplace(name);
    const auto it = m_json->find(std::string(name));
    return it == m_json->end() || it->is_null() ? nullptr : &*it;
}

void JsonFields::readInteger(std::string_view name, int& value)
{
    std::optional<int> read;
    readInteger(name, read);
    value = read.value_or(value);
}

void JsonFields::readInteger(std::string_view name, std::optional<int>& value)
{
    const nlohmann::json* json = find(name);
    if (!json)
        return;
    // 4.0 is an integer to everyone but JSON libraries.
    const double number = json->is_number() ? json->get<double>() : std::numeric_limits<double>::quiet_NaN();
    if (!(std::abs(number) <= std::numeric_limits<int>::max()) || number != std::floor(number))
        refuse(name, *json, "an integer");
    value = static_cast<int>(number);
}

void JsonFields::readNumber(std::string_view name, double& value)
{
    std::optional<double> read;
    readNumber(name, read);
    value = read.value_or(value);
}

void JsonFields::readNumber(std::string_view name, std::optional<double>& value)
{
    const nlohmann::json* json = find(name);
    if (!json)
        return;
    if (!json->is_number() || !std::isfinite(json->get<double>()))
        refuse(name, *json, "a number");
    value = json->get<double>();
}

void JsonFields::readBoolean(std::string_view name, bool& value)
{
    const nlohmann::json* json = find(name);
    if (!json)
        return;
    if (!json->is_boolean())
        refuse(name, *json, "true false");
    value = json->get<bool>();
}

void JsonFields::readText(std::string_view name, std::string& value)
{
    const nlohmann::json* json = find(name);
    if (!json)
        return;
    if (!json->is_string())
        refuse(name, *json, "a text");
    value = json->get<std::string>();
}

std::optional<JsonFields> JsonFields::object(std::string_view name)
{
    const nlohmann::json* json = find(name);
    if (!json)
        return std::nullopt;
    return JsonFields(*json, m_where, pathOf(name));
}

void JsonFields::finish() const
{
    for (const auto& [key, value] : m_json->items()) {
        if (m_known.contains(key))
            continue;
        const std::vector<std::string> known(m_known.begin(), m_known.end());
        std::string names;
        for (const std::string& name : known)
            names += (names.empty() ? "" : " ") + name;
        const auto near = closestName(key, known);
        throw Error(m_where, "unknown field " + pathOf(key),
            (near ? "did you mean " + *near + "? allowed: " : "allowed: ") + names, ErrorKind::Refused);
    }
}

void JsonFields::refuse(std::string_view name, const nlohmann::json& value, const std::string& allowed) const
{
    constexpr std::size_t kLongest = 80;  // bytes of the value that a message repeats
    std::string text = value.dump(-1, ' ', true);
    if (text.size() > kLongest)
        text = text.substr(0, kLongest) + "...";
    throw Error(m_where, pathOf(name) + ": value " + text + " is refused", "allowed: " + allowed, ErrorKind::Refused);
}

std::string JsonFields::pathOf(std::string_view name) const
{
    return m_path.empty() ? std::string(name) : m_path + "." + std::string(name);
}

}  // namespace nanoscope
