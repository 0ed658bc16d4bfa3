#include "core/quant/cast.h"

#include "core/error.h"
#include "core/quant/bit_stream.h"
#include "core/quant/block_decoder.h"
#include "core/quant/block_encoder.h"
#include "core/quant/packed_block.h"
#include "core/quant/parallel.h"
#include "core/quant/tensor_maximum.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>

namespace nanoscope {
namespace {

constexpr std::uint64_t kChunkElements = 1 << 16;

std::uint64_t rowsPerChunk(std::uint64_t rowLength)
{
    return std::max<std::uint64_t>(1, kChunkElements / std::max<std::uint64_t>(1, rowLength));
}

std::uint64_t chunksOf(std::uint64_t rows, std::uint64_t perChunk)
{
    return (rows + perChunk - 1) / perChunk;
}

std::uint64_t subgroupsPerRow(const Geometry& geometry, std::uint64_t rowLength)
{
    const auto block = static_cast<std::uint64_t>(geometry.block);
    const auto sub = static_cast<std::uint64_t>(geometry.subgroup());
    return rowLength / block * static_cast<std::uint64_t>(geometry.subgroups()) + (rowLength % block + sub - 1) / sub;
}

/// Writes one quantized block into the arrays of a CastTensor.
void storeBlock(CastTensor& cast, const RowLayout& layout, std::uint64_t row, std::uint64_t blockInRow,
    const EncodedBlock& block, const std::vector<MetaField>& fields, bool marksBad, std::uint64_t& saturated)
{
    const auto length = static_cast<std::uint64_t>(cast.spec.geometry.block);
    const std::uint64_t index = row * cast.blocksPerRow + blockInRow;
    for (std::size_t i = 0; i < block.length; ++i) {
        const std::uint64_t at = layout.fileIndex(row, blockInRow * length + i);
        const StoredValue stored = roundToStored(block.decoded[i]);
        saturated += stored.saturated ? 1 : 0;
        cast.dequantized[at] = stored.value;
        cast.codes[at] = static_cast<std::uint16_t>(block.codes[i]);
    }
    if (cast.spec.scale.splitSign) {
        cast.scales[index * 2] = block.scales[0].code;
        cast.scales[index * 2 + 1] = block.scales[1].code;
    } else {
        cast.scales[index] = block.scales[0].code;
    }
    for (std::size_t f = 0; f < block.meta.size(); ++f) {
        const std::uint64_t perRow = cast.meta[f].size() / std::max<std::uint64_t>(1, cast.rows);
        const std::uint64_t perBlock
            = fields[f].unit == Unit::Block ? 1 : static_cast<std::uint64_t>(cast.spec.geometry.subgroups());
        std::copy(block.meta[f].begin(), block.meta[f].end(),
            cast.meta[f].begin() + static_cast<std::ptrdiff_t>(row * perRow + blockInRow * perBlock));
    }
    if (block.bad && marksBad)
        cast.badBlocks[index] = 1;
}

CastTensor emptyCast(const Tensor& tensor, const BlockView& view, const FormatSpec& spec)
{
    CastTensor cast;
    cast.spec = spec;
    cast.shape = tensor.info.shape;
    if (view.shape() != tensor.info.shape)
        cast.reshape = view.shape();
    cast.axis = static_cast<int>(view.axis());
    cast.rows = view.rows();
    cast.rowLength = view.rowLength();
    cast.blocksPerRow = view.blocksPerRow();
    cast.source = tensor.file + ": " + tensor.info.name;
    cast.dequantized.resize(view.elements());
    cast.codes.resize(view.elements());
    cast.scales.resize(view.blocks() * (spec.scale.splitSign ? 2 : 1));
    for (const MetaField& field : metaFields(spec))
        cast.meta.emplace_back(view.rows()
            * (field.unit == Unit::Block ? view.blocksPerRow() : subgroupsPerRow(spec.geometry, view.rowLength())));
    cast.packed.assign(view.rows() * packedRowBytes(spec, view.rowLength()), 0);
    return cast;
}

}  // namespace

CastTensor castTensor(const Tensor& tensor, const BlockView& view, const FormatSpec& spec, const CastOptions& options)
{
    CastTensor cast = emptyCast(tensor, view, spec);
    const double maximum = spec.tensorScale ? tensorMaximum(view, options.threads, options.stop) : 0.0;
    const TensorScale tensorScale = tensorScaleFor(spec, maximum);
    cast.tensorScale = tensorScale.stored;
    const bool marksBad = !ScaleCodec(spec.scale.codec).nanCode().has_value();
    if (marksBad)
        cast.badBlocks.assign(view.blocks(), 0);

    const std::uint64_t perChunk = rowsPerChunk(view.rowLength());
    const std::uint64_t chunks = chunksOf(view.rows(), perChunk);
    const std::uint64_t rowBytes = packedRowBytes(spec, view.rowLength());
    const unsigned threads = threadCount(options.threads, chunks);
    const PackedBlock packed(spec);
    std::vector<BlockEncoder> encoders;
    for (unsigned i = 0; i < threads; ++i)
        encoders.emplace_back(spec, tensorScale);
    std::atomic<std::uint64_t> saturated{0};
    std::atomic<std::uint64_t> rowsDone{0};
    forEachChunk(chunks, threads, options.stop, [&](unsigned worker, std::uint64_t chunk) {
        std::uint64_t saturatedHere = 0;
        const std::uint64_t end = std::min(view.rows(), (chunk + 1) * perChunk);
        for (std::uint64_t row = chunk * perChunk; row < end; ++row) {
            BitWriter bits(std::span(cast.packed).subspan(row * rowBytes, rowBytes));
            for (std::uint64_t b = 0; b < view.blocksPerRow(); ++b) {
                const EncodedBlock& block = encoders[worker].encode(view.values(row * view.blocksPerRow() + b));
                packed.write(bits, block);
                storeBlock(cast, view.layout(), row, b, block, packed.fields(), marksBad, saturatedHere);
            }
        }
        saturated += saturatedHere;
        rowsDone += end - chunk * perChunk;
        if (options.progress)
            options.progress(static_cast<double>(rowsDone.load()) / static_cast<double>(view.rows()));
    });
    cast.saturated = saturated;
    if (std::none_of(cast.badBlocks.begin(), cast.badBlocks.end(), [](std::uint8_t bad) { return bad != 0; }))
        cast.badBlocks.clear();
    return cast;
}

std::vector<float> decodePacked(const PackedTensor& packed, unsigned threads)
{
    const Shape& shape = packed.reshape ? *packed.reshape : packed.shape;
    if (!shape.empty() && (packed.axis < 0 || static_cast<std::size_t>(packed.axis) >= shape.size()))
        throw Error(packed.source, "axis " + std::to_string(packed.axis) + " does not fit shape " + shapeText(shape),
            "the cast file is damaged; cast again");
    const RowLayout layout(shape, shape.empty() ? 0 : static_cast<std::size_t>(packed.axis));
    const FormatSpec& spec = packed.spec;
    const auto blockLength = static_cast<std::uint64_t>(spec.geometry.block);
    const std::uint64_t blocksPerRow = (layout.rowLength + blockLength - 1) / blockLength;
    const std::uint64_t rowBytes = packedRowBytes(spec, layout.rowLength);
    if (packed.packed.size() != layout.rows * rowBytes)
        throw Error(packed.source,
            "/packed holds " + std::to_string(packed.packed.size()) + " bytes where shape and format need "
                + std::to_string(layout.rows * rowBytes),
            "the cast file is damaged; cast again");
    if (!packed.badBlocks.empty() && packed.badBlocks.size() < layout.rows * blocksPerRow)
        throw Error(packed.source, "/bad_blocks is too short", "the cast file is damaged; cast again");

    std::vector<float> values(layout.rows * layout.rowLength);
    const BlockDecoder decoder(spec, packed.tensorScale);
    const std::uint64_t perChunk = rowsPerChunk(layout.rowLength);
    const std::uint64_t chunks = chunksOf(layout.rows, perChunk);
    forEachChunk(chunks, threadCount(threads, chunks), {}, [&](unsigned, std::uint64_t chunk) {
        EncodedBlock block;
        const std::uint64_t end = std::min(layout.rows, (chunk + 1) * perChunk);
        for (std::uint64_t row = chunk * perChunk; row < end; ++row) {
            BitReader bits(std::span(packed.packed).subspan(row * rowBytes, rowBytes));
            for (std::uint64_t b = 0; b < blocksPerRow; ++b) {
                block.length = std::min(blockLength, layout.rowLength - b * blockLength);
                decoder.packed().read(bits, block);
                decoder.decode(block);
                const bool bad = !packed.badBlocks.empty() && packed.badBlocks[row * blocksPerRow + b] != 0;
                for (std::size_t i = 0; i < block.length; ++i)
                    values[layout.fileIndex(row, b * blockLength + i)]
                        = bad ? std::numeric_limits<float>::quiet_NaN() : roundToStored(block.decoded[i]).value;
            }
        }
    });
    return values;
}

}  // namespace nanoscope
