#pragma once

#include "widgets/model_state.h"

#include <QAbstractTableModel>

#include <memory>

namespace nanoscope {

/// A row per tensor: what its values are like, and SQNR and vacant levels under each format. Sorts by value, not by
/// text (SortRole); what has no figure comes last in ascending order.
class ModelTable : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { NameColumn, ShapeColumn, ElementsColumn, KurtosisColumn, OutlierColumn, kFixedColumns };
    static constexpr int SortRole = Qt::UserRole;
    static constexpr int kPerFormat = 2;  ///< SQNR, vacant levels

    using QAbstractTableModel::QAbstractTableModel;

    /// Null: no file.
    void setState(std::shared_ptr<const ModelState> state);
    /// Name of the tensor in a row.
    [[nodiscard]] QString nameAt(int row) const;
    /// Column of the SQNR under format number `format`.
    [[nodiscard]] static int sqnrColumn(int format) { return kFixedColumns + kPerFormat * format; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] const ModelRow& rowAt(int row) const { return m_state->rows[static_cast<std::size_t>(row)]; }
    [[nodiscard]] QString textAt(const ModelRow& row, int column) const;
    [[nodiscard]] QVariant keyAt(const ModelRow& row, int column) const;
    [[nodiscard]] QString toolTipAt(const ModelRow& row, int column) const;

    std::shared_ptr<const ModelState> m_state;
};

}  // namespace nanoscope
