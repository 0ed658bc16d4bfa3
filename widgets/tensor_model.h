#pragma once

#include "core/tensor.h"

#include <QAbstractItemModel>
#include <QHash>

#include <memory>
#include <vector>

namespace nanoscope {

/// The tensors of a file as a tree. Names are cut at '/' and '.', and a group with a single member is joined with it,
/// so that a flat file stays flat. Tensors that cannot be explored are disabled and say why.
class TensorModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { NameColumn, ShapeColumn, TypeColumn, SqnrColumn, kColumns };
    enum Role {
        FullNameRole = Qt::UserRole,  ///< QString: as the file lists it; empty for a group
        SortRole                      ///< by number where the column has numbers
    };

    explicit TensorModel(QObject* parent = nullptr);
    ~TensorModel() override;

    /// Replaces everything, known figures included.
    void setTensors(std::vector<TensorInfo> tensors);

    /// Shows the signal-to-quantization-noise ratio of a tensor; not a finite number: undefined.
    void setSqnr(const QString& name, double decibel);
    /// Forgets all ratios, for example because the format changed.
    void clearSqnr();

    /// First-column index of a tensor; invalid when there is none of this name.
    [[nodiscard]] QModelIndex indexOf(const QString& name) const;
    /// The tensor of a row; null for a group.
    [[nodiscard]] const TensorInfo* tensorAt(const QModelIndex& index) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Node;

    [[nodiscard]] const Node* nodeAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOfNode(const Node& node, int column) const;
    [[nodiscard]] QString textOf(const Node& node, int column) const;
    [[nodiscard]] QVariant sortKeyOf(const Node& node, int column) const;
    [[nodiscard]] QString toolTipOf(const Node& node) const;

    std::vector<TensorInfo> m_tensors;
    QHash<QString, double> m_sqnr;
    QHash<QString, const Node*> m_nodes;  // of tensors, by full name
    std::unique_ptr<Node> m_root;
};

}  // namespace nanoscope
