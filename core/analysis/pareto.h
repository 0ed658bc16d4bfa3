#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace nanoscope {

/// What something costs and what it gives for that: less and more are better.
struct CostAndMerit {
    double cost = 0.0;
    double merit = 0.0;
};

/// Indices of the points that no other point beats, by ascending cost. A point beats another when it is not worse in
/// either figure and better in one; equal points do not beat each other. Points with NaN are on no front, infinite
/// merit (no error at all) may be.
[[nodiscard]] std::vector<std::size_t> paretoFront(std::span<const CostAndMerit> points);

}  // namespace nanoscope
