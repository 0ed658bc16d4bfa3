#pragma once

#include <cstdint>

namespace nanoscope {

/// One (codebook, code) pair: what plots, tables and the block view use to speak of the same level.
struct LevelId {
    std::uint32_t book = 0;
    std::uint32_t code = 0;
    bool operator==(const LevelId&) const = default;
};

}  // namespace nanoscope
