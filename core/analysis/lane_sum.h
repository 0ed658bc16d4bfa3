#pragma once

#include <array>
#include <cstddef>

namespace nanoscope {

/// Number of partial sums that every figure is added up in, whatever the width of the machine's registers.
inline constexpr std::size_t kLanes = 16;

/// A sum over 16 virtual lanes: term i of a block goes to lane i mod 16, so that the result is the same to the last bit
/// for every instruction set.
class LaneSum {
public:
    double& operator[](std::size_t lane) { return m_lanes[lane]; }

    /// Lanes added as a fixed binary tree.
    [[nodiscard]] double total() const
    {
        std::array<double, kLanes> lanes = m_lanes;
        for (std::size_t width = kLanes / 2; width > 0; width /= 2)
            for (std::size_t i = 0; i < width; ++i)
                lanes[i] += lanes[i + width];
        return lanes[0];
    }

private:
    std::array<double, kLanes> m_lanes{};
};

}  // namespace nanoscope
