#include "widgets/preset_text.h"

#include "core/format/format_json.h"

#include <QCoreApplication>

#include <nlohmann/json.hpp>

#include <string>

namespace nanoscope {
namespace {

using nlohmann::json;

/// Texts of this file, for translation.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::PresetText)
};

bool isFlat(const json& value)
{
    for (const json& entry : value)
        if (entry.is_structured())
            return false;
    return true;
}

std::string indented(const json& value, const std::string& margin)
{
    if (!value.is_structured() || value.empty() || (value.is_array() && isFlat(value)))
        return value.dump();
    const std::string inner = margin + "  ";
    std::string text;
    for (const auto& [key, entry] : value.items()) {
        text.append(text.empty() ? "" : ",").append("\n").append(inner);
        if (value.is_object())
            text.append(json(key).dump()).append(": ");
        text.append(indented(entry, inner));
    }
    const char* brackets = value.is_object() ? "{}" : "[]";
    return brackets[0] + text + "\n" + margin + brackets[1];
}

}  // namespace

QString familyHeading(const PresetInfo& preset)
{
    if (!preset.family.empty())
        return QString::fromStdString(preset.family);
    return preset.standing == kUserStanding ? Text::tr("Your presets") : Text::tr("Others");
}

QString standingSentence(const PresetInfo& preset)
{
    if (preset.standing == kUserStanding)
        return Text::tr("Your own, from your folder of presets.");
    if (preset.standing == "standard")
        return Text::tr("As the standard defines it.");
    if (preset.standing == "paper")
        return Text::tr("As the paper defines it.");
    if (preset.standing == "implementation")
        return Text::tr("As a public implementation does it.");
    if (preset.standing == "secondary")
        return Text::tr("From summaries of the paper.");
    if (preset.family == "NxFP")
        return Text::tr("NxFP is a reconstruction: the paper’s full text was not available.");
    return Text::tr("A reconstruction: the source leaves details open.");
}

QString readableJson(const FormatSpec& spec)
{
    return QString::fromStdString(indented(toJson(spec), {}));
}

}  // namespace nanoscope
