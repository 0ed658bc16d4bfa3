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

}  // namespace

/// What the look at all elements leaves.
struct BlockSample::Scan {
    std::vector<std::uint16_t> keys;  ///< per block: leading bits of its maximum
    std::array<std::vector<std::uint64_t>, 2> blocks{
        std::vector<std::uint64_t>(kKeys), std::vector<std::uint64_t>(kKeys)};  ///< [short][key]
};

BlockSample::BlockSample(const BlockView& view, const PassOptions& options, std::uint64_t elements)
    : m_block(view.block())
    , m_rows(view.rows())
    , m_rowLength(view.rowLength())
{
    const std::uint64_t perChunk
        = std::max<std::uint64_t>(1, kChunkElements / static_cast<std::uint64_t>(std::max(1, view.block())));
    const std::uint64_t chunks = (view.blocks() + perChunk - 1) / perChunk;
    struct Sums {
        double power = 0.0;
        std::uint32_t maximum = 0;
    };
    std::vector<Sums> sums(chunks);
    Scan scan;
    scan.keys.resize(view.blocks());
    forEachChunk(chunks, threadCount(options.threads, chunks), options.stop, [&](unsigned, std::uint64_t chunk) {
        Sums here;
        std::vector<float> room;
        for (std::uint64_t block = chunk * perChunk; block < std::min(view.blocks(), (chunk + 1) * perChunk); ++block) {
            const BlockLook look = lookAt(view.values(block, room));
            if (look.maximum >= kInfinityBits) {
                scan.keys[block] = kBadKey;
                continue;
            }
            here.power += look.power;
            here.maximum = std::max(here.maximum, look.maximum);
            scan.keys[block]
                = look.maximum == 0 ? kZeroKey : static_cast<std::uint16_t>((look.maximum >> kKeyShift) + 1);
        }
        sums[chunk] = here;
    });
    std::uint32_t maximum = 0;
    for (const Sums& here : sums) {  // in the order of the chunks
        m_power += here.power;
        maximum = std::max(maximum, here.maximum);
    }
    m_maximum = static_cast<double>(std::bit_cast<float>(maximum));
    draw(view, scan, elements);
}

void BlockSample::draw(const BlockView& view, const Scan& scanned, std::uint64_t elements)
{
    const auto whole = static_cast<std::uint64_t>(m_block);
    const std::uint64_t shortLength = m_rowLength % whole;
    const auto isShort = [&](std::uint64_t block) {
        return shortLength != 0 && block % view.blocksPerRow() + 1 == view.blocksPerRow();
    };
    std::array<std::vector<std::uint64_t>, 2> counts = scanned.blocks;
    std::vector<float> room;
    for (std::uint64_t block = 0; block < scanned.keys.size(); ++block) {
        if (scanned.keys[block] != kBadKey) {
            ++counts[isShort(block) ? 1 : 0][scanned.keys[block]];
            continue;
        }
        const std::span<const float> values = view.values(block, room);
        m_excluded += values.size();
        for (const float value : values) {
            m_nan += std::isnan(value) ? 1U : 0U;
            m_infinity += std::isinf(value) ? 1U : 0U;
        }
    }

    // A stratum is the keys of one exponent; its blocks' ranks follow the keys.
    struct Layer {
        std::size_t isShort = 0;
        std::size_t firstKey = 0;
        std::size_t endKey = 0;
    };
    std::vector<Layer> layers;
    std::vector<StratumSize> sizes;
    const auto addLayer = [&](const Layer& layer, double weight) {
        std::uint64_t population = 0;
        for (std::size_t key = layer.firstKey; key < layer.endKey; ++key)
            population += counts[layer.isShort][key];
        if (population == 0)
            return;
        layers.push_back(layer);
        sizes.push_back({population, weight});
    };
    for (const std::size_t ofShort : {0U, 1U}) {
        const double length = ofShort != 0 ? static_cast<double>(shortLength) / static_cast<double>(whole) : 1.0;
        addLayer({ofShort, kZeroKey, kZeroKey + 1}, 0.0);
        for (std::size_t first = 1; first < kKeys; first += kKeysPerExponent) {
            const int exponent = static_cast<int>(first / kKeysPerExponent) - kExponentBias;
            addLayer(
                {ofShort, first, std::min(kKeys, first + kKeysPerExponent)}, length * std::ldexp(1.0, 2 * exponent));
        }
    }
    const std::vector<std::uint64_t> drawn = allocateSample(sizes, std::max<std::uint64_t>(1, elements / whole));

    // One walk over the keys finds the drawn blocks: each key waits for the next of its ranks.
    struct Key {
        std::uint64_t rank = 0;  ///< of its next block
        std::size_t next = 0;    ///< of its layer's drawn ranks
        std::size_t layer = 0;
    };
    std::array<std::vector<Key>, 2> keys{std::vector<Key>(kKeys), std::vector<Key>(kKeys)};
    std::vector<std::vector<std::uint64_t>> ranks;
    std::vector<std::vector<float>> values;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const Layer& layer = layers[i];
        ranks.push_back(drawnRanks(sizes[i].population, drawn[i]));
        values.emplace_back(drawn[i] * (layer.isShort != 0 ? shortLength : whole));
        std::uint64_t rank = 0;
        for (std::size_t key = layer.firstKey; key < layer.endKey; ++key) {
            const auto next = std::lower_bound(ranks[i].begin(), ranks[i].end(), rank) - ranks[i].begin();
            keys[layer.isShort][key] = {rank, static_cast<std::size_t>(next), i};
            rank += counts[layer.isShort][key];
        }
    }
    for (std::uint64_t block = 0; block < scanned.keys.size(); ++block) {
        if (scanned.keys[block] == kBadKey)
            continue;
        Key& key = keys[isShort(block) ? 1 : 0][scanned.keys[block]];
        const std::vector<std::uint64_t>& wanted = ranks[key.layer];
        if (key.next >= wanted.size() || wanted[key.next] != key.rank++)
            continue;
        const std::span<const float> from = view.values(block, room);
        std::copy(
            from.begin(), from.end(), values[key.layer].begin() + static_cast<std::ptrdiff_t>(key.next * from.size()));
        ++key.next;
    }
    for (std::size_t i = 0; i < layers.size(); ++i) {
        Tensor tensor;
        tensor.info.shape = {drawn[i], layers[i].isShort != 0 ? shortLength : whole};
        tensor.info.elements = values[i].size();
        tensor.values = std::make_shared<const std::vector<float>>(std::move(values[i]));
        m_strata.push_back({sizes[i].population, sizes[i].weight, BlockView(tensor, -1, m_block)});
    }
}

}  // namespace nanoscope
