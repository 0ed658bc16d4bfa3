#pragma once

#include <cstdint>

namespace nanoscope {

/// 64 well-mixed bits for a seed and a position: the same on every machine and for every order of evaluation
/// (the finalizer of splitmix64, Steele, Lea, Flood 2014).
[[nodiscard]] inline std::uint64_t randomBits(std::uint32_t seed, std::uint64_t position)
{
    std::uint64_t z = (std::uint64_t{seed} << 32 ^ position) + 0x9E3779B97F4A7C15ULL * (position + 1);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

/// Uniform in [0, 1).
[[nodiscard]] inline double randomUniform(std::uint32_t seed, std::uint64_t position)
{
    return static_cast<double>(randomBits(seed, position) >> 11) * 0x1p-53;
}

}  // namespace nanoscope
