#include "widgets/level_overlay.h"

#include "widgets/cell_grid.h"
#include "widgets/nice_ticks.h"
#include "widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::LevelOverlay)
};

constexpr double kPalest = 0.40;      // opacity of one element
constexpr double kUnderneath = 0.24;  // of the map's gray
constexpr int kRoom = 5;              // pixels of a cell from which it is outlined

double fractionOf(double count, const LevelCells& cells)
{
    return cells.most > 1 ? (count - 1) / (static_cast<double>(cells.most) - 1) : 1.0;
}

/// Which cell each pixel of an axis belongs to, and whether it lies at the cell's edge.
struct PixelAxis {
    std::vector<std::uint64_t> cell;
    std::vector<bool> isEdge;

    PixelAxis(std::uint64_t cells, int pixels)
        : cell(static_cast<std::size_t>(pixels))
        , isEdge(static_cast<std::size_t>(pixels), false)
    {
        for (std::size_t i = 0; i < cell.size(); ++i)
            cell[i] = i * cells / cell.size();
        if (static_cast<double>(pixels) < kRoom * static_cast<double>(cells))
            return;
        for (std::size_t i = 0; i < cell.size(); ++i)
            isEdge[i] = i == 0 || i + 1 == cell.size() || cell[i - 1] != cell[i] || cell[i + 1] != cell[i];
    }

    [[nodiscard]] bool hasRoom() const { return !isEdge.empty() && isEdge.front(); }
};

}  // namespace

ColorTable levelColors(const Theme& theme)
{
    ColorTable table{};
    for (std::size_t i = 0; i < table.size(); ++i)
        table[i] = blended(theme.panel, theme.accent, kPalest + (1 - kPalest) * static_cast<double>(i) / 255.0).rgb();
    return table;
}

QImage levelImage(
    const LevelCells& cells, const BlockLayout& layout, QSize size, const Theme& theme, const QImage& under)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(theme.panel);
    if (layout.gridColumns() == 0 || layout.gridLines() == 0 || size.isEmpty())
        return image;
    const CellGrid grid(cells.counts, layout, size);
    const ColorTable colors = levelColors(theme);
    std::vector<QRgb> grays(256);
    for (int gray = 0; gray < 256; ++gray)
        grays[static_cast<std::size_t>(gray)] = blended(theme.panel, QColor(gray, gray, gray), kUnderneath).rgb();
    const PixelAxis across(grid.columns(), size.width());
    const PixelAxis down(grid.lines(), size.height());
    const bool isOutlined = across.hasRoom() && down.hasRoom();
    const QRgb outline = theme.text.rgb();
    for (int y = 0; y < size.height(); ++y) {
        const double* counts = grid.line(down.cell[static_cast<std::size_t>(y)]);
        const auto* gray = reinterpret_cast<const QRgb*>(under.constScanLine(y));
        auto* pixels = reinterpret_cast<QRgb*>(image.scanLine(y));
        const bool isEdgeLine = down.isEdge[static_cast<std::size_t>(y)];
        for (int x = 0; x < size.width(); ++x) {
            const auto column = static_cast<std::size_t>(x);
            const double count = counts[across.cell[column]];
            if (count < 0)
                continue;  // no block: the ground
            if (count == 0)
                pixels[x] = grays[static_cast<std::size_t>(qGray(gray[x]))];
            else if (isOutlined && (isEdgeLine || across.isEdge[column]))
                pixels[x] = outline;
            else
                pixels[x] = colors[static_cast<std::size_t>(colorIndex(fractionOf(count, cells)))];
        }
    }
    return image;
}

std::vector<ColorBarTick> levelTicks(const LevelCells& cells, int most)
{
    std::vector<ColorBarTick> ticks;
    if (cells.most == 0)
        return ticks;
    for (const double count : niceTicks(0, static_cast<double>(cells.most), std::max(2, most)).values)
        if (count >= 1 && count == std::floor(count))
            ticks.push_back({fractionOf(count, cells), countText(static_cast<std::uint64_t>(count))});
    return ticks;
}

QString levelOverlayText(const LevelOverlay& overlay)
{
    if (!overlay.cells)
        return Text::tr("looking for the blocks of %1 …").arg(overlay.name);
    const LevelCells& cells = *overlay.cells;
    if (cells.blocks == 0)
        return Text::tr("in none of %1 blocks").arg(countText(cells.counts.size()));
    return Text::tr("in %1 of %2 blocks, up to %3 times")
        .arg(countText(cells.blocks), countText(cells.counts.size()), countText(cells.most));
}

QString levelOverlayTextOf(const LevelOverlay& overlay, std::uint64_t block, std::uint64_t length)
{
    if (!overlay.cells || block >= overlay.cells->counts.size())
        return {};
    return Text::tr("%1: %2 of its %3 elements")
        .arg(overlay.name, countText(overlay.cells->counts[block]), countText(length));
}

}  // namespace nanoscope
