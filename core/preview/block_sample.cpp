#include "core/preview/block_sample.h"

#include "core/preview/sample_allocation.h"
#include "core/quant/parallel.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <memory>
#include <span>
#include <utility>

namespace nanoscope {
namespace {

constexpr std::uint64_t kChunkElements = 1 << 18;
constexpr int kKeyShift = 19;  // exponent and four mantissa bits of a float32
constexpr std::size_t kKeysPerExponent = std::size_t{1} << (23 - kKeyShift);
constexpr std::uint32_t kInfinityBits = 0x7F800000U;
constexpr std::uint16_t kZeroKey = 0;
constexpr std::uint16_t kBadKey = 0xFFFF;
constexpr std::size_t kKeys = (kInfinityBits >> kKeyShift) + 1;  // of finite maxima, zero first
constexpr int kExponentBias = 127;

/// What one look at a block tells.
struct BlockLook {
    std::uint32_t maximum = 0;  ///< bits of the largest magnitude; from kInfinityBits on: NaN or infinity
    double power = 0.0;
};

/// Lanes keep the loop free of chains, so that it runs at the speed of memory.
BlockLook lookAt(std::span<const float> values)
{
    constexpr std::size_t kLanes = 8;
    std::array<std::int32_t, kLanes> largest{};
    std::array<double, kLanes> squares{};
    const std::size_t whole = values.size() / kLanes * kLanes;
    for (std::size_t i = 0; i < whole; i += kLanes)
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            const float value = values[i + lane];
            const auto bits = static_cast<std::int32_t>(std::bit_cast<std::uint32_t>(value) & 0x7FFFFFFFU);
            largest[lane] = bits > largest[lane] ? bits : largest[lane];
            squares[lane] += static_cast<double>(value) * static_cast<double>(value);
        }
    for (std::size_t i = whole; i < values.size(); ++i) {
        const auto bits = static_cast<std::int32_t>(std::bit_cast<std::uint32_t>(values[i]) & 0x7FFFFFFFU);
        largest[0] = std::max(largest[0], bits);
        squares[0] += static_cast<double>(values[i]) * static_cast<double>(values[i]);
    }
    BlockLook look;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
        look.maximum = std::max(look.maximum, static_cast<std::uint32_t>(largest[lane]));
        look.power += squares[lane];
    }
    return look;
}

/// The place drawn within a stretch: the same in every run (the finalizer of SplitMix64).
std::uint64_t scrambled(std::uint64_t x)
{
    x += 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
}

/// Ranks in a stratum of the drawn blocks, ascending: one of each stretch.
std::vector<std::uint64_t> drawnRanks(std::uint64_t population, std::uint64_t drawn)
{
    std::vector<std::uint64_t> ranks;
    for (std::uint64_t i = 0; i < drawn; ++i) {
        const std::uint64_t begin = population * i / drawn;
        const std::uint64_t length = population * (i + 1) / drawn - begin;
        ranks.push_back(begin + scrambled(i) % length);
    }
    return ranks;
}

/// Leading bits of a maximum, in the order of the maxima.
std::uint16_t keyOf(std::uint32_t maximum)
{
    if (maximum >= kInfinityBits)
        return kBadKey;
    return maximum == 0 ? kZeroKey : static_cast<std::uint16_t>((maximum >> kKeyShift) + 1);
}

/// The blocks of one stratum: those of some keys, ranked by key, then by place.
struct Layer {
    std::size_t isShort = 0;  ///< 1: the short last blocks of rows
    std::size_t firstKey = 0;
    std::size_t endKey = 0;
    double weight = 0.0;
    std::uint64_t population = 0;
    std::vector<std::uint64_t> ranks = {};  ///< of the drawn blocks, ascending
};

