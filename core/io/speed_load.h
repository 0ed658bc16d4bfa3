#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace nanoscope {

/// How fast something of loading went, against another way to it that took turns with it. Speeds are medians of 1e9
/// elements a second of elapsed time.
struct LoadSpeed {
    std::string name;  ///< as the benchmark's JSON calls it
    unsigned threads = 1;
    double gelems = 0.0;
    std::string otherName;  ///< what it is measured against, as the JSON calls its speed
    double otherGelems = 0.0;
    double ratio = 0.0;  ///< median over turns
};

struct LoadSpeedOptions {
    std::uint64_t elements = std::uint64_t{32} << 20;  ///< of the largest file; a multiple of kSpeedRow
    unsigned turns = 5;
    std::filesystem::path folder;  ///< empty: the system's for temporary files
    std::stop_token stop;
    std::function<void(double)> progress = {};  ///< fraction done; may be empty
};

/// Measures reading tensors from files that the system holds in memory, against H5Dread into float32 (both into memory
/// that is touched for the first time), and what words that stay 16 bits cost later. With 16-bit floats, reading
/// includes adding up all values, converted tile by tile; H5Dread's need not be touched again.
/// @throws Error when no file can be written
/// @throws Cancelled
[[nodiscard]] std::vector<LoadSpeed> measureLoading(const LoadSpeedOptions& options);

}  // namespace nanoscope
