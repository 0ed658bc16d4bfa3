#pragma once

#include "core/fast/tile_run.h"
#include "core/fast/worker_pool.h"
#include "core/quant/block_view.h"

#include <algorithm>
#include <cstdint>
#include <stop_token>

namespace nanoscope {

/// Blocks of one tile.
[[nodiscard]] inline std::uint64_t blocksPerTile(const BlockView& view)
{
    return kTileElements / static_cast<std::uint64_t>(view.block());
}

[[nodiscard]] inline std::uint64_t tileCount(const BlockView& view)
{
    return (view.blocks() + blocksPerTile(view) - 1) / blocksPerTile(view);
}

/// Some tiles of a chunk, one after the other in memory.
template <typename Value> struct TileSpan {
    std::uint64_t firstBlock = 0;
    std::size_t tiles = 0;
    const Value* values = nullptr;
    const TileBits* valid = nullptr;  ///< which elements exist; null: all
};

/// Cuts blocks into tiles. Whole blocks that follow each other are used where they lie; others are copied, each to the
/// place that a whole one would have.
/// @tparam Value  of one element: float, or what stands for it
template <typename Value> class TileWalk {
public:
    /// @param rows  the values of all rows, as the view has them; both must outlive this
    TileWalk(const BlockView& view, const Value* rows)
        : m_view(&view)
        , m_rows(rows)
    {
    }

    /// Calls visit(TileSpan) for blocks `begin` to `end` - 1, in their order.
    /// @param begin  the first block of a tile
    template <typename Visit> void walk(std::uint64_t begin, std::uint64_t end, const Visit& visit)
    {
        const std::uint64_t perTile = blocksPerTile(*m_view);
        for (std::uint64_t block = begin; block < end;) {
            const std::uint64_t whole = std::min(end - block, wholeBlocksFrom(block)) / perTile;
            if (whole > 0) {
                visit(TileSpan<Value>{block, static_cast<std::size_t>(whole), m_rows + positionOf(block), nullptr});
                block += whole * perTile;
            } else {
                pack(block, std::min(end, block + perTile));
                visit(TileSpan<Value>{block, 1, m_packed.data(), &m_valid});
                block += perTile;
            }
        }
    }

private:
    [[nodiscard]] std::uint64_t positionOf(std::uint64_t block) const
    {
        return static_cast<std::uint64_t>(m_view->values(block).data() - m_view->allValues().data());
    }

    /// Whole blocks from `block` on that lie one after the other.
    [[nodiscard]] std::uint64_t wholeBlocksFrom(std::uint64_t block) const
    {
        const auto length = static_cast<std::uint64_t>(m_view->block());
        if (m_view->rowLength() % length == 0)
            return m_view->blocks() - block;
        const std::uint64_t wholeInRow = m_view->rowLength() / length;
        return wholeInRow - std::min(wholeInRow, block % m_view->blocksPerRow());
    }

    void pack(std::uint64_t begin, std::uint64_t end)
    {
        m_packed.fill(Value{});
        m_valid.fill(0);
        for (std::uint64_t block = begin; block < end; ++block) {
            const std::size_t length = m_view->values(block).size();
            const std::size_t first = (block - begin) * static_cast<std::size_t>(m_view->block());
            std::copy_n(m_rows + positionOf(block), length, m_packed.begin() + static_cast<std::ptrdiff_t>(first));
            for (std::size_t i = first; i < first + length; ++i)
                m_valid[i / 32] |= std::uint32_t{1} << i % 32;
        }
    }

    const BlockView* m_view;
    const Value* m_rows;
    alignas(64) std::array<Value, kTileElements> m_packed{};
    TileBits m_valid{};
};

/// How a pass is run.
struct FusedOptions {
    WorkerPool* pool = nullptr;  ///< null: the caller alone
    unsigned threads = 1;
    std::stop_token stop = {};
};

/// Blocks of one chunk, and where what its worker does next ends.
struct ChunkRange {
    std::uint64_t chunk = 0;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;      ///< one past its last block
    std::uint64_t taskEnd = 0;  ///< one past the last block of the chunks that the worker took at once
};

[[nodiscard]] inline std::uint64_t chunkCount(const BlockView& view)
{
    const std::uint64_t perChunk = kChunkElements / static_cast<std::uint64_t>(view.block());
    return (view.blocks() + perChunk - 1) / perChunk;
}

[[nodiscard]] inline unsigned workerCount(const FusedOptions& options)
{
    return options.pool != nullptr ? std::max(1U, options.threads) : 1;
}

/// Calls work(worker, ChunkRange) for every chunk of a view.
/// @throws Cancelled
template <typename Work> void forEachChunkOf(const BlockView& view, const FusedOptions& options, const Work& work)
{
    const std::uint64_t perChunk = kChunkElements / static_cast<std::uint64_t>(view.block());
    const std::uint64_t chunks = chunkCount(view);
    const std::uint64_t tasks = (chunks + kChunksAtOnce - 1) / kChunksAtOnce;
    const auto blockOf = [&](std::uint64_t chunk) { return std::min(view.blocks(), chunk * perChunk); };
    const WorkerPool::Work task = [&](unsigned worker, std::uint64_t index) {
        const std::uint64_t last = std::min(chunks, (index + 1) * kChunksAtOnce);
        for (std::uint64_t chunk = index * kChunksAtOnce; chunk < last; ++chunk)
            work(worker,
                ChunkRange{chunk, blockOf(chunk), blockOf(chunk + 1),
                    workerCount(options) > 1 ? blockOf(last) : view.blocks()});
    };
    if (options.pool != nullptr) {
        options.pool->run(tasks, workerCount(options), options.stop, task);
        return;
    }
    WorkerPool alone(0);
    alone.run(tasks, 1, options.stop, task);
}

}  // namespace nanoscope
