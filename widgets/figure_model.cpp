#include "widgets/figure_model.h"

#include "widgets/plot_data.h"

#include <QFont>

#include <utility>

namespace nanoscope {

FigureModel::FigureModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void FigureModel::setReports(RoleReports reports)
{
    m_reports = std::move(reports);
    Q_EMIT dataChanged(index(0, AColumn), index(rowCount() - 1, DifferenceColumn));
    Q_EMIT headerDataChanged(Qt::Horizontal, AColumn, DColumn);
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

const Report* FigureModel::reportOf(int column) const
{
    const auto slot = static_cast<std::size_t>(column - AColumn);
    return column >= AColumn && slot < m_reports.size() ? m_reports[slot].get() : nullptr;
}

std::optional<double> FigureModel::valueAt(int row, const Report* report) const
{
    return report != nullptr ? m_figures[static_cast<std::size_t>(row)].value(*report) : std::nullopt;
}

bool FigureModel::isBest(const QModelIndex& index) const
{
    const Report* own = index.column() <= DColumn ? reportOf(index.column()) : nullptr;
    if (own == nullptr)
        return false;
    const Figure& figure = m_figures[static_cast<std::size_t>(index.row())];
    int beaten = 0;
    for (int column = AColumn; column <= DColumn; ++column) {
        const Report* other = reportOf(column);
        if (other == nullptr || column == index.column())
            continue;
        if (!isDifferenceSure(figure, *own, *other)
            || betterSide(figure.better, valueAt(index.row(), own), valueAt(index.row(), other)) != -1)
            return false;
        ++beaten;
    }
    return beaten > 0;
}

QString FigureModel::textAt(const QModelIndex& index) const
{
    const Figure& figure = m_figures[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
    case NameColumn:
        return figure.name;
    case UnitColumn:
        return figure.unit;
    case DifferenceColumn: {
        const std::optional<double> a = valueAt(index.row(), reportOf(AColumn));
        const std::optional<double> b = valueAt(index.row(), reportOf(BColumn));
        return a && b ? differenceText(figure, *b - *a) : QString();
    }
    default: {
        const Report* report = reportOf(index.column());
        if (report == nullptr)
            return {};
        return figure.text ? figure.text(*report) : figureText(figure, valueAt(index.row(), report));
    }
    }
}

/// In the figure's own unit, which shares in percent are not kept in.
QVariant FigureModel::exactAt(const QModelIndex& index) const
{
    const Figure& figure = m_figures[static_cast<std::size_t>(index.row())];
    if (index.column() <= UnitColumn || (figure.text && index.column() != DifferenceColumn))
        return textAt(index);
    const double factor = figure.style == FigureStyle::Percent ? 100.0 : 1.0;
    std::optional<double> value = valueAt(index.row(), reportOf(index.column()));
    if (index.column() == DifferenceColumn) {
        const std::optional<double> a = valueAt(index.row(), reportOf(AColumn));
        const std::optional<double> b = valueAt(index.row(), reportOf(BColumn));
        value = a && b ? std::optional(*b - *a) : std::nullopt;
    }
    return value ? QVariant(*value * factor) : QVariant(QString());
}

QVariant FigureModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        // A check mark and bold type say which one is best, so that no color has to.
        return isBest(index) ? QStringLiteral("✓ ") + textAt(index) : textAt(index);
    case kPlotValueRole:
        return exactAt(index);
    case NameWithUnitRole: {
        const Figure& figure = m_figures[static_cast<std::size_t>(index.row())];
        return figure.unit.isEmpty() ? figure.name : tr("%1 (%2)").arg(figure.name, figure.unit);
    }
    case Qt::AccessibleTextRole:
        return isBest(index) ? tr("%1, best").arg(textAt(index)) : textAt(index);
    case Qt::ToolTipRole: {
        const Figure& figure = m_figures[static_cast<std::size_t>(index.row())];
        const QString text = figure.text ? textAt(index) : QString();  // may be too long for its cell
        return text.isEmpty() || text == figure.name ? figure.tip : figure.tip + u'\n' + text;
    }
    case Qt::FontRole: {
        QFont font;
        font.setBold(true);
        return isBest(index) ? QVariant(font) : QVariant();
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
    if (role == Qt::ToolTipRole && section <= DColumn && reportOf(section) != nullptr)
        return QString::fromStdString(reportOf(section)->format.name);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Figure");
    case UnitColumn:
        return tr("Unit");
    case DifferenceColumn:
        return tr("B − A");
    default:
        return seriesLetter(kSeriesRoles[static_cast<std::size_t>(section - AColumn)]);
    }
}

}  // namespace nanoscope
