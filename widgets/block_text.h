#pragma once

#include "core/analysis/report.h"
#include "widgets/block_values.h"

#include <QString>
#include <QStringList>

#include <cstdint>

namespace nanoscope {

/// Name of a quantity as titles have it.
[[nodiscard]] QString quantityName(BlockQuantity quantity);

/// Where a block is and how well it is represented, in a few lines.
[[nodiscard]] QStringList describeBlock(const Report& report, std::uint64_t block);

}  // namespace nanoscope
