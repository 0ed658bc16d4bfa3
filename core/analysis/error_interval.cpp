#include "core/analysis/error_interval.h"

#include "core/quant/block_view.h"
#include "core/quant/parallel.h"

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

constexpr std::uint64_t kChunkElements = 1 << 16;

/// A block before and after quantization.
struct BlockPair {
    std::span<const float> original;
    std::span<const float> dequantized;
};

/// Memory of one worker, for blocks whose values do not lie side by side.
struct Scratch {
    std::vector<float> original;
    std::vector<float> dequantized;
};

/// The blocks of a tensor and its cast, row by row.
class BlockPairs {
public:
    BlockPairs(const Tensor& tensor, const CastTensor& cast, std::uint64_t block)
        : m_values(tensor.values)
        , m_cast(cast)
        , m_block(block)
        , m_perRow((cast.rowLength + block - 1) / block)
        , m_layout(cast.reshape.value_or(cast.shape), static_cast<std::size_t>(std::max(cast.axis, 0)))
    {
    }

    [[nodiscard]] std::uint64_t blocks() const { return m_cast.rows * m_perRow; }
    [[nodiscard]] std::uint64_t blocksPerChunk() const { return std::max<std::uint64_t>(1, kChunkElements / m_block); }

    [[nodiscard]] BlockPair read(std::uint64_t index, Scratch& scratch) const
    {
        const std::uint64_t row = index / m_perRow;
        const std::uint64_t first = index % m_perRow * m_block;
        const std::uint64_t length = std::min(m_block, m_cast.rowLength - first);
        if (m_layout.inner == 1 && m_cast.columnOrder.empty()) {
            const std::uint64_t at = m_layout.fileIndex(row, first);
            return {m_values.read(at, length, scratch.original), std::span(m_cast.dequantized).subspan(at, length)};
        }
        scratch.original.clear();
        scratch.dequantized.clear();
        for (std::uint64_t column = first; column < first + length; ++column) {
            const std::uint64_t own = m_cast.columnOrder.empty() ? column : m_cast.columnOrder[column];
            const std::uint64_t at = m_layout.fileIndex(row, own);
            scratch.original.push_back(m_values[at]);
            scratch.dequantized.push_back(m_cast.dequantized[at]);
        }
        return {scratch.original, scratch.dequantized};
    }

private:
    const TensorValues& m_values;
    const CastTensor& m_cast;
    std::uint64_t m_block;
    std::uint64_t m_perRow;
    RowLayout m_layout;
};

bool isFinite(const BlockPair& pair)
{
    const auto finite = [](float value) { return std::isfinite(value); };
    return std::all_of(pair.original.begin(), pair.original.end(), finite)
        && std::all_of(pair.dequantized.begin(), pair.dequantized.end(), finite);
}

/// Calls visit(box) for every weight of a block.
template <typename Visit> void forEachBox(const BlockPair& pair, Visit visit)
{
    const auto& [original, dequantized] = pair;
    const auto largest = std::max_element(original.begin(), original.end()) - original.begin();
    const auto smallest = std::min_element(original.begin(), original.end()) - original.begin();
    for (std::size_t i = 0; i < original.size(); ++i) {
        const auto w = static_cast<double>(original[i]);
        const auto d = static_cast<double>(dequantized[i]);
        const auto at = static_cast<std::ptrdiff_t>(i);
        if (at == largest || at == smallest)
            visit(WeightInterval{w, w});
        else
            visit(WeightInterval{std::min(w, d), std::max(w, d)});
    }
}

/// Calls visit(worker, chunk, pair) for every block without NaN or infinity, chunks of blocks in parallel.
template <typename Visit> void forEachPair(const BlockPairs& pairs, const PassOptions& options, Visit visit)
{
    const std::uint64_t perChunk = pairs.blocksPerChunk();
    const std::uint64_t chunks = (pairs.blocks() + perChunk - 1) / perChunk;
    const unsigned threads = threadCount(options.threads, chunks);
    std::vector<Scratch> scratch(threads);
    forEachChunk(chunks, threads, options.stop, [&](unsigned worker, std::uint64_t chunk) {
        const std::uint64_t end = std::min(pairs.blocks(), (chunk + 1) * perChunk);
        for (std::uint64_t index = chunk * perChunk; index < end; ++index)
            if (const BlockPair pair = pairs.read(index, scratch[worker]); isFinite(pair))
                visit(worker, chunk, pair);
    });
}

