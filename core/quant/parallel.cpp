#include "core/quant/parallel.h"

#include "core/error.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

namespace nanoscope {

unsigned threadCount(unsigned requested, std::uint64_t chunks)
{
    const unsigned wanted = requested > 0 ? requested : std::max(1U, std::thread::hardware_concurrency());
    return static_cast<unsigned>(std::clamp<std::uint64_t>(chunks, 1, wanted));
}

std::vector<std::uint64_t> forEachChunk(std::uint64_t chunks, unsigned threads, const std::stop_token& stop,
    const std::function<void(unsigned, std::uint64_t)>& work)
{
    std::atomic<std::uint64_t> next{0};
    std::atomic<bool> failed{false};
    std::mutex mutex;
    std::exception_ptr failure;
    std::vector<std::uint64_t> done(threads, 0);
    const auto run = [&](unsigned worker) {
        try {
            while (!failed && !stop.stop_requested()) {
                const std::uint64_t chunk = next++;
                if (chunk >= chunks)
                    return;
                work(worker, chunk);
                ++done[worker];
            }
        } catch (...) {
            const std::lock_guard lock(mutex);
            if (!failure)
                failure = std::current_exception();
            failed = true;
        }
    };
    {
        std::vector<std::jthread> helpers;
        for (unsigned worker = 1; worker < threads; ++worker)
            helpers.emplace_back(run, worker);
        run(0);
    }
    if (failure)
        std::rethrow_exception(failure);
    std::uint64_t finished = 0;
    for (const std::uint64_t count : done)
        finished += count;
    if (finished < chunks)
        throw Cancelled();
    return done;
}

}  // namespace nanoscope
