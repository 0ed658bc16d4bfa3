#pragma once

#include "app/step_script.h"
#include "core/error.h"
#include "core/format/json_fields.h"

#include <array>
#include <cstdint>
#include <string>

namespace nanoscope::detail {

/// @name Fields of scripts, read as JsonFields reads those of formats
/// @throws Error (Refused) naming the field and what is allowed
/// @{
/// Empty when absent.
[[nodiscard]] QString textAt(JsonFields& fields, const char* name);
[[nodiscard]] QString requiredText(JsonFields& fields, const nlohmann::json& object, const char* name);
[[nodiscard]] ControlValue valueAt(JsonFields& fields, const nlohmann::json& object, const char* name);
[[nodiscard]] std::uint64_t indexAt(
    JsonFields& fields, const nlohmann::json& object, const char* name, std::uint64_t most);
/// A when absent.
[[nodiscard]] Explorer::Slot slotAt(JsonFields& fields, const char* name);
/// @}

/// One object of a step's "do": one of its keys names the action.
/// @param where  for messages
[[nodiscard]] StepAction parseAction(const nlohmann::json& object, const std::string& where);
/// One object of a step's "expect".
[[nodiscard]] StepExpectation parseExpectation(const nlohmann::json& object, const std::string& where);

/// The entry of `table` whose key `object` has; the earliest where it has several, for another's key may accompany it.
/// @param table  entries of {key, parse}
template <class Table> auto parseEntry(const nlohmann::json& object, const std::string& where, const Table& table)
{
    std::string known;
    for (const auto& entry : table) {
        if (object.is_object() && object.contains(entry.key)) {
            JsonFields fields(object, where, {});
            auto parsed = entry.parse(fields, object);
            fields.finish();
            return parsed;
        }
        known += known.empty() ? "" : ", ";
        known += entry.key;
    }
    const bool isNamed = object.is_object() && !object.empty();
    const std::string what = isNamed ? "unknown key \"" + object.begin().key() + "\"" : object.dump() + " has no key";
    throw Error(where, what, "give one of: " + known, ErrorKind::Refused);
}

}  // namespace nanoscope::detail
