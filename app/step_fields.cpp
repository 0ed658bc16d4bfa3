#include "app/step_fields.h"

namespace nanoscope::detail {
using nlohmann::json;

QString textAt(JsonFields& fields, const char* name)
{
    std::string text;
    fields.readText(name, text);
    return QString::fromStdString(text);
}

QString requiredText(JsonFields& fields, const json& object, const char* name)
{
    const QString text = textAt(fields, name);
    if (text.isEmpty())
        fields.refuse(name, object.value(name, json()), "a text");
    return text;
}

ControlValue valueAt(JsonFields& fields, const json& object, const char* name)
{
    const json* value = fields.find(name);
    if (value != nullptr && value->is_boolean())
        return value->get<bool>();
    if (value != nullptr && value->is_number())
        return value->get<double>();
    if (value != nullptr && value->is_string())
        return QString::fromStdString(value->get<std::string>());
    fields.refuse(name, object.value(name, json()), "true, false, a number or a text");
}

std::uint64_t indexAt(JsonFields& fields, const json& object, const char* name, std::uint64_t most)
{
    const json* value = fields.find(name);
    if (value == nullptr || !value->is_number_unsigned() || value->get<std::uint64_t>() > most)
        fields.refuse(name, object.value(name, json()), QString("a whole number from 0 to %1").arg(most).toStdString());
    return value->get<std::uint64_t>();
}

Explorer::Slot slotAt(JsonFields& fields, const char* name)
{
    const QString letter = textAt(fields, name);
    for (const Explorer::Slot slot : Explorer::kEverySlot)
        if (letter.isEmpty() || letter == seriesLetter(kSeriesRoles[slot]))
            return slot;
    fields.refuse(name, letter.toStdString(), "A, B, C or D");
}

}  // namespace nanoscope::detail
