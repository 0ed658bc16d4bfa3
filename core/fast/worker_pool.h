#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <thread>
#include <vector>

namespace nanoscope {

/// Threads that stay, for passes that last microseconds: they wait for work in a short spin, then asleep.
///
/// The caller takes part and never waits for a helper that has not begun, so that a busy machine costs speed, not
/// latency. One job at a time; a second caller that comes meanwhile does its job alone.
class WorkerPool {
public:
    using Work = std::function<void(unsigned worker, std::uint64_t chunk)>;

    /// Whether helpers look at their processor time, which costs a microsecond per job.
    enum class Accounting { None, ProcessorTime };

    /// @param helpers  threads beside the caller
    explicit WorkerPool(unsigned helpers, Accounting accounting = Accounting::None);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// Threads that a job can have, the caller included.
    [[nodiscard]] unsigned threads() const { return static_cast<unsigned>(m_helpers.size()) + 1; }

    /// Processor time that helpers have spent in jobs. Only a thread itself can tell exactly; the clock of the process
    /// lags by milliseconds behind threads that run elsewhere.
    [[nodiscard]] std::chrono::nanoseconds helpersTime() const
    {
        return std::chrono::nanoseconds(m_helpersTime.load());
    }

    /// Calls work(worker, chunk) once for every chunk; each worker takes the next free one.
    /// @param threads  most workers to use, the caller included; worker is in [0, threads)
    /// @param work     called concurrently with different chunks
    /// @return how many chunks each worker did
    /// @throws Cancelled when stop was requested before all chunks were done; the first exception of `work` otherwise
    std::vector<std::uint64_t> run(
        std::uint64_t chunks, unsigned threads, const std::stop_token& stop, const Work& work);

private:
    struct Job;

    void help(const std::stop_token& stop);
    bool enter();
    void leave();

    std::atomic<bool> m_isRunning{false};        // a caller has its job under way
    std::atomic<std::uint32_t> m_generation{0};  // counts jobs; what helpers wait on
    std::atomic<std::uint32_t> m_members;        // helpers inside the job, and whether it is closed to others
    Job* m_job = nullptr;
    Accounting m_accounting;
    std::atomic<std::int64_t> m_helpersTime{0};  // nanoseconds
    std::vector<std::jthread> m_helpers;
};

}  // namespace nanoscope
