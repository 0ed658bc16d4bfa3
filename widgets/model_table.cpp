#include "widgets/model_table.h"

#include "widgets/number_text.h"

#include <limits>

namespace nanoscope {
namespace {

constexpr double kLast = std::numeric_limits<double>::infinity();
constexpr double kExact = 1e9;  // behind every SQNR, before what has none

/// A format's figure in a column behind the fixed ones.
struct Place {
    std::size_t format = 0;
    bool isSqnr = true;
};

Place placeOf(int column)
{
    const int behind = column - ModelTable::kFixedColumns;
    return {static_cast<std::size_t>(behind / ModelTable::kPerFormat), behind % ModelTable::kPerFormat == 0};
}

bool isSameTable(const ModelState& a, const ModelState& b)
{
    if (a.file != b.file || a.columns.size() != b.columns.size() || a.rows.size() != b.rows.size())
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

QString figureText(const std::optional<double>& value)
{
    return value ? shortNumberText(*value) : QStringLiteral("–");
}

}  // namespace

void ModelTable::setState(std::shared_ptr<const ModelState> state)
{
    if (!state || !m_state || !isSameTable(*state, *m_state)) {
        beginResetModel();
        m_state = std::move(state);
        endResetModel();
        return;
    }
    m_state = std::move(state);
    if (columnCount() > kFixedColumns)
        Q_EMIT headerDataChanged(Qt::Horizontal, kFixedColumns, columnCount() - 1);
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
    if (parent.isValid())
        return 0;
    return kFixedColumns + (m_state ? kPerFormat * static_cast<int>(m_state->columns.size()) : 0);
}

QString ModelTable::textAt(const ModelRow& row, int column) const
{
    switch (column) {
    case NameColumn:
        return QString::fromStdString(row.info.name);
    case ShapeColumn:
        return QString::fromStdString(shapeText(row.info.shape));
    case ElementsColumn:
        return countText(row.info.elements);
    case KurtosisColumn:
        return row.statistics ? figureText(row.statistics->kurtosis) : QString();
    case OutlierColumn:
        return !row.statistics         ? QString()
            : row.statistics->outliers ? shareText(*row.statistics->outliers)
                                       : QStringLiteral("–");
    default:
        break;
    }
    const auto [format, isSqnr] = placeOf(column);
    if (!row.refusalAt(format).isEmpty())
        return isSqnr ? tr("refused") : QString();
    const SweepFigures* figures = figuresAt(row, format);
    if (figures == nullptr)
        return {};
    if (!isSqnr)
        return tr("%1 + %2").arg(countText(figures->tensorVacant), countText(figures->structuralVacant));
    return figures->isLossless() ? tr("exact")
        : figures->sqnrDecibel   ? fixedText(*figures->sqnrDecibel, 2)
                                 : QStringLiteral("–");
}

QVariant ModelTable::keyAt(const ModelRow& row, int column) const
{
    switch (column) {
    case NameColumn:
    case ShapeColumn:
        return textAt(row, column);
    case ElementsColumn:
        return QVariant::fromValue<qulonglong>(row.info.elements);
    case KurtosisColumn:
        return row.statistics ? row.statistics->kurtosis.value_or(kLast) : kLast;
    case OutlierColumn:
        return row.statistics ? row.statistics->outliers.value_or(kLast) : kLast;
    default:
        break;
    }
    const auto [format, isSqnr] = placeOf(column);
    const SweepFigures* figures = figuresAt(row, format);
    if (figures == nullptr)
        return kLast;
    if (!isSqnr)
        return static_cast<double>(figures->tensorVacant);
    return figures->sqnrDecibel.value_or(figures->isLossless() ? kExact : kLast);
}

QString ModelTable::toolTipAt(const ModelRow& row, int column) const
{
    if (column < kFixedColumns)
        return row.refusal.isEmpty() ? textAt(row, column) : row.refusal;
    const std::size_t format = placeOf(column).format;
    if (const QString refusal = row.refusalAt(format); !refusal.isEmpty())
        return refusal;
    const SweepFigures* figures = figuresAt(row, format);
    if (figures == nullptr)
        return tr("not measured yet");
    return tr("%1 under %2: %3 bits per element, largest error %4, utilisation %5")
        .arg(QString::fromStdString(row.info.name), m_state->columns[format].label(),
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
        return textAt(row, index.column());
    case SortRole:
        return keyAt(row, index.column());
    case Qt::ToolTipRole:
        return toolTipAt(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant((index.column() > NameColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant ModelTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const bool isTip = role == Qt::ToolTipRole;
    switch (section) {
    case NameColumn:
        return tr("Tensor");
    case ShapeColumn:
        return tr("Shape");
    case ElementsColumn:
        return tr("Elements");
    case KurtosisColumn:
        return isTip ? tr("Kurtosis of the values: 3 for a normal distribution, more with heavier tails")
                     : tr("Kurtosis");
    case OutlierColumn:
        return isTip ? tr("Share of elements more than 3 standard deviations from the mean; 0.27 % for a normal "
                          "distribution")
                     : tr("Outliers");
    default:
        break;
    }
    const auto [format, isSqnr] = placeOf(section);
    if (!m_state || format >= m_state->columns.size())
        return {};
    const ModelColumn& column = m_state->columns[format];
    if (isTip)
        return isSqnr
            ? tr("Signal-to-quantization-noise ratio under %1, dB").arg(column.label())
            : tr("Levels that the tensor leaves unused + levels that no tensor can use, under %1").arg(column.label());
    const QString shortName = column.role ? seriesLetter(*column.role) : column.name;
    return isSqnr ? tr("%1, dB").arg(shortName) : tr("Vacant");
}

}  // namespace nanoscope
