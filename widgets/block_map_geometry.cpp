#include "widgets/block_map_geometry.h"

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

/// The cells under the pixel of a position along one side; where cells are larger than pixels that is one.
std::pair<std::uint64_t, std::uint64_t> cellsUnder(double position, double extent, std::uint64_t cells)
{
    const double perPixel = static_cast<double>(cells) / extent;
    const double first = perPixel > 1 ? std::floor(position) * perPixel : position * perPixel;
    const double last = perPixel > 1 ? std::ceil((std::floor(position) + 1) * perPixel) - 1 : first;
    const auto limit = static_cast<double>(cells - 1);
    return {static_cast<std::uint64_t>(std::clamp(first, 0.0, limit)),
        static_cast<std::uint64_t>(std::clamp(last, 0.0, limit))};
}

}  // namespace

BlockMapGeometry::BlockMapGeometry(const BlockLayout& layout, const QRectF& map)
    : m_layout(layout)
    , m_map(map)
{
}

QRectF BlockMapGeometry::cellOf(std::uint64_t block) const
{
    const GridCell cell = m_layout.cellOf(block);
    const double width = m_map.width() / static_cast<double>(m_layout.gridColumns());
    const double height = m_map.height() / static_cast<double>(m_layout.gridLines());
    return {m_map.left() + width * static_cast<double>(cell.column),
        m_map.top() + height * static_cast<double>(cell.line), width, height};
}

std::optional<BlockMapGeometry::Range> BlockMapGeometry::cellsAt(QPointF point) const
{
    if (!m_map.contains(point) || m_layout.gridColumns() == 0 || m_layout.gridLines() == 0)
        return std::nullopt;
    const auto [firstColumn, lastColumn] = cellsUnder(point.x() - m_map.left(), m_map.width(), m_layout.gridColumns());
    const auto [firstLine, lastLine] = cellsUnder(point.y() - m_map.top(), m_map.height(), m_layout.gridLines());
    return Range{firstColumn, lastColumn, firstLine, lastLine};
}

}  // namespace nanoscope
