#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace nanoscope {

/// Runs one function at a time on a thread of its own; the newest request wins.
/// A new request stops the running one; what a stopped one returns or throws is dropped. Results and exceptions are
/// delivered on the thread that made the job, from its event loop, never from inside submit(). Bursts of requests are
/// coalesced: at most one starts per interval, and the last one always starts.
/// All members are to be called on the thread that made the job.
template <typename Result> class LatestJob {
public:
    /// Hands a provisional result (a preview) to the receiver before the work returns the final one.
    using Publish = std::function<void(Result)>;
    using Done = std::function<void(Result)>;
    using Failed = std::function<void(std::exception_ptr)>;

    static constexpr std::chrono::milliseconds kFrame{16};

    /// @param done    gets the result of a request that is still the newest
    /// @param failed  gets what its work threw
    LatestJob(Done done, Failed failed, std::chrono::milliseconds interval = kFrame)
        : m_done(std::move(done))
        , m_failed(std::move(failed))
        , m_interval(interval)
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { start(); });
        m_thread = std::thread([this] { work(); });
    }

    /// Stops what is running and waits for it; nothing is delivered any more.
    ~LatestJob()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_quit = true;
            m_queued.reset();
            m_running.request_stop();
        }
        m_wake.notify_one();
        m_thread.join();
    }

    LatestJob(const LatestJob&) = delete;
    LatestJob& operator=(const LatestJob&) = delete;

    /// Asks for `work(stop)` or `work(stop, publish)`; replaces every earlier request.
    /// @param work  runs on the worker; should return or throw soon after stop was requested
    template <typename Work> void submit(Work work)
    {
        ++m_generation;
        m_busy = true;
        if constexpr (std::is_invocable_v<Work&, std::stop_token, const Publish&>)
            m_waiting = std::move(work);
        else
            m_waiting = [inner = std::move(work)](std::stop_token stop, const Publish&) mutable { return inner(stop); };
        if (m_timer.isActive())
            return;  // the timer starts it
        const auto sinceStart = std::chrono::steady_clock::now() - m_lastStart;
        if (sinceStart >= m_interval)
            start();
        else
            m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(m_interval - sinceStart));
    }

    /// Drops the current request, running or not; nothing of it is delivered.
    void cancel()
    {
        ++m_generation;
        m_busy = false;
        m_waiting = nullptr;
        m_timer.stop();
        const std::lock_guard lock(m_mutex);
        m_queued.reset();
        m_running.request_stop();
    }

    /// True from submit() until the final result or the exception was delivered, or cancel().
    [[nodiscard]] bool isBusy() const { return m_busy; }

private:
    using Task = std::function<Result(std::stop_token, const Publish&)>;

    struct Request {
        Task task;
        std::uint64_t generation = 0;
    };

    /// A result or exception on its way to the owning thread.
    struct Delivery {
        std::uint64_t generation = 0;
        std::optional<Result> result;
        std::exception_ptr exception;
        bool isFinal = false;
    };

    void start()
    {
        if (!m_waiting)
            return;
        m_lastStart = std::chrono::steady_clock::now();
        {
            const std::lock_guard lock(m_mutex);
            m_running.request_stop();
            m_queued = Request{std::exchange(m_waiting, nullptr), m_generation};
        }
        m_wake.notify_one();
    }

    void work()
    {
        while (true) {
            Request request;
            std::stop_token stop;
            {
                std::unique_lock lock(m_mutex);
                m_wake.wait(lock, [this] { return m_quit || m_queued.has_value(); });
                if (m_quit)
                    return;
                request = *std::exchange(m_queued, std::nullopt);
                m_running = std::stop_source{};
                stop = m_running.get_token();
            }
            run(request, stop);
        }
    }

    void run(const Request& request, const std::stop_token& stop)
    {
        const std::uint64_t generation = request.generation;
        const Publish publish = [this, generation](Result result) {
            deliver({generation, std::move(result), nullptr, false});
        };
        try {
            deliver({generation, request.task(stop, publish), nullptr, true});
        } catch (...) {
            deliver({generation, std::nullopt, std::current_exception(), true});
        }
    }

    /// On the worker: leaves a delivery under the lock and wakes the owning thread.
    void deliver(Delivery delivery)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_deliveries.push_back(std::move(delivery));
        }
        QMetaObject::invokeMethod(
            &m_receiver, [this] { receive(); }, Qt::QueuedConnection);
    }

    /// On the owning thread: hands out what is still wanted. Each delivery asks anew, because a receiver may submit.
    void receive()
    {
        std::vector<Delivery> deliveries;
        {
            const std::lock_guard lock(m_mutex);
            deliveries.swap(m_deliveries);
        }
        for (Delivery& delivery : deliveries) {
            if (delivery.generation != m_generation)
                continue;
            if (delivery.isFinal)
                m_busy = false;
            if (delivery.exception)
                m_failed(delivery.exception);
            else
                m_done(std::move(*delivery.result));
        }
    }

    // Touched by the owning thread only.
    Done m_done;
    Failed m_failed;
    std::chrono::milliseconds m_interval;
    std::chrono::steady_clock::time_point m_lastStart{};
    std::uint64_t m_generation = 0;
    bool m_busy = false;
    Task m_waiting;  // not yet handed to the worker
    QTimer m_timer;
    QObject m_receiver;  // its destruction discards posted wake-ups

    // Shared with the worker.
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<Request> m_queued;
    std::vector<Delivery> m_deliveries;
    std::stop_source m_running;
    bool m_quit = false;
    std::thread m_thread;
};

}  // namespace nanoscope
