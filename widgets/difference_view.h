#pragma once

#include "widgets/difference_image.h"

#include <QWidget>

#include <memory>
#include <optional>

class QAbstractTableModel;
class QComboBox;
class QTableView;

namespace nanoscope {

class ChartTableModel;
class DifferenceMap;

/// The difference map of two of the formats with the choice of which two, and the cells that differ most as a table.
class DifferenceView : public QWidget {
    Q_OBJECT

public:
    explicit DifferenceView(QWidget* parent = nullptr);

    /// Names of formats A to D; empty where there is none.
    void setFormats(const QStringList& names);
    /// Whose difference is wanted; nothing while there are not two formats.
    [[nodiscard]] std::optional<DifferenceSides> sides() const;
    /// @param difference  null: none, for the reason given
    void setDifference(std::shared_ptr<const BlockDifference> difference, const QString& reason = {});
    void setTheme(const Theme& theme);
    [[nodiscard]] DifferenceMap& map() const { return *m_map; }
    [[nodiscard]] const QAbstractTableModel& tableModel() const;

signals:
    /// The user chose other formats.
    void sidesEdited();
    void cellSelected(quint64 cell);

private:
    [[nodiscard]] QComboBox* makeChoice(const QString& objectName, const QString& name);
    void fillTable();

    QComboBox* m_first;
    QComboBox* m_second;
    DifferenceMap* m_map;
    QTableView* m_table;
    ChartTableModel* m_rows;
    std::vector<quint64> m_cells;  // of the table's rows
    std::shared_ptr<const BlockDifference> m_difference;
};

}  // namespace nanoscope
