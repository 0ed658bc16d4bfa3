#pragma once

#include <QByteArray>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <variant>
#include <vector>

class QAbstractItemModel;

namespace nanoscope {

struct PlotRecipe;

/// A cell of data: nothing, a number, a count, or text.
using PlotValue = std::variant<std::monostate, double, std::uint64_t, QString>;

struct PlotColumn {
    QString name;
    QString unit = {};  ///< empty for a plain number or text
};

/// The numbers behind a plot or table, in full precision. Rows are made when they are asked for, because a heat map may
/// have millions; `row` may be called on any thread.
struct PlotData {
    QString title;
    std::vector<PlotColumn> columns;
    std::size_t rowCount = 0;
    std::function<std::vector<PlotValue>(std::size_t)> row;

    [[nodiscard]] bool isEmpty() const { return columns.empty(); }
};

/// Data with rows that are at hand.
[[nodiscard]] PlotData tableData(
    const QString& title, std::vector<PlotColumn> columns, std::vector<std::vector<PlotValue>> rows);

/// A value that may be absent.
[[nodiscard]] PlotValue plotValue(const std::optional<double>& value);

/// Role of models that know the value behind a cell's text: a double, a count (qulonglong) or, for text, a QString.
inline constexpr int kPlotValueRole = 0x0100 + 64;

/// The rows of a table as it is shown, those of trees below their parents, whose first column is put before theirs.
/// Cells without kPlotValueRole are given as text.
[[nodiscard]] PlotData dataOfModel(const QAbstractItemModel& model, const QString& title);

/// Comma-separated lines as RFC 4180 has them, UTF-8, a header line first: `name` or `name [unit]`. Numbers have a
/// decimal point and the fewest digits that read back as the same double; NaN and infinities are `nan`, `inf`, `-inf`.
/// @return empty when it was stopped
[[nodiscard]] QByteArray csvOf(const PlotData& data, const std::stop_token& stop = {});

/// {title, columns: [{name, unit}], rows: [[...]], recipe: {...}} with the same numbers; NaN and infinities are null.
/// @return empty when it was stopped
[[nodiscard]] QByteArray jsonOf(const PlotData& data, const PlotRecipe& recipe, const std::stop_token& stop = {});

}  // namespace nanoscope
