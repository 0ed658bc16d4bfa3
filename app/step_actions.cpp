// What a script's "do" may hold.
#include "app/arrangements.h"
#include "app/step_fields.h"
#include "core/error.h"

namespace nanoscope::detail {
namespace {

using nlohmann::json;

StepAction parseOpen(JsonFields& fields, const json& object)
{
    return step::Open{requiredText(fields, object, "open"), textAt(fields, "tensor")};
}

StepAction parseCut(JsonFields& fields, const json&)
{
    TensorCut cut;
    if (auto inner = fields.object("cut")) {
        inner->readInteger("axis", cut.axis);
        if (const json* shape = inner->find("reshape")) {
            if (!shape->is_array() || shape->empty())
                inner->refuse("reshape", *shape, "a list of sizes");
            cut.reshape.emplace();
            for (const json& size : *shape) {
                if (!size.is_number_unsigned())
                    inner->refuse("reshape", *shape, "a list of sizes");
                cut.reshape->push_back(size.get<Shape::value_type>());
            }
        }
        inner->finish();
    }
    return step::SetCut{cut};
}

StepAction parseFormatAction(JsonFields& fields, const json& object)
{
    step::SetFormat action{slotAt(fields, "format"), std::nullopt};
    const QString spec = textAt(fields, "spec");
    if (!object.contains("spec") || (spec.isEmpty() && (action.slot == Explorer::A || !object["spec"].is_null())))
        fields.refuse("spec", object.value("spec", json()),
            action.slot == Explorer::A ? "a format as on the command line"
                                       : "a format as on the command line, or null to take it away");
    if (!spec.isEmpty())
        action.spec = spec;
    return action;
}

StepAction parseBlock(JsonFields& fields, const json& object)
{
    if (object["block"] == "worst") {
        (void)fields.find("block");
        return step::SelectBlock{};
    }
    return step::SelectBlock{indexAt(fields, object, "block", std::uint64_t{1} << 40)};
}

StepAction parseElement(JsonFields& fields, const json& object)
{
    return step::SelectElement{static_cast<int>(indexAt(fields, object, "element", 1 << 20))};
}

StepAction parseLevel(JsonFields& fields, const json& object)
{
    auto inner = fields.object("level");
    if (!inner)
        fields.refuse("level", object["level"], "{\"book\": NUMBER, \"code\": NUMBER}");
    const json& level = object["level"];
    step::SelectLevel action;
    if (inner->has("book"))
        action.level.book = static_cast<std::uint32_t>(indexAt(*inner, level, "book", 255));
    action.level.code = static_cast<std::uint32_t>(indexAt(*inner, level, "code", 0xffffffff));
    inner->finish();
    return action;
}

StepAction parseLayout(JsonFields& fields, const json& object)
{
    const auto arrangement = Arrangements::named(textAt(fields, "layout"));
    if (!arrangement)
        fields.refuse("layout", object["layout"], "explore, compare, teach");
    return step::Arrange{*arrangement};
}

StepAction parseTheme(JsonFields& fields, const json& object)
{
    const QString name = textAt(fields, "theme");
    if (name != "light" && name != "dark")
        fields.refuse("theme", object["theme"], "light, dark");
    return step::SetTheme{name == "dark"};
}

StepAction parseClick(JsonFields& fields, const json& object)
{
    step::Click action{requiredText(fields, object, "click"), std::nullopt};
    if (const json* at = fields.find("at")) {
        const bool isPoint = at->is_array() && at->size() == 2 && (*at)[0].is_number() && (*at)[1].is_number();
        if (!isPoint)
            fields.refuse("at", *at, "two fractions of width and height");
        action.at = QPointF((*at)[0].get<double>(), (*at)[1].get<double>());
        if (!QRectF(0.0, 0.0, 1.0, 1.0).contains(*action.at))
            fields.refuse("at", *at, "fractions from 0 to 1");
    }
    return action;
}

StepAction parseSet(JsonFields& fields, const json& object)
{
    return step::SetValue{requiredText(fields, object, "set"), valueAt(fields, object, "value")};
}

StepAction parseType(JsonFields& fields, const json& object)
{
    return step::TypeText{requiredText(fields, object, "type"), textAt(fields, "into")};
}

StepAction parseKey(JsonFields& fields, const json& object)
{
    const QString name = requiredText(fields, object, "key");
    const QKeySequence keys = QKeySequence::fromString(name, QKeySequence::PortableText);
    if (keys.isEmpty() || keys[0].key() == Qt::Key_unknown)
        fields.refuse("key", object["key"], "a key such as Ctrl+Z, Left or F6");
    return step::PressKey{keys, textAt(fields, "to")};
}

StepAction parseWait(JsonFields& fields, const json& object)
{
    if (textAt(fields, "wait") != "ready")
        fields.refuse("wait", object["wait"], "\"ready\"");
    return step::WaitReady{};
}

StepAction parseScreenshot(JsonFields& fields, const json& object)
{
    return step::Screenshot{requiredText(fields, object, "screenshot"), textAt(fields, "of")};
}

template <class Action> StepAction parseOneText(JsonFields& fields, const json& object, const char* key)
{
    return Action{requiredText(fields, object, key)};
}

/// An action's first key names it; the earlier in this list wins where another action's key accompanies it.
struct Verb {
    const char* key;
    StepAction (*parse)(JsonFields& fields, const json& object);
};

constexpr std::array kVerbs{
    Verb{"open", parseOpen},
    Verb{"format", parseFormatAction},
    Verb{"set", parseSet},
    Verb{"type", parseType},
    Verb{"screenshot", parseScreenshot},
    Verb{"click", parseClick},
    Verb{"key", parseKey},
    Verb{"wait", parseWait},
    Verb{"cut", parseCut},
    Verb{"block", parseBlock},
    Verb{"element", parseElement},
    Verb{"level", parseLevel},
    Verb{"layout", parseLayout},
    Verb{"theme", parseTheme},
    Verb{"tensor", [](JsonFields& f, const json& o) { return parseOneText<step::ChooseTensor>(f, o, "tensor"); }},
    Verb{"show", [](JsonFields& f, const json& o) { return parseOneText<step::ShowDock>(f, o, "show"); }},
    Verb{"save_session",
        [](JsonFields& f, const json& o) { return parseOneText<step::SaveSession>(f, o, "save_session"); }},
    Verb{"open_session",
        [](JsonFields& f, const json& o) { return parseOneText<step::OpenSession>(f, o, "open_session"); }},
    Verb{"dump_ui", [](JsonFields& f, const json& o) { return parseOneText<step::DumpUi>(f, o, "dump_ui"); }},
};

}  // namespace

StepAction parseAction(const json& object, const std::string& where)
{
    return parseEntry(object, where, kVerbs);
}

}  // namespace nanoscope::detail
