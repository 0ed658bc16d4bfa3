#pragma once

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace nanoscope {

/// The numbers behind a chart.
struct ChartTable {
    QStringList columns;
    std::vector<QStringList> rows;
};

/// Shows a ChartTable.
class ChartTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void setTable(ChartTable table);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    ChartTable m_table;
};

}  // namespace nanoscope
