#pragma once

#include "core/fast/instruction_set.h"

#include <cstddef>

namespace nanoscope {

/// Adds up floats as fast as they can be read: the yardstick of every other kernel. The sum is of no use but to keep
/// the loop from being dropped.
using ReadKernel = float (*)(const float* values, std::size_t count);

[[nodiscard]] ReadKernel readKernel(KernelTarget target);

}  // namespace nanoscope
