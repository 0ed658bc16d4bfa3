#pragma once

#include "widgets/parameter_sweep_points.h"

#include <QAbstractTableModel>

#include <memory>

namespace nanoscope {

/// Every point of a sweep with all its figures, and why it is not there where it is not. Sorts by value (SortRole).
class ParameterSweepModel : public QAbstractTableModel {
    Q_OBJECT

public:
    /// Columns of figures follow those that are named, in the order of kSweepFigures; the standing is last.
    enum Column { XColumn, CurveColumn, kFirstFigure };
    static constexpr int kStandingColumn = kFirstFigure + static_cast<int>(kSweepFigures.size());
    static constexpr int SortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    void setState(std::shared_ptr<const SweepState> state, SweepFigure figure);
    /// The parameters in words.
    void setNames(const QString& x, const QString& curve);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString textAt(const SweepEntry& entry, int column) const;
    [[nodiscard]] QVariant keyAt(const SweepEntry& entry, int column) const;

    std::shared_ptr<const SweepState> m_state;
    SweepFigure m_figure = SweepFigure::Sqnr;
    QString m_xName;
    QString m_curveName;
};

}  // namespace nanoscope
