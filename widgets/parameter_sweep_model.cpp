#include "widgets/parameter_sweep_model.h"

#include "widgets/number_list.h"
#include "widgets/number_text.h"
#include "widgets/plot_data.h"

#include <limits>
#include <utility>

namespace nanoscope {
namespace {

/// The figure of a column; nothing for others.
std::optional<SweepFigure> figureOfColumn(int column)
{
    const int place = column - ParameterSweepModel::kFirstFigure;
    if (place < 0 || place >= static_cast<int>(kSweepFigures.size()))
        return std::nullopt;
    return kSweepFigures[static_cast<std::size_t>(place)];
}

}  // namespace

void ParameterSweepModel::setState(std::shared_ptr<const SweepState> state, SweepFigure figure)
{
    const bool isSameList = state && m_state && state->entries.size() == m_state->entries.size();
    if (!isSameList)
        beginResetModel();
    m_state = std::move(state);
    m_figure = figure;
    if (!isSameList)
        endResetModel();
    else if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void ParameterSweepModel::setNames(const QString& x, const QString& curve)
{
    m_xName = x;
    m_curveName = curve;
    Q_EMIT headerDataChanged(Qt::Horizontal, XColumn, CurveColumn);
}

int ParameterSweepModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_state ? 0 : static_cast<int>(m_state->entries.size());
}

int ParameterSweepModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : kStandingColumn + 1;
}

QString ParameterSweepModel::textAt(const SweepEntry& entry, int column) const
{
    if (const auto figure = figureOfColumn(column)) {
        if (*figure == SweepFigure::Sqnr && entry.point.merit && entry.point.merit->isLossless)
            return tr("exact");
        const auto value = sweepValue(entry, *figure);
        if (!value)
            return QStringLiteral("–");
        switch (*figure) {
        case SweepFigure::Sqnr:
            return fixedText(*value, 2);
        case SweepFigure::Bits:
            return fixedText(*value, 4);
        default:
            return shortNumberText(*value);
        }
    }
    switch (column) {
    case XColumn:
        return exactText(entry.point.x);
    case CurveColumn:
        return entry.point.curve ? exactText(*entry.point.curve) : QString();
    default:
        return sweepStanding(entry, m_figure);
    }
}

QVariant ParameterSweepModel::keyAt(const SweepEntry& entry, int column) const
{
    constexpr double kLast = std::numeric_limits<double>::infinity();
    if (const auto figure = figureOfColumn(column))
        return sweepValue(entry, *figure).value_or(*figure == SweepFigure::Sqnr ? -kLast : kLast);
    if (column == XColumn)
        return entry.point.x;
    if (column == CurveColumn)
        return entry.point.curve.value_or(0);
    return textAt(entry, column);
}

QVariant ParameterSweepModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !m_state)
        return {};
    const SweepEntry& entry = m_state->entries[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return textAt(entry, index.column());
    case kPlotValueRole:
        if (const auto figure = figureOfColumn(index.column())) {
            const auto value = sweepValue(entry, *figure);
            return value ? QVariant(*value) : QVariant(QString());
        }
        return index.column() == XColumn ? QVariant(entry.point.x) : QVariant(textAt(entry, index.column()));
    case SortRole:
        return keyAt(entry, index.column());
    case Qt::ToolTipRole:
        return textAt(entry, index.column());
    case Qt::TextAlignmentRole:
        return QVariant((index.column() < kStandingColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant ParameterSweepModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const bool isLong = role == Qt::ToolTipRole;
    if (const auto figure = figureOfColumn(section); figure && isLong)
        return sweepFigureTitle(*figure);
    if (section == XColumn)
        return isLong ? m_xName : tr("Value");
    if (section == CurveColumn)
        return isLong ? m_curveName : tr("For each");
    if (section == kStandingColumn)
        return tr("State");
    static const std::array<const char*, kSweepFigures.size()> kShort{QT_TR_NOOP("SQNR, dB"), QT_TR_NOOP("NMSE"),
        QT_TR_NOOP("Largest error"), QT_TR_NOOP("Vacant"), QT_TR_NOOP("Vacant/block"), QT_TR_NOOP("Utilization"),
        QT_TR_NOOP("Bits"), QT_TR_NOOP("NAND2"), QT_TR_NOOP("mJ/token"), QT_TR_NOOP("ms/token"),
        QT_TR_NOOP("Prefill, mJ"), QT_TR_NOOP("Prefill, s"), QT_TR_NOOP("GB")};
    return tr(kShort[static_cast<std::size_t>(section - kFirstFigure)]);
}

}  // namespace nanoscope
