#pragma once

#include "core/analysis/block_trace.h"

#include <QString>
#include <QStringList>

namespace nanoscope {

/// A scale as stored and as it reads: "0x78 = 2^-7".
[[nodiscard]] QString scaleDescription(const BlockTrace& trace, std::size_t index);

/// What is stored for a block besides its codes, and how good it is, each in a few words: place, scales, metadata,
/// error.
[[nodiscard]] QStringList blockSummary(const BlockTrace& trace);

}  // namespace nanoscope
