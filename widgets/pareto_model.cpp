#include "widgets/pareto_model.h"

#include "widgets/number_text.h"
#include "widgets/plot_data.h"

#include <cmath>
#include <limits>
#include <utility>

namespace nanoscope {
namespace {

/// The axis of a column of figures; nothing for others.
std::optional<ParetoAxis> axisOf(int column)
{
    switch (column) {
    case ParetoModel::BitsColumn:
        return ParetoAxis::Bits;
    case ParetoModel::AreaColumn:
        return ParetoAxis::Area;
    case ParetoModel::DecodeEnergyColumn:
        return ParetoAxis::DecodeEnergy;
    case ParetoModel::DecodeLatencyColumn:
        return ParetoAxis::DecodeLatency;
    case ParetoModel::PrefillEnergyColumn:
        return ParetoAxis::PrefillEnergy;
    case ParetoModel::PrefillLatencyColumn:
        return ParetoAxis::PrefillLatency;
    case ParetoModel::FootprintColumn:
        return ParetoAxis::Footprint;
    default:
        return std::nullopt;
    }
}

/// The figure of the error in a column; nothing for others.
std::optional<MeritFigure> meritOfColumn(int column)
{
    const int place = column - ParetoModel::SqnrColumn;
    if (place < 0 || place >= static_cast<int>(kParetoMerits.size()))
        return std::nullopt;
    return kParetoMerits[static_cast<std::size_t>(place)];
}

/// What a column tells of the loss; nothing for others, and for entries that are not evaluated.
std::optional<double> lossOf(const ParetoEntry& entry, int column)
{
    if (!entry.loss)
        return std::nullopt;
    return column == ParetoModel::LossColumn      ? std::optional(entry.loss->change)
        : column == ParetoModel::LossErrorColumn  ? std::optional(entry.loss->standardError)
        : column == ParetoModel::LossSpreadColumn ? entry.loss->gridSpread
                                                  : std::nullopt;
}

bool isOfLoss(int column)
{
    return column == ParetoModel::LossColumn || column == ParetoModel::LossErrorColumn
        || column == ParetoModel::LossSpreadColumn;
}

bool isNumber(int column)
{
    return axisOf(column) || meritOfColumn(column) || isOfLoss(column);
}

}  // namespace

void ParetoModel::setState(std::shared_ptr<const ParetoState> state, ParetoAxis axis,
    const std::vector<std::size_t>& front, ParetoFigure merit)
{
    std::vector<BoundRow> bounds;
    for (std::size_t i = 0; state && state->bounds && i < state->bounds->bits.size(); ++i)
        for (const ParetoBound bound : kParetoBounds)
            if (const auto decibel = paretoBoundValue(state->bounds->bounds[i], bound))
                bounds.push_back({bound, state->bounds->bits[i], *decibel});
    const bool isSameList
        = state && m_state && state->presets.size() == m_state->presets.size() && bounds.size() == m_bounds.size();
    if (!isSameList)
        beginResetModel();
    m_state = std::move(state);
    m_bounds = std::move(bounds);
    m_axis = axis;
    m_merit = merit;
    m_front = std::set<std::size_t>(front.begin(), front.end());
    if (!isSameList)
        endResetModel();
    else if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

bool ParetoModel::isBoundAt(int row) const
{
    return m_state && row >= static_cast<int>(m_state->presets.size());
}

QString ParetoModel::nameAt(int row) const
{
    if (isBoundAt(row))
        return {};
    return m_state->presets[static_cast<std::size_t>(row)].name;
}

int ParetoModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_state ? 0 : static_cast<int>(m_state->presets.size() + m_bounds.size());
}

int ParetoModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(kColumns);
}

QString ParetoModel::textAt(const ParetoEntry& entry, std::size_t preset, int column) const
{
    if (const auto axis = axisOf(column)) {
        const auto value = paretoValue(entry, *axis);
        if (!value)
            return QStringLiteral("–");
        return *axis == ParetoAxis::Bits ? fixedText(*value, 4) : shortNumberText(*value);
    }
    if (const auto merit = meritOfColumn(column); merit && column != SqnrColumn) {
        const auto value = paretoMerit(entry, *merit);
        return value ? shortNumberText(*value) : QStringLiteral("–");
    }
    if (isOfLoss(column)) {
        const auto value = lossOf(entry, column);
        return value && std::isfinite(*value) ? fixedText(*value, 5) : QStringLiteral("–");
    }
    switch (column) {
    case NameColumn:
        return entry.name;
    case FrontColumn:
        return m_front.contains(preset) ? tr("front") : QString();
    case SqnrColumn:
        return entry.merit && entry.merit->isLossless ? tr("exact")
            : paretoMerit(entry)                      ? fixedText(*paretoMerit(entry), 2)
                                                      : QStringLiteral("–");
    case GroupColumn:
        return paretoGroupName(entry.group);
    default:
        return paretoStanding(entry, m_axis, m_merit);
    }
}

