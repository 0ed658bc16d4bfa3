#pragma once

#include "core/analysis/report.h"
#include "widgets/block_layout.h"
#include "widgets/block_values.h"

#include <QSizeF>
#include <QString>
#include <QStringList>

#include <cstdint>

namespace nanoscope {

/// Name of a quantity as titles have it.
[[nodiscard]] QString quantityName(BlockQuantity quantity);

/// Where a block is and how well it is represented, in a few lines.
[[nodiscard]] QStringList describeBlock(const Report& report, std::uint64_t block);

/// How the blocks lie on a rectangle of `size` pixels, in one line.
[[nodiscard]] QString describeLayout(const Report& report, const BlockLayout& layout, QSizeF size);

}  // namespace nanoscope
