#include "core/quant/dequantize.h"

#include "core/quant/block_encoder.h"
#include "core/quant/effective_scale.h"
#include "core/quant/parallel.h"
#include "core/quant/prepared_tensor.h"
#include "core/quant/stored_bits.h"
#include "core/quant/stored_block.h"

#include <algorithm>
#include <memory>

namespace nanoscope {

Dequantized dequantize(const BlockView& rows, const FormatSpec& spec, const PassOptions& options)
{
    constexpr std::uint64_t kChunkElements = 1 << 14;
    const PreparedTensor prepared = prepare(rows, spec, options);
    const BlockView& view = prepared.view;
    const std::uint64_t chunkBlocks
        = std::max<std::uint64_t>(1, kChunkElements / static_cast<std::uint64_t>(std::max(1, view.block())));
    const std::uint64_t chunks = (view.blocks() + chunkBlocks - 1) / chunkBlocks;
    const unsigned threads = threadCount(options.threads, chunks);
    std::vector<std::unique_ptr<BlockEncoder>> encoders(threads);
    std::vector<float> values(view.elements());
    std::vector<std::uint32_t> blockBits(hasVariableBlocks(prepared.spec) ? view.blocks() : 0);
    const StoredBlock stored(prepared.spec);
    forEachChunk(chunks, threads, options.stop, [&](unsigned worker, std::uint64_t chunk) {
        if (!encoders[worker])
            encoders[worker] = makeBlockEncoder(prepared.spec, prepared.parameters);
        std::vector<float> room;
        const std::uint64_t end = std::min(view.blocks(), (chunk + 1) * chunkBlocks);
        for (std::uint64_t index = chunk * chunkBlocks; index < end; ++index) {
            const EncodedBlock& block = encoders[worker]->encode(view.values(index, room), view.place(index));
            if (!blockBits.empty())
                blockBits[index] = static_cast<std::uint32_t>(stored.bitsOf(block));
            for (std::size_t i = 0; i < block.length; ++i)
                values[view.rowPosition(index, i)] = roundToStored(block.decoded[i]).value;
        }
    });
    return {undoBasis(std::move(values), view.layout(), prepared.spec, prepared.columnOrder, options),
        storedBitsPerElement(prepared, blockBits)};
}

}  // namespace nanoscope
