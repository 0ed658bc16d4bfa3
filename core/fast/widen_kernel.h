#pragma once

#include "core/fast/instruction_set.h"
#include "core/tensor_values.h"

#include <cstddef>
#include <cstdint>

namespace nanoscope {

/// Exact float32 values of 16-bit floats; of a NaN at least that it is one.
/// @param words  `count` of them; memory some kilobytes ahead is asked for, though never read
using WidenKernel = void (*)(const std::uint16_t* words, std::size_t count, float* values);

/// @param kind  of the words, not Float32
[[nodiscard]] WidenKernel widenKernel(KernelTarget target, ValueKind kind);

}  // namespace nanoscope
