#include "widgets/pareto_model.h"

#include "widgets/number_text.h"
#include "widgets/plot_data.h"

#include <limits>

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
    default:
        return std::nullopt;
    }
}

}  // namespace

void ParetoModel::setState(
    std::shared_ptr<const ParetoState> state, ParetoAxis axis, const std::vector<std::size_t>& front)
{
    const bool isSameList = state && m_state && state->presets.size() == m_state->presets.size();
    if (!isSameList)
        beginResetModel();
    m_state = std::move(state);
    m_axis = axis;
    m_front = std::set<std::size_t>(front.begin(), front.end());
    if (!isSameList)
        endResetModel();
    else if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

QString ParetoModel::nameAt(int row) const
{
    return m_state->presets[static_cast<std::size_t>(row)].name;
}

int ParetoModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_state ? 0 : static_cast<int>(m_state->presets.size());
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
        return paretoStanding(entry, m_axis);
    }
}

QVariant ParetoModel::keyAt(const ParetoEntry& entry, std::size_t preset, int column) const
{
    constexpr double kLast = std::numeric_limits<double>::infinity();
    if (const auto axis = axisOf(column))
        return paretoValue(entry, *axis).value_or(kLast);
    if (column == SqnrColumn)
        return paretoMerit(entry).value_or(entry.merit && entry.merit->isLossless ? 1e9 : -kLast);
    return textAt(entry, preset, column);
}

QVariant ParetoModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !m_state)
        return {};
    const auto preset = static_cast<std::size_t>(index.row());
    const ParetoEntry& entry = m_state->presets[preset];
    switch (role) {
    case Qt::DisplayRole:
        return textAt(entry, preset, index.column());
    case kPlotValueRole:
        if (const auto axis = axisOf(index.column()); axis || index.column() == SqnrColumn) {
            const auto value = axis ? paretoValue(entry, *axis) : paretoMerit(entry);
            return value ? QVariant(*value) : QVariant(QString());
        }
        return textAt(entry, preset, index.column());
    case SortRole:
        return keyAt(entry, preset, index.column());
    case Qt::ToolTipRole:
        return index.column() == NameColumn ? entry.title : textAt(entry, preset, index.column());
    case Qt::TextAlignmentRole: {
        const bool isNumber = axisOf(index.column()) || index.column() == SqnrColumn;
        return QVariant((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
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
    switch (section) {
    case NameColumn:
        return tr("Format");
    case FrontColumn:
        return role == Qt::ToolTipRole ? tr("On the front of what the chart shows") : tr("Front");
    case SqnrColumn:
        return tr("SQNR, dB");
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
    case GroupColumn:
        return tr("Group");
    case StandingColumn:
        return tr("State");
    default:
        return {};
    }
}

}  // namespace nanoscope
