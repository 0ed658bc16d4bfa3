#include "core/analysis/outliers.h"

#include "core/error.h"
#include "core/quant/block_encoder.h"
#include "core/quant/effective_scale.h"
#include "core/quant/parallel.h"
#include "core/quant/prepared_tensor.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <memory>
#include <span>
#include <utility>

namespace nanoscope {
namespace {

constexpr std::uint64_t kChunkElements = 1 << 16;
constexpr double kScanShare = 0.5;  // of the progress

/// An element that may be among the largest.
struct Standout {
    double multiple = 0.0;
    std::uint64_t block = 0;
    std::uint64_t element = 0;
};

/// The order of the list; no two elements are equal in it.
bool isBefore(const Standout& a, const Standout& b)
{
    if (a.multiple != b.multiple)
        return a.multiple > b.multiple;
    return std::pair(a.block, a.element) < std::pair(b.block, b.element);
}

/// The first `most` candidates of those it saw.
class Shortlist {
public:
    explicit Shortlist(std::size_t most)
        : m_most(most)
    {
    }

    void offer(const Standout& candidate)
    {
        if (m_heap.size() == m_most) {
            if (m_heap.empty() || !isBefore(candidate, m_heap.front()))
                return;
            std::pop_heap(m_heap.begin(), m_heap.end(), isBefore);
            m_heap.pop_back();
        }
        m_heap.push_back(candidate);
        std::push_heap(m_heap.begin(), m_heap.end(), isBefore);  // its front is the last of the list
    }

    /// Smaller multiples are not worth offering.
    [[nodiscard]] double threshold() const
    {
        return m_heap.empty() || m_heap.size() < m_most ? -1.0 : m_heap.front().multiple;
    }
    [[nodiscard]] const std::vector<Standout>& candidates() const { return m_heap; }

private:
    std::size_t m_most;
    std::vector<Standout> m_heap;
};

double tensorRms(const Report& report)
{
    const std::uint64_t elements = report.elements - report.excluded;
    return elements > 0 ? std::sqrt(report.power / static_cast<double>(elements)) : 0.0;
}

double rmsOf(std::span<const float> values)
{
    double power = 0.0;
    for (const float value : values)
        power += static_cast<double>(value) * static_cast<double>(value);
    return std::sqrt(power / static_cast<double>(values.size()));
}

/// Offers the elements of one block.
/// @param unit  what magnitudes are divided by; not 0
void offerBlock(Shortlist& list, std::span<const float> values, std::uint64_t block, double unit)
{
    const double least = list.threshold() * unit * (1 - 1e-9);  // a product may round up
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double magnitude = std::fabs(static_cast<double>(values[i]));
        if (magnitude > 0 && magnitude >= least)
            list.offer({magnitude / unit, block, i});
    }
}

std::vector<Standout> findLargest(
    const Report& report, OutlierMeasure measure, double rms, const OutlierOptions& options)
{
    const BlockView& view = report.prepared->view;
    const std::uint64_t perChunk
        = std::max<std::uint64_t>(1, kChunkElements / static_cast<std::uint64_t>(view.block()));
    const std::uint64_t chunks = (view.blocks() + perChunk - 1) / perChunk;
    const unsigned threads = threadCount(options.threads, chunks);
    std::vector<Shortlist> lists(threads, Shortlist(options.count));
    std::vector<std::vector<float>> rooms(threads);
    std::atomic<std::uint64_t> done{0};
    forEachChunk(chunks, threads, options.stop, [&](unsigned worker, std::uint64_t chunk) {
        const std::uint64_t end = std::min(view.blocks(), (chunk + 1) * perChunk);
        for (std::uint64_t block = chunk * perChunk; block < end; ++block) {
            if (std::isnan(report.blockSquaredError[block]))
                continue;
            const std::span<const float> values = view.values(block, rooms[worker]);
            const double unit = measure == OutlierMeasure::TensorRms ? rms : rmsOf(values);
            if (unit > 0)
                offerBlock(lists[worker], values, block, unit);
        }
        if (options.progress)
            options.progress(kScanShare * static_cast<double>(++done) / static_cast<double>(chunks));
    });
    Shortlist all(options.count);
    for (const Shortlist& list : lists)
        for (const Standout& candidate : list.candidates())
            all.offer(candidate);
    std::vector<Standout> sorted = all.candidates();
    std::sort(sorted.begin(), sorted.end(), isBefore);
    return sorted;
}

double squaredErrorOf(const EncodedBlock& block, std::span<const float> values, std::size_t i)
{
    const double error = static_cast<double>(roundToStored(block.decoded[i]).value) - static_cast<double>(values[i]);
    return error * error;
}

double squaredErrorBut(const EncodedBlock& block, std::span<const float> values, std::size_t leftOut)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (i != leftOut)
            sum += squaredErrorOf(block, values, i);
    return sum;
}

