#include "core/fast/fused_pass.h"

#include "core/analysis/lane_sum.h"
#include "core/fast/kernels.h"
#include "core/fast/reference_tiles.h"
#include "core/format/scale_codec.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace nanoscope {
namespace {

/// One worker's part of a pass.
class FusedWorker {
public:
    FusedWorker(const BlockView& view, const FormatSpec& spec, const TensorParameters& parameters,
        std::size_t scaleBytes, bool searches, KernelTarget target)
        : m_view(&view)
        , m_walk(view, target)
        , m_reference(spec, parameters)
        , m_scaleBytes(scaleBytes)
        , m_searches(searches)
    {
    }

    /// @return the chunk's squared error
    template <typename Kernel>
    double measure(const ChunkRange& range, const Kernel& kernel, const FusedOutputs& outputs)
    {
        ChunkSums sums;
        const float* endOfTask = m_walk.endOf(range.taskEnd - 1);
        m_walk.walk(range.begin, range.end, [&](const TileSpan<float>& span) {
            TileRun run;
            run.values = span.values;
            run.valid = span.valid;
            run.tiles = span.tiles;
            run.readAheadEnd = span.valid == nullptr ? endOfTask : nullptr;
            run.slow = &m_reference;
            run.planes
                = outputs.planes.empty() ? nullptr : outputs.planes.data() + span.firstBlock / blocksPerTile(*m_view);
            runKernel(run, span.firstBlock, kernel, sums, outputs);
        });
        m_figures.codes.add(sums);
        if (m_searches)
            m_figures.choices.add(sums.choices);
        m_figures.underflow += sums.decodedZero - sums.inputZero;
        m_figures.clipped += sums.clipped;
        m_figures.maximumError = std::max(m_figures.maximumError, sums.maximumError);
        LaneSum squared;
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            squared[lane] = sums.squaredError[lane];
        return squared.total();
    }

    /// All but the sums.
    [[nodiscard]] const FusedFigures& figures() const { return m_figures; }

private:
    /// A last tile has more room for scales than there are blocks.
    template <typename Kernel>
    void runKernel(
        TileRun& run, std::uint64_t block, const Kernel& kernel, ChunkSums& sums, const FusedOutputs& outputs)
    {
        const std::uint64_t left = m_view->blocks() - block;
        const bool isRagged = run.tiles * blocksPerTile(*m_view) > left;
        if (outputs.scaleCodes.empty() || !isRagged) {
            if (!outputs.scaleCodes.empty())
                run.scaleCodes = outputs.scaleCodes.data() + block * m_scaleBytes;
            kernel(run, sums);
            return;
        }
        std::array<std::uint8_t, kTileElements> room{};
        run.scaleCodes = room.data();
        kernel(run, sums);
        std::copy_n(room.begin(), left * m_scaleBytes, outputs.scaleCodes.data() + block * m_scaleBytes);
    }

    const BlockView* m_view;
    TileWalk<float> m_walk;
    ReferenceTiles m_reference;
    std::size_t m_scaleBytes;
    bool m_searches;
    FusedFigures m_figures;
};

}  // namespace

void CodeFigures::add(const ChunkSums& sums)
{
    blocks += sums.blocks;
    excluded += sums.excluded;
    zero += sums.decodedZero;
    unusedCodes += sums.unusedCodes;
    headroom += sums.headroom;
    for (std::size_t code = 0; code < kCodes; ++code) {
        codes[0][code] += sums.codes[code];
        for (std::size_t book = 1; book < kMostBooks; ++book) {
            codes[0][code] -= sums.laterCodes[book - 1][code];
            codes[book][code] += sums.laterCodes[book - 1][code];
        }
    }
}

void CodeFigures::add(const CodeFigures& other)
{
    blocks += other.blocks;
    excluded += other.excluded;
    zero += other.zero;
    unusedCodes += other.unusedCodes;
    headroom += other.headroom;
    for (std::size_t book = 0; book < kMostBooks; ++book)
        for (std::size_t code = 0; code < kCodes; ++code)
            codes[book][code] += other.codes[book][code];
}

std::optional<FusedPass> FusedPass::forFormat(
    const FormatSpec& spec, const TensorParameters& parameters, KernelTarget target)
{
    FusedPass pass;
    pass.m_spec = spec;
    pass.m_parameters = parameters;
    pass.m_target = target;
    if (const auto power = powerFormatOf(spec))
        pass.useKernel(*power, [&](KernelScope scope) { return powerKernel(target, *power, scope); });
    else if (const auto nv = nvFormatOf(spec, parameters)) {
        pass.useKernel(*nv, [&](KernelScope scope) { return nvKernel(target, *nv, scope); });
        pass.m_searches = nv->searches;
    } else if (const auto integer = integerFormatOf(spec))
        pass.useKernel(*integer, [&](KernelScope scope) { return integerKernel(target, scope); });
    else if (const auto table = tableFormatOf(spec))
        pass.useKernel(*table, [&](KernelScope scope) { return tableKernel(target, scope); });
    else if (const auto search = searchFormatOf(spec)) {
        pass.useKernel(*search, [&](KernelScope scope) { return searchKernel(target, *search, scope); });
        pass.m_searches = true;
    } else if (const auto books = booksFormatOf(spec, parameters)) {
        pass.useKernel(*books, [&](KernelScope scope) { return booksKernel(target, *books, scope); });
        pass.m_searches = books->codebooks.size() > 1;
    } else
        return std::nullopt;
    pass.m_scaleBytes = static_cast<std::size_t>(ScaleCodec(spec.scale.codec).bits() + 7) / 8;
    return pass;
}

template <class Format, class KernelOf> void FusedPass::useKernel(const Format& format, const KernelOf& kernelOf)
{
    for (const KernelScope scope : {KernelScope::Full, KernelScope::Error})
        m_kernels[static_cast<std::size_t>(scope)]
            = [format, kernel = kernelOf(scope)](const TileRun& run, ChunkSums& sums) { kernel(format, run, sums); };
}

FusedFigures FusedPass::measure(
    const BlockView& view, const FusedOptions& options, KernelScope scope, const FusedOutputs& outputs) const
{
    const Kernel& kernel = m_kernels[static_cast<std::size_t>(scope)];
    std::vector<std::unique_ptr<FusedWorker>> workers;
    for (unsigned worker = 0; worker < workerCount(options); ++worker)
        workers.push_back(
            std::make_unique<FusedWorker>(view, m_spec, m_parameters, m_scaleBytes, m_searches, m_target));
    std::vector<double> squaredErrors(chunkCount(view));
    forEachChunkOf(view, options, [&](unsigned worker, const ChunkRange& range) {
        squaredErrors[range.chunk] = workers[worker]->measure(range, kernel, outputs);
    });
    FusedFigures figures;
    for (const auto& worker : workers) {
        figures.codes.add(worker->figures().codes);
        figures.choices.add(worker->figures().choices);
        figures.underflow += worker->figures().underflow;
        figures.clipped += worker->figures().clipped;
        figures.maximumError = std::max(figures.maximumError, worker->figures().maximumError);
    }
    if (scope == KernelScope::Error)
        figures.underflow = 0;
    for (const double squaredError : squaredErrors)  // in the order of the chunks
        figures.squaredError += squaredError;
    return figures;
}

}  // namespace nanoscope
