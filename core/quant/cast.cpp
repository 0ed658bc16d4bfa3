#include "core/quant/cast.h"

#include "core/format/format_storage.h"
#include "core/quant/bit_stream.h"
#include "core/quant/block_encoder.h"
#include "core/quant/parallel.h"
#include "core/quant/prepared_tensor.h"
#include "core/quant/stored_block.h"

#include <algorithm>
#include <atomic>
#include <memory>

namespace nanoscope {
namespace {

constexpr std::uint64_t kChunkElements = 1 << 16;

std::uint64_t rowsPerChunk(std::uint64_t rowLength)
{
    return std::max<std::uint64_t>(1, kChunkElements / std::max<std::uint64_t>(1, rowLength));
}

/// Quantizes rows of blocks into the arrays of a CastTensor; rows may be written by different threads.
class CastWriter {
public:
    CastWriter(CastTensor& cast, const PreparedTensor& prepared)
        : m_cast(cast)
        , m_spec(prepared.spec)
        , m_view(prepared.view)
        , m_stored(prepared.spec)
        , m_columnOrder(prepared.columnOrder)
        , m_rowValues(prepared.view.elements())
        , m_packedRows(prepared.view.rows())
    {
        for (const MetaField& field : m_stored.fields())
            m_listed.push_back(field.unit == MetaUnit::Exception || field.unit == MetaUnit::Flagged);
        m_lists.resize(prepared.view.rows());
        for (auto& lists : m_lists)
            lists.resize(m_stored.fields().size());
        resizeCast(prepared);
    }

    /// @return saturated values of the row
    std::uint64_t writeRow(BlockEncoder& encoder, std::uint64_t row)
    {
        std::uint64_t saturated = 0;
        std::vector<std::uint8_t> bytes(mostBytes(row), 0);
        BitWriter bits(bytes);
        std::vector<float> room;
        for (std::uint64_t b = 0; b < m_view.blocksPerRow(); ++b) {
            const std::uint64_t index = row * m_view.blocksPerRow() + b;
            const EncodedBlock& block = encoder.encode(m_view.values(index, room), m_view.place(index));
            if (const std::uint64_t needed = (bits.bitsWritten() + m_stored.bitsOf(block) + 7) / 8;
                needed > bytes.size()) {
                bytes.resize(2 * needed, 0);
                bits.moveTo(bytes);
            }
            m_stored.write(bits, block);
            saturated += storeElements(block, index);
            storeScales(block, index);
            storeMeta(block, index);
            if (block.bad && !m_cast.badBlocks.empty())
                m_cast.badBlocks[index] = 1;
        }
        bytes.resize((bits.bitsWritten() + 7) / 8);
        m_packedRows[row] = std::move(bytes);
        return saturated;
    }

    void finish(const PassOptions& options)
    {
        for (const std::vector<std::uint8_t>& row : m_packedRows)
            m_cast.packed.insert(m_cast.packed.end(), row.begin(), row.end());
        const bool isEven = !m_packedRows.empty()
            && std::all_of(m_packedRows.begin(), m_packedRows.end(),
                [this](const auto& row) { return row.size() == m_packedRows.front().size(); });
        m_cast.packedRowBytes = isEven && !hasVariableBlocks(m_spec) ? m_packedRows.front().size() : 0;
        for (const auto& lists : m_lists)
            for (std::size_t f = 0; f < lists.size(); ++f)
                m_cast.meta[f].insert(m_cast.meta[f].end(), lists[f].begin(), lists[f].end());
        const std::vector<float> rows
            = undoBasis(std::move(m_rowValues), m_view.layout(), m_spec, m_columnOrder, options);
        const RowLayout& layout = m_view.layout();
        for (std::uint64_t row = 0; row < layout.rows; ++row)
            for (std::uint64_t column = 0; column < layout.rowLength; ++column)
                m_cast.dequantized[layout.fileIndex(row, column)] = rows[row * layout.rowLength + column];
        if (std::none_of(m_cast.badBlocks.begin(), m_cast.badBlocks.end(), [](std::uint8_t bad) { return bad != 0; }))
            m_cast.badBlocks.clear();
    }

private:
    void resizeCast(const PreparedTensor& prepared)
    {
        m_cast.dequantized.resize(m_view.elements());
        m_cast.codes.resize(m_view.elements());
        m_cast.scales.resize(m_view.blocks() * (m_spec.scale.splitSign ? 2 : 1));
        for (std::size_t f = 0; f < m_stored.fields().size(); ++f) {
            std::uint64_t units = 0;
            for (std::uint64_t b = 0; b < m_view.blocksPerRow(); ++b)
                units += fixedUnits(m_stored.fields()[f], m_spec, m_view.length(b));
            m_unitsPerRow.push_back(units);
            m_cast.meta.emplace_back(m_listed[f] ? 0 : m_view.rows() * units);
        }
        if (!m_stored.marksBad())
            m_cast.badBlocks.assign(m_view.blocks(), 0);
        m_cast.tensorScale = prepared.parameters.scale.stored;
        m_cast.tensorBook = static_cast<std::uint32_t>(prepared.parameters.book);
        m_cast.tensorValues = prepared.parameters.values;
        m_cast.columnOrder = prepared.columnOrder;
    }

