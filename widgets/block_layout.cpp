#include "widgets/block_layout.h"

#include <algorithm>

namespace nanoscope {

namespace {

constexpr double kSmallestSide = 1.0;  // pixels; a cell should be seen
constexpr double kSpareSide = 3.0;     // pixels; with less there is no room to fold into
constexpr double kLongestSide = 40.0;  // times the shorter one

std::uint64_t ceilDivide(std::uint64_t a, std::uint64_t b)
{
    return (a + b - 1) / b;
}

/// The fold that makes the shorter side of a cell longest. With every fold one side grows and the other shrinks, so the
/// first decline ends the search.
template <typename Shorter> std::uint64_t bestFold(std::uint64_t most, Shorter shorterSide)
{
    std::uint64_t best = 1;
    double longest = shorterSide(std::uint64_t{1});
    double reached = longest;
    for (std::uint64_t fold = 2; fold <= most; ++fold) {
        const double side = shorterSide(fold);
        if (side > longest) {
            longest = side;
            best = fold;
        }
        if (side < 0.5 * longest || (side < reached && fold > 8 * best))
            break;
        reached = side;
    }
    return best;
}

}  // namespace

BlockLayout::BlockLayout(std::uint64_t rows, std::uint64_t blocksPerRow, QSizeF size)
    : m_rows(rows)
    , m_blocksPerRow(blocksPerRow)
    , m_rowsPerPanel(rows)
    , m_blocksPerLine(blocksPerRow)
{
    if (rows == 0 || blocksPerRow == 0)
        return;
    const double width = size.width() / static_cast<double>(blocksPerRow);
    const double height = size.height() / static_cast<double>(rows);
    const auto [shorter, longer] = std::minmax({width, height});
    const bool isTooThin = shorter < kSmallestSide || longer > kLongestSide * shorter;
    if (!isTooThin || longer < kSpareSide)
        return;
    if (height < width) {
        m_panels = bestFold(rows, [&](std::uint64_t panels) {
            return std::min(size.width() / static_cast<double>(panels * (blocksPerRow + 1) - 1),
                size.height() / static_cast<double>(ceilDivide(rows, panels)));
        });
        m_rowsPerPanel = ceilDivide(rows, m_panels);
        m_panels = ceilDivide(rows, m_rowsPerPanel);
    } else {
        m_linesPerRow = bestFold(blocksPerRow, [&](std::uint64_t lines) {
            const std::uint64_t all = rows * lines + (lines > 1 ? rows - 1 : 0);
            return std::min(size.width() / static_cast<double>(ceilDivide(blocksPerRow, lines)),
                size.height() / static_cast<double>(all));
        });
        m_blocksPerLine = ceilDivide(blocksPerRow, m_linesPerRow);
        m_linesPerRow = ceilDivide(blocksPerRow, m_blocksPerLine);
    }
}

std::uint64_t BlockLayout::gridColumns() const
{
    return m_rows == 0 ? 0 : m_panels * (m_blocksPerLine + 1) - 1;
}

std::uint64_t BlockLayout::gridLines() const
{
    if (m_rows == 0)
        return 0;
    return m_rowsPerPanel * linePitch() - (m_linesPerRow > 1 ? 1 : 0);
}

GridCell BlockLayout::cellOf(std::uint64_t block) const
{
    const std::uint64_t row = block / m_blocksPerRow;
    const std::uint64_t inRow = block % m_blocksPerRow;
    return {row / m_rowsPerPanel * (m_blocksPerLine + 1) + inRow % m_blocksPerLine,
        row % m_rowsPerPanel * linePitch() + inRow / m_blocksPerLine};
}

std::optional<std::uint64_t> BlockLayout::blockAt(GridCell cell) const
{
    if (cell.column >= gridColumns() || cell.line >= gridLines())
        return std::nullopt;
    const std::uint64_t panel = cell.column / (m_blocksPerLine + 1);
    const std::uint64_t inLine = cell.column % (m_blocksPerLine + 1);
    const std::uint64_t line = cell.line % linePitch();
    const std::uint64_t row = panel * m_rowsPerPanel + cell.line / linePitch();
    const std::uint64_t inRow = line * m_blocksPerLine + inLine;
    if (inLine >= m_blocksPerLine || line >= m_linesPerRow || row >= m_rows || inRow >= m_blocksPerRow)
        return std::nullopt;
    return row * m_blocksPerRow + inRow;
}

}  // namespace nanoscope
