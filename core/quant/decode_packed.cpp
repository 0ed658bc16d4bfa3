#include "core/error.h"
#include "core/format/format_storage.h"
#include "core/quant/bit_stream.h"
#include "core/quant/block_encoder.h"
#include "core/quant/cast.h"
#include "core/quant/parallel.h"
#include "core/quant/prepared_tensor.h"
#include "core/quant/stored_block.h"

#include <algorithm>
#include <limits>

namespace nanoscope {
namespace {

constexpr const char* kDamaged = "the cast file is damaged; cast again";

Error damaged(const PackedTensor& packed, const std::string& what)
{
    return Error(packed.source, what, kDamaged);
}

void checkPacked(const PackedTensor& packed, const Shape& shape)
{
    if (!shape.empty() && (packed.axis < 0 || static_cast<std::size_t>(packed.axis) >= shape.size()))
        throw damaged(packed,
            std::string("axis ")
                .append(std::to_string(packed.axis))
                .append(" does not fit shape ")
                .append(shapeText(shape)));
    if (packed.tensorValues.size() != tensorValueCount(packed.spec))
        throw damaged(packed, "the values stored once per tensor do not fit the format");
    if (packed.tensorBook != 0 && packed.tensorBook >= packed.spec.elements.size())
        throw damaged(packed, "the codebook of the tensor does not exist");
}

/// A tensor of zeros whose rows are cut as the packed ones are.
BlockView emptyView(const PackedTensor& packed, const Shape& shape, const FormatSpec& spec)
{
    Tensor tensor;
    tensor.info.shape = shape;
    tensor.values = std::make_shared<const std::vector<float>>(elementCount(shape), 0.0F);
    tensor.file = packed.source;
    const BlockView rows(tensor, packed.axis, 1);
    return rows.tiled(spec.geometry.block, spec.geometry.tileRows);
}

void checkColumnOrder(const PackedTensor& packed, std::uint64_t columns)
{
    const bool isSorted = packed.spec.transform && packed.spec.transform->sortColumns;
    std::vector<std::uint32_t> sorted = packed.columnOrder;
    std::sort(sorted.begin(), sorted.end());
    bool isPermutation = sorted.size() == (isSorted ? columns : 0);
    for (std::size_t i = 0; isPermutation && i < sorted.size(); ++i)
        isPermutation = sorted[i] == i;
    if (!isPermutation)
        throw damaged(packed, "the order of the columns does not fit the shape");
}

/// Bytes of a row of blocks that do not vary.
std::uint64_t rowBytes(const FormatSpec& spec, const BlockView& view, std::uint64_t row)
{
    std::uint64_t bits = 0;
    for (std::uint64_t b = 0; b < view.blocksPerRow(); ++b)
        bits += storedBlockBits(spec, view.length(row * view.blocksPerRow() + b));
    return (bits + 7) / 8;
}

/// Decodes one row of blocks into `rows`; returns the bytes it took.
std::size_t decodeRow(const PackedTensor& packed, const BlockView& view, const StoredBlockReader& reader,
    std::span<const std::uint8_t> bytes, std::uint64_t row, std::vector<float>& rows)
{
    BitReader bits(bytes);
    EncodedBlock block;
    for (std::uint64_t b = 0; b < view.blocksPerRow(); ++b) {
        const std::uint64_t index = row * view.blocksPerRow() + b;
        block.length = view.length(index);
        if (!reader.read(bits, block, view.place(index)))
            throw damaged(packed, "/packed ends before the last block");
        const bool bad = !packed.badBlocks.empty() && packed.badBlocks[index] != 0;
        for (std::size_t i = 0; i < block.length; ++i)
            rows[view.rowPosition(index, i)]
                = bad ? std::numeric_limits<float>::quiet_NaN() : roundToStored(block.decoded[i]).value;
    }
    return bits.bytesRead();
}

}  // namespace

std::vector<float> decodePacked(const PackedTensor& packed, unsigned threads)
{
    const Shape& shape = packed.reshape ? *packed.reshape : packed.shape;
    checkPacked(packed, shape);
    const RowLayout layout(shape, shape.empty() ? 0 : static_cast<std::size_t>(packed.axis));
    checkColumnOrder(packed, layout.rowLength);
    const FormatSpec spec = resolved(packed.spec, layout.rowLength);
    const BlockView view = emptyView(packed, shape, spec);
    if (!packed.badBlocks.empty() && packed.badBlocks.size() < view.blocks())
        throw damaged(packed, "/bad_blocks is too short");
    TensorParameters parameters;
    parameters.scale = tensorScaleFromStored(packed.tensorScale);
    parameters.book = packed.tensorBook;
    parameters.values = packed.tensorValues;
    const StoredBlockReader reader(spec, parameters);

    std::vector<float> rows(view.elements());
    std::uint64_t used = 0;
    if (hasVariableBlocks(spec)) {
        for (std::uint64_t row = 0; row < view.rows(); ++row)
            used += decodeRow(packed, view, reader, std::span(packed.packed).subspan(used), row, rows);
    } else {
        std::vector<std::uint64_t> starts{0};
        if (view.rows() > 0) {
            const std::uint64_t whole = rowBytes(spec, view, 0);  // only the last strip of tiles may differ
            for (std::uint64_t row = 0; row + 1 < view.rows(); ++row)
                starts.push_back(starts.back() + whole);
            starts.push_back(starts.back() + rowBytes(spec, view, view.rows() - 1));
        }
        used = starts.back();
        if (used == packed.packed.size())
            forEachChunk(view.rows(), threadCount(threads, view.rows()), {}, [&](unsigned, std::uint64_t row) {
                decodeRow(packed, view, reader,
                    std::span(packed.packed).subspan(starts[row], starts[row + 1] - starts[row]), row, rows);
            });
    }
    if (used != packed.packed.size())
        throw damaged(packed,
            std::string("/packed holds ")
                .append(std::to_string(packed.packed.size()))
                .append(" bytes where shape and format need ")
                .append(std::to_string(used)));
    rows = undoBasis(std::move(rows), layout, packed.spec, packed.columnOrder, {threads, {}});
    std::vector<float> values(rows.size());
    for (std::uint64_t row = 0; row < layout.rows; ++row)
        for (std::uint64_t column = 0; column < layout.rowLength; ++column)
            values[layout.fileIndex(row, column)] = rows[row * layout.rowLength + column];
    return values;
}

}  // namespace nanoscope
