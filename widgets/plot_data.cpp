#include "widgets/plot_data.h"

#include "core/analysis/csv_field.h"
#include "widgets/plot_recipe.h"

#include <nlohmann/json.hpp>

#include <QAbstractItemModel>

#include <charconv>
#include <cmath>
#include <iterator>
#include <memory>
#include <utility>

namespace nanoscope {

namespace {

constexpr std::size_t kRowsBetweenStops = 4096;

QByteArray numberText(double value)
{
    if (std::isnan(value))
        return "nan";
    if (std::isinf(value))
        return value > 0 ? "inf" : "-inf";
    char text[32];  // Qt would drop the sign of -0
    const auto end = std::to_chars(std::begin(text), std::end(text), value).ptr;
    return {text, static_cast<qsizetype>(end - text)};
}

QByteArray csvText(const QString& text)
{
    return QByteArray::fromStdString(csvField(text.toStdString()));
}

QByteArray csvCell(const PlotValue& value)
{
    if (const auto* number = std::get_if<double>(&value))
        return numberText(*number);
    if (const auto* count = std::get_if<std::uint64_t>(&value))
        return QByteArray::number(static_cast<qulonglong>(*count));
    if (const auto* text = std::get_if<QString>(&value))
        return csvText(*text);
    return {};
}

QByteArray jsonText(const QString& text)
{
    return QByteArray::fromStdString(
        nlohmann::json(text.toStdString()).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

QByteArray jsonCell(const PlotValue& value)
{
    if (const auto* number = std::get_if<double>(&value))
        return std::isfinite(*number) ? numberText(*number) : QByteArray("null");
    if (const auto* text = std::get_if<QString>(&value))
        return jsonText(*text);
    return std::holds_alternative<std::monostate>(value) ? QByteArray("null") : csvCell(value);
}

template <typename Cell> QByteArray joined(const std::vector<PlotValue>& row, Cell cell)
{
    QByteArray line;
    for (const PlotValue& value : row) {
        if (&value != &row.front())
            line += ',';
        line += cell(value);
    }
    return line;
}

PlotValue valueOf(const QVariant& value)
{
    switch (value.typeId()) {
    case QMetaType::UnknownType:
        return {};
    case QMetaType::Double:
        return value.toDouble();
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
    case QMetaType::ULongLong:
        return static_cast<std::uint64_t>(value.toULongLong());
    default:
        return value.toString();
    }
}

void addRows(std::vector<std::vector<PlotValue>>& rows, const QAbstractItemModel& model, const QModelIndex& parent,
    const QString& above)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        std::vector<PlotValue> cells{above};
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            const QVariant known = index.data(kPlotValueRole);
            cells.push_back(valueOf(known.isValid() ? known : index.data(Qt::DisplayRole)));
        }
        rows.push_back(std::move(cells));
        const QModelIndex first = model.index(row, 0, parent);
        if (model.hasChildren(first))
            addRows(rows, model, first, first.data(Qt::DisplayRole).toString());
    }
}

}  // namespace

PlotData tableData(const QString& title, std::vector<PlotColumn> columns, std::vector<std::vector<PlotValue>> rows)
{
    const auto kept = std::make_shared<const std::vector<std::vector<PlotValue>>>(std::move(rows));
    return {title, std::move(columns), kept->size(), [kept](std::size_t row) { return (*kept)[row]; }};
}

PlotValue plotValue(const std::optional<double>& value)
{
    return value ? PlotValue(*value) : PlotValue();
}

PlotData dataOfModel(const QAbstractItemModel& model, const QString& title)
{
    std::vector<PlotColumn> columns{{QStringLiteral("part of")}};
    for (int column = 0; column < model.columnCount(); ++column)
        columns.push_back({model.headerData(column, Qt::Horizontal).toString()});
    std::vector<std::vector<PlotValue>> rows;
    addRows(rows, model, {}, {});
    bool isTree = false;
    for (const std::vector<PlotValue>& row : rows)
        isTree = isTree || row.front() != PlotValue(QString());
    if (!isTree) {
        columns.erase(columns.begin());
        for (std::vector<PlotValue>& row : rows)
            row.erase(row.begin());
    }
    return tableData(title, std::move(columns), std::move(rows));
}

QByteArray csvOf(const PlotData& data, const std::stop_token& stop)
{
    QByteArray csv;
    for (const PlotColumn& column : data.columns) {
        if (&column != &data.columns.front())
            csv += ',';
        csv += csvText(column.unit.isEmpty() ? column.name : QStringLiteral("%1 [%2]").arg(column.name, column.unit));
    }
    csv += "\r\n";
    for (std::size_t row = 0; row < data.rowCount; ++row) {
        if (row % kRowsBetweenStops == 0 && stop.stop_requested())
            return {};
        csv += joined(data.row(row), csvCell) + "\r\n";
    }
    return csv;
}

QByteArray jsonOf(const PlotData& data, const PlotRecipe& recipe, const std::stop_token& stop)
{
    // By hand: rows of large maps would take many times their memory as a document.
    QByteArray json = "{\"title\":" + jsonText(data.title) + ",\n\"columns\":[";
    for (const PlotColumn& column : data.columns)
        json += QByteArray(&column == &data.columns.front() ? "" : ",") + "{\"name\":" + jsonText(column.name)
            + ",\"unit\":" + jsonText(column.unit) + '}';
    json += "],\n\"rows\":[";
    for (std::size_t row = 0; row < data.rowCount; ++row) {
        if (row % kRowsBetweenStops == 0 && stop.stop_requested())
            return {};
        json += QByteArray(row == 0 ? "\n[" : ",\n[") + joined(data.row(row), jsonCell) + ']';
    }
    json += "\n],\n\"recipe\":{";
    bool isFirst = true;
    for (const auto& [name, value] : recipeFields(recipe)) {
        const bool isJson = nlohmann::json::accept(value.toStdString());
        json += (isFirst ? "" : ",") + jsonText(name) + ':' + (isJson ? value.toUtf8() : jsonText(value));
        isFirst = false;
    }
    return json + "}}\n";
}

}  // namespace nanoscope
