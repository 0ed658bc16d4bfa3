#pragma once

#include "core/tensor.h"

#include <cstdint>

namespace nanoscope {

/// Length of the rows of the benchmark's tensor.
inline constexpr std::uint64_t kSpeedRow = 4096;

/// Values like those of weights, for measuring speed: stretches of normal and of heavy-tailed values (Student's t with
/// three degrees of freedom), each row with a scale of its own; on huge pages.
/// @param elements  a multiple of kSpeedRow
[[nodiscard]] Tensor speedTensor(std::uint64_t elements);

}  // namespace nanoscope