/// All blocks of a tensor in the order of their keys.
class KeyOrder {
public:
    KeyOrder(const BlockView& view, const std::vector<std::uint16_t>& keys)
        : m_view(view)
        , m_keys(keys)
        , m_length{static_cast<std::uint64_t>(view.block()),
              view.rowLength() % static_cast<std::uint64_t>(view.block())}
        , m_counts{std::vector<std::uint64_t>(kKeys), std::vector<std::uint64_t>(kKeys)}
    {
        for (std::uint64_t block = 0; block < keys.size(); ++block)
            if (keys[block] != kBadKey)
                ++m_counts[isShort(block)][keys[block]];
    }

    /// One layer for zeros and one per exponent, of whole blocks and of short ones; empty ones are left out.
    [[nodiscard]] std::vector<Layer> layers() const
    {
        std::vector<Layer> layers;
        for (const std::size_t ofShort : {0U, 1U}) {
            add(layers, {ofShort, kZeroKey, kZeroKey + 1, 0.0});
            const double length = static_cast<double>(m_length[ofShort]) / static_cast<double>(m_length[0]);
            for (std::size_t key = 1; key < kKeys; key += kKeysPerExponent) {
                const int exponent = static_cast<int>(key / kKeysPerExponent) - kExponentBias;
                const std::size_t end = std::min(kKeys, key + kKeysPerExponent);
                add(layers, {ofShort, key, end, length * std::ldexp(1.0, 2 * exponent)});
            }
        }
        return layers;
    }

    /// The values of each layer's drawn blocks, one after the other by rank.
    [[nodiscard]] std::vector<std::vector<float>> gather(const std::vector<Layer>& layers) const
    {
        std::vector<std::vector<float>> values;
        for (const Layer& layer : layers)
            values.emplace_back(layer.ranks.size() * m_length[layer.isShort]);
        std::array<std::vector<Cursor>, 2> cursors = cursorsAtStart(layers);
        std::vector<float> room;
        for (std::uint64_t block = 0; block < m_keys.size(); ++block) {
            if (m_keys[block] == kBadKey)
                continue;
            Cursor& cursor = cursors[isShort(block)][m_keys[block]];
            const std::vector<std::uint64_t>& wanted = layers[cursor.layer].ranks;
            if (cursor.next >= wanted.size() || wanted[cursor.next] != cursor.rank++)
                continue;
            const std::span<const float> from = m_view.values(block, room);
            std::copy(from.begin(), from.end(),
                values[cursor.layer].begin() + static_cast<std::ptrdiff_t>(cursor.next * from.size()));
            ++cursor.next;
        }
        return values;
    }

private:
    /// How far a key has come.
    struct Cursor {
        std::size_t layer = 0;
        std::uint64_t rank = 0;  ///< of its next block
        std::size_t next = 0;    ///< of the layer's drawn ranks
    };

    [[nodiscard]] std::size_t isShort(std::uint64_t block) const
    {
        return m_length[1] != 0 && block % m_view.blocksPerRow() + 1 == m_view.blocksPerRow() ? 1 : 0;
    }

    void add(std::vector<Layer>& layers, Layer layer) const
    {
        for (std::size_t key = layer.firstKey; key < layer.endKey; ++key)
            layer.population += m_counts[layer.isShort][key];
        if (layer.population > 0)
            layers.push_back(std::move(layer));
    }

    [[nodiscard]] std::array<std::vector<Cursor>, 2> cursorsAtStart(const std::vector<Layer>& layers) const
    {
        std::array<std::vector<Cursor>, 2> cursors{std::vector<Cursor>(kKeys), std::vector<Cursor>(kKeys)};
        for (std::size_t i = 0; i < layers.size(); ++i) {
            const std::vector<std::uint64_t>& ranks = layers[i].ranks;
            std::uint64_t rank = 0;
            for (std::size_t key = layers[i].firstKey; key < layers[i].endKey; ++key) {
                const auto next = std::lower_bound(ranks.begin(), ranks.end(), rank) - ranks.begin();
                cursors[layers[i].isShort][key] = {i, rank, static_cast<std::size_t>(next)};
                rank += m_counts[layers[i].isShort][key];
            }
        }
        return cursors;
    }

