#pragma once

#include "widgets/cost_rows.h"

#include <QAbstractItemModel>

#include <memory>
#include <optional>
#include <vector>

namespace nanoscope {

/// Every figure of the cost of A and B, in sections.
class CostModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { NameColumn, AColumn, BColumn, DifferenceColumn, ChangeColumn, kColumns };

    using QAbstractItemModel::QAbstractItemModel;

    /// New values for the same figures leave rows, selection and what is unfolded alone.
    void setSections(std::vector<CostSection> sections);

    /// The figure of an id; an invalid index when there is none.
    [[nodiscard]] QModelIndex indexOf(const QString& id) const;
    /// The figure at an index; null for an invalid one.
    [[nodiscard]] const CostRow* rowAt(const QModelIndex& index) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] static QVariant exactOf(const CostRow& row, int column);
    [[nodiscard]] bool hasSameRows(const std::vector<CostSection>& sections) const;

    std::vector<CostSection> m_sections;
};

}  // namespace nanoscope
