#pragma once

#include "widgets/error_share_view.h"
#include "widgets/pick_plot.h"

#include <optional>
#include <vector>

namespace nanoscope {

/// Plot and table of the curves.
/// @param scale  of the share of blocks
[[nodiscard]] StudyContent errorShareContent(const std::vector<ErrorShareLine>& lines, AxisScale scale);

/// The block at the rank of each row of the table.
[[nodiscard]] std::vector<quint64> errorShareRowBlocks(const ErrorShare& share);

/// One pick a point of the curve.
[[nodiscard]] QList<PickPoint> errorSharePicks(const ErrorShareLine& line);

/// Where a block lies that has no point of its own, between the points beside it; nothing for one that is not ranked.
[[nodiscard]] std::optional<PickPoint> errorSharePlace(const ErrorShareLine& line, quint64 block);

}  // namespace nanoscope
