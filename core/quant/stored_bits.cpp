#include "core/quant/stored_bits.h"

#include "core/format/format_storage.h"

namespace nanoscope {
namespace {

/// Stored bits of one row whose blocks do not vary, padded to a byte.
std::uint64_t rowBits(const PreparedTensor& prepared, std::uint64_t row)
{
    const BlockView& view = prepared.view;
    std::uint64_t bits = 0;
    std::uint64_t length = 0;
    std::uint64_t bitsOfLength = 0;
    for (std::uint64_t b = 0; b < view.blocksPerRow(); ++b) {
        const std::uint64_t here = view.length(row * view.blocksPerRow() + b);
        if (here != length)
            bitsOfLength = storedBlockBits(prepared.spec, here);
        length = here;
        bits += bitsOfLength;
    }
    return (bits + 7) / 8 * 8;
}

}  // namespace

double storedBitsPerElement(const PreparedTensor& prepared, std::span<const std::uint32_t> blockBits)
{
    const BlockView& view = prepared.view;
    std::uint64_t bits = tensorBits(prepared.spec);
    if (view.elements() == 0)
        return nominalBitsPerElement(prepared.spec);
    if (blockBits.empty()) {  // only the last strip of tiles may differ
        bits += rowBits(prepared, 0) * (view.rows() - 1) + rowBits(prepared, view.rows() - 1);
    } else {
        for (std::uint64_t row = 0; row < view.rows(); ++row) {
            std::uint64_t inRow = 0;
            for (std::uint64_t b = 0; b < view.blocksPerRow(); ++b)
                inRow += blockBits[row * view.blocksPerRow() + b];
            bits += (inRow + 7) / 8 * 8;
        }
    }
    return static_cast<double>(bits) / static_cast<double>(view.elements());
}

}  // namespace nanoscope
