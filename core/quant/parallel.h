#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

namespace nanoscope {

/// Threads to use for a request: as asked, or as many as there are cores; never more than there are chunks.
[[nodiscard]] unsigned threadCount(unsigned requested, std::uint64_t chunks);

/// Calls work(worker, chunk) once for every chunk, from `threads` workers that each take the next free chunk.
/// @param work  called concurrently with different chunks; worker is in [0, threads)
/// @return how many chunks each worker did
/// @throws Cancelled when stop was requested before all chunks were done; the first exception of `work` otherwise
std::vector<std::uint64_t> forEachChunk(std::uint64_t chunks, unsigned threads, const std::stop_token& stop,
    const std::function<void(unsigned worker, std::uint64_t chunk)>& work);

}  // namespace nanoscope
