#pragma once

#include "core/analysis/compact_doubles.h"

#include <array>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

namespace nanoscope {

/// How much of the squared error lies in the worst blocks up to a rank.
struct ErrorSharePoint {
    std::uint64_t rank = 0;   ///< how many blocks, worst first; 1 is the worst alone
    std::uint64_t block = 0;  ///< number of the block that has this rank
    double share = 0.0;       ///< of the squared error of all blocks; 1 at the end
};

/// Shares of the blocks that ErrorShare::steps answers.
inline constexpr std::array<double, 12> kErrorShareSteps{
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0};

/// How unevenly the squared error is spread over the blocks: a Lorenz curve from the worst block on. The choice of the
/// worst first, and of the two marks, is ours; the curve is M. O. Lorenz's (Publications of the American Statistical
/// Association 9, 1905). Blocks with NaN or infinity are left out.
struct ErrorShare {
    std::uint64_t blocks = 0;             ///< that are ranked
    std::uint64_t exact = 0;              ///< of these, without error; they rank last
    double squaredError = 0.0;            ///< of all; when it is 0 nothing below is filled
    std::vector<ErrorSharePoint> curve;   ///< ascending ranks, both ends included, thinned out behind the worst blocks
    std::vector<ErrorSharePoint> steps;   ///< at rank ceil(kErrorShareSteps[i] * blocks)
    std::optional<ErrorSharePoint> half;  ///< smallest rank whose share is at least a half
    std::optional<ErrorSharePoint> ninety;  ///< smallest rank whose share is at least 90 %
};

/// Ranks the blocks by squared error, largest first; of equal ones the first in the tensor first.
/// @param blockSquaredError  per block; NaN: left out
/// @throws Cancelled
[[nodiscard]] ErrorShare errorShare(const CompactDoubles& blockSquaredError, const std::stop_token& stop = {});

/// Rank of one block in that order; nothing for one with NaN or infinity.
/// @param block  less than blockSquaredError.size()
[[nodiscard]] std::optional<std::uint64_t> errorRank(const CompactDoubles& blockSquaredError, std::uint64_t block);

}  // namespace nanoscope
