#include "core/quant/block_view.h"

#include "core/error.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace nanoscope {
namespace {

std::string sourceOf(const Tensor& tensor)
{
    return tensor.file.empty() ? tensor.info.name : tensor.file + ": " + tensor.info.name;
}

std::size_t axisFromFront(const Tensor& tensor, const Shape& shape, int axis)
{
    const int rank = static_cast<int>(shape.size());
    if (rank <= 1)  // one row whatever the axis; only the two that exist are accepted
        if (axis == 0 || axis == -1)
            return 0;
    if (axis < -rank || axis >= rank)
        throw Error(sourceOf(tensor), "axis " + std::to_string(axis) + " does not exist in shape " + shapeText(shape),
            "use " + std::to_string(-std::max(rank, 1)) + " to " + std::to_string(std::max(rank, 1) - 1),
            ErrorKind::Refused);
    return static_cast<std::size_t>(axis < 0 ? axis + rank : axis);
}

const Shape& checkedShape(const Tensor& tensor, const Shape& shape)
{
    const std::uint64_t elements = tensor.values.size();
    if (elementCount(shape) != elements)
        throw Error(sourceOf(tensor),
            "shape " + shapeText(shape) + " does not hold " + std::to_string(elements) + " elements",
            "give a shape whose product is " + std::to_string(elements), ErrorKind::Refused);
    return shape;
}

/// The same values in another order, as float32 or as words, whatever they are.
/// @param fill  called with the values as a span and where to put them
template <typename Fill> TensorValues reordered(const TensorValues& values, const Fill& fill)
{
    if (values.isFloat32()) {
        auto ordered = std::make_shared<std::vector<float>>(values.size());
        fill(values.floats(), ordered->data());
        return TensorValues(std::move(ordered));
    }
    auto ordered = std::make_shared<std::vector<std::uint16_t>>(values.size());
    fill(values.words(), ordered->data());
    return TensorValues(values.kind(), std::move(ordered));
}

TensorValues movedAxisLast(const TensorValues& values, const RowLayout& layout)
{
    return reordered(values, [&layout](const auto& from, auto* out) {
        for (std::uint64_t row = 0; row < layout.rows; ++row)
            for (std::uint64_t column = 0; column < layout.rowLength; ++column)
                *out++ = from[layout.fileIndex(row, column)];
    });
}

}  // namespace

RowLayout::RowLayout(const Shape& shape, std::size_t axis)
    : rows(1)
    , rowLength(shape.empty() ? 1 : shape[axis])
{
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (i != axis)
            rows *= shape[i];
        if (i > axis)
            inner *= shape[i];
    }
}

BlockView::BlockView(const Tensor& tensor, int axis, int block, const std::optional<Shape>& reshape)
    : m_source(sourceOf(tensor))
    , m_shape(checkedShape(tensor, reshape.value_or(tensor.info.shape)))
    , m_axis(axisFromFront(tensor, m_shape, axis))
    , m_layout(m_shape, m_axis)
    , m_values(m_layout.inner == 1 ? tensor.values : movedAxisLast(tensor.values, m_layout))
{
    setBlock(block);
}

BlockView BlockView::withBlock(int block) const
{
    BlockView view = *this;
    view.setBlock(block);
    return view;
}

BlockView BlockView::withValues(TensorValues values) const
{
    BlockView view = *this;
    view.m_values = std::move(values);
    return view;
}

BlockView BlockView::tiled(int block, int tileRows) const
{
    BlockView view = *this;
    view.m_tileRows = static_cast<std::uint64_t>(tileRows);
    view.setBlock(block);
    if (tileRows == 1)
        return view;
    view.m_values = reordered(m_values, [&view](const auto& from, auto* out) {
        for (std::uint64_t index = 0; index < view.blocks(); ++index)
            for (std::uint64_t i = 0; i < view.length(index); ++i)
                *out++ = from[view.rowPosition(index, i)];
    });
    return view;
}

void BlockView::setBlock(int block)
{
    m_block = block;
    m_blockColumns = static_cast<std::uint64_t>(block) / m_tileRows;
    m_blocksPerRow = (m_layout.rowLength + m_blockColumns - 1) / m_blockColumns;
}

}  // namespace nanoscope
