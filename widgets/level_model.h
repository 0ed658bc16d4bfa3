#pragma once

#include "core/analysis/report.h"
#include "widgets/level_id.h"

#include <QAbstractTableModel>

#include <memory>
#include <string>
#include <vector>

namespace nanoscope {

/// The levels of a report, one row per (codebook, code): the level plot as a table.
/// Ascending by level within each book; codes that are never written come at the end of their book. Sorts itself, so
/// that thousands of levels need no proxy.
class LevelModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        BookColumn,
        CodeColumn,
        BitsColumn,
        LevelColumn,
        CountColumn,
        ShareColumn,
        ErrorColumn,
        NoteColumn,
        kColumns
    };
    enum Role {
        SortRole = Qt::UserRole,  ///< a number where the column has numbers
        VacantRole                ///< bool: nothing has this level
    };

    explicit LevelModel(QObject* parent = nullptr);

    /// Shows another report; null empties the table. Rows stay where they are while the levels stay the same.
    void setReport(std::shared_ptr<const Report> report);

    /// Reorders the rows, ties by the model's own order; also after every new report, until another order is asked for.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    /// True when codes of more than one codebook are listed, so that the column Book says something.
    [[nodiscard]] bool hasSeveralBooks() const;
    [[nodiscard]] LevelId idAt(int row) const;
    /// What the rows leave out or stand for, in a sentence; empty when there is nothing to say.
    [[nodiscard]] QString note() const;
    /// Row of a level; -1 when it is not listed.
    [[nodiscard]] int rowOf(LevelId id) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] const LevelCount& levelAt(int row) const;
    [[nodiscard]] double shareOf(const LevelCount& level) const;
    [[nodiscard]] double errorShareOf(const LevelCount& level) const;
    [[nodiscard]] QString bitsOf(const LevelCount& level) const;
    [[nodiscard]] QString noteOf(const LevelCount& level) const;
    [[nodiscard]] QString textOf(const LevelCount& level, int column) const;
    [[nodiscard]] QVariant exactOf(const LevelCount& level, int column) const;
    [[nodiscard]] QVariant sortKeyOf(const LevelCount& level, int row, int column) const;
    /// Puts m_rows into the order that was asked for.
    void orderRows();
    [[nodiscard]] bool ordersByFigures() const;

    std::shared_ptr<const Report> m_report;
    std::vector<std::string> m_bookNames;
    std::vector<int> m_bookBits;
    std::vector<std::size_t> m_natural;  // rows in the model's own order: into the report's levels
    std::vector<std::size_t> m_rows;     // as shown
    int m_sortColumn = LevelColumn;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    double m_counted = 0.0;
    double m_squaredError = 0.0;
};

}  // namespace nanoscope
