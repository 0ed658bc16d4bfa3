#pragma once

#include "core/analysis/block_codes.h"
#include "widgets/block_layout.h"
#include "widgets/color_bar.h"
#include "widgets/theme.h"

#include <QImage>
#include <QSize>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace nanoscope {

/// A level as a map of blocks shows where it occurs.
struct LevelOverlay {
    QString name;                             ///< "level −0.5"
    std::shared_ptr<const LevelCells> cells;  ///< null while they are counted
    bool operator==(const LevelOverlay&) const = default;
};

/// The map with the blocks that hold the level colored, the stronger the more often, and outlined where cells have
/// room; all others gray and pale. Several blocks on one pixel: the largest count shows.
/// @param under  the map without the level, of `size`
[[nodiscard]] QImage levelImage(
    const LevelCells& cells, const BlockLayout& layout, QSize size, const Theme& theme, const QImage& under);

/// Colors of the counts from 1 to the largest.
[[nodiscard]] ColorTable levelColors(const Theme& theme);

/// Whole counts beside a bar of these colors.
/// @param most  labels
[[nodiscard]] std::vector<ColorBarTick> levelTicks(const LevelCells& cells, int most);

/// In how many blocks the level occurs, in one line without its name.
[[nodiscard]] QString levelOverlayText(const LevelOverlay& overlay);

/// How often it occurs in a block, in one line.
[[nodiscard]] QString levelOverlayTextOf(const LevelOverlay& overlay, std::uint64_t block, std::uint64_t length);

}  // namespace nanoscope