/// Quantizes the blocks of outliers; keeps what it needs between them.
class Inspection {
public:
    explicit Inspection(const PreparedTensor& prepared)
        : m_view(prepared.view)
        , m_encoder(makeBlockEncoder(prepared.spec, prepared.parameters))
    {
    }

    Outlier inspect(const Standout& candidate, bool retry)
    {
        const std::span<const float> values = m_view.values(candidate.block, m_room);
        const BlockPlace place = m_view.place(candidate.block);
        const auto at = static_cast<std::size_t>(candidate.element);
        const EncodedBlock& block = m_encoder->encode(values, place);
        Outlier outlier;
        outlier.block = candidate.block;
        outlier.element = candidate.element;
        outlier.multiple = candidate.multiple;
        outlier.value = values[at];
        outlier.decoded = roundToStored(block.decoded[at]).value;
        outlier.error = static_cast<double>(outlier.decoded) - static_cast<double>(outlier.value);
        outlier.isException = std::find(block.exceptions.begin(), block.exceptions.end(), at) != block.exceptions.end();
        outlier.restSquaredError = squaredErrorBut(block, values, at);
        outlier.blockSquaredError = outlier.restSquaredError + outlier.error * outlier.error;
        if (!retry)
            return outlier;
        const std::vector<double> scales = block.effectiveScale;  // the next call takes the block
        m_without.assign(values.begin(), values.end());
        m_without[at] = 0.0F;
        const EncodedBlock& without = m_encoder->encode(m_without, place);
        outlier.restWithout = squaredErrorBut(without, m_without, at);
        bool hasChanged = false;
        for (std::size_t i = 0; i < values.size(); ++i)
            hasChanged = hasChanged || (i != at && without.effectiveScale[i] != scales[i]);
        outlier.setsScale = hasChanged;
        return outlier;
    }

private:
    const BlockView& m_view;
    std::unique_ptr<BlockEncoder> m_encoder;
    std::vector<float> m_room;
    std::vector<float> m_without;
};

/// Squared error of the distinct blocks of the outliers over that of the tensor.
void sumBlocks(OutlierStudy& study, const Report& report)
{
    std::map<std::uint64_t, double> blocks;
    for (const Outlier& outlier : study.outliers)
        blocks.emplace(outlier.block, outlier.blockSquaredError);
    study.blocks = blocks.size();
    double held = 0.0;
    for (const auto& [block, squaredError] : blocks)
        held += squaredError;
    const double all = report.error.mse * static_cast<double>(report.elements - report.excluded);
    study.blockErrorShare = all > 0 ? held / all : 0.0;
}

}  // namespace

OutlierStudy outlierStudy(const Report& report, OutlierMeasure measure, const OutlierOptions& options)
{
    OutlierStudy study;
    study.measure = measure;
    study.tensorRms = tensorRms(report);
    const std::vector<Standout> largest = findLargest(report, measure, study.tensorRms, options);
    Inspection inspection(*report.prepared);
    std::uint64_t room = options.mostRetried;
    bool retry = true;
    for (const Standout& candidate : largest) {
        if (options.stop.stop_requested())
            throw Cancelled();
        const std::uint64_t length = report.prepared->view.length(candidate.block);
        retry = retry && length <= room;
        room -= retry ? length : 0;
        study.outliers.push_back(inspection.inspect(candidate, retry));
        study.retried += retry ? 1U : 0U;
        if (options.progress)
            options.progress(kScanShare
                + (1 - kScanShare) * static_cast<double>(study.outliers.size()) / static_cast<double>(largest.size()));
    }
    sumBlocks(study, report);
    return study;
}

}  // namespace nanoscope
