#include "app/step_script.h"

#include "app/step_fields.h"
#include "core/error.h"

#include <QFile>
#include <QFileInfo>
#include <QLocale>

namespace nanoscope {
namespace {

using nlohmann::json;

/// Each object of a list, read by `parse` with where it stands.
template <class Value>
std::vector<Value> parseList(JsonFields& fields, const char* name, const std::string& where,
    Value (*parse)(const json& object, const std::string& where))
{
    std::vector<Value> values;
    const json* list = fields.find(name);
    if (list == nullptr)
        return values;
    if (!list->is_array())
        fields.refuse(name, *list, "a list");
    for (const json& entry : *list)
        values.push_back(parse(entry, where + ", " + name + " " + std::to_string(values.size() + 1)));
    return values;
}

Step parseStep(const json& object, const std::string& where)
{
    if (!object.is_object())
        throw Error(where, "is no JSON object", "give one with text, do and expect", ErrorKind::Refused);
    JsonFields fields(object, where, {});
    Step step;
    step.text = detail::textAt(fields, "text");
    step.watch = detail::textAt(fields, "watch");
    step.actions = parseList(fields, "do", where, detail::parseAction);
    step.expectations = parseList(fields, "expect", where, detail::parseExpectation);
    fields.finish();
    return step;
}

}  // namespace

QString textOf(const ControlValue& value)
{
    if (const bool* flag = std::get_if<bool>(&value))
        return *flag ? QStringLiteral("true") : QStringLiteral("false");
    if (const double* number = std::get_if<double>(&value))
        return QString::number(*number, 'g', QLocale::FloatingPointShortest);
    return "\"" + std::get<QString>(value) + "\"";
}

StepScript parseStepScript(const QByteArray& text, const QString& where, const QString& folder)
{
    const json object = parseJson(text.toStdString());
    if (object.is_discarded())
        throw Error(where.toStdString(), "is no JSON", "mend it; resources/steps.schema.json says what a script holds",
            ErrorKind::Refused);
    if (!object.is_object())
        throw Error(
            where.toStdString(), "is no JSON object", "give one with version, title and steps", ErrorKind::Refused);
    JsonFields fields(object, where.toStdString(), {});
    int version = 0;
    fields.readInteger("version", version);
    if (version != 1)
        fields.refuse("version", object.value("version", json()), "1");
    StepScript script;
    script.title = detail::textAt(fields, "title");
    script.about = detail::textAt(fields, "about");
    script.folder = folder;
    (void)fields.find("$schema");
    const json* steps = fields.find("steps");
    if (steps == nullptr || !steps->is_array() || steps->empty())
        fields.refuse("steps", object.value("steps", json()), "a list of at least one step");
    for (const json& each : *steps)
        script.steps.push_back(
            parseStep(each, where.toStdString() + ": step " + std::to_string(script.steps.size() + 1)));
    fields.finish();
    return script;
}

StepScript readStepScript(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(path.toStdString(), "cannot be read: " + file.errorString().toStdString(), "name another file");
    constexpr qint64 kMostBytes = 4 << 20;
    if (file.size() > kMostBytes)
        throw Error(path.toStdString(), "is too long for a script", "name another file");
    return parseStepScript(file.readAll(), path, QFileInfo(path).absolutePath());
}

}  // namespace nanoscope
