#include "core/preview/sample_estimate.h"

#include "core/error.h"
#include "core/fast/fused_pass.h"
#include "core/preview/sample_allocation.h"
#include "core/preview/sample_figures.h"
#include "core/quant/parallel.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace nanoscope {
namespace {

constexpr std::uint64_t kQuickElements = 3 << 13;
constexpr std::uint64_t kTaskElements = 1 << 15;  // of the reference engine
constexpr std::uint64_t kQuickTaskElements = 1 << 12;

/// Blocks that the reference engine measures, of all that were drawn: as many per stratum.
std::vector<std::uint64_t> measuredBlocks(const BlockSample& sample, PreviewDepth depth)
{
    std::vector<StratumSize> sizes;
    std::vector<std::uint64_t> measured;
    for (const SampleStratum& stratum : sample.strata()) {
        sizes.push_back({stratum.population, stratum.weight});
        measured.push_back(stratum.drawn.blocks());
    }
    if (depth == PreviewDepth::Full)
        return measured;
    const std::uint64_t budget
        = std::max<std::uint64_t>(16, kQuickElements / static_cast<std::uint64_t>(sample.block()));
    const std::vector<std::uint64_t> quick = allocateSample(sizes, budget);
    for (std::size_t i = 0; i < measured.size(); ++i)
        measured[i] = std::min(measured[i], quick[i]);
    return measured;
}

/// Some of a stratum's measured blocks, for one worker.
struct Task {
    std::size_t stratum = 0;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

/// What came of a task.
struct TaskFigures {
    BlockCounts counts;
    TotalSums sums;
    std::vector<Codebook> books;
};

/// One run over a sample.
class Estimator {
public:
    Estimator(const BlockSample& sample, const PreparedTensor& prepared, const PreviewOptions& options)
        : m_sample(sample)
        , m_options(options)
        , m_blocks(measuredBlocks(sample, options.depth))
        , m_squaredErrors(sample.strata().size())
    {
        for (const SampleStratum& stratum : sample.strata())
            m_prepared.push_back({prepared.spec, stratum.drawn, {}, prepared.parameters});
        if (options.depth == PreviewDepth::Quick)
            m_pass = FusedPass::forFormat(prepared.spec, prepared.parameters);
        planTasks();
    }

    SampleEstimate run()
    {
        const std::size_t kernels = m_pass ? m_prepared.size() : 0;
        std::vector<TaskFigures> figures(m_tasks.size());
        m_fused.resize(kernels);
        const std::uint64_t jobs = kernels + m_tasks.size();
        forEachChunk(jobs, threadCount(m_options.threads, jobs), m_options.stop, [&](unsigned, std::uint64_t job) {
            if (job < kernels)
                m_fused[job] = m_pass->measure(m_prepared[job].view);
            else
                figures[job - kernels] = measure(m_tasks[job - kernels]);
        });
        return weigh(figures);
    }

private:
    void planTasks()
    {
        const std::uint64_t elements = m_options.depth == PreviewDepth::Quick ? kQuickTaskElements : kTaskElements;
        const std::uint64_t most = std::max<std::uint64_t>(1, elements / static_cast<std::uint64_t>(m_sample.block()));
        for (std::size_t i = 0; i < m_blocks.size(); ++i) {
            m_squaredErrors[i].resize(m_blocks[i]);
            for (std::uint64_t begin = 0; begin < m_blocks[i]; begin += most)
                m_tasks.push_back({i, begin, std::min(m_blocks[i], begin + most)});
        }
    }

    TaskFigures measure(const Task& task)
    {
        BlockStatistics statistics(m_prepared[task.stratum], m_sample.maximum());
        const std::uint64_t drawn = m_prepared[task.stratum].view.blocks();
        const std::uint64_t measured = m_blocks[task.stratum];
        for (std::uint64_t i = task.begin; i < task.end; ++i) {
            if (m_options.stop.stop_requested())  // at once: the next preview of a drag waits for it
                throw Cancelled();
            const std::uint64_t block = (2 * i + 1) * drawn / (2 * measured);  // evenly spread over those drawn
            m_squaredErrors[task.stratum][i] = statistics.measure(block).squaredError;
        }
        TaskFigures figures{statistics.counts(), {}, statistics.books()};
        figures.sums.add(statistics.sums());
        return figures;
    }

