#pragma once

#include <cstdint>
#include <stop_token>

namespace nanoscope {

/// How long a preview of NxFP4 takes, and how good it says it is. Elapsed times; the preset's blocks of 32.
struct PreviewSpeed {
    double drawMilliseconds = 0.0;       ///< the sample, once per tensor
    double quickMilliseconds = 0.0;      ///< the first preview; median
    double fullMilliseconds = 0.0;       ///< the second one; median
    double quickDeviationDecibel = 0.0;  ///< standard error of the SQNR
    double fullDeviationDecibel = 0.0;
};

/// Measures on speedTensor().
/// @param elements  a multiple of kSpeedRow
/// @param turns     of each preview
/// @throws Cancelled
[[nodiscard]] PreviewSpeed measurePreview(
    std::uint64_t elements, unsigned turns = 15, const std::stop_token& stop = {});

}  // namespace nanoscope
