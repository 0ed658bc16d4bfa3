#include "widgets/plot_data_model.h"

#include "widgets/number_text.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace nanoscope {
namespace {

struct CellText {
    QString operator()(std::monostate) const { return {}; }
    QString operator()(double value) const { return shortNumberText(value); }
    QString operator()(std::uint64_t count) const { return countText(count); }
    QString operator()(const QString& text) const { return text; }
};

struct CellValue {
    QVariant operator()(std::monostate) const { return {}; }
    QVariant operator()(double value) const { return value; }
    QVariant operator()(std::uint64_t count) const { return QVariant::fromValue<qulonglong>(count); }
    QVariant operator()(const QString& text) const { return text; }
};

}  // namespace

void PlotDataModel::show(PlotData data)
{
    beginResetModel();
    m_data = std::move(data);
    m_rows = 0;
    m_lastRow = -1;
    endResetModel();
}

void PlotDataModel::grow(int rows)
{
    constexpr auto kMost = static_cast<std::size_t>(std::numeric_limits<int>::max());
    const int wanted = std::min(rows, static_cast<int>(std::min(m_data.rowCount, kMost)));
    if (wanted <= m_rows)
        return;
    beginInsertRows({}, m_rows, wanted - 1);
    m_rows = wanted;
    endInsertRows();
}

void PlotDataModel::reach(int row)
{
    if (row >= m_rows)
        grow(row + kPage);
}

int PlotDataModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int PlotDataModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_data.columns.size());
}

bool PlotDataModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && static_cast<std::size_t>(m_rows) < m_data.rowCount;
}

void PlotDataModel::fetchMore(const QModelIndex& parent)
{
    if (!parent.isValid())
        grow(m_rows + kPage);
}

QVariant PlotDataModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role != Qt::DisplayRole && role != kPlotValueRole)
        return {};
    if (index.row() != m_lastRow) {
        m_lastValues = m_data.row(static_cast<std::size_t>(index.row()));
        m_lastRow = index.row();
    }
    const PlotValue& value = m_lastValues[static_cast<std::size_t>(index.column())];
    return role == Qt::DisplayRole ? QVariant(std::visit(CellText(), value)) : std::visit(CellValue(), value);
}

QVariant PlotDataModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    const PlotColumn& column = m_data.columns[static_cast<std::size_t>(section)];
    return column.unit.isEmpty() ? column.name : column.name + QStringLiteral(" (") + column.unit + u')';
}

}  // namespace nanoscope
