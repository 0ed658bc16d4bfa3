#include "core/analysis/analyze.h"

#include "core/analysis/block_statistics.h"
#include "core/analysis/report_figures.h"
#include "core/quant/parallel.h"
#include "core/quant/tensor_maximum.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <utility>

namespace nanoscope {
namespace {

constexpr std::uint64_t kChunkElements = 1 << 16;

/// Adds the sums of chunks in the order of the chunks, whatever the order in which they arrive.
class OrderedTotal {
public:
    void add(std::uint64_t chunk, const BlockSums& sums)
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.emplace(chunk, sums);
        while (!m_waiting.empty() && m_waiting.begin()->first == m_next) {
            m_total.add(m_waiting.begin()->second);
            m_waiting.erase(m_waiting.begin());
            ++m_next;
        }
    }

    [[nodiscard]] const TotalSums& total() const { return m_total; }

private:
    std::mutex m_mutex;
    std::map<std::uint64_t, BlockSums> m_waiting;
    std::uint64_t m_next = 0;
    TotalSums m_total;
};

Report emptyReport(const Tensor& tensor, const BlockView& view, const NamedFormat& format)
{
    Report report;
    report.file = tensor.file;
    report.tensor = tensor.info;
    report.format = format;
    report.shape = view.shape();
    report.axis = static_cast<int>(view.axis());
    report.rows = view.rows();
    report.rowLength = view.rowLength();
    report.blocksPerRow = view.blocksPerRow();
    report.elements = view.elements();
    report.blockSquaredError.resize(view.blocks());
    report.blockPower.resize(view.blocks());
    report.blockMaxError.resize(view.blocks());
    return report;
}

}  // namespace

Report analyze(const Tensor& tensor, const BlockView& view, const NamedFormat& format, const AnalyzeOptions& options)
{
    const auto start = std::chrono::steady_clock::now();
    Report report = emptyReport(tensor, view, format);
    const double maximum = tensorMaximum(view, options.threads, options.stop);
    const TensorScale tensorScale = tensorScaleFor(format.spec, maximum);
    report.tensorScale = tensorScale.value;

    const std::uint64_t perChunk
        = std::max<std::uint64_t>(1, kChunkElements / static_cast<std::uint64_t>(view.block()));
    const std::uint64_t chunks = (view.blocks() + perChunk - 1) / perChunk;
    const unsigned threads = threadCount(options.threads, chunks);
    std::vector<BlockStatistics> workers;
    for (unsigned i = 0; i < threads; ++i)
        workers.emplace_back(format.spec, tensorScale, maximum);
    OrderedTotal sums;
    std::atomic<std::uint64_t> chunksDone{0};
    report.chunksByWorker = forEachChunk(chunks, threads, options.stop, [&](unsigned worker, std::uint64_t chunk) {
        BlockStatistics& statistics = workers[worker];
        statistics.beginChunk();
        const std::uint64_t end = std::min(view.blocks(), (chunk + 1) * perChunk);
        for (std::uint64_t block = chunk * perChunk; block < end; ++block) {
            const BlockFigures figures = statistics.measure(view.values(block));
            report.blockSquaredError[block] = figures.squaredError;
            report.blockPower[block] = figures.power;
            report.blockMaxError[block] = figures.maximumError;
        }
        sums.add(chunk, statistics.sums());
        const std::uint64_t done = ++chunksDone;
        if (options.progress)
            options.progress(static_cast<double>(done) / static_cast<double>(chunks));
    });

    BlockCounts counts;
    for (const BlockStatistics& worker : workers)
        counts.add(worker.counts());
    fillFigures(report, counts, sums.total(), workers.front().books(), maximum);
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return report;
}

}  // namespace nanoscope
