#include "core/fast/class_tensor.h"

#include "core/fast/class_kernel.h"
#include "core/fast/huge_pages.h"
#include "core/fast/plain_format.h"
#include "core/fast/reference_tiles.h"
#include "core/quant/shared_scale.h"

#include <memory>

namespace nanoscope {
namespace {

/// The format as a table over classes.
std::optional<ClassFormat> classFormatOf(const FormatSpec& spec)
{
    if (!isPlainFormat(spec) || spec.tensorScale || spec.arithmetic != Arithmetic::Exact || spec.geometry.block != 32
        || !isScaledByMaximum(spec.scale, ScaleCodecId::E8M0) || spec.scale.rule != ScaleRule::Floor
        || spec.scale.maximum || spec.scale.offsets.size() != 1)
        return std::nullopt;
    const ElementBook& element = spec.elements.front();
    if (element.kind != BookKind::Float && element.kind != BookKind::Integer)
        return std::nullopt;
    const Codebook book(element, spec.tie);
    constexpr int kFarthest = 8;
    const int shift = spec.scale.offsets.front() - book.largestExponent();
    if (book.codeCount() != kCodes || !isSignMagnitude(book) || shift < -kFarthest || shift > kFarthest)
        return std::nullopt;
    const std::optional<ClassCodes> codes = classCodes(book, shift);
    if (!codes)
        return std::nullopt;
    return ClassFormat{codeTableOf(book), *codes};
}

/// One worker's part of building.
void classify(TileWalk<float>& walk, const ChunkRange& range, ClassifyKernel kernel, const BlockView& view,
    std::uint8_t* classes, std::uint8_t* oddTiles)
{
    walk.walk(range.begin, range.end, [&](const TileSpan<float>& span) {
        const std::uint64_t tile = span.firstBlock / blocksPerTile(view);
        if (span.valid == nullptr) {
            kernel(span.values, span.tiles, classes + view.position(span.firstBlock), oddTiles + tile);
            return;
        }
        std::array<std::uint8_t, kTileElements> room;
        kernel(span.values, 1, room.data(), oddTiles + tile);
        const std::uint64_t last = std::min(view.blocks(), span.firstBlock + blocksPerTile(view));
        for (std::uint64_t block = span.firstBlock; block < last; ++block) {
            const auto from = room.begin() + static_cast<std::ptrdiff_t>((block - span.firstBlock) * 32);
            std::copy_n(from, view.length(block), classes + view.position(block));
        }
    });
}

/// One worker's part of counting.
class ClassWorker {
public:
    ClassWorker(const BlockView& view, const std::uint8_t* classes, const FormatSpec& spec, KernelTarget target)
        : m_view(&view)
        , m_walk(view, classes)
        , m_values(view, target)
        , m_reference(spec, {})
    {
    }

    void count(const ChunkRange& range, const ClassFormat& format, CountKernel kernel, const std::uint8_t* oddTiles)
    {
        ChunkSums sums;
        m_walk.walk(range.begin, range.end, [&](const TileSpan<std::uint8_t>& span) {
            const std::uint64_t firstTile = span.firstBlock / blocksPerTile(*m_view);
            for (std::size_t done = 0; done < span.tiles;) {
                const std::size_t even = evenTiles(oddTiles + firstTile + done, span.tiles - done);
                if (even > 0)
                    kernel(format, {span.values + done * kTileElements, span.valid, even}, sums);
                done += even;
                if (done < span.tiles)
                    countOdd(firstTile + done++, format, sums);
            }
        });
        m_figures.add(sums);
    }

    [[nodiscard]] const CodeFigures& figures() const { return m_figures; }

private:
    [[nodiscard]] static std::size_t evenTiles(const std::uint8_t* oddTiles, std::size_t most)
    {
        std::size_t count = 0;
        while (count < most && oddTiles[count] == 0)
            ++count;
        return count;
    }

    /// Counts a tile by its values.
    void countOdd(std::uint64_t tile, const ClassFormat& format, ChunkSums& sums)
    {
        const std::uint64_t begin = tile * blocksPerTile(*m_view);
        const std::uint64_t end = std::min(m_view->blocks(), begin + blocksPerTile(*m_view));
        m_values.walk(begin, end, [&](const TileSpan<float>& span) {
            const SlowTile slow
                = m_reference.encode(span.values, span.valid != nullptr ? *span.valid : kWholeTile, sums);
            countSlowTile(format, slow, sums);
        });
    }

    const BlockView* m_view;
    TileWalk<std::uint8_t> m_walk;
    TileWalk<float> m_values;
    ReferenceTiles m_reference;
    CodeFigures m_figures;
};

}  // namespace

ClassTensor ClassTensor::build(const BlockView& view, const FusedOptions& options, KernelTarget target)
{
    ClassTensor tensor(view, target);
    tensor.m_classes = hugePageVector<std::uint8_t>(view.elements());
    tensor.m_oddTiles.resize(tileCount(view));
    std::vector<TileWalk<float>> workers(workerCount(options), TileWalk<float>(view, target));
    const ClassifyKernel kernel = classifyKernel(target);
    forEachChunkOf(view, options, [&](unsigned worker, const ChunkRange& range) {
        classify(workers[worker], range, kernel, view, tensor.m_classes.data(), tensor.m_oddTiles.data());
    });
    return tensor;
}

std::optional<CodeFigures> ClassTensor::count(const FormatSpec& spec, const FusedOptions& options) const
{
    const std::optional<ClassFormat> format = classFormatOf(spec);
    if (!format)
        return std::nullopt;
    std::vector<std::unique_ptr<ClassWorker>> workers;
    for (unsigned worker = 0; worker < workerCount(options); ++worker)
        workers.push_back(std::make_unique<ClassWorker>(m_view, m_classes.data(), spec, m_target));
    const CountKernel kernel = countKernel(m_target);
    forEachChunkOf(m_view, options, [&](unsigned worker, const ChunkRange& range) {
        workers[worker]->count(range, *format, kernel, m_oddTiles.data());
    });
    CodeFigures figures;
    for (const auto& worker : workers)
        figures.add(worker->figures());
    return figures;
}

}  // namespace nanoscope
