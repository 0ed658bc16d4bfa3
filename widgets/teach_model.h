#pragma once

#include "widgets/teach_cell.h"

#include <QAbstractTableModel>

#include <vector>

namespace nanoscope {

/// Cells of the Teach view, several per row.
class TeachModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role { CellRole = Qt::UserRole };  ///< TeachCell

    explicit TeachModel(QObject* parent = nullptr);

    void setCells(std::vector<TeachCell> cells);
    [[nodiscard]] const std::vector<TeachCell>& cells() const { return m_cells; }
    /// @param columns  cells per row, at least 1
    void setColumns(int columns);

    /// Place among cells(); -1 behind the last one.
    [[nodiscard]] int cellAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(int cell) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// Takes a finite number for the value of an element, and emits valueEdited; the cells stay as they are.
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;

Q_SIGNALS:
    void valueEdited(int element, double value);

private:
    std::vector<TeachCell> m_cells;
    int m_columns = 8;
};

}  // namespace nanoscope
