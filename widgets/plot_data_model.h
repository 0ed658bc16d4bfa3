#pragma once

#include "widgets/plot_data.h"

#include <QAbstractTableModel>

#include <vector>

namespace nanoscope {

/// The numbers behind a plot as a table, row by row as the plot has them. Of millions of rows those are made that are
/// looked at, and views hear of some thousands at a time, as they are scrolled to.
class PlotDataModel : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int kPage = 4096;  ///< rows that a view gets at once

    using QAbstractTableModel::QAbstractTableModel;

    void show(PlotData data);
    /// Makes a row known to the views, with some behind it.
    void reach(int row);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void grow(int rows);

    PlotData m_data;
    int m_rows = 0;              // that views know of
    mutable int m_lastRow = -1;  // views ask for a row's cells one after the other
    mutable std::vector<PlotValue> m_lastValues;
};

}  // namespace nanoscope