    SampleEstimate weigh(const std::vector<TaskFigures>& figures) const
    {
        SampleEstimate estimate;
        WeighedFigures weighed;
        for (std::size_t i = 0; i < m_tasks.size(); ++i)
            weighed.add(figures[i].counts, figures[i].sums, weightOf(m_tasks[i].stratum, m_blocks));
        estimate.counts = weighed.counts();
        estimate.sums = weighed.sums();
        estimate.sampledPower = estimate.sums.power;
        if (!figures.empty())
            estimate.books = figures.front().books;
        std::vector<std::uint64_t> measured = m_blocks;
        if (m_pass) {
            useKernel(estimate);
            for (std::size_t i = 0; i < measured.size(); ++i)
                measured[i] = m_prepared[i].view.blocks();
        }
        for (const std::uint64_t blocks : measured)
            estimate.measuredBlocks += blocks;
        estimate.errorDeviation = std::sqrt(variance(measured));
        return estimate;
    }

    [[nodiscard]] double weightOf(std::size_t stratum, const std::vector<std::uint64_t>& measured) const
    {
        return static_cast<double>(m_sample.strata()[stratum].population) / static_cast<double>(measured[stratum]);
    }

    /// What a kernel says of every drawn block instead of what the reference says of some.
    void useKernel(SampleEstimate& estimate) const
    {
        BlockCounts& counts = estimate.counts;
        const auto total = [&](const auto& figureOf) {
            double sum = 0.0;
            for (std::size_t i = 0; i < m_fused.size(); ++i)
                sum += static_cast<double>(figureOf(m_fused[i])) * static_cast<double>(m_sample.strata()[i].population)
                    / static_cast<double>(m_prepared[i].view.blocks());
            return sum;
        };
        const auto count
            = [&](const auto& figureOf) { return static_cast<std::uint64_t>(std::llround(total(figureOf))); };
        estimate.sums.squaredError = total([](const FusedFigures& figures) { return figures.squaredError; });
        counts.clipped = count([](const FusedFigures& figures) { return figures.clipped; });
        counts.zero = count([](const FusedFigures& figures) { return figures.codes.zero; });
        counts.underflow = count([](const FusedFigures& figures) { return figures.underflow; });
        counts.unusedCodes = count([](const FusedFigures& figures) { return figures.codes.unusedCodes; });
        counts.headroom = count([](const FusedFigures& figures) { return figures.codes.headroom; });
        const std::size_t stride = counts.codes.size() / estimate.books.size();
        for (std::size_t i = 0; i < counts.codes.size(); ++i)
            counts.codes[i]
                = count([&](const FusedFigures& figures) { return figures.codes.codes[i / stride][i % stride]; });
        if (estimate.books.size() > 1)
            for (std::size_t i = 0; i < counts.units.size(); ++i)
                counts.units[i] = count([i](const FusedFigures& figures) { return figures.choices.books[i]; });
        for (std::size_t i = 0; i < counts.micro.size(); ++i)
            counts.micro[i] = count([i](const FusedFigures& figures) { return figures.choices.micros[i]; });
        if (counts.offset.size() > 1)
            for (std::size_t i = 0; i < counts.offset.size(); ++i)
                counts.offset[i] = count([i](const FusedFigures& figures) { return figures.choices.offsets[i]; });
    }

    /// Of the estimated squared error. Each stratum's variance follows from the differences of neighbours, which stand
    /// in the order that was drawn from, so that what that order explains does not count.
    [[nodiscard]] double variance(const std::vector<std::uint64_t>& measured) const
    {
        double sum = 0.0;
        for (std::size_t i = 0; i < m_squaredErrors.size(); ++i) {
            const std::vector<double>& errors = m_squaredErrors[i];
            const auto population = static_cast<double>(m_sample.strata()[i].population);
            const auto drawn = static_cast<double>(measured[i]);
            if (drawn >= population)
                continue;
            double spread = errors.front() * errors.front();  // of a single block nothing better is known
            if (errors.size() > 1) {
                spread = 0.0;
                for (std::size_t k = 1; k < errors.size(); ++k)
                    spread += (errors[k] - errors[k - 1]) * (errors[k] - errors[k - 1]);
                spread /= 2.0 * static_cast<double>(errors.size() - 1);
            }
            sum += population * population * (1.0 - drawn / population) * spread / drawn;
        }
        return sum;
    }

    const BlockSample& m_sample;
    const PreviewOptions& m_options;
    std::vector<std::uint64_t> m_blocks;               // per stratum: measured by the reference engine
    std::vector<std::vector<double>> m_squaredErrors;  // theirs
    std::vector<PreparedTensor> m_prepared;            // per stratum
    std::vector<Task> m_tasks;
    std::optional<FusedPass> m_pass;
    std::vector<FusedFigures> m_fused;  // per stratum
};

}  // namespace

SampleEstimate estimateFrom(const BlockSample& sample, const PreparedTensor& prepared, const PreviewOptions& options)
{
    return Estimator(sample, prepared, options).run();
}

}  // namespace nanoscope
