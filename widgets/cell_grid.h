#pragma once

#include "widgets/block_layout.h"

#include <QSize>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace nanoscope {

/// Largest value per cell of a grid that has no more cells than the picture has pixels.
class CellGrid {
public:
    static constexpr double kNoBlock = -1.0;  ///< of cells that stand for no block

    /// @param values  not negative, one per block; by operator[] and size()
    template <typename Values>
    CellGrid(const Values& values, const BlockLayout& layout, QSize size)
        : m_columns(std::min(layout.gridColumns(), static_cast<std::uint64_t>(size.width())))
        , m_lines(std::min(layout.gridLines(), static_cast<std::uint64_t>(size.height())))
        , m_cells(m_columns * m_lines, kNoBlock)
    {
        std::vector<std::uint64_t> column(layout.gridColumns());
        for (std::uint64_t i = 0; i < column.size(); ++i)
            column[i] = i * m_columns / layout.gridColumns();
        const std::uint64_t perLine = layout.blocksPerLine();
        for (std::uint64_t row = 0; row < layout.rows(); ++row) {
            for (std::uint64_t start = 0; start < layout.blocksPerRow(); start += perLine) {
                const std::uint64_t first = row * layout.blocksPerRow() + start;
                const std::uint64_t count = std::min(perLine, layout.blocksPerRow() - start);
                const GridCell cell = layout.cellOf(first);
                double* line = m_cells.data() + cell.line * m_lines / layout.gridLines() * m_columns;
                for (std::uint64_t i = 0; i < count && first + i < values.size(); ++i) {
                    double& largest = line[column[cell.column + i]];
                    largest = std::max(largest, static_cast<double>(values[first + i]));
                }
            }
        }
    }

    [[nodiscard]] std::uint64_t columns() const { return m_columns; }
    [[nodiscard]] std::uint64_t lines() const { return m_lines; }
    [[nodiscard]] const double* line(std::uint64_t index) const { return m_cells.data() + index * m_columns; }

private:
    std::uint64_t m_columns;
    std::uint64_t m_lines;
    std::vector<double> m_cells;
};

}  // namespace nanoscope
