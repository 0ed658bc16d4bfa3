#include "app/step_fields.h"

namespace nanoscope::detail {
namespace {

using nlohmann::json;

constexpr std::array kSlotNames{EnumName<Explorer::Slot>{Explorer::A, "A"}, EnumName<Explorer::Slot>{Explorer::B, "B"},
    EnumName<Explorer::Slot>{Explorer::C, "C"}, EnumName<Explorer::Slot>{Explorer::D, "D"}};

}  // namespace

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
        fields.refuse(name, object.value(name, json()), "a whole number from 0 to " + std::to_string(most));
    return value->get<std::uint64_t>();
}

Explorer::Slot slotAt(JsonFields& fields, const char* name)
{
    Explorer::Slot slot = Explorer::A;
    fields.readName(name, kSlotNames, slot);
    return slot;
}

}  // namespace nanoscope::detail
