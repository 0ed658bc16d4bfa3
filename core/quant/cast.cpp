#include "core/quant/cast.h"

#include "core/error.h"
#include "core/quant/bit_stream.h"
#include "core/quant/block_encoder.h"
#include "core/quant/exception_element.h"
#include "core/quant/parallel.h"

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

    std::uint64_t subgroupsIn(const Geometry& geometry, std::uint64_t length)
    {
        const auto sub = static_cast<std::uint64_t>(geometry.subgroup());
        return (length + sub - 1) / sub;
    }

    std::uint64_t subgroupsPerRow(const Geometry& geometry, std::uint64_t rowLength)
    {
        const auto block = static_cast<std::uint64_t>(geometry.block);
        return rowLength / block * static_cast<std::uint64_t>(geometry.subgroups())
            + subgroupsIn(geometry, rowLength % block);
    }

    std::uint32_t signMask(int codeBits)
    {
        return std::uint32_t {1} << (codeBits - 1);
    }

    /// Where MX+ keeps a block's exception; absent for other formats and for all-zero blocks.
    struct ExceptionPlace {
        std::size_t index = 0;
        std::uint32_t mantissa = 0;
    };

    /// Reads and writes one block's bits in the order scale, metadata, codes.
    class BlockLayout {
    public:
        explicit BlockLayout(const FormatSpec& spec)
            : m_codeBits(spec.codeBits()), m_scaleBits(ScaleCodec(spec.scale.codec).bits()),
              m_scaleCount(spec.scale.splitSign ? 2 : 1), m_fields(metaFields(spec))
        {
            for (std::size_t f = 0; f < m_fields.size(); ++f)
                if (m_fields[f].storage == MetaStorage::ElementSlot)
                    m_slotField = f;
        }

        [[nodiscard]] const std::vector<MetaField>& fields() const { return m_fields; }
        [[nodiscard]] std::size_t scaleCount() const { return m_scaleCount; }

        void write(BitWriter& out, const EncodedBlock& block) const
        {
            std::uint64_t rider = 0;
            for (std::size_t f = 0; f < m_fields.size(); ++f)
                if (m_fields[f].bitsInScaleSign > 0)
                    rider = block.meta[f][0] >> m_fields[f].storedBits();
            for (std::size_t s = 0; s < m_scaleCount; ++s)
                out.write(block.scales[s].code | (rider << (m_scaleBits - 1)), m_scaleBits);
            for (std::size_t f = 0; f < m_fields.size(); ++f)
                if (m_fields[f].storage == MetaStorage::Metadata)
                    for (const std::uint32_t value : block.meta[f])
                        out.write(value, m_fields[f].storedBits());
            const auto exception = block.bad ? std::nullopt : exceptionOf(block);
            for (std::size_t i = 0; i < block.length; ++i) {
                const bool refined = exception && exception->index == i;
                // The exception's slot keeps its sign and gives the rest to the finer mantissa.
                const std::uint32_t code = refined
                    ? exception->mantissa | (block.decoded[i] < 0 ? signMask(m_codeBits) : 0U)
                    : block.codes[i];
                out.write(code, m_codeBits);
            }
        }

        /// Fills scales, metadata and codes of `block`, whose length is set.
        void read(BitReader& in, EncodedBlock& block, const Geometry& geometry) const
        {
            std::uint32_t rider = 0;
            const bool ridden
                = std::any_of(m_fields.begin(), m_fields.end(), [](const MetaField& f) { return f.bitsInScaleSign > 0; });
            for (std::size_t s = 0; s < m_scaleCount; ++s) {
                block.scales[s].code = in.read(m_scaleBits);
                if (ridden) {
                    rider = block.scales[s].code >> (m_scaleBits - 1);
                    block.scales[s].code &= signMask(m_scaleBits) - 1;
                }
            }
            block.meta.resize(m_fields.size());
            for (std::size_t f = 0; f < m_fields.size(); ++f) {
                const std::uint64_t units
                    = m_fields[f].unit == Unit::Block ? 1 : subgroupsIn(geometry, block.length);
                block.meta[f].assign(units, 0);
                if (m_fields[f].storage == MetaStorage::Metadata)
                    for (std::uint32_t& value : block.meta[f])
                        value = in.read(m_fields[f].storedBits());
                if (m_fields[f].bitsInScaleSign > 0)
                    block.meta[f][0] |= rider << m_fields[f].storedBits();
            }
            block.codes.resize(block.length);
            for (std::uint32_t& code : block.codes)
                code = in.read(m_codeBits);
        }

        [[nodiscard]] std::optional<std::size_t> fieldNamed(const char* name) const
        {
            for (std::size_t f = 0; f < m_fields.size(); ++f)
                if (m_fields[f].name == name)
                    return f;
            return std::nullopt;
        }

    private:
        [[nodiscard]] std::optional<ExceptionPlace> exceptionOf(const EncodedBlock& block) const
        {
            if (!m_slotField)
                return std::nullopt;
            const std::size_t index = block.meta[*fieldNamed(kExceptionIndex)][0];
            if (block.decoded[index] == 0.0)  // an all-zero block has none
                return std::nullopt;
            return ExceptionPlace {index, block.meta[*m_slotField][0]};
        }

        int m_codeBits;
        int m_scaleBits;
        std::size_t m_scaleCount;
        std::vector<MetaField> m_fields;
        std::optional<std::size_t> m_slotField;
    };

    /// Values that a block's scales, metadata and codes stand for.
    class BlockDecoder {
    public:
        BlockDecoder(const FormatSpec& spec, float tensorScale)
            : m_spec(spec), m_tensorScale(tensorScaleFromStored(tensorScale)), m_codec(spec.scale.codec), m_layout(spec)
        {
            for (const ElementBook& element : spec.elements)
                m_books.emplace_back(element, spec.tie);
            if (spec.micro)
                m_grid = spec.micro->grid();
            if (spec.special && spec.special->kind == SpecialKind::Top1)
                m_fine.emplace(spec.special->fine, spec.tie);
            if (spec.special && spec.special->kind == SpecialKind::BlockMaximum)
                m_ladder.emplace(m_books.front(), spec.special->mantissaBits, spec.tie);
            m_bookField = m_layout.fieldNamed(kCodebook);
            for (const char* name : {kNanoMantissa, kSubgroupMantissa, kMicroexponent})
                if (const auto field = m_layout.fieldNamed(name))
                    m_microField = field;
        }

        [[nodiscard]] const BlockLayout& layout() const { return m_layout; }
        [[nodiscard]] const ScaleCodec& codec() const { return m_codec; }

        void decode(EncodedBlock& block) const
        {
            block.decoded.assign(block.length, 0.0);
            for (std::size_t s = 0; s < m_layout.scaleCount(); ++s)
                block.scales[s].value = m_codec.decode(block.scales[s].code);
            if (m_codec.isNan(block.scales[0].code)) {
                std::fill(block.decoded.begin(), block.decoded.end(), std::numeric_limits<double>::quiet_NaN());
                return;
            }
            for (std::size_t i = 0; i < block.length; ++i)
                block.decoded[i] = ordinaryValue(block, i);
            if (m_ladder)
                decodeBlockMaximum(block);
            else if (m_fine)
                decodeTop1Elements(block);
        }

    private:
        [[nodiscard]] std::uint32_t metaAt(const EncodedBlock& block, std::size_t field, std::size_t element) const
        {
            const bool perBlock = m_layout.fields()[field].unit == Unit::Block;
            return block.meta[field][perBlock ? 0 : element / static_cast<std::size_t>(m_spec.geometry.subgroup())];
        }

        [[nodiscard]] double scaleOf(const EncodedBlock& block, std::size_t element) const
        {
            const std::size_t book = bookOf(block, element);
            const double level = m_books[book].level(block.codes[element]);
            const bool other = m_spec.scale.splitSign && !(level > 0);
            const double shared = realScale(m_spec, block.scales[other ? 1 : 0].value, m_tensorScale);
            const double micro = m_microField ? m_grid[metaAt(block, *m_microField, element)] : 1.0;
            return shared * bookScaleFactor(m_spec, m_books, book) * micro;
        }

        [[nodiscard]] std::size_t bookOf(const EncodedBlock& block, std::size_t element) const
        {
            const std::size_t book = m_bookField ? metaAt(block, *m_bookField, element) : 0;
            return std::min(book, m_books.size() - 1);
        }

        [[nodiscard]] double ordinaryValue(const EncodedBlock& block, std::size_t element) const
        {
            const double scale = scaleOf(block, element);
            const double level = m_books[bookOf(block, element)].level(block.codes[element]);
            return scale > 0 ? level * scale : 0.0;
        }

        void decodeBlockMaximum(EncodedBlock& block) const
        {
            const int codeBits = m_spec.codeBits();
            const bool lowers = m_spec.special->othersBits > 0;
            const std::uint32_t lowered = block.meta[*m_layout.fieldNamed(lowers ? kOthersOffset : kReserved)][0];
            const std::size_t index
                = std::min<std::size_t>(block.meta[*m_layout.fieldNamed(kExceptionIndex)][0], block.length - 1);
            const std::uint32_t allOnes
                = (std::uint32_t {1} << (lowers ? m_spec.special->othersBits : kReservedBits)) - 1;
            const bool allZero
                = std::all_of(block.codes.begin(), block.codes.end(), [](std::uint32_t code) { return code == 0; });
            if (allZero && lowered == allOnes)
                return;
            const double scale = scaleOf(block, index);
            if (lowers)
                for (double& value : block.decoded)
                    value = std::ldexp(value, -static_cast<int>(lowered));
            const std::uint32_t slot = block.codes[index];
            const double magnitude = m_ladder->level(slot & (signMask(codeBits) - 1)) * scale;
            block.decoded[index] = (slot & signMask(codeBits)) != 0 ? -magnitude : magnitude;
        }

        void decodeTop1Elements(EncodedBlock& block) const
        {
            const int codeBits = m_spec.codeBits();
            const auto sub = static_cast<std::size_t>(m_spec.geometry.subgroup());
            const std::size_t field = *m_layout.fieldNamed(kTop1Mantissa);
            for (std::size_t start = 0; start < block.length; start += sub) {
                const std::size_t length = std::min(sub, block.length - start);
                const std::size_t top = start + top1Position(std::span(block.codes).subspan(start, length), codeBits);
                const double scale = scaleOf(block, top);
                const std::uint32_t magnitude = block.codes[top] & (signMask(codeBits) - 1);
                const double value
                    = decodeTop1(*m_fine, m_spec.special->bits, magnitude, metaAt(block, field, start)) * scale;
                block.decoded[top] = (block.codes[top] & signMask(codeBits)) != 0 ? 0.0 - value : value;
            }
        }

        FormatSpec m_spec;
        TensorScale m_tensorScale;
        ScaleCodec m_codec;
        BlockLayout m_layout;
        std::vector<Codebook> m_books;
        std::vector<double> m_grid;
        std::optional<Codebook> m_fine;
        std::optional<ExceptionLadder> m_ladder;
        std::optional<std::size_t> m_bookField;
        std::optional<std::size_t> m_microField;
    };

    /// Writes one quantized block into the arrays of a CastTensor.
    void storeBlock(CastTensor& cast, const RowLayout& layout, std::uint64_t row, std::uint64_t blockInRow,
                    const EncodedBlock& block, bool marksBad, std::uint64_t& saturated)
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
            const std::uint64_t perBlock = perRow == cast.blocksPerRow && block.meta[f].size() == 1
                ? 1
                : static_cast<std::uint64_t>(cast.spec.geometry.subgroups());
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
                                   * (field.unit == Unit::Block ? view.blocksPerRow()
                                                                : subgroupsPerRow(spec.geometry, view.rowLength())));
        cast.packed.assign(view.rows() * packedRowBytes(spec, view.rowLength()), 0);
        return cast;
    }

}  // namespace

