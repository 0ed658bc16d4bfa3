#pragma once

#include <QSizeF>

#include <cstdint>
#include <optional>

namespace nanoscope {

/// A cell of the grid that blocks are laid out on.
struct GridCell {
    std::uint64_t column = 0;
    std::uint64_t line = 0;
    bool operator==(const GridCell&) const = default;
};

/// Blocks as rows and columns of cells that fill a rectangle sensibly. A tensor far taller than the rectangle is folded
/// into panels of rows side by side; one far wider has its rows broken into lines like text. One empty line or column
/// parts what does not belong together.
class BlockLayout {
public:
    BlockLayout() = default;
    /// @param size  of the rectangle in pixels
    BlockLayout(std::uint64_t rows, std::uint64_t blocksPerRow, QSizeF size);

    [[nodiscard]] std::uint64_t rows() const { return m_rows; }
    [[nodiscard]] std::uint64_t blocksPerRow() const { return m_blocksPerRow; }
    /// Side by side; 1 when the tensor is not folded.
    [[nodiscard]] std::uint64_t panels() const { return m_panels; }
    [[nodiscard]] std::uint64_t rowsPerPanel() const { return m_rowsPerPanel; }
    /// Per row; 1 when rows are not broken.
    [[nodiscard]] std::uint64_t linesPerRow() const { return m_linesPerRow; }
    [[nodiscard]] std::uint64_t blocksPerLine() const { return m_blocksPerLine; }
    [[nodiscard]] bool isFolded() const { return m_panels > 1 || m_linesPerRow > 1; }

    [[nodiscard]] std::uint64_t gridColumns() const;
    [[nodiscard]] std::uint64_t gridLines() const;
    /// @param block  less than rows() * blocksPerRow()
    [[nodiscard]] GridCell cellOf(std::uint64_t block) const;
    /// Nothing for gaps and the unused end of the grid.
    [[nodiscard]] std::optional<std::uint64_t> blockAt(GridCell cell) const;

private:
    [[nodiscard]] std::uint64_t linePitch() const { return m_linesPerRow + (m_linesPerRow > 1 ? 1 : 0); }

    std::uint64_t m_rows = 0;
    std::uint64_t m_blocksPerRow = 0;
    std::uint64_t m_panels = 1;
    std::uint64_t m_rowsPerPanel = 0;
    std::uint64_t m_linesPerRow = 1;
    std::uint64_t m_blocksPerLine = 0;
};

}  // namespace nanoscope