    const BlockView& m_view;
    const std::vector<std::uint16_t>& m_keys;
    std::array<std::uint64_t, 2> m_length;               // of a whole block and of a short one
    std::array<std::vector<std::uint64_t>, 2> m_counts;  // [short][key]
};

}  // namespace

/// What a look at all elements leaves.
struct BlockSample::Scan {
    std::vector<std::uint16_t> keys;  ///< per block: leading bits of its maximum
    double power = 0.0;
    std::uint32_t maximum = 0;  ///< bits of it
};

BlockSample::Scan BlockSample::scan(const BlockView& view, const PassOptions& options)
{
    const std::uint64_t perChunk
        = std::max<std::uint64_t>(1, kChunkElements / static_cast<std::uint64_t>(std::max(1, view.block())));
    const std::uint64_t chunks = (view.blocks() + perChunk - 1) / perChunk;
    Scan scan;
    scan.keys.resize(view.blocks());
    std::vector<BlockLook> looks(chunks);
    forEachChunk(chunks, threadCount(options.threads, chunks), options.stop, [&](unsigned, std::uint64_t chunk) {
        BlockLook ofChunk;
        std::vector<float> room;
        for (std::uint64_t block = chunk * perChunk; block < std::min(view.blocks(), (chunk + 1) * perChunk); ++block) {
            const BlockLook look = lookAt(view.values(block, room));
            scan.keys[block] = keyOf(look.maximum);
            if (scan.keys[block] == kBadKey)
                continue;
            ofChunk.power += look.power;
            ofChunk.maximum = std::max(ofChunk.maximum, look.maximum);
        }
        looks[chunk] = ofChunk;
    });
    for (const BlockLook& look : looks) {  // in the order of the chunks
        scan.power += look.power;
        scan.maximum = std::max(scan.maximum, look.maximum);
    }
    return scan;
}

BlockSample::BlockSample(const BlockView& view, const PassOptions& options, std::uint64_t elements)
    : m_block(view.block())
    , m_rows(view.rows())
    , m_rowLength(view.rowLength())
{
    const Scan scanned = scan(view, options);
    m_power = scanned.power;
    m_maximum = static_cast<double>(std::bit_cast<float>(scanned.maximum));
    std::vector<float> room;
    for (std::uint64_t block = 0; block < scanned.keys.size(); ++block)
        if (scanned.keys[block] == kBadKey)
            exclude(view.values(block, room));
    draw(view, scanned.keys, elements);
}

void BlockSample::exclude(std::span<const float> values)
{
    m_excluded += values.size();
    for (const float value : values) {
        m_nan += std::isnan(value) ? 1U : 0U;
        m_infinity += std::isinf(value) ? 1U : 0U;
    }
}

void BlockSample::draw(const BlockView& view, const std::vector<std::uint16_t>& keys, std::uint64_t elements)
{
    const KeyOrder order(view, keys);
    std::vector<Layer> layers = order.layers();
    std::vector<StratumSize> sizes;
    for (const Layer& layer : layers)
        sizes.push_back({layer.population, layer.weight});
    const std::uint64_t budget = std::max<std::uint64_t>(1, elements / static_cast<std::uint64_t>(m_block));
    const std::vector<std::uint64_t> drawn = allocateSample(sizes, budget);
    for (std::size_t i = 0; i < layers.size(); ++i)
        layers[i].ranks = drawnRanks(sizes[i].population, drawn[i]);
    std::vector<std::vector<float>> values = order.gather(layers);
    for (std::size_t i = 0; i < layers.size(); ++i) {
        Tensor tensor;
        tensor.info.shape = {drawn[i], values[i].size() / drawn[i]};
        tensor.info.elements = values[i].size();
        tensor.values = std::make_shared<const std::vector<float>>(std::move(values[i]));
        m_strata.push_back({sizes[i].population, sizes[i].weight, BlockView(tensor, -1, m_block)});
    }
}

}  // namespace nanoscope
