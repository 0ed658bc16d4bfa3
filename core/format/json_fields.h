#pragma once

#include "core/format/format_text.h"

#include <nlohmann/json.hpp>

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace nanoscope {

/// Parses JSON from a stranger: invalid text and text nested deeper than any format is come back discarded.
[[nodiscard]] nlohmann::json parseJson(std::string_view text);

/// Reads the members of one JSON object by name and complains about what it does not know. Every error names the field
/// by its full path, the value and what is allowed.
class JsonFields {
public:
    /// @param where  file or preset, put before the path in errors; may be empty
    /// @param path   path of `json` inside the spec; empty at the top
    /// @throws Error (Refused) when `json` is no object
    JsonFields(const nlohmann::json& json, std::string where, std::string path);

    [[nodiscard]] bool has(std::string_view name) const;              ///< present and not null
    [[nodiscard]] const nlohmann::json* find(std::string_view name);  ///< null when absent or null

    void readInteger(std::string_view name, int& value);
    void readInteger(std::string_view name, std::optional<int>& value);
    void readNumber(std::string_view name, double& value);
    void readNumber(std::string_view name, std::optional<double>& value);
    void readBoolean(std::string_view name, bool& value);
    void readText(std::string_view name, std::string& value);

    template <typename Enum, std::size_t n>
    void readName(std::string_view name, const std::array<EnumName<Enum>, n>& table, Enum& value)
    {
        const nlohmann::json* json = find(name);
        if (!json)
            return;
        const auto found = json->is_string() ? valueOf(table, json->get_ref<const std::string&>()) : std::nullopt;
        if (!found)
            refuse(name, *json, namesOf(table));
        value = *found;
    }

    /// A nested object, or nothing when absent or null.
    [[nodiscard]] std::optional<JsonFields> object(std::string_view name);

    /// @throws Error (Refused) for a field that was never asked for
    void finish() const;

    [[noreturn]] void refuse(std::string_view name, const nlohmann::json& value, const std::string& allowed) const;
    [[nodiscard]] std::string pathOf(std::string_view name) const;
    [[nodiscard]] const std::string& where() const { return m_where; }

private:
    const nlohmann::json* m_json;
    std::string m_where;
    std::string m_path;
    std::set<std::string, std::less<>> m_known;
};

}  // namespace nanoscope
