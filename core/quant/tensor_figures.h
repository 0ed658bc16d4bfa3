#pragma once

#include "core/quant/block_view.h"
#include "core/quant/tensor_parameters.h"

namespace nanoscope {

/// @name Means over the finite elements of a tensor, summed in a fixed order whatever the number of threads; 0 for none
/// @{
[[nodiscard]] double tensorMeanAbsolute(const BlockView& view, const PassOptions& options);
[[nodiscard]] double tensorMeanSquare(const BlockView& view, const PassOptions& options);
/// @}

}  // namespace nanoscope
