#include "widgets/cost_model.h"

#include "widgets/cost_text.h"
#include "widgets/plot_data.h"

#include <QFont>

#include <algorithm>
#include <utility>

namespace nanoscope {
namespace {

QString sideText(const std::optional<CostTerm>& term)
{
    return term ? costValueText(term->value, term->unit) : QString();
}

/// A figure that one side has not is 0 there, unless the side has no figures at all.
QString differenceText(const CostRow& row, bool asPercent)
{
    if (!row.a || !row.b)
        return {};
    return asPercent ? costChangeText(row.a->value, row.b->value)
                     : costDifferenceText(row.b->value - row.a->value, row.b->unit);
}

QString cellText(const CostRow& row, int column)
{
    switch (column) {
    case CostModel::NameColumn:
        return row.name;
    case CostModel::AColumn:
        return sideText(row.a);
    case CostModel::BColumn:
        return sideText(row.b);
    case CostModel::DifferenceColumn:
        return differenceText(row, false);
    case CostModel::ChangeColumn:
        return differenceText(row, true);
    default:
        return {};
    }
}

}  // namespace

void CostModel::setSections(std::vector<CostSection> sections)
{
    if (!hasSameRows(sections)) {
        beginResetModel();
        m_sections = std::move(sections);
        endResetModel();
        return;
    }
    m_sections = std::move(sections);
    if (m_sections.empty())
        return;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
    for (int row = 0; row < rowCount(); ++row) {
        const QModelIndex section = index(row, 0);
        if (const int rows = rowCount(section); rows > 0)
            Q_EMIT dataChanged(index(0, 0, section), index(rows - 1, kColumns - 1, section));
    }
}

bool CostModel::hasSameRows(const std::vector<CostSection>& sections) const
{
    return std::equal(m_sections.begin(), m_sections.end(), sections.begin(), sections.end(),
        [](const CostSection& a, const CostSection& b) {
            return a.head.id == b.head.id
                && std::equal(a.rows.begin(), a.rows.end(), b.rows.begin(), b.rows.end(),
                    [](const CostRow& first, const CostRow& second) { return first.id == second.id; });
        });
}

QModelIndex CostModel::indexOf(const QString& id) const
{
    for (std::size_t s = 0; s < m_sections.size(); ++s) {
        const QModelIndex section = index(static_cast<int>(s), 0);
        if (m_sections[s].head.id == id)
            return section;
        for (std::size_t r = 0; r < m_sections[s].rows.size(); ++r)
            if (m_sections[s].rows[r].id == id)
                return index(static_cast<int>(r), 0, section);
    }
    return {};
}

const CostRow* CostModel::rowAt(const QModelIndex& index) const
{
    if (!index.isValid())
        return nullptr;
    if (index.internalId() == 0)
        return &m_sections[static_cast<std::size_t>(index.row())].head;
    return &m_sections[static_cast<std::size_t>(index.internalId() - 1)].rows[static_cast<std::size_t>(index.row())];
}

// The internal id of a section is 0, that of a figure is the number of its section from 1 on.
QModelIndex CostModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : 0);
}

QModelIndex CostModel::parent(const QModelIndex& child) const
{
    return child.isValid() && child.internalId() != 0 ? createIndex(static_cast<int>(child.internalId() - 1), 0)
                                                      : QModelIndex();
}

int CostModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_sections.size());
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    return static_cast<int>(m_sections[static_cast<std::size_t>(parent.row())].rows.size());
}

int CostModel::columnCount(const QModelIndex& /*parent*/) const
{
    return kColumns;
}

/// Numbers in the unit that the name ends in.
QVariant CostModel::exactOf(const CostRow& row, int column)
{
    const std::optional<CostTerm>& known = row.a ? row.a : row.b;
    switch (column) {
    case NameColumn:
        return known && !known->unit.empty()
            ? QStringLiteral("%1 [%2]").arg(row.name, QString::fromStdString(known->unit))
            : row.name;
    case AColumn:
        return row.a ? QVariant(row.a->value) : QVariant(QString());
    case BColumn:
        return row.b ? QVariant(row.b->value) : QVariant(QString());
    case DifferenceColumn:
        return row.a && row.b ? QVariant(row.b->value - row.a->value) : QVariant(QString());
    default:
        return row.a && row.b && row.a->value != 0 ? QVariant(row.b->value / row.a->value) : QVariant(QString());
    }
}

QVariant CostModel::data(const QModelIndex& index, int role) const
{
    const CostRow* row = rowAt(index);
    if (!row)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return cellText(*row, index.column());
    case kPlotValueRole:
        return exactOf(*row, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == NameColumn ? QVariant(Qt::AlignLeft | Qt::AlignVCenter)
                                            : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::FontRole: {
        QFont font;
        font.setBold(true);
        return index.internalId() == 0 ? QVariant(font) : QVariant();
    }
    case Qt::ToolTipRole:
        return row->a ? QVariant(QString::fromStdString(row->a->formula))
            : row->b  ? QVariant(QString::fromStdString(row->b->formula))
                      : QVariant(row->name);
    default:
        return {};
    }
}

QVariant CostModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == NameColumn ? QVariant(Qt::AlignLeft | Qt::AlignVCenter)
                                     : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Figure");
    case AColumn:
        return tr("A");
    case BColumn:
        return tr("B");
    case DifferenceColumn:
        return tr("B − A");
    case ChangeColumn:
        return tr("B to A");
    default:
        return {};
    }
}

}  // namespace nanoscope
