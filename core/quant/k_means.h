#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace nanoscope {

/// Centroids of one-dimensional k-means on sorted values: Lloyd's iteration from a quantile start, at most 100 rounds
/// or until no centroid moves by more than 1e-12 (catalogue 3.7, k-means of SqueezeLLM with equal weights).
/// @param sorted  ascending, finite
/// @return at most `count` ascending centroids; fewer where values repeat; none for no values
[[nodiscard]] std::vector<double> kMeans(std::span<const double> sorted, std::size_t count);

}  // namespace nanoscope