QVariant ParetoModel::keyAt(const ParetoEntry& entry, std::size_t preset, int column) const
{
    constexpr double kLast = std::numeric_limits<double>::infinity();
    if (const auto axis = axisOf(column))
        return paretoValue(entry, *axis).value_or(kLast);
    if (const auto merit = meritOfColumn(column); merit && column != SqnrColumn)
        return paretoMerit(entry, *merit).value_or(kLast);
    if (isOfLoss(column))
        return lossOf(entry, column).value_or(kLast);
    if (column == SqnrColumn)
        return paretoMerit(entry).value_or(entry.merit && entry.merit->isLossless ? 1e9 : -kLast);
    return textAt(entry, preset, column);
}

QString ParetoModel::boundTextAt(const BoundRow& row, int column) const
{
    switch (column) {
    case NameColumn:
        return paretoBoundName(row.bound);
    case SqnrColumn:
        return fixedText(row.decibel, 2);
    case NmseColumn:
        return shortNumberText(std::pow(10, -row.decibel / 10));
    case BitsColumn:
        return fixedText(row.bits, 4);
    case GroupColumn:
        return tr("limit");
    case StandingColumn:
        return tr("for values drawn independently as this tensor's");
    default:
        return {};
    }
}

QVariant ParetoModel::boundKeyAt(const BoundRow& row, int column) const
{
    constexpr double kLast = std::numeric_limits<double>::infinity();
    switch (column) {
    case SqnrColumn:
        return row.decibel;
    case NmseColumn:
        return std::pow(10, -row.decibel / 10);
    case BitsColumn:
        return row.bits;
    default:
        return isNumber(column) ? QVariant(kLast) : QVariant(boundTextAt(row, column));
    }
}

QVariant ParetoModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !m_state)
        return {};
    const auto preset = static_cast<std::size_t>(index.row());
    if (isBoundAt(index.row())) {
        const BoundRow& row = m_bounds[preset - m_state->presets.size()];
        if (role == Qt::TextAlignmentRole)
            return QVariant((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        return role == Qt::DisplayRole || role == Qt::ToolTipRole ? QVariant(boundTextAt(row, index.column()))
            : role == SortRole                                    ? boundKeyAt(row, index.column())
                                                                  : QVariant();
    }
    const ParetoEntry& entry = m_state->presets[preset];
    switch (role) {
    case Qt::DisplayRole:
        return textAt(entry, preset, index.column());
    case kPlotValueRole:
        if (const auto axis = axisOf(index.column()); axis || index.column() == SqnrColumn) {
            const auto value = axis ? paretoValue(entry, *axis) : paretoMerit(entry);
            return value ? QVariant(*value) : QVariant(QString());
        }
        if (const auto loss = lossOf(entry, index.column()))
            return *loss;
        return textAt(entry, preset, index.column());
    case SortRole:
        return keyAt(entry, preset, index.column());
    case Qt::ToolTipRole:
        return index.column() == NameColumn ? entry.title : textAt(entry, preset, index.column());
    case Qt::TextAlignmentRole:
        return QVariant((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant ParetoModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    if (const auto axis = axisOf(section); axis && role == Qt::ToolTipRole)
        return paretoAxisTitle(*axis);
    if (const auto merit = meritOfColumn(section); merit && role == Qt::ToolTipRole)
        return meritFigureTitle(*merit);
    switch (section) {
    case NameColumn:
        return tr("Format");
    case FrontColumn:
        return role == Qt::ToolTipRole ? tr("On the front of what the chart shows") : tr("Front");
    case SqnrColumn:
        return tr("SQNR, dB");
    case NmseColumn:
        return tr("NMSE");
    case MaximumErrorColumn:
        return tr("Largest error");
    case VacantColumn:
        return tr("Vacant");
    case VacantInBlockColumn:
        return tr("Vacant/block");
    case UtilisationColumn:
        return tr("Utilization");
    case BitsColumn:
        return tr("Bits");
    case AreaColumn:
        return tr("NAND2");
    case DecodeEnergyColumn:
        return tr("mJ/token");
    case DecodeLatencyColumn:
        return tr("ms/token");
    case PrefillEnergyColumn:
        return tr("Prefill, mJ");
    case PrefillLatencyColumn:
        return tr("Prefill, s");
    case FootprintColumn:
        return tr("GB");
    case LossColumn:
        return role == Qt::ToolTipRole ? meritFigureTitle(ParetoFigure::lossChange()) : tr("Loss change");
    case LossErrorColumn:
        return role == Qt::ToolTipRole ? tr("standard error of the loss change over windows, nats") : tr("± loss");
    case LossSpreadColumn:
        return role == Qt::ToolTipRole
            ? tr("standard deviation of the loss change over shifted block grids, nats; absent: not evaluated yet")
            : tr("± grid");
    case GroupColumn:
        return tr("Group");
    case StandingColumn:
        return tr("State");
    default:
        return {};
    }
}

}  // namespace nanoscope
