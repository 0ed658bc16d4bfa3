#pragma once

#include <cstdint>
#include <vector>

namespace nanoscope {

/// Blocks that are drawn from together.
struct StratumSize {
    std::uint64_t population = 0;  ///< blocks of the tensor
    double weight = 0.0;           ///< what an error of one block may come to, in any unit; 0: none
};

/// How many blocks of each stratum are drawn: nine tenths of the budget in proportion to population times weight, which
/// serves the squared error, one tenth in proportion to the population, which serves the counts. A stratum whose share
/// exceeds it is taken whole and the rest goes to the others; at least two blocks of each are drawn where it has them.
/// @param budget  blocks; exceeded only by those least numbers and by rounding up
[[nodiscard]] std::vector<std::uint64_t> allocateSample(const std::vector<StratumSize>& strata, std::uint64_t budget);

}  // namespace nanoscope
