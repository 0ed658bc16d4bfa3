#include "app/step_check.h"

#include "app/cost_dock.h"
#include "app/in_sight.h"
#include "app/languages.h"
#include "app/main_window.h"
#include "app/step_hand.h"
#include "app/ui_text.h"
#include "core/analysis/report_json.h"
#include "core/error.h"
#include "core/hardware/format_cost.h"

#include <nlohmann/json.hpp>

#include <QAction>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

using nlohmann::json;

constexpr int kMostRows = 5000;

json figuresOf(MainWindow& window, Explorer::Slot slot, bool ofCost)
{
    const Explorer& explorer = window.explorer();
    const NamedFormat* format = explorer.formats().at(slot);
    const QString letter = seriesLetter(kSeriesRoles[slot]);
    if (!format)
        throw Error("format " + letter.toStdString(), "is not there", "set it first", ErrorKind::Refused);
    if (ofCost) {
        const CostChoice& choice = window.docks().cost().desk().choice();
        const FormatCost cost = costOf(*format, choice.activations.value_or(*format), choice.setup);
        std::vector<CostRatio> ratios;
        for (const FormatCost& baseline : baselineCosts(choice.setup))
            ratios.push_back(ratioTo(cost, baseline));
        return toJson(cost, ratios, choice.setup);
    }
    const auto report = explorer.report(slot);
    if (!report)
        throw Error("format " + letter.toStdString(), "has no figures", "open a tensor first", ErrorKind::Refused);
    return toJson(*report);
}

/// What is at a dotted path.
const json& memberAt(const json& figures, const QString& path)
{
    const json* at = &figures;
    for (const QString& part : path.split('.')) {
        bool isNumber = false;
        const std::size_t index = part.toULongLong(&isNumber);
        const std::string key = part.toStdString();
        if (at->is_array() && isNumber && index < at->size())
            at = &(*at)[index];
        else if (at->is_object() && at->contains(key))
            at = &(*at)[key];
        else
            throw Error(quoted(path), "there is no such figure", "see the keys of nanoscope-cli report --json",
                ErrorKind::Refused);
    }
    return *at;
}

/// `sqnr_db` for `error.sqnr_db`: the name alone where it is a figure of the error.
QString fullPath(const json& figures, const QString& path)
{
    const bool isError = !figures.contains(path.section('.', 0, 0).toStdString()) && figures.contains("error")
        && figures["error"].contains(path.toStdString());
    return isError ? "error." + path : path;
}

bool isWithin(double figure, const expectation::Figure& expected)
{
    if (const double* value = expected.value ? std::get_if<double>(&*expected.value) : nullptr;
        value && !(std::abs(figure - *value) <= expected.tolerance))
        return false;
    return !(expected.atLeast && !(figure >= *expected.atLeast)) && !(expected.atMost && !(figure <= *expected.atMost));
}

QString boundsText(const expectation::Figure& expected)
{
    QStringList parts;
    if (expected.value)
        parts.append(textOf(*expected.value)
            + (expected.tolerance > 0.0 ? QStringLiteral(" ± ") + textOf(expected.tolerance) : QString()));
    if (expected.atLeast)
        parts.append("at least " + textOf(*expected.atLeast));
    if (expected.atMost)
        parts.append("at most " + textOf(*expected.atMost));
    return parts.join(", ");
}

QString failure(MainWindow& window, const expectation::Figure& expected)
{
    const QString costPrefix = QStringLiteral("cost.");
    const bool ofCost = expected.path.startsWith(costPrefix);
    const json figures = figuresOf(window, expected.of, ofCost);
    const QString path = ofCost ? expected.path.mid(costPrefix.size()) : fullPath(figures, expected.path);
    const json& found = memberAt(figures, path);
    const QString* text = expected.value ? std::get_if<QString>(&*expected.value) : nullptr;
    const bool* flag = expected.value ? std::get_if<bool>(&*expected.value) : nullptr;
    const bool isMet = text ? found.is_string() && found.get<std::string>() == text->toStdString()
        : flag              ? found.is_boolean() && found.get<bool>() == *flag
                            : found.is_number() && isWithin(found.get<double>(), expected);
    if (isMet)
        return {};
    return QStringLiteral("%1 of %2 is %3, not %4")
        .arg(expected.path, seriesLetter(kSeriesRoles[expected.of]), QString::fromStdString(found.dump()),
            boundsText(expected));
}

QString failure(MainWindow& window, const expectation::Text& expected)
{
    const StepTarget target = findTarget(window, expected.target);
    const QString text = target.action ? target.action->text() : readableText(*target.widget, kMostRows);
    if (text.contains(expected.contains) || spokenLanguage() != Language::English)  // scripts expect English
        return {};
    constexpr qsizetype kMost = 300;
    QString shown = text.size() > kMost ? text.left(kMost) + "…" : text;
    shown.replace('\n', " | ").replace('\t', "  ");
    return QStringLiteral("\"%1\" shows \"%2\", without \"%3\"").arg(expected.target, shown, expected.contains);
}

QString failure(MainWindow& window, const expectation::Value& expected)
{
    const auto value = valueOf(findTarget(window, expected.target));
    if (!value)
        return QStringLiteral("\"%1\" holds no value").arg(expected.target);
    return *value == expected.is
        ? QString()
        : QStringLiteral("\"%1\" is %2, not %3").arg(expected.target, textOf(*value), textOf(expected.is));
}

QString failure(MainWindow& window, const expectation::Visible& expected)
{
    const StepTarget target = findTarget(window, expected.target);
    const bool isVisible = target.action ? target.action->isVisible() : isInSight(*target.widget);
    return isVisible == expected.wanted
        ? QString()
        : QStringLiteral("\"%1\" can%2 be seen").arg(expected.target, isVisible ? "" : "not");
}

QString failure(MainWindow& window, const expectation::Enabled& expected)
{
    const StepTarget target = findTarget(window, expected.target);
    const bool isEnabled = target.action ? target.action->isEnabled() : target.widget->isEnabled();
    return isEnabled == expected.wanted
        ? QString()
        : QStringLiteral("\"%1\" is %2").arg(expected.target, isEnabled ? "enabled" : "disabled");
}

QString failure(MainWindow& window, const expectation::Ready& expected)
{
    if (window.isReady() == expected.wanted)
        return {};
    const QString message = window.message();
    return window.isReady() ? QStringLiteral("the window is ready")
                            : "the window is not ready" + (message.isEmpty() ? QString() : ": " + message);
}

}  // namespace

QString failureOf(MainWindow& window, const StepExpectation& expected)
{
    return std::visit([&window](const auto& each) { return failure(window, each); }, expected);
}

}  // namespace nanoscope
