#pragma once

#include "widgets/figure_list.h"

#include <QAbstractTableModel>

#include <memory>

namespace nanoscope {

/// The figures of one report, or of two beside each other with their differences.
class FigureModel : public QAbstractTableModel {
    Q_OBJECT

public:
    /// QString: a figure's name with its unit, where one column has to do for both.
    static constexpr int NameWithUnitRole = Qt::UserRole;

    enum Column { NameColumn, UnitColumn, AColumn, BColumn, DifferenceColumn, kColumns };

    explicit FigureModel(QObject* parent = nullptr);

    /// Either report may be null.
    void setReports(std::shared_ptr<const Report> a, std::shared_ptr<const Report> b);

    /// Row of a figure by its id; -1 when there is none.
    [[nodiscard]] int rowOf(const QString& id) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] std::optional<double> valueAt(int row, const std::shared_ptr<const Report>& report) const;
    [[nodiscard]] bool isBetter(const QModelIndex& index) const;
    [[nodiscard]] QString textAt(const QModelIndex& index) const;

    std::vector<Figure> m_figures = figureList();
    std::shared_ptr<const Report> m_a;
    std::shared_ptr<const Report> m_b;
};

}  // namespace nanoscope
