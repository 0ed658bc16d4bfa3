#pragma once

#include "widgets/block_layout.h"

#include <QPointF>
#include <QRectF>

#include <optional>
#include <utility>

namespace nanoscope {

/// Blocks on a rectangle of the screen: which pixels a block takes and which blocks a pixel holds.
class BlockMapGeometry {
public:
    /// @param map  in pixels, with room for at least one
    BlockMapGeometry(const BlockLayout& layout, const QRectF& map);

    [[nodiscard]] QRectF cellOf(std::uint64_t block) const;
    /// The cells under the logical pixel at a point: (first, last) columns and lines; nothing beside the map.
    struct Range {
        std::uint64_t firstColumn = 0;
        std::uint64_t lastColumn = 0;
        std::uint64_t firstLine = 0;
        std::uint64_t lastLine = 0;
    };
    [[nodiscard]] std::optional<Range> cellsAt(QPointF point) const;

private:
    const BlockLayout& m_layout;
    QRectF m_map;
};

}  // namespace nanoscope
