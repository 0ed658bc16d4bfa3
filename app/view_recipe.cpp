#include "app/view_recipe.h"

#include "app/arrangements.h"
#include "app/cost_dock.h"
#include "app/view_docks.h"
#include "core/error.h"
#include "core/format/format_json.h"
#include "core/format/json_fields.h"
#include "widgets/heat_map.h"
#include "widgets/level_plot.h"
#include "widgets/level_stack.h"
#include "widgets/plot_view.h"
#include "widgets/study_plot.h"

#include <nlohmann/json.hpp>

#include <QDockWidget>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace nanoscope {
namespace {

/// Which format a plot is of: views of several formats count as A's.
Explorer::Slot slotOf(const PlotView& plot)
{
    for (const Explorer::Slot slot : Explorer::kEverySlot)
        if (plot.objectName() == QStringLiteral("levels") + seriesLetter(kSeriesRoles[slot]))
            return slot;
    return Explorer::A;
}

bool isOfOneFormat(const PlotView& plot)
{
    return qobject_cast<const LevelPlot*>(&plot) != nullptr || qobject_cast<const HeatMap*>(&plot) != nullptr
        || qobject_cast<const StudyPlot*>(&plot) != nullptr;
}

QString allNames(const FormatSet& formats)
{
    QStringList names;
    for (const NamedFormat& format : formats.all())
        names << QString::fromStdString(format.name);
    return names.join(QStringLiteral(", "));
}

QString dockOf(const PlotView& plot)
{
    for (const QWidget* widget = &plot; widget != nullptr; widget = widget->parentWidget())
        if (qobject_cast<const QDockWidget*>(widget) != nullptr)
            return widget->objectName();
    return {};
}

/// What the docks belong to.
template <class Part> Part* partOfWindow(const ViewDocks& docks)
{
    return docks.parent()->findChild<Part*>();
}

void describeView(PlotRecipe& recipe, const Explorer& explorer, const ViewDocks& docks, const QString& dock)
{
    recipe.version = QStringLiteral(NANOSCOPE_VERSION);
    recipe.formats.clear();
    for (const Explorer::Slot slot : Explorer::kEverySlot)
        if (const NamedFormat* format = explorer.formats().at(slot))
            recipe.formats.push_back({seriesLetter(kSeriesRoles[slot]), QString::fromStdString(format->name),
                QByteArray::fromStdString(canonicalText(format->spec))});
    if (const auto tensor = explorer.tensor()) {
        recipe.tensor = QString::fromStdString(tensor->tensor().info.name);
        recipe.file = QFileInfo(explorer.file()).fileName();
    }
    ViewState view{explorer.cut(), explorer.selectedBlock(), explorer.selectedElement(), dock, {}, {}, {}};
    if (const auto* arrangements = partOfWindow<Arrangements>(docks))
        view.arrangement = arrangements->current();
    if (const auto* levels = partOfWindow<LevelStack>(docks)) {
        view.zoom = levels->zoom();
        view.logCounts = levels->plot(SeriesRole::A)->logCounts();
    }
    recipe.view = toText(view);
}

}  // namespace

QByteArray toText(const ViewState& view)
{
    QJsonObject object{{"axis", view.cut.axis}, {"block", static_cast<qint64>(view.block)}, {"element", view.element}};
    if (view.cut.reshape) {
        QJsonArray shape;
        for (const std::uint64_t extent : *view.cut.reshape)
            shape.append(static_cast<qint64>(extent));
        object["reshape"] = shape;
    }
    if (!view.dock.isEmpty())
        object["dock"] = view.dock;
    if (view.arrangement)
        object["arrangement"] = Arrangements::nameOf(*view.arrangement);
    if (view.zoom)
        object["zoom"] = QJsonArray{view.zoom->from, view.zoom->to};
    if (view.logCounts)
        object["log_counts"] = *view.logCounts;
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

ViewState viewStateOf(const QByteArray& text)
{
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    ViewState view;
    view.cut.axis = object["axis"].toInt(-1);
    if (object.contains("reshape")) {
        view.cut.reshape.emplace();
        for (const QJsonValue& extent : object["reshape"].toArray())
            view.cut.reshape->push_back(static_cast<std::uint64_t>(std::max(qint64{0}, extent.toInteger())));
        if (std::count(view.cut.reshape->begin(), view.cut.reshape->end(), 0U) > 0)
            view.cut.reshape.reset();
    }
    view.block = static_cast<quint64>(object["block"].toInteger());
    view.element = object["element"].toInt();
    view.dock = object["dock"].toString();
    view.arrangement = Arrangements::named(object["arrangement"].toString());
    const QJsonArray ends = object["zoom"].toArray();
    const LevelZoom zoom{ends.at(0).toDouble(0.0), ends.at(1).toDouble(1.0)};
    if (ends.size() == 2 && zoom.from >= 0.0 && zoom.to <= 1.0 && zoom.from < zoom.to)
        view.zoom = zoom;
    if (object["log_counts"].isBool())
        view.logCounts = object["log_counts"].toBool();
    return view;
}

void restoreLook(const ViewState& view, const ViewDocks& docks)
{
    auto* arrangements = partOfWindow<Arrangements>(docks);
    if (arrangements && view.arrangement)
        arrangements->choose(*view.arrangement);
    auto* levels = partOfWindow<LevelStack>(docks);
    if (levels && view.zoom)
        levels->setZoom(*view.zoom);
    if (levels && view.logCounts)
        for (const SeriesRole role : kSeriesRoles)
            levels->plot(role)->setLogCounts(*view.logCounts);
}

std::optional<PlotRecipe> recipeOfView(const Explorer& explorer, const ViewDocks& docks, Explorer::Slot slot)
{
    const std::shared_ptr<const Report> report = explorer.answer(slot);
    if (!report)
        return std::nullopt;
    PlotRecipe recipe;
    recipe.formatName = QString::fromStdString(report->format.name);
    recipe.specJson = QByteArray::fromStdString(canonicalText(report->format.spec));
    describeView(recipe, explorer, docks, {});
    return recipe;
}

std::optional<PlotRecipe> recipeOfPlot(const Explorer& explorer, ViewDocks& docks, const PlotView& plot)
{
    std::optional<PlotRecipe> recipe = docks.cost().recipeOf(plot);
    if (!recipe) {
        recipe = recipeOfView(explorer, docks, slotOf(plot));
        if (recipe && !isOfOneFormat(plot))
            recipe->formatName = allNames(explorer.formats());
    }
    if (!recipe)
        return std::nullopt;
    describeView(*recipe, explorer, docks, dockOf(plot));
    if (recipe->setup.isEmpty())  // the axes of cost in other views come from the same hardware
        recipe->setup = CostDesk::toText(docks.cost().desk().choice());
    return recipe;
}

FormatSet formatsOfRecipe(const PlotRecipe& recipe, const FormatSet& fallback)
{
    const auto formatOf = [](const QString& name, const QByteArray& json) {
        const nlohmann::json spec = parseJson(json.toStdString());
        return NamedFormat{name.toStdString(), formatFromJson(spec, name.toStdString())};
    };
    FormatSet formats{fallback.a};
    if (recipe.formats.empty() && !recipe.specJson.isEmpty())
        formats.a = formatOf(recipe.formatName, recipe.specJson);
    for (const RecipeFormat& format : recipe.formats)
        for (const Explorer::Slot slot : Explorer::kEverySlot)
            if (format.slot == seriesLetter(kSeriesRoles[slot]))
                formats.set(slot, formatOf(format.name, format.specJson));
    return formats;
}

}  // namespace nanoscope
