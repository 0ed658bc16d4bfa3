#include "core/analysis/analyze.h"

#include "core/analysis/block_statistics.h"
#include "core/analysis/report_figures.h"
#include "core/format/format_storage.h"
#include "core/quant/parallel.h"
#include "core/quant/prepared_tensor.h"
#include "core/quant/stored_bits.h"
#include "core/quant/tensor_maximum.h"
#include "core/quant/transform.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
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

/// The block with the largest squared error, of several the first.
struct WorstBlock {
    std::uint64_t block = 0;
    double squaredError = -1.0;  ///< of no block

    /// @param error  NaN: an excluded block, never the worst
    void offer(std::uint64_t offered, double error)
    {
        if (error > squaredError || (error == squaredError && offered < block)) {
            block = offered;
            squaredError = error;
        }
    }
};

Report emptyReport(const Tensor& tensor, const BlockView& view, const NamedFormat& format)
{
    Report report;
    report.file = tensor.file;
    report.tensor = tensor.info;
    report.format = format;
    report.basis = basisText(format.spec);
    report.shape = view.shape();
    report.axis = static_cast<int>(view.axis());
    report.rows = view.rows();
    report.rowLength = view.rowLength();
    report.blocksPerRow = view.blocksPerRow();
    report.blockLength = static_cast<std::uint64_t>(view.block());
    report.elements = view.elements();
    report.blockSquaredError.resize(view.blocks());
    report.blockPower.resize(view.blocks());
    report.blockMaxError.resize(view.blocks());
    return report;
}

/// A transform spreads NaN and infinity; what is told is how many the tensor has.
void countNonFinite(Report& report, const BlockView& rows)
{
    report.nanCount = 0;
    report.infinityCount = 0;
    rows.rowValues().forEach([&report](float value) {
        report.nanCount += std::isnan(value) ? 1U : 0U;
        report.infinityCount += std::isinf(value) ? 1U : 0U;
    });
}

}  // namespace

Report analyze(const Tensor& tensor, const BlockView& rows, const NamedFormat& format, const AnalyzeOptions& options)
{
    const auto start = std::chrono::steady_clock::now();
    const double searchShare = tensorSearchShare(format.spec);
    PassOptions pass{options.threads, options.stop, {}};
    if (options.progress && searchShare > 0)
        pass.progress = [&](double fraction) { options.progress(fraction * searchShare); };
    const auto prepared = std::make_shared<const PreparedTensor>(prepare(rows, format.spec, pass));
    const BlockView& view = prepared->view;
    Report report = emptyReport(tensor, view, format);
    report.prepared = prepared;
    report.tensorScale = prepared->parameters.scale.value;
    const double maximum = tensorMaximum(view, options.threads, options.stop);
    std::vector<std::uint32_t> blockBits(hasVariableBlocks(prepared->spec) ? view.blocks() : 0);

    const std::uint64_t perChunk
        = std::max<std::uint64_t>(1, kChunkElements / static_cast<std::uint64_t>(view.block()));
    const std::uint64_t chunks = (view.blocks() + perChunk - 1) / perChunk;
    const unsigned threads = threadCount(options.threads, chunks);
    std::vector<BlockStatistics> workers;
    for (unsigned i = 0; i < threads; ++i)
        workers.emplace_back(*prepared, maximum);
    std::vector<WorstBlock> worst(threads);
    OrderedTotal sums;
    std::atomic<std::uint64_t> chunksDone{0};
    report.chunksByWorker = forEachChunk(chunks, threads, options.stop, [&](unsigned worker, std::uint64_t chunk) {
        BlockStatistics& statistics = workers[worker];
        statistics.beginChunk();
        const std::uint64_t end = std::min(view.blocks(), (chunk + 1) * perChunk);
        for (std::uint64_t block = chunk * perChunk; block < end; ++block) {
            const BlockFigures figures = statistics.measure(block);
            report.blockSquaredError.set(block, figures.squaredError);
            report.blockPower.set(block, figures.power);
            report.blockMaxError[block] = figures.maximumError;
            worst[worker].offer(block, figures.squaredError);
            if (!blockBits.empty())
                blockBits[block] = static_cast<std::uint32_t>(figures.storedBits);
        }
        sums.add(chunk, statistics.sums());
        const std::uint64_t done = ++chunksDone;
        if (options.progress)
            options.progress(searchShare + (1 - searchShare) * static_cast<double>(done) / static_cast<double>(chunks));
    });

    BlockCounts counts;
    for (const BlockStatistics& worker : workers)
        counts.add(worker.counts());
    for (std::size_t worker = 1; worker < worst.size(); ++worker)
        worst[0].offer(worst[worker].block, worst[worker].squaredError);
    report.worstBlock = worst[0].block;
    report.bitsPerElement = storedBitsPerElement(*prepared, blockBits);
    fillFigures(report, counts, sums.total(), workers.front().books(), *prepared, maximum);
    fillBounds(report, counts, sums.total(), maximum);
    if (counts.excluded > 0 && report.basis != basisText(FormatSpec{}))
        countNonFinite(report, rows);
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return report;
}

}  // namespace nanoscope
