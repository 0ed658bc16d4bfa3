#pragma once

#include "core/quant/prepared_tensor.h"

#include <cstdint>
#include <span>

namespace nanoscope {

/// All-in bits per element of a tensor: `/packed`, each row padded to a byte, and what is stored per tensor.
/// @param blockBits  stored bits of each block; empty where blocks do not vary (hasVariableBlocks)
[[nodiscard]] double storedBitsPerElement(const PreparedTensor& prepared, std::span<const std::uint32_t> blockBits);

}  // namespace nanoscope