double tensorMaximum(const BlockView& view, unsigned threads, const std::stop_token& stop)
{
    const std::uint64_t perChunk = std::max<std::uint64_t>(1, kChunkElements / static_cast<std::uint64_t>(view.block()));
    const std::uint64_t chunks = chunksOf(view.blocks(), perChunk);
    std::vector<float> maxima(chunks, 0.0F);
    forEachChunk(chunks, threadCount(threads, chunks), stop, [&](unsigned, std::uint64_t chunk) {
        float maximum = 0.0F;
        const std::uint64_t end = std::min(view.blocks(), (chunk + 1) * perChunk);
        for (std::uint64_t block = chunk * perChunk; block < end; ++block) {
            float inBlock = 0.0F;
            float poison = 0.0F;  // stays 0 unless a value is NaN or infinite
            for (const float value : view.values(block)) {
                inBlock = std::max(inBlock, std::fabs(value));
                poison += value * 0.0F;
            }
            if (poison == 0.0F)
                maximum = std::max(maximum, inBlock);
        }
        maxima[chunk] = maximum;
    });
    return maxima.empty() ? 0.0 : static_cast<double>(*std::max_element(maxima.begin(), maxima.end()));
}

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
    const BlockLayout layout(spec);
    std::vector<BlockEncoder> encoders;
    for (unsigned i = 0; i < threads; ++i)
        encoders.emplace_back(spec, tensorScale);
    std::atomic<std::uint64_t> saturated {0};
    std::atomic<std::uint64_t> rowsDone {0};
    forEachChunk(chunks, threads, options.stop, [&](unsigned worker, std::uint64_t chunk) {
        std::uint64_t saturatedHere = 0;
        const std::uint64_t end = std::min(view.rows(), (chunk + 1) * perChunk);
        for (std::uint64_t row = chunk * perChunk; row < end; ++row) {
            BitWriter bits(std::span(cast.packed).subspan(row * rowBytes, rowBytes));
            for (std::uint64_t b = 0; b < view.blocksPerRow(); ++b) {
                const EncodedBlock& block = encoders[worker].encode(view.values(row * view.blocksPerRow() + b));
                layout.write(bits, block);
                storeBlock(cast, view.layout(), row, b, block, marksBad, saturatedHere);
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
                decoder.layout().read(bits, block, spec.geometry);
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
