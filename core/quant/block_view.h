#pragma once

#include "core/tensor.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
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

/// A tensor as rows of blocks: the blocked axis is moved last, all other axes are flattened in C order.
/// Rank 0 and 1 are one row. Shares the tensor's values when the axis is already the last one.
class BlockView {
public:
    /// @param axis     blocked axis, negative counts from the end
    /// @param block    elements per block
    /// @param reshape  shape to reinterpret the tensor with first (same number of elements)
    /// @throws Error when the axis or the shape does not fit the tensor
    BlockView(const Tensor& tensor, int axis, int block, const std::optional<Shape>& reshape = std::nullopt);

    /// The same rows cut into blocks of another length; shares the values.
    [[nodiscard]] BlockView withBlock(int block) const;

    [[nodiscard]] const RowLayout& layout() const { return m_layout; }
    [[nodiscard]] std::uint64_t rows() const { return m_layout.rows; }
    [[nodiscard]] std::uint64_t rowLength() const { return m_layout.rowLength; }
    [[nodiscard]] int block() const { return m_block; }
    [[nodiscard]] std::uint64_t blocksPerRow() const { return m_blocksPerRow; }
    [[nodiscard]] std::uint64_t blocks() const { return rows() * m_blocksPerRow; }
    [[nodiscard]] std::uint64_t elements() const { return rows() * rowLength(); }
    /// Shape after the reshape, in the file's order of axes.
    [[nodiscard]] const Shape& shape() const { return m_shape; }
    /// The blocked axis, counted from the front.
    [[nodiscard]] std::size_t axis() const { return m_axis; }

    /// Elements of block `index` (row by row); the last block of a row may be short.
    [[nodiscard]] std::span<const float> values(std::uint64_t index) const
    {
        const std::uint64_t row = index / m_blocksPerRow;
        const std::uint64_t column = (index % m_blocksPerRow) * static_cast<std::uint64_t>(m_block);
        const std::uint64_t length = std::min<std::uint64_t>(static_cast<std::uint64_t>(m_block), rowLength() - column);
        return {m_values->data() + row * rowLength() + column, length};
    }

private:
    void setBlock(int block);

    Shape m_shape;
    std::size_t m_axis = 0;
    RowLayout m_layout;
    int m_block = 1;
    std::uint64_t m_blocksPerRow = 0;
    std::shared_ptr<const std::vector<float>> m_values;
};

}  // namespace nanoscope