    /// A first guess of the bytes of a row; exact where blocks do not vary.
    [[nodiscard]] std::uint64_t mostBytes(std::uint64_t row) const
    {
        return hasVariableBlocks(m_spec) ? m_view.lengthOfRow(row)
                                         : packedRowBytes(m_spec, m_view.lengthOfRow(row)) + 1;
    }

    std::uint64_t storeElements(const EncodedBlock& block, std::uint64_t index)
    {
        std::uint64_t saturated = 0;
        const RowLayout& layout = m_view.layout();
        for (std::size_t i = 0; i < block.length; ++i) {
            const std::uint64_t at = m_view.rowPosition(index, i);
            const StoredValue stored = roundToStored(block.decoded[i]);
            saturated += stored.saturated ? 1 : 0;
            m_rowValues[at] = stored.value;
            const std::uint64_t column = at % layout.rowLength;
            m_cast
                .codes[layout.fileIndex(at / layout.rowLength, m_columnOrder.empty() ? column : m_columnOrder[column])]
                = block.codes[i];
        }
        return saturated;
    }

    void storeScales(const EncodedBlock& block, std::uint64_t index)
    {
        if (m_spec.scale.splitSign) {
            m_cast.scales[index * 2] = block.scales[0].code;
            m_cast.scales[index * 2 + 1] = block.scales[1].code;
        } else {
            m_cast.scales[index] = block.scales[0].code;
        }
    }

    void storeMeta(const EncodedBlock& block, std::uint64_t index)
    {
        const std::uint64_t row = index / m_view.blocksPerRow();
        const std::uint64_t column = index % m_view.blocksPerRow();
        for (std::size_t f = 0; f < std::min(block.meta.size(), m_cast.meta.size()); ++f) {
            if (m_listed[f]) {
                m_lists[row][f].insert(m_lists[row][f].end(), block.meta[f].begin(), block.meta[f].end());
                continue;
            }
            // The last strip of tiles may be lower: its blocks have fewer values, like the elements of its blocks.
            const std::uint64_t whole = fixedUnits(m_stored.fields()[f], m_spec, m_view.length(index - column));
            const std::uint64_t start = row * m_unitsPerRow[f] + column * whole;
            std::copy(block.meta[f].begin(), block.meta[f].end(),
                m_cast.meta[f].begin() + static_cast<std::ptrdiff_t>(start));
        }
    }

    CastTensor& m_cast;
    const FormatSpec& m_spec;
    const BlockView& m_view;
    StoredBlock m_stored;
    const std::vector<std::uint32_t>& m_columnOrder;
    std::vector<float> m_rowValues;  // dequantized in the basis of the format, the tensor's own rows
    std::vector<std::vector<std::uint8_t>> m_packedRows;
    std::vector<bool> m_listed;                                    // per field: any number of values per block
    std::vector<std::vector<std::vector<std::uint32_t>>> m_lists;  // per row and field
    std::vector<std::uint64_t> m_unitsPerRow;                      // per field
};

}  // namespace

CastTensor castTensor(const Tensor& tensor, const BlockView& view, const FormatSpec& spec, const CastOptions& options)
{
    const double searchShare = tensorSearchShare(spec);
    PassOptions pass{options.threads, options.stop};
    if (options.progress && searchShare > 0)
        pass.progress = [&](double fraction) { options.progress(fraction * searchShare); };
    const PreparedTensor prepared = prepare(view, spec, pass);
    CastTensor cast;
    cast.spec = spec;
    cast.shape = tensor.info.shape;
    if (view.shape() != tensor.info.shape)
        cast.reshape = view.shape();
    cast.axis = static_cast<int>(view.axis());
    cast.rows = prepared.view.rows();
    cast.rowLength = prepared.view.rowLength();
    cast.blocksPerRow = prepared.view.blocksPerRow();
    cast.source = tensor.file + ": " + tensor.info.name;

    CastWriter writer(cast, prepared);
    const std::uint64_t perChunk = rowsPerChunk(cast.rowLength);
    const std::uint64_t chunks = (cast.rows + perChunk - 1) / perChunk;
    const unsigned threads = threadCount(options.threads, chunks);
    std::vector<std::unique_ptr<BlockEncoder>> encoders;
    for (unsigned i = 0; i < threads; ++i)
        encoders.push_back(makeBlockEncoder(prepared.spec, prepared.parameters));
    std::atomic<std::uint64_t> saturated{0};
    std::atomic<std::uint64_t> rowsDone{0};
    forEachChunk(chunks, threads, options.stop, [&](unsigned worker, std::uint64_t chunk) {
        std::uint64_t saturatedHere = 0;
        const std::uint64_t end = std::min(cast.rows, (chunk + 1) * perChunk);
        for (std::uint64_t row = chunk * perChunk; row < end; ++row)
            saturatedHere += writer.writeRow(*encoders[worker], row);
        saturated += saturatedHere;
        rowsDone += end - chunk * perChunk;
        if (options.progress)
            options.progress(searchShare
                + (1 - searchShare) * static_cast<double>(rowsDone.load()) / static_cast<double>(cast.rows));
    });
    cast.saturated = saturated;
    writer.finish(pass);
    return cast;
}

}  // namespace nanoscope