/// Sums over some blocks.
struct BoxSums {
    std::uint64_t elements = 0;
    std::uint64_t freeBoxes = 0;
    double square = 0.0;  // of the original weights
    double width = 0.0;
    double largest = 0.0;

    void add(const BlockPair& pair)
    {
        elements += pair.original.size();
        for (const float value : pair.original)
            square += static_cast<double>(value) * static_cast<double>(value);
        forEachBox(pair, [this](const WeightInterval& box) {
            width += box.width();
            freeBoxes += box.width() > 0 ? 1U : 0U;
            largest = std::max(largest, box.width());
        });
    }

    void add(const BoxSums& other)
    {
        elements += other.elements;
        freeBoxes += other.freeBoxes;
        square += other.square;
        width += other.width;
        largest = std::max(largest, other.largest);
    }
};

BoxSums sumsOf(const BlockPairs& pairs, const PassOptions& options)
{
    std::vector<BoxSums> chunks(pairs.blocks() / pairs.blocksPerChunk() + 1);
    forEachPair(pairs, options, [&](unsigned, std::uint64_t chunk, const BlockPair& pair) { chunks[chunk].add(pair); });
    BoxSums total;  // in the order of the chunks, whoever measured them
    for (const BoxSums& chunk : chunks)
        total.add(chunk);
    return total;
}

/// How many boxes fall into each bin of width.
std::vector<std::uint64_t> countWidths(const BlockPairs& pairs, double largest, const PassOptions& options)
{
    std::vector<std::vector<std::uint64_t>> workers(
        threadCount(options.threads, pairs.blocks()), std::vector<std::uint64_t>(kWidthBins, 0));
    forEachPair(pairs, options, [&](unsigned worker, std::uint64_t, const BlockPair& pair) {
        std::vector<std::uint64_t>& counts = workers[worker];
        forEachBox(pair, [&](const WeightInterval& box) {
            const double bin = box.width() / largest * static_cast<double>(kWidthBins);
            ++counts[std::min(static_cast<std::size_t>(bin), kWidthBins - 1)];
        });
    });
    std::vector<std::uint64_t> total(kWidthBins, 0);
    for (const std::vector<std::uint64_t>& counts : workers)
        for (std::size_t i = 0; i < kWidthBins; ++i)
            total[i] += counts[i];
    return total;
}

}  // namespace

std::vector<WeightInterval> blockIntervals(std::span<const float> original, std::span<const float> dequantized)
{
    std::vector<WeightInterval> boxes;
    boxes.reserve(original.size());
    forEachBox({original, dequantized}, [&](const WeightInterval& box) { boxes.push_back(box); });
    return boxes;
}

std::uint64_t intervalBlock(const FormatSpec& spec, std::uint64_t rowLength)
{
    switch (spec.encoder.id) {
    case EncoderId::Q2_K:
    case EncoderId::Q3_K:
    case EncoderId::Q6_K:
        return 16;
    case EncoderId::Q4_K:
    case EncoderId::Q5_K:
    case EncoderId::IQ4_XS:
        return 32;
    default:
        break;
    }
    const std::uint64_t block
        = spec.geometry.wholeRow ? rowLength : static_cast<std::uint64_t>(std::max(spec.geometry.block, 1));
    return std::max<std::uint64_t>(block, 1);
}

bool hasErrorIntervals(const FormatSpec& spec)
{
    return spec.geometry.tileRows == 1 && (!spec.transform || spec.transform->hadamard == 0);
}

ErrorIntervalFigures errorIntervals(
    const Tensor& tensor, const CastTensor& cast, std::uint64_t block, const PassOptions& options)
{
    const BlockPairs pairs(tensor, cast, block);
    const BoxSums sums = sumsOf(pairs, options);
    ErrorIntervalFigures figures;
    figures.block = block;
    figures.elements = sums.elements;
    if (sums.elements == 0)
        return figures;
    const auto elements = static_cast<double>(sums.elements);
    figures.rms = std::sqrt(sums.square / elements);
    figures.freeShare = static_cast<double>(sums.freeBoxes) / elements;
    figures.meanFreeWidth = sums.freeBoxes > 0 ? sums.width / static_cast<double>(sums.freeBoxes) : 0.0;
    figures.largestWidth = sums.largest;
    if (!(sums.largest > 0))
        return figures;
    for (const std::uint64_t count : countWidths(pairs, sums.largest, options))
        figures.widthShares.push_back(static_cast<double>(count) / elements);
    return figures;
}

}  // namespace nanoscope
