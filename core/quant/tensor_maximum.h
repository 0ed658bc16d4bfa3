#pragma once

#include "core/quant/block_view.h"

#include <stop_token>

namespace nanoscope {

/// Largest magnitude of the tensor, blocks with NaN or infinity left out; 0 when nothing is left.
/// @param threads  0: as many as there are cores
/// @throws Cancelled
[[nodiscard]] double tensorMaximum(const BlockView& view, unsigned threads = 0, const std::stop_token& stop = {});

}  // namespace nanoscope
