#include "core/analysis/block_search.h"

#include "core/error.h"
#include "core/quant/block_encoder.h"

#include <algorithm>
#include <vector>

namespace nanoscope {

std::optional<std::uint64_t> nextBlockWithBook(
    const PreparedTensor& prepared, std::uint64_t from, std::uint32_t book, const std::stop_token& stop)
{
    const BlockView& view = prepared.view;
    const auto encoder = makeBlockEncoder(prepared.spec, prepared.parameters);
    std::vector<float> room;
    for (std::uint64_t step = 1; step <= view.blocks(); ++step) {
        if (stop.stop_requested())
            throw Cancelled();
        const std::uint64_t index = (from + step) % view.blocks();
        const EncodedBlock& block = encoder->encode(view.values(index, room), view.place(index));
        if (!block.bad && std::find(block.unitBook.begin(), block.unitBook.end(), book) != block.unitBook.end())
            return index;
    }
    return std::nullopt;
}

}  // namespace nanoscope
