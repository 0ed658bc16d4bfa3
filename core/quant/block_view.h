#pragma once

#include "core/tensor.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace nanoscope {

/// How a tensor's elements lie in rows along one axis: that axis is moved last, the others are flattened in C order.
struct RowLayout {
    std::uint64_t rows = 0;
    std::uint64_t rowLength = 0;
    std::uint64_t inner = 1;  ///< elements behind the blocked axis

    /// @param axis  from the front; ignored for rank 0
    RowLayout(const Shape& shape, std::size_t axis);

    /// Position in the file's C order of the element at (row, column).
    [[nodiscard]] std::uint64_t fileIndex(std::uint64_t row, std::uint64_t column) const
    {
        return (row / inner) * rowLength * inner + column * inner + row % inner;
    }
};

/// Where a block lies in its tensor; some formats depend on it (columns, mixed blocks, random rounding).
struct BlockPlace {
    std::uint64_t index = 0;   ///< number of the block, row by row
    std::uint64_t row = 0;     ///< of the view
    std::uint64_t column = 0;  ///< of its first element, in the row of the view
};

/// A tensor as rows of blocks: the blocked axis is moved last, all other axes flattened in C order.
/// Rank 0 and 1 are one row. Shares the tensor's values when the axis is already the last one; holds them in the same
/// kind of words otherwise.
///
/// With 2-D tiles a row of blocks is a strip of several rows of the tensor, and its elements follow each other tile by
/// tile; the last strip may be lower and the last tile of a strip narrower.
class BlockView {
public:
    /// @param axis     blocked axis, negative counts from the end
    /// @param block    elements per block
    /// @param reshape  shape to reinterpret the tensor with first (same number of elements)
    /// @throws Error when the axis or the shape does not fit the tensor
    BlockView(const Tensor& tensor, int axis, int block, const std::optional<Shape>& reshape = std::nullopt);

    /// The same rows cut into blocks of another length; shares the values. Not for tiles.
    [[nodiscard]] BlockView withBlock(int block) const;
    /// The same rows with other values, row by row. Not for tiles.
    [[nodiscard]] BlockView withValues(TensorValues values) const;
    /// The same values in tiles of `tileRows` rows and block / tileRows columns.
    [[nodiscard]] BlockView tiled(int block, int tileRows) const;

    /// How the tensor's own rows lie in its file (without tiles).
    [[nodiscard]] const RowLayout& layout() const { return m_layout; }
    /// Rows of blocks: rows of the tensor, or strips of tiles.
    [[nodiscard]] std::uint64_t rows() const { return (m_layout.rows + m_tileRows - 1) / m_tileRows; }
    /// Elements of a row; the last strip of tiles may have fewer.
    [[nodiscard]] std::uint64_t rowLength() const { return m_layout.rowLength * m_tileRows; }
    [[nodiscard]] std::uint64_t lengthOfRow(std::uint64_t row) const { return m_layout.rowLength * heightOf(row); }
    [[nodiscard]] int block() const { return m_block; }
    [[nodiscard]] int tileRows() const { return static_cast<int>(m_tileRows); }
    [[nodiscard]] std::uint64_t blocksPerRow() const { return m_blocksPerRow; }
    [[nodiscard]] std::uint64_t blocks() const { return rows() * m_blocksPerRow; }
    [[nodiscard]] std::uint64_t elements() const { return m_layout.rows * m_layout.rowLength; }
    /// Shape after the reshape, in the file's order of axes.
    [[nodiscard]] const Shape& shape() const { return m_shape; }
    /// The blocked axis, counted from the front.
    [[nodiscard]] std::size_t axis() const { return m_axis; }
    /// The tensor for errors: "FILE: TENSOR".
    [[nodiscard]] const std::string& source() const { return m_source; }

    /// Elements of block `index` (row by row); the last block of a row may be short.
    [[nodiscard]] std::uint64_t length(std::uint64_t index) const
    {
        const std::uint64_t row = index / m_blocksPerRow;
        const std::uint64_t whole = m_blockColumns * heightOf(row);
        return std::min(whole, lengthOfRow(row) - (index % m_blocksPerRow) * whole);
    }
    /// Position of the first element of block `index` among rowValues().
    [[nodiscard]] std::uint64_t position(std::uint64_t index) const
    {
        const std::uint64_t row = index / m_blocksPerRow;
        return row * rowLength() + (index % m_blocksPerRow) * m_blockColumns * heightOf(row);
    }
    /// Elements of block `index` as float32: where they lie, or converted.
    /// @param room  holds them if they are converted (TensorValues::read)
    [[nodiscard]] std::span<const float> values(std::uint64_t index, std::vector<float>& room) const
    {
        return m_values.read(position(index), length(index), room);
    }
    [[nodiscard]] BlockPlace place(std::uint64_t index) const
    {
        const std::uint64_t row = index / m_blocksPerRow;
        return {index, row, (index % m_blocksPerRow) * m_blockColumns * heightOf(row)};
    }
    /// All values, row by row.
    [[nodiscard]] const TensorValues& rowValues() const { return m_values; }

    /// Position of element i of block `index` among the tensor's own rows: row * rowLength + column of layout().
    [[nodiscard]] std::uint64_t rowPosition(std::uint64_t index, std::uint64_t i) const
    {
        const std::uint64_t row = index / m_blocksPerRow;
        const std::uint64_t firstColumn = (index % m_blocksPerRow) * m_blockColumns;
        const std::uint64_t width = std::min(m_blockColumns, m_layout.rowLength - firstColumn);
        return (row * m_tileRows + i / width) * m_layout.rowLength + firstColumn + i % width;
    }

private:
    void setBlock(int block);
    [[nodiscard]] std::uint64_t heightOf(std::uint64_t row) const
    {
        return std::min(m_tileRows, m_layout.rows - row * m_tileRows);
    }

    std::string m_source;
    Shape m_shape;
    std::size_t m_axis = 0;
    RowLayout m_layout;
    std::uint64_t m_tileRows = 1;
    int m_block = 1;
    std::uint64_t m_blockColumns = 1;  // of a whole block
    std::uint64_t m_blocksPerRow = 0;
    TensorValues m_values;
};

}  // namespace nanoscope
