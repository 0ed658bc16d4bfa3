#pragma once

#include "widgets/figure_list.h"
#include "widgets/series_role.h"

#include <QAbstractTableModel>

namespace nanoscope {

/// The figures of up to four reports beside each other, and the difference of the first two.
class FigureModel : public QAbstractTableModel {
    Q_OBJECT

public:
    /// QString: a figure's name with its unit, where one column has to do for both.
    static constexpr int NameWithUnitRole = Qt::UserRole;

    enum Column { NameColumn, UnitColumn, AColumn, BColumn, CColumn, DColumn, DifferenceColumn, kColumns };

    explicit FigureModel(QObject* parent = nullptr);

    void setReports(RoleReports reports);

    /// Row of a figure by its id; -1 when there is none.
    [[nodiscard]] int rowOf(const QString& id) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    /// Of the format that a column is about; null for other columns and absent formats.
    [[nodiscard]] const Report* reportOf(int column) const;
    [[nodiscard]] std::optional<double> valueAt(int row, const Report* report) const;
    /// True for a value that is surely better than those of all other formats.
    [[nodiscard]] bool isBest(const QModelIndex& index) const;
    [[nodiscard]] QVariant exactAt(const QModelIndex& index) const;
    [[nodiscard]] QString textAt(const QModelIndex& index) const;

    std::vector<Figure> m_figures = figureList();
    RoleReports m_reports;
};

}  // namespace nanoscope
