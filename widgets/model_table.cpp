#include "widgets/model_table.h"

#include "widgets/number_text.h"
#include "widgets/plot_data.h"

#include <algorithm>
#include <limits>

namespace nanoscope {
namespace {

constexpr double kLast = std::numeric_limits<double>::infinity();
constexpr double kExact = 1e9;  // behind every SQNR, before what has none

bool isSameTable(const ModelState& a, const ModelState& b)
{
    if (a.file != b.file || a.rows.size() != b.rows.size())
        return false;
    for (std::size_t i = 0; i < a.rows.size(); ++i)
        if (a.rows[i].info.name != b.rows[i].info.name)
            return false;
    return true;
}

const SweepFigures* figuresAt(const ModelRow& row, std::size_t format)
{
    const bool isThere = format < row.figures.size() && row.figures[format] && row.figures[format]->refusal.empty();
    return isThere ? &*row.figures[format] : nullptr;
}

/// Tenths of a percent tell normal values from others.
QString shareText(double share)
{
    return ModelTable::tr("%1 %").arg(shortNumberText(100 * share, 3));
}

}  // namespace

ModelTable::ModelTable(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void ModelTable::setState(std::shared_ptr<const ModelState> state)
{
    std::vector<Column> columns = columnsOf(state.get());
    if (!state || !m_state || columns != m_columns || !isSameTable(*state, *m_state)) {
        beginResetModel();
        m_state = std::move(state);
        m_columns = std::move(columns);
        endResetModel();
        return;
    }
    m_state = std::move(state);
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

QString ModelTable::nameAt(int row) const
{
    return QString::fromStdString(rowAt(row).info.name);
}

int ModelTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_state ? 0 : static_cast<int>(m_state->rows.size());
}

int ModelTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

std::vector<ModelTable::Column> ModelTable::columnsOf(const ModelState* state)
{
    std::vector<Column> columns{{Field::Name, 0}, {Field::Extents, 0}};
    const auto addFormats = [&](bool areMarks) {
        for (std::size_t i = 0; state != nullptr && i < state->columns.size(); ++i)
            if (state->columns[i].role.has_value() == areMarks)
                columns.insert(columns.end(), {{Field::Sqnr, i}, {Field::Vacant, i}});
    };
    addFormats(true);
    columns.insert(columns.end(), {{Field::Kurtosis, 0}, {Field::Outliers, 0}, {Field::Elements, 0}});
    addFormats(false);
    return columns;
}

int ModelTable::columnOf(Field field, std::size_t format) const
{
    const auto found = std::find(m_columns.begin(), m_columns.end(), Column{field, format});
    return found == m_columns.end() ? -1 : static_cast<int>(found - m_columns.begin());
}

QString ModelTable::textAt(const ModelRow& row, const Column& column) const
{
    const auto unless = [](const std::optional<double>& value, const auto& text) {
        return value ? text(*value) : QStringLiteral("–");
    };
    const SweepFigures* figures = figuresAt(row, column.format);
    switch (column.field) {
    case Field::Name:
        return QString::fromStdString(row.info.name);
    case Field::Extents:
        return QString::fromStdString(shapeText(row.info.shape));
    case Field::Elements:
        return countText(row.info.elements);
    case Field::Kurtosis:
        return row.statistics ? unless(row.statistics->kurtosis, [](double value) { return shortNumberText(value); })
                              : QString();
    case Field::Outliers:
        return row.statistics ? unless(row.statistics->outliers, shareText) : QString();
    case Field::Vacant:
        return figures == nullptr
            ? QString()
            : tr("%1 + %2").arg(countText(figures->tensorVacant), countText(figures->structuralVacant));
    case Field::Sqnr:
        break;
    }
    if (!row.refusalAt(column.format).isEmpty())
        return tr("refused");
    if (figures == nullptr)
        return {};
    return figures->isLossless() ? tr("exact")
                                 : unless(figures->sqnrDecibel, [](double value) { return fixedText(value, 2); });
}

QVariant ModelTable::keyAt(const ModelRow& row, const Column& column) const
{
    const SweepFigures* figures = figuresAt(row, column.format);
    switch (column.field) {
    case Field::Name:
    case Field::Extents:
        return textAt(row, column);
    case Field::Elements:
        return QVariant::fromValue<qulonglong>(row.info.elements);
    case Field::Kurtosis:
        return row.statistics ? row.statistics->kurtosis.value_or(kLast) : kLast;
    case Field::Outliers:
        return row.statistics ? row.statistics->outliers.value_or(kLast) : kLast;
    case Field::Vacant:
        return figures == nullptr ? kLast : static_cast<double>(figures->tensorVacant);
    case Field::Sqnr:
        break;
    }
    return figures == nullptr ? kLast : figures->sqnrDecibel.value_or(figures->isLossless() ? kExact : kLast);
}

QString ModelTable::toolTipAt(const ModelRow& row, const Column& column) const
{
    if (column.field != Field::Sqnr && column.field != Field::Vacant)
        return row.refusal.isEmpty() ? textAt(row, column) : row.refusal;
    if (const QString refusal = row.refusalAt(column.format); !refusal.isEmpty())
        return refusal;
    const SweepFigures* figures = figuresAt(row, column.format);
    if (figures == nullptr)
        return tr("not measured yet");
    return tr("%1 under %2: %3 bits per element, largest error %4, utilization %5")
        .arg(QString::fromStdString(row.info.name), m_state->columns[column.format].label(),
            fixedText(figures->bitsPerElement, 4), shortNumberText(figures->maximumError),
            percentText(figures->utilisation));
}

QVariant ModelTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !m_state)
        return {};
    const ModelRow& row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return textAt(row, columnAt(index.column()));
    case kPlotValueRole: {
        const QVariant key = keyAt(row, columnAt(index.column()));
        const bool isAbsent
            = key.typeId() == QMetaType::Double && (key.toDouble() == kLast || key.toDouble() == kExact);
        return isAbsent ? QVariant(textAt(row, columnAt(index.column()))) : key;
    }
    case SortRole:
        return keyAt(row, columnAt(index.column()));
    case Qt::ToolTipRole:
        return toolTipAt(row, columnAt(index.column()));
    case Qt::TextAlignmentRole:
        return QVariant(
            (columnAt(index.column()).field != Field::Name ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant ModelTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::DisplayRole)
        return titleOf(columnAt(section));
    return role == Qt::ToolTipRole ? QVariant(explanationOf(columnAt(section))) : QVariant();
}

QString ModelTable::titleOf(const Column& column) const
{
    switch (column.field) {
    case Field::Name:
        return tr("Tensor");
    case Field::Extents:
        return tr("Shape");
    case Field::Elements:
        return tr("Elements");
    case Field::Kurtosis:
        return tr("Kurtosis");
    case Field::Outliers:
        return tr("Outliers");
    case Field::Vacant:
        return tr("Vacant");
    case Field::Sqnr:
        break;
    }
    const ModelColumn& format = m_state->columns[column.format];
    return tr("%1, dB").arg(format.role ? seriesLetter(*format.role) : format.name);
}

QString ModelTable::explanationOf(const Column& column) const
{
    switch (column.field) {
    case Field::Kurtosis:
        return tr("Kurtosis of the values: 3 for a normal distribution, more with heavier tails");
    case Field::Outliers:
        return tr("Share of elements more than 3 standard deviations from the mean; 0.27 % for a normal distribution");
    case Field::Vacant:
        return tr("Levels that the tensor leaves unused + levels that no tensor can use, under %1")
            .arg(m_state->columns[column.format].label());
    case Field::Sqnr:
        return tr("Signal-to-quantization-noise ratio under %1, dB").arg(m_state->columns[column.format].label());
    default:
        return titleOf(column);
    }
}

}  // namespace nanoscope
