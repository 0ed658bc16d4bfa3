#pragma once

#include "core/analysis/block_trace.h"
#include "widgets/level_id.h"

#include <QAbstractTableModel>
#include <QMetaType>

#include <memory>
#include <optional>
#include <vector>

namespace nanoscope {

/// What a cell of the block view draws.
struct BlockCell {
    QString bits;                  ///< the code, most significant bit first
    std::vector<BitField> fields;  ///< meaning of each bit
    QString value;                 ///< decoded value
    bool isException = false;      ///< stored more finely than its neighbors
    bool isClipped = false;        ///< beyond the outermost level
    bool isLargest = false;        ///< largest magnitude of the block
    bool isHighlighted = false;    ///< has the code that another view points at
};

/// The elements of one block, several per row.
class BlockModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role { CellRole = Qt::UserRole };  ///< BlockCell

    explicit BlockModel(QObject* parent = nullptr);

    /// Shows another block; null empties the table.
    void setTrace(std::shared_ptr<const BlockTrace> trace);
    [[nodiscard]] const std::shared_ptr<const BlockTrace>& trace() const { return m_trace; }

    /// @param columns  elements per row, at least 1
    void setColumns(int columns);
    void setHighlightedLevel(const std::optional<LevelId>& id);

    /// Element of a cell; -1 behind the last one.
    [[nodiscard]] int elementAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOfElement(int element) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    [[nodiscard]] int elements() const;
    [[nodiscard]] BlockCell cellOf(int element) const;
    [[nodiscard]] QString sentenceFor(int element) const;

    std::shared_ptr<const BlockTrace> m_trace;
    std::optional<LevelId> m_highlighted;
    int m_columns = 16;
    int m_largest = -1;
};

}  // namespace nanoscope

Q_DECLARE_METATYPE(nanoscope::BlockCell)
