#include "widgets/figure_model.h"

#include <QFont>

namespace nanoscope {

FigureModel::FigureModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void FigureModel::setReports(std::shared_ptr<const Report> a, std::shared_ptr<const Report> b)
{
    m_a = std::move(a);
    m_b = std::move(b);
    Q_EMIT dataChanged(index(0, AColumn), index(rowCount() - 1, DifferenceColumn));
    Q_EMIT headerDataChanged(Qt::Horizontal, AColumn, BColumn);
}

int FigureModel::rowOf(const QString& id) const
{
    for (int row = 0; row < rowCount(); ++row)
        if (m_figures[static_cast<std::size_t>(row)].id == id)
            return row;
    return -1;
}

int FigureModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_figures.size());
}

int FigureModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(kColumns);
}

std::optional<double> FigureModel::valueAt(int row, const std::shared_ptr<const Report>& report) const
{
    return report ? m_figures[static_cast<std::size_t>(row)].value(*report) : std::nullopt;
}

bool FigureModel::isBetter(const QModelIndex& index) const
{
    if (index.column() != AColumn && index.column() != BColumn)
        return false;
    const Figure& figure = m_figures[static_cast<std::size_t>(index.row())];
    if (!m_a || !m_b || !isDifferenceSure(figure, *m_a, *m_b))
        return false;
    return betterSide(figure.better, valueAt(index.row(), m_a), valueAt(index.row(), m_b))
        == (index.column() == AColumn ? -1 : 1);
}

QString FigureModel::textAt(const QModelIndex& index) const
{
    const Figure& figure = m_figures[static_cast<std::size_t>(index.row())];
    const std::optional<double> a = valueAt(index.row(), m_a);
    const std::optional<double> b = valueAt(index.row(), m_b);
    switch (index.column()) {
    case NameColumn:
        return figure.name;
    case UnitColumn:
        return figure.unit;
    case AColumn:
        return m_a ? (figure.text ? figure.text(*m_a) : figureText(figure, a)) : QString();
    case BColumn:
        return m_b ? (figure.text ? figure.text(*m_b) : figureText(figure, b)) : QString();
    case DifferenceColumn:
        return a && b ? differenceText(figure, *b - *a) : QString();
    default:
        return {};
    }
}

QVariant FigureModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        // A check mark and bold type say which one is better, so that no color has to.
        return isBetter(index) ? QStringLiteral("✓ ") + textAt(index) : textAt(index);
    case NameWithUnitRole: {
        const Figure& figure = m_figures[static_cast<std::size_t>(index.row())];
        return figure.unit.isEmpty() ? figure.name : tr("%1 (%2)").arg(figure.name, figure.unit);
    }
    case Qt::AccessibleTextRole:
        return isBetter(index) ? tr("%1, better").arg(textAt(index)) : textAt(index);
    case Qt::ToolTipRole: {
        const Figure& figure = m_figures[static_cast<std::size_t>(index.row())];
        const QString text = figure.text ? textAt(index) : QString();  // may be too long for its cell
        return text.isEmpty() || text == figure.name ? figure.tip : figure.tip + u'\n' + text;
    }
    case Qt::FontRole: {
        QFont font;
        font.setBold(true);
        return isBetter(index) ? QVariant(font) : QVariant();
    }
    case Qt::TextAlignmentRole:
        return index.column() <= UnitColumn ? QVariant(Qt::AlignLeft | Qt::AlignVCenter)
                                            : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant FigureModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole && section == AColumn && m_a)
        return QString::fromStdString(m_a->format.name);
    if (role == Qt::ToolTipRole && section == BColumn && m_b)
        return QString::fromStdString(m_b->format.name);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Figure");
    case UnitColumn:
        return tr("Unit");
    case AColumn:
        return tr("A");
    case BColumn:
        return tr("B");
    case DifferenceColumn:
        return tr("B − A");
    default:
        return {};
    }
}

}  // namespace nanoscope
