#pragma once

#include "widgets/pareto_selection.h"

#include <QAbstractTableModel>

#include <memory>
#include <set>

namespace nanoscope {

/// Every preset with all figures of the Pareto view, and why it is not there where it is not; below them the bounds.
/// Sorts by value, not by text (SortRole).
class ParetoModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        FrontColumn,
        SqnrColumn,
        NmseColumn,
        MaximumErrorColumn,
        VacantColumn,
        VacantInBlockColumn,
        UtilisationColumn,
        BitsColumn,
        AreaColumn,
        DecodeEnergyColumn,
        DecodeLatencyColumn,
        PrefillEnergyColumn,
        PrefillLatencyColumn,
        FootprintColumn,
        LossColumn,
        LossErrorColumn,
        LossSpreadColumn,
        GroupColumn,
        StandingColumn,
        kColumns
    };
    static constexpr int SortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    void setState(std::shared_ptr<const ParetoState> state, ParetoAxis axis, const std::vector<std::size_t>& front,
        ParetoFigure merit = MeritFigure::Sqnr);
    /// True for a row that is a bound at whole bits, behind those of the presets.
    [[nodiscard]] bool isBoundAt(int row) const;
    /// Name of the preset in a row; empty for a bound.
    [[nodiscard]] QString nameAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString textAt(const ParetoEntry& entry, std::size_t preset, int column) const;
    [[nodiscard]] QVariant keyAt(const ParetoEntry& entry, std::size_t preset, int column) const;

    /// A point of a bound's line.
    struct BoundRow {
        ParetoBound bound = ParetoBound::Shannon;
        double bits = 0.0;
        double decibel = 0.0;
    };
    [[nodiscard]] QString boundTextAt(const BoundRow& row, int column) const;
    [[nodiscard]] QVariant boundKeyAt(const BoundRow& row, int column) const;

    std::shared_ptr<const ParetoState> m_state;
    std::vector<BoundRow> m_bounds;
    ParetoFigure m_merit = MeritFigure::Sqnr;
    ParetoAxis m_axis = ParetoAxis::Bits;
    std::set<std::size_t> m_front;
};

}  // namespace nanoscope
