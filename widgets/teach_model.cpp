#include "widgets/teach_model.h"

#include "widgets/number_list.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nanoscope {

TeachModel::TeachModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void TeachModel::setCells(std::vector<TeachCell> cells)
{
    if (cells.size() != m_cells.size()) {
        beginResetModel();
        m_cells = std::move(cells);
        endResetModel();
        return;
    }
    m_cells = std::move(cells);
    if (!m_cells.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void TeachModel::setColumns(int columns)
{
    columns = std::max(1, columns);
    if (columns == m_columns)
        return;
    beginResetModel();
    m_columns = columns;
    endResetModel();
}

int TeachModel::cellAt(const QModelIndex& index) const
{
    if (!index.isValid())
        return -1;
    const int cell = index.row() * columnCount() + index.column();
    return cell < static_cast<int>(m_cells.size()) ? cell : -1;
}

QModelIndex TeachModel::indexOf(int cell) const
{
    if (cell < 0 || cell >= static_cast<int>(m_cells.size()))
        return {};
    return index(cell / columnCount(), cell % columnCount());
}

int TeachModel::rowCount(const QModelIndex& parent) const
{
    const int count = static_cast<int>(m_cells.size());
    return parent.isValid() ? 0 : (count + m_columns - 1) / m_columns;
}

int TeachModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : std::max(1, std::min(m_columns, static_cast<int>(m_cells.size())));
}

QVariant TeachModel::data(const QModelIndex& index, int role) const
{
    const int at = cellAt(index);
    if (at < 0)
        return {};
    const TeachCell& cell = m_cells[static_cast<std::size_t>(at)];
    switch (role) {
    case CellRole:
        return QVariant::fromValue(cell);
    case Qt::DisplayRole:
        return cell.isHidden ? QStringLiteral("?") : cell.decoded;
    case Qt::EditRole:
        return cell.element < 0 ? QVariant() : QVariant(exactFloatText(static_cast<float>(cell.number)));
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return teachSentence(cell);
    default:
        return {};
    }
}

Qt::ItemFlags TeachModel::flags(const QModelIndex& index) const
{
    const int at = cellAt(index);
    if (at < 0)
        return Qt::NoItemFlags;
    const Qt::ItemFlags shown = Qt::ItemIsSelectable | Qt::ItemIsEnabled;
    return m_cells[static_cast<std::size_t>(at)].element < 0 ? shown : shown | Qt::ItemIsEditable;
}

bool TeachModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const int at = cellAt(index);
    if (at < 0 || role != Qt::EditRole)
        return false;
    const std::optional<std::vector<double>> numbers = numbersFromText(value.toString());
    const double largest = static_cast<double>(std::numeric_limits<float>::max());
    if (!numbers || numbers->size() != 1 || !(std::fabs(numbers->front()) <= largest))
        return false;
    Q_EMIT valueEdited(m_cells[static_cast<std::size_t>(at)].element, numbers->front());
    return true;
}

}  // namespace nanoscope
