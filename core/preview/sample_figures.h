#pragma once

#include "core/analysis/block_statistics.h"

#include <cstddef>
#include <map>
#include <utility>
#include <vector>

namespace nanoscope {

/// Counts and sums of sampled blocks, each block weighed by how many it stands for.
class WeighedFigures {
public:
    /// @param weight  blocks of the tensor per measured block
    void add(const BlockCounts& counts, const TotalSums& sums, double weight);

    /// Counts rounded to whole numbers; what was seen is never rounded to nothing, because no weight is below 1.
    [[nodiscard]] BlockCounts counts() const;
    [[nodiscard]] const TotalSums& sums() const { return m_sums; }

private:
    BlockCounts m_shape;  // lengths of the vectors
    std::vector<double> m_counts;
    std::map<std::pair<std::size_t, std::size_t>, double> m_pieces;
    TotalSums m_sums;
};

}  // namespace nanoscope
