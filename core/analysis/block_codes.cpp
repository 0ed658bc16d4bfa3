#include "core/analysis/block_codes.h"

#include "core/analysis/counted_code.h"
#include "core/error.h"
#include "core/quant/block_encoder.h"
#include "core/quant/parallel.h"

#include <algorithm>
#include <atomic>
#include <span>
#include <utility>

namespace nanoscope {
namespace {

constexpr std::uint64_t kChunkElements = 1 << 16;

/// Blocks cut into chunks of about as many elements.
struct Chunks {
    std::uint64_t blocks = 0;
    std::uint64_t perChunk = 1;

    explicit Chunks(const BlockView& view)
        : blocks(view.blocks())
        , perChunk(std::max<std::uint64_t>(1, kChunkElements / static_cast<std::uint64_t>(view.block())))
    {
    }

    [[nodiscard]] std::uint64_t count() const { return (blocks + perChunk - 1) / perChunk; }
    [[nodiscard]] std::uint64_t begin(std::uint64_t chunk) const { return chunk * perChunk; }
    [[nodiscard]] std::uint64_t end(std::uint64_t chunk) const { return std::min(blocks, (chunk + 1) * perChunk); }
};

}  // namespace

BlockCodes::BlockCodes(std::shared_ptr<const PreparedTensor> prepared, const BlockCodesOptions& options)
    : m_prepared(std::move(prepared))
    , m_isBad(m_prepared->view.blocks(), 0)
{
    const auto encoder = makeBlockEncoder(m_prepared->spec, m_prepared->parameters);
    m_books = encoder->books().size();
    for (const Codebook& book : encoder->books())
        m_codeCount = std::max(m_codeCount, book.codeCount());
    const std::size_t pairs = m_books * m_codeCount;
    if (pairs > std::size_t{1} << 16)
        m_words.emplace<std::vector<std::uint32_t>>();
    else if (pairs > std::size_t{1} << 8)
        m_words.emplace<std::vector<std::uint16_t>>();
    std::visit([&](auto& words) { encodeAll(words, options); }, m_words);
}

std::size_t BlockCodes::bytes() const
{
    return std::visit([](const auto& words) { return words.size() * sizeof(words.front()); }, m_words);
}

template <typename Word> void BlockCodes::encodeAll(std::vector<Word>& words, const BlockCodesOptions& options)
{
    const BlockView& view = m_prepared->view;
    words.resize(view.elements());
    const Chunks chunks(view);
    const unsigned threads = threadCount(options.threads, chunks.count());
    std::vector<std::unique_ptr<BlockEncoder>> encoders;
    for (unsigned i = 0; i < threads; ++i)
        encoders.push_back(makeBlockEncoder(m_prepared->spec, m_prepared->parameters));
    std::vector<std::vector<float>> rooms(threads);
    const CountedCode counted(m_prepared->spec, m_codeCount);
    const auto sub = static_cast<std::size_t>(m_prepared->spec.geometry.subgroup());
    std::atomic<std::uint64_t> done{0};
    forEachChunk(chunks.count(), threads, options.stop, [&](unsigned worker, std::uint64_t chunk) {
        for (std::uint64_t index = chunks.begin(chunk); index < chunks.end(chunk); ++index) {
            const std::span<const float> values = view.values(index, rooms[worker]);
            const EncodedBlock& block = encoders[worker]->encode(values, view.place(index));
            m_isBad[index] = block.bad ? 1 : 0;
            if (block.bad)
                continue;
            Word* word = &words[view.position(index)];
            for (std::size_t unit = 0; unit < block.unitBook.size(); ++unit)
                for (std::size_t i = unit * sub; i < std::min(values.size(), (unit + 1) * sub); ++i)
                    word[i] = static_cast<Word>(block.unitBook[unit] * m_codeCount + counted(block.codes[i]));
        }
        if (options.progress)
            options.progress(static_cast<double>(++done) / static_cast<double>(chunks.count()));
    });
}

template <typename Word>
std::vector<std::uint32_t> BlockCodes::count(
    const std::vector<Word>& words, Word wanted, const BlockCodesOptions& options) const
{
    const BlockView& view = m_prepared->view;
    std::vector<std::uint32_t> counts(view.blocks(), 0);
    const Chunks chunks(view);
    forEachChunk(
        chunks.count(), threadCount(options.threads, chunks.count()), options.stop, [&](unsigned, std::uint64_t chunk) {
            for (std::uint64_t block = chunks.begin(chunk); block < chunks.end(chunk); ++block) {
                if (m_isBad[block] != 0)
                    continue;
                const Word* begin = &words[view.position(block)];
                std::uint32_t found = 0;
                for (std::uint64_t i = 0; i < view.length(block); ++i)
                    found += begin[i] == wanted ? 1U : 0U;
                counts[block] = found;
            }
        });
    return counts;
}

LevelCells BlockCodes::cellsOf(std::uint32_t book, std::uint32_t code, const BlockCodesOptions& options) const
{
    LevelCells cells;
    cells.book = book;
    cells.code = code;
    if (book >= m_books || code >= m_codeCount)
        cells.counts.assign(m_prepared->view.blocks(), 0);
    else
        cells.counts = std::visit(
            [&]<typename Word>(const std::vector<Word>& words) {
                return count(words, static_cast<Word>(book * m_codeCount + code), options);
            },
            m_words);
    for (const std::uint32_t found : cells.counts) {
        cells.blocks += found > 0 ? 1U : 0U;
        cells.elements += found;
        cells.most = std::max(cells.most, found);
    }
    return cells;
}

}  // namespace nanoscope
