#include "core/fast/worker_pool.h"

#include "core/error.h"

#include <algorithm>
#include <ctime>
#include <exception>
#include <mutex>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace nanoscope {
namespace {

constexpr std::uint32_t kClosed = 0x80000000U;
constexpr int kSpins = 2000;  // some ten microseconds

void pauseBriefly()
{
#if defined(__x86_64__)
    _mm_pause();
#endif
}

/// Returns once `value` is no longer `old`.
void awaitChange(const std::atomic<std::uint32_t>& value, std::uint32_t old)
{
    for (int spin = 0; spin < kSpins; ++spin) {
        if (value.load(std::memory_order_acquire) != old)
            return;
        pauseBriefly();
    }
    value.wait(old, std::memory_order_acquire);
}

/// Nanoseconds of processor time of this thread; 0 where the system does not tell.
std::int64_t threadTime()
{
#if defined(CLOCK_THREAD_CPUTIME_ID)
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<std::int64_t>(time.tv_sec) * 1000000000 + time.tv_nsec;
#else
    return 0;
#endif
}

}  // namespace

/// Lives on the caller's stack; helpers touch it only between enter() and leave().
struct WorkerPool::Job {
    std::uint64_t chunks;
    const std::stop_token& stop;
    const Work& work;
    std::vector<std::uint64_t> done;  // per worker
    std::atomic<std::uint64_t> next{0};
    std::atomic<unsigned> workers{0};
    std::atomic<bool> failed{false};
    std::mutex mutex{};
    std::exception_ptr failure{};

    void takePart()
    {
        const unsigned worker = workers.fetch_add(1);
        if (worker >= done.size())
            return;
        try {
            while (!failed && !stop.stop_requested()) {
                const std::uint64_t chunk = next.fetch_add(1);
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
    }
};

WorkerPool::WorkerPool(unsigned helpers, Accounting accounting)
    : m_members(kClosed)
    , m_accounting(accounting)
{
    for (unsigned i = 0; i < helpers; ++i)
        m_helpers.emplace_back([this](const std::stop_token& stop) { help(stop); });
}

WorkerPool::~WorkerPool()
{
    for (std::jthread& helper : m_helpers)
        helper.request_stop();
    ++m_generation;
    m_generation.notify_all();
}

bool WorkerPool::enter()
{
    std::uint32_t members = m_members.load(std::memory_order_acquire);
    while ((members & kClosed) == 0)
        if (m_members.compare_exchange_weak(members, members + 1, std::memory_order_acq_rel))
            return true;
    return false;
}

void WorkerPool::leave()
{
    if (m_members.fetch_sub(1, std::memory_order_acq_rel) == kClosed + 1)
        m_members.notify_one();
}

void WorkerPool::help(const std::stop_token& stop)
{
    std::uint32_t seen = 0;
    while (true) {
        awaitChange(m_generation, seen);
        seen = m_generation.load(std::memory_order_acquire);
        if (stop.stop_requested())
            return;
        if (!enter())
            continue;
        const std::int64_t before = m_accounting == Accounting::None ? 0 : threadTime();
        m_job->takePart();
        m_helpersTime += m_accounting == Accounting::None ? 0 : threadTime() - before;
        leave();
    }
}

std::vector<std::uint64_t> WorkerPool::run(
    std::uint64_t chunks, unsigned threads, const std::stop_token& stop, const Work& work)
{
    Job job{chunks, stop, work, std::vector<std::uint64_t>(std::max(1U, threads), 0)};
    const bool isWanted = threads > 1 && chunks > 1 && !m_helpers.empty();
    const bool isShared = isWanted && !m_isRunning.exchange(true, std::memory_order_acquire);
    if (isShared) {
        m_job = &job;
        m_members.store(0, std::memory_order_release);
        m_generation.fetch_add(1, std::memory_order_release);
        m_generation.notify_all();
    }
    job.takePart();
    if (isShared) {
        std::uint32_t members = m_members.fetch_or(kClosed, std::memory_order_acq_rel) | kClosed;
        while (members != kClosed) {
            awaitChange(m_members, members);
            members = m_members.load(std::memory_order_acquire);
        }
        m_isRunning.store(false, std::memory_order_release);
    }
    if (job.failure)
        std::rethrow_exception(job.failure);
    std::uint64_t finished = 0;
    for (const std::uint64_t count : job.done)
        finished += count;
    if (finished < chunks)
        throw Cancelled();
    return job.done;
}

}  // namespace nanoscope
