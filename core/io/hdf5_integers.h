#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace nanoscope {

/// A dataset of integers with two axes.
struct IntegerMatrix {
    std::string name;
    std::uint64_t rows = 0;
    std::uint64_t columns = 0;
    std::vector<std::int64_t> values;  ///< row by row
};

/// Every two-dimensional dataset of integers in an HDF5 file, in path order.
/// @param mostValues  refused beyond: a damaged size must not claim all memory
/// @throws Error naming the file, and the dataset that cannot be read
[[nodiscard]] std::vector<IntegerMatrix> readIntegerMatrices(
    const std::filesystem::path& path, std::uint64_t mostValues);

}  // namespace nanoscope
