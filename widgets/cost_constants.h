#pragma once

#include "core/hardware/constants.h"

#include <QAbstractTableModel>
#include <QStringList>
#include <QWidget>

#include <vector>

class QTableView;

namespace nanoscope {

/// The constants of the cost model with unit, meaning and source; values can be edited.
class CostConstantModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, UnitColumn, MeaningColumn, SourceColumn, kColumns };

    explicit CostConstantModel(QObject* parent = nullptr);

    void setConstants(const HardwareConstants& constants);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// Only asks for the value; it changes with setConstants().
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

Q_SIGNALS:
    /// The user asked for another value: "constants.NAME=VALUE", or "=null" for the shipped one where nothing was
    /// typed.
    void settingAsked(const QString& controlId, const QString& setting);
    void refused(const QString& why);

private:
    HardwareConstants m_constants;
    HardwareConstants m_shipped;
    std::vector<ConstantNote> m_notes;
};

/// The table of constants with a search field.
class CostConstantTable : public QWidget {
    Q_OBJECT

public:
    explicit CostConstantTable(QWidget* parent = nullptr);

    void setConstants(const HardwareConstants& constants) { m_model->setConstants(constants); }
    /// Paths that can be edited here.
    [[nodiscard]] QStringList paths() const;

Q_SIGNALS:
    void settingAsked(const QString& controlId, const QString& setting);
    void refused(const QString& why);

private:
    CostConstantModel* m_model;
    QTableView* m_view;
};

}  // namespace nanoscope
