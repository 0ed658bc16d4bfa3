#pragma once

#include "core/fast/tile_run.h"
#include "core/fast/widen_kernel.h"
#include "core/fast/worker_pool.h"
#include "core/quant/block_view.h"

#include <algorithm>
#include <cstdint>
#include <stop_token>
#include <type_traits>
#include <vector>

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
/// place that a whole one would have. Values held as 16-bit words are converted some tiles at a time, which stay in the
/// first-level cache.
/// @tparam Value  of one element: float, or what stands for it
template <typename Value> class TileWalk {
public:
    /// @param rows  the values of all rows, as the view has them; both must outlive this
    TileWalk(const BlockView& view, const Value* rows)
        : m_view(&view)
        , m_rows(rows)
    {
    }

    /// Walks the view's own values, whatever they are held as.
    /// @param target  what converts them
    TileWalk(const BlockView& view, KernelTarget target) requires std::is_same_v<Value, float>
        : m_view(&view), m_rows(view.rowValues().floats().data()), m_words(view.rowValues().words().data())
    {
        if (m_words != nullptr) {
            m_widen = widenKernel(target, view.rowValues().kind());
            m_room.resize(kTilesAtOnce * kTileElements);
        }
    }

    /// Where the rows' memory ends behind a block; null where spans are not parts of it.
    [[nodiscard]] const Value* endOf(std::uint64_t block) const
    {
        return m_words != nullptr ? nullptr : m_rows + m_view->position(block) + m_view->length(block);
    }

    /// Calls visit(TileSpan) for blocks `begin` to `end` - 1, in their order.
    /// @param begin  the first block of a tile
    template <typename Visit> void walk(std::uint64_t begin, std::uint64_t end, const Visit& visit)
    {
        const std::uint64_t perTile = blocksPerTile(*m_view);
        for (std::uint64_t block = begin; block < end;) {
            const std::uint64_t whole = std::min(end - block, wholeBlocksFrom(block)) / perTile;
            if (whole > 0 && m_words != nullptr) {
                const std::uint64_t some = std::min<std::uint64_t>(whole, kTilesAtOnce);
                copy(m_view->position(block), some * kTileElements, m_room.data());
                visit(TileSpan<Value>{block, static_cast<std::size_t>(some), m_room.data(), nullptr});
                block += some * perTile;
            } else if (whole > 0) {
                const Value* values = m_rows + m_view->position(block);
                visit(TileSpan<Value>{block, static_cast<std::size_t>(whole), values, nullptr});
                block += whole * perTile;
            } else {
                pack(block, std::min(end, block + perTile));
                visit(TileSpan<Value>{block, 1, m_packed.data(), &m_valid});
                block += perTile;
            }
        }
    }

private:
    static constexpr std::size_t kTilesAtOnce = 8;  // as many as the kernels take in a group

    void copy(std::uint64_t position, std::uint64_t count, Value* out) const
    {
        if constexpr (std::is_same_v<Value, float>)
            if (m_words != nullptr)
                return m_widen(m_words + position, count, out);
        std::copy_n(m_rows + position, count, out);
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
            const std::size_t length = m_view->length(block);
            const std::size_t first = (block - begin) * static_cast<std::size_t>(m_view->block());
            copy(m_view->position(block), length, m_packed.data() + first);
            for (std::size_t i = first; i < first + length; ++i)
                m_valid[i / 32] |= std::uint32_t{1} << i % 32;
        }
    }

    const BlockView* m_view;
    const Value* m_rows;
    const std::uint16_t* m_words = nullptr;  // what stands for the rows; null: they are there
    WidenKernel m_widen = nullptr;
    std::vector<Value> m_room;  // some tiles of what the words stand for
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
