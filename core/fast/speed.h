#pragma once

#include "core/fast/instruction_set.h"

#include <cstdint>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace nanoscope {

/// How fast one kernel went, with the loop that only reads run in turn with it.
struct SpeedResult {
    std::string name;  ///< as the benchmark's JSON calls it, for example mxfp4_full
    unsigned threads = 1;
    InstructionSet set = InstructionSet::Auto;  ///< what ran; never Auto in a result
    std::uint64_t elements = 0;                 ///< of a pass
    double gelems = 0.0;       ///< 1e9 elements a second of processor time, all threads together; median
    double wallGelems = 0.0;   ///< of elapsed time; median
    double ratioToRead = 0.0;  ///< median over turns of (time to read) / (time of the kernel), processor time
};

struct ReadSpeed {
    double gelems = 0.0;
    double wallGelems = 0.0;
};

struct SpeedReport {
    std::map<unsigned, ReadSpeed> read;  ///< by threads
    std::vector<SpeedResult> results;
};

struct SpeedOptions {
    std::uint64_t elements = std::uint64_t{64} << 20;
    unsigned turns = 15;  ///< of each measurement
    std::stop_token stop;
    std::function<void(double)> progress = {};  ///< fraction done; may be empty
};

/// Measures every kernel that is built, on one thread and on two, and on the slower instruction sets.
/// The processor's time counts, so that a busy machine disturbs little; the reading loop takes turns with each kernel.
/// @throws Cancelled
[[nodiscard]] SpeedReport measureSpeed(const SpeedOptions& options);

}  // namespace nanoscope
