#include "core/fast/speed.h"

#include "core/error.h"
#include "core/fast/read_kernel.h"
#include "core/fast/speed_clock.h"
#include "core/fast/speed_data.h"
#include "core/fast/speed_subject.h"
#include "core/fast/tile_run.h"

#include <algorithm>
#include <atomic>
#include <chrono>

namespace nanoscope {
namespace {

struct Seconds {
    double processor = 0.0;  ///< of all threads together
    double wall = 0.0;
};

/// Time of some work on this thread and the helpers of a pool.
template <typename Work> Seconds timeOf(const WorkerPool& pool, const Work& work)
{
    const auto start = std::chrono::steady_clock::now();
    const auto helpers = pool.helpersTime();
    const double before = threadSeconds();
    work();
    const double after = threadSeconds();
    const std::chrono::duration<double> shared = pool.helpersTime() - helpers;
    return {after - before + shared.count(),
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()};
}

/// Rate of a pass that was shared by `threads` without idling.
double rate(std::uint64_t elements, double seconds, unsigned threads)
{
    return static_cast<double>(elements) * threads / seconds * 1e-9;
}

class Benchmark {
public:
    explicit Benchmark(const SpeedOptions& options)
        : m_options(options)
        , m_pool(1, WorkerPool::Accounting::ProcessorTime)
    {
        for (const std::uint64_t elements : {options.elements, some(), little()})
            if (!m_tensors.contains(elements))
                m_tensors.emplace(elements, speedTensor(elements));
    }

    SpeedReport run();

private:
    /// One measurement of the whole.
    struct Part {
        const SpeedSubject* subject;
        unsigned threads;
        InstructionSet set;
        std::uint64_t elements;
    };

    [[nodiscard]] std::vector<Part> plan() const;
    void measure(const Part& part);
    void summarizeReading();
    void read(const Tensor& tensor, unsigned threads);
    void stopIfAsked() const
    {
        if (m_options.stop.stop_requested())
            throw Cancelled();
    }

    /// Slower copies see less, so that the whole takes seconds; it is still more than the caches hold.
    [[nodiscard]] std::uint64_t some() const { return std::min(m_options.elements, std::uint64_t{16} << 20); }
    [[nodiscard]] std::uint64_t little() const { return std::min(m_options.elements, std::uint64_t{4} << 20); }

    SpeedOptions m_options;
    std::map<std::uint64_t, Tensor> m_tensors;  // by elements
    WorkerPool m_pool;
    ReadKernel m_read = readKernel(kernelTarget(InstructionSet::Auto));
    std::atomic<float> m_sink{0.0F};
    std::map<unsigned, std::vector<Seconds>> m_readTimes;  // of the whole tensor
    SpeedReport m_report;
};

void Benchmark::read(const Tensor& tensor, unsigned threads)
{
    constexpr std::uint64_t kPiece = 4 * kChunkElements;
    const std::uint64_t elements = tensor.info.elements;
    const std::uint64_t pieces = (elements + kPiece - 1) / kPiece;
    m_pool.run(pieces, threads, m_options.stop, [&](unsigned, std::uint64_t piece) {
        const std::uint64_t count = std::min(kPiece, elements - piece * kPiece);
        m_sink.store(m_read(tensor.values.floats().data() + piece * kPiece, count), std::memory_order_relaxed);
    });
}

void Benchmark::measure(const Part& part)
{
    const auto& [subject, threads, set, elements] = part;
    const Tensor& tensor = m_tensors.at(elements);
    const SpeedPass pass = subject->prepare({&tensor, &m_pool, threads, kernelTarget(set), m_options.stop});
    std::vector<double> processor;
    std::vector<double> wall;
    std::vector<double> ratio;
    constexpr unsigned kWarmUp = 2;
    for (unsigned turn = 0; turn < kWarmUp + m_options.turns; ++turn) {
        stopIfAsked();
        const Seconds reading = timeOf(m_pool, [&] { read(tensor, threads); });
        const Seconds kernel = timeOf(m_pool, [&] { m_sink = static_cast<float>(pass()); });
        if (turn < kWarmUp)
            continue;
        processor.push_back(kernel.processor);
        wall.push_back(kernel.wall);
        ratio.push_back(reading.processor / kernel.processor);
        if (elements == m_options.elements)
            m_readTimes[threads].push_back(reading);
    }
    m_report.results.push_back({subject->name, threads, set, elements, rate(elements, median(processor), threads),
        rate(elements, median(wall), 1), median(ratio)});
}

std::vector<Benchmark::Part> Benchmark::plan() const
{
    const std::vector<InstructionSet> sets = supportedInstructionSets();
    std::vector<Part> parts;
    for (const SpeedSubject& subject : speedSubjects()) {
        parts.push_back({&subject, 1, sets.front(), m_options.elements});
        parts.push_back({&subject, 2, sets.front(), m_options.elements});
        for (std::size_t i = 1; i < sets.size(); ++i)
            parts.push_back({&subject, 1, sets[i], sets[i] == InstructionSet::Portable ? little() : some()});
    }
    return parts;
}

void Benchmark::summarizeReading()
{
    for (const auto& [threads, times] : m_readTimes) {
        std::vector<double> processor;
        std::vector<double> wall;
        for (const Seconds& seconds : times) {
            processor.push_back(seconds.processor);
            wall.push_back(seconds.wall);
        }
        m_report.read[threads]
            = {rate(m_options.elements, median(processor), threads), rate(m_options.elements, median(wall), 1)};
    }
}

SpeedReport Benchmark::run()
{
    const std::vector<Part> parts = plan();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (m_options.progress)
            m_options.progress(static_cast<double>(i) / static_cast<double>(parts.size()));
        measure(parts[i]);
    }
    summarizeReading();
    return m_report;
}

}  // namespace

SpeedReport measureSpeed(const SpeedOptions& options)
{
    return Benchmark(options).run();
}

}  // namespace nanoscope
