#pragma once

#include "widgets/model_state.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace nanoscope {

/// A row per tensor: what its values are like, and SQNR and vacant levels under each format. Sorts by value, not by
/// text (SortRole); what has no figure comes last in ascending order.
class ModelTable : public QAbstractTableModel {
    Q_OBJECT

public:
    /// What a column shows.
    enum class Field { Name, Extents, Sqnr, Vacant, Kurtosis, Outliers, Elements };
    static constexpr int SortRole = Qt::UserRole;

    explicit ModelTable(QObject* parent = nullptr);

    /// Null: no file.
    void setState(std::shared_ptr<const ModelState> state);
    /// Name of the tensor in a row.
    [[nodiscard]] QString nameAt(int row) const;
    /// Columns: name and shape, figures under A to D, what the values are like, figures under presets.
    /// @param format  of Sqnr and Vacant, as in the state
    /// @return -1 when there is none
    [[nodiscard]] int columnOf(Field field, std::size_t format = 0) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Column {
        Field field = Field::Name;
        std::size_t format = 0;  ///< of Sqnr and Vacant
        bool operator==(const Column&) const = default;
    };

    [[nodiscard]] static std::vector<Column> columnsOf(const ModelState* state);
    [[nodiscard]] const Column& columnAt(int section) const { return m_columns[static_cast<std::size_t>(section)]; }
    [[nodiscard]] QString titleOf(const Column& column) const;
    [[nodiscard]] QString explanationOf(const Column& column) const;
    [[nodiscard]] const ModelRow& rowAt(int row) const { return m_state->rows[static_cast<std::size_t>(row)]; }
    [[nodiscard]] QString textAt(const ModelRow& row, const Column& column) const;
    [[nodiscard]] QVariant keyAt(const ModelRow& row, const Column& column) const;
    [[nodiscard]] QString toolTipAt(const ModelRow& row, const Column& column) const;

    std::shared_ptr<const ModelState> m_state;
    std::vector<Column> m_columns = columnsOf(nullptr);
};

}  // namespace nanoscope
