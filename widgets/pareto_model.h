#pragma once

#include "widgets/pareto_points.h"

#include <QAbstractTableModel>

#include <memory>
#include <set>

namespace nanoscope {

/// Every preset with all figures of the Pareto view, and why it is not there where it is not. Sorts by value, not by
/// text (SortRole).
class ParetoModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        FrontColumn,
        SqnrColumn,
        BitsColumn,
        AreaColumn,
        DecodeEnergyColumn,
        DecodeLatencyColumn,
        PrefillEnergyColumn,
        PrefillLatencyColumn,
        GroupColumn,
        StandingColumn,
        kColumns
    };
    static constexpr int SortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    void setState(std::shared_ptr<const ParetoState> state, ParetoAxis axis, const std::vector<std::size_t>& front);
    /// Name of the preset in a row.
    [[nodiscard]] QString nameAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString textAt(const ParetoEntry& entry, std::size_t preset, int column) const;
    [[nodiscard]] QVariant keyAt(const ParetoEntry& entry, std::size_t preset, int column) const;

    std::shared_ptr<const ParetoState> m_state;
    ParetoAxis m_axis = ParetoAxis::Bits;
    std::set<std::size_t> m_front;
};

}  // namespace nanoscope
