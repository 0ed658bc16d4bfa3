// Included once per instruction set (Highway's foreach_target): counting codes from bit planes.
#if defined(NANOSCOPE_SIMD_PLANE_COUNT) == defined(HWY_TARGET_TOGGLE)
#ifdef NANOSCOPE_SIMD_PLANE_COUNT
#undef NANOSCOPE_SIMD_PLANE_COUNT
#else
#define NANOSCOPE_SIMD_PLANE_COUNT
#endif

#include "core/fast/code_table.h"
#include "core/fast/simd_registers.h"

#include <hwy/cache_control.h>

#if HWY_TARGET != HWY_SCALAR
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

/// Tiles between the phases. The planes of several tiles are finished before any is read again: a load that follows
/// the narrower stores it covers too closely waits for them.
inline constexpr std::size_t kGroupTiles = 8;

struct alignas(64) TileGroup {
    TilePlanes planes[kGroupTiles];
    TileBits valid[kGroupTiles];
    BookBits books[kGroupTiles];  ///< only where blocks choose
    std::size_t tiles = 0;
    bool whole = true;  ///< every element of every tile counts
};

/// Which elements of a tile count. @param given  null: all
HWY_INLINE void keepValid(TileGroup& group, std::size_t g, const TileBits* given)
{
    group.valid[g] = given != nullptr ? *given : kWholeTile;
    group.whole = group.whole && (given == nullptr || *given == kWholeTile);
}

/// Lanes of a register of planes that are a block each: its bits follow each other whatever the width of a word. Blocks
/// of 128 have two lanes, the first of which counts for both.
template <std::size_t kBlock> struct BlockLanes;
template <> struct BlockLanes<16> {
    using Tag = HalfTag;
    using Lane = std::uint16_t;
};
template <> struct BlockLanes<32> {
    using Tag = WordTag;
    using Lane = std::uint32_t;
};
template <> struct BlockLanes<64> {
    using Tag = LongTag;
    using Lane = std::uint64_t;
};
template <> struct BlockLanes<128> : BlockLanes<64> {
};
template <std::size_t kBlock> inline constexpr std::size_t kLaneBits = 8 * sizeof(typename BlockLanes<kBlock>::Lane);

/// Counts per lane of words, or of blocks; small enough within a chunk.
template <std::size_t kBlock> struct alignas(64) PlaneCounts {
    using Lane = typename BlockLanes<kBlock>::Lane;
    using Lanes = std::array<Lane, kTileElements / kLaneBits<kBlock>>;

    std::array<TileBits, kCodes> codes{};
    /// Of codebooks 1 to 3.
    std::array<std::array<TileBits, kCodes>, kMostBooks - 1> laterCodes{};
    alignas(64) Lanes used{};   ///< levels used, summed over blocks
    alignas(64) Lanes reach{};  ///< levels from a block's lowest to its highest
    std::uint64_t blocks = 0;
};

template <class Tag, typename Lane> HWY_INLINE void addTo(Tag d, Lane* sum, hn::Vec<Tag> term)
{
    hn::Store(hn::Add(hn::Load(d, sum), term), d, sum);
}

/// Sets `bit` in the blocks that hold any of `found`.
template <std::size_t kBlock> HWY_INLINE Words noteUsed(Words used, Words found, std::uint32_t bit)
{
    const typename BlockLanes<kBlock>::Tag d;
    using Lane = typename BlockLanes<kBlock>::Lane;
    const auto lanes = hn::BitCast(d, found);
    const auto bits = hn::Set(d, static_cast<Lane>(bit));
#if HWY_TARGET <= HWY_AVX3
    if constexpr (kBlock == 16)  // bits are distinct, so that adding is setting
        return Words{_mm512_mask_add_epi16(used.raw, _mm512_test_epi16_mask(lanes.raw, lanes.raw), used.raw, bits.raw)};
    if constexpr (kBlock == 32)
        return Words{_mm512_mask_or_epi32(used.raw, _mm512_test_epi32_mask(lanes.raw, lanes.raw), used.raw, bits.raw)};
    return Words{_mm512_mask_or_epi64(used.raw, _mm512_test_epi64_mask(lanes.raw, lanes.raw), used.raw, bits.raw)};
#else
    return hn::Or(used, hn::BitCast(WordTag(), hn::IfThenElseZero(hn::Ne(lanes, hn::Zero(d)), bits)));
#endif
}

/// Elements whose lowest three bits are kCode, in the lower and the upper half of the codes.
struct CodePair {
    Words lower;
    Words upper;
};
template <unsigned kCode> HWY_INLINE CodePair findCode(Words p0, Words p1, Words p2, Words top, Words notTop)
{
#if HWY_TARGET <= HWY_AVX3
    const Words found{_mm512_ternarylogic_epi32(p2.raw, p1.raw, p0.raw, 1 << kCode)};
#else
    Words found = (kCode & 2U) != 0 ? p1 : hn::Not(p1);
    found = (kCode & 1U) != 0 ? hn::And(p0, found) : hn::AndNot(p0, found);
    found = (kCode & 4U) != 0 ? hn::And(p2, found) : hn::AndNot(p2, found);
#endif
    return {hn::And(found, notTop), hn::And(found, top)};
}

/// Elements whose codebook is 1 + kLater.
template <std::size_t kBooks, std::size_t kLater> HWY_INLINE Words inBook(const BookBits& books, std::size_t at)
{
    const Words low = loadWords(&books[0][at]);
    if constexpr (kBooks == 2)
        return low;
    const Words high = loadWords(&books[1][at]);
    return kLater == 0 ? hn::AndNot(high, low) : kLater == 1 ? hn::AndNot(low, high) : hn::And(low, high);
}

/// How many of the elements found are in blocks of one codebook.
/// @param count  of all of them, word by word
template <std::size_t kBlock> HWY_INLINE Words countIn(Words books, Words found, Words count)
{
    if constexpr (kBlock < 32)
        return hn::PopulationCount(hn::And(found, books));
    else
        return hn::And(count, books);  // all or none of a word
}

/// Adds to the counts of one codebook what was found of four codes and of those eight above.
template <std::size_t kBlock>
HWY_INLINE void countLater(Words books, const CodePair* pairs, const Words* inLower, const Words* inUpper, Words* later)
{
    for (std::size_t i = 0; i < 4; ++i) {
        later[i] = hn::Add(later[i], countIn<kBlock>(books, pairs[i].lower, inLower[i]));
        later[i + 4] = hn::Add(later[i + 4], countIn<kBlock>(books, pairs[i].upper, inUpper[i]));
    }
}

/// Counts codes kFirst to kFirst + 3 and those eight above, and notes the blocks that use them.
template <std::size_t kBlock, bool kMasked, std::size_t kBooks, unsigned kFirst>
HWY_INLINE void countEight(const TileGroup& group, const CodeTable& table, std::size_t at, PlaneCounts<kBlock>& counts,
    std::uint32_t* usedOfTile)
{
    const WordTag d;
    Words lower[4] = {hn::Zero(d), hn::Zero(d), hn::Zero(d), hn::Zero(d)};
    Words upper[4] = {hn::Zero(d), hn::Zero(d), hn::Zero(d), hn::Zero(d)};
    [[maybe_unused]] Words later[kMostBooks - 1][8];
    for (std::size_t book = 0; book + 1 < kBooks; ++book)
        for (Words& count : later[book])
            count = hn::Zero(d);
    for (std::size_t tile = 0; tile < group.tiles; ++tile) {
        const Words p0 = loadWords(&group.planes[tile][0][at]);
        const Words p1 = loadWords(&group.planes[tile][1][at]);
        const Words p2 = loadWords(&group.planes[tile][2][at]);
        Words top = loadWords(&group.planes[tile][3][at]);
        Words notTop = hn::Not(top);
        if constexpr (kMasked) {
            top = hn::And(top, loadWords(&group.valid[tile][at]));
            notTop = hn::And(notTop, loadWords(&group.valid[tile][at]));
        }
        Words used = kFirst == 0 ? hn::Zero(d) : loadWords(usedOfTile + tile * kWidth);
        const CodePair pairs[4]
            = {findCode<kFirst>(p0, p1, p2, top, notTop), findCode<kFirst + 1>(p0, p1, p2, top, notTop),
                findCode<kFirst + 2>(p0, p1, p2, top, notTop), findCode<kFirst + 3>(p0, p1, p2, top, notTop)};
        Words inLower[4];
        Words inUpper[4];
        for (std::size_t i = 0; i < 4; ++i) {
            inLower[i] = hn::PopulationCount(pairs[i].lower);
            inUpper[i] = hn::PopulationCount(pairs[i].upper);
            lower[i] = hn::Add(lower[i], inLower[i]);
            upper[i] = hn::Add(upper[i], inUpper[i]);
            used = noteUsed<kBlock>(used, pairs[i].lower, table.rankBit[kFirst + i]);
            used = noteUsed<kBlock>(used, pairs[i].upper, table.rankBit[kFirst + i + 8]);
        }
        if constexpr (kBooks > 1)
            countLater<kBlock>(inBook<kBooks, 0>(group.books[tile], at), pairs, inLower, inUpper, later[0]);
        if constexpr (kBooks > 2) {
            countLater<kBlock>(inBook<kBooks, 1>(group.books[tile], at), pairs, inLower, inUpper, later[1]);
            countLater<kBlock>(inBook<kBooks, 2>(group.books[tile], at), pairs, inLower, inUpper, later[2]);
        }
        hn::Store(used, d, usedOfTile + tile * kWidth);
    }
    for (std::size_t i = 0; i < 4; ++i) {
        addTo(d, &counts.codes[kFirst + i][at], lower[i]);
        addTo(d, &counts.codes[kFirst + i + 8][at], upper[i]);
        for (std::size_t book = 0; book + 1 < kBooks; ++book) {
            addTo(d, &counts.laterCodes[book][kFirst + i][at], later[book][i]);
            addTo(d, &counts.laterCodes[book][kFirst + i + 8][at], later[book][i + 4]);
        }
    }
}

template <std::size_t kBlock> HWY_INLINE void countBlocks(const TileGroup& group, PlaneCounts<kBlock>& counts)
{
    constexpr std::size_t kBlocks = kTileElements / kBlock;
    counts.blocks += group.tiles * kBlocks;
    if (group.whole)
        return;
    for (std::size_t tile = 0; tile < group.tiles; ++tile) {
        typename PlaneCounts<kBlock>::Lanes lanes;
        std::memcpy(lanes.data(), group.valid[tile].data(), sizeof(lanes));
        for (std::size_t lane = 0; lane < lanes.size(); lane += kBlock / kLaneBits<kBlock>)
            counts.blocks -= lanes[lane] == 0 ? 1 : 0;  // a block's elements are its first ones
    }
}

/// What whole blocks use, from what their lanes do.
template <std::size_t kBlock, class Lanes> HWY_INLINE Lanes usedOfBlocks(Lanes used)
{
    if constexpr (kBlock <= kLaneBits<kBlock>)
        return used;
    else
        return hn::OddEven(hn::Zero(typename BlockLanes<kBlock>::Tag()), hn::Or(used, hn::Shuffle01(used)));
}

/// Counts the codes of a group, and per block the levels it uses.
/// @tparam kBooks  that blocks choose among: 1, 2 or 4
template <std::size_t kBlock, bool kMasked, std::size_t kBooks = 1>
HWY_INLINE void countGroup(const TileGroup& group, const CodeTable& table, PlaneCounts<kBlock>& counts)
{
    const typename BlockLanes<kBlock>::Tag d;
    constexpr std::size_t kLaneWords = kLaneBits<kBlock> / 16;  // in halves of a word
    alignas(64) std::uint32_t usedOfTile[kGroupTiles * kWidth];
    for (std::size_t at = 0; at < kTileWords; at += kWidth) {
        countEight<kBlock, kMasked, kBooks, 0>(group, table, at, counts, usedOfTile);
        countEight<kBlock, kMasked, kBooks, 4>(group, table, at, counts, usedOfTile);
        auto usedSum = hn::Zero(d);
        auto reach = usedSum;
        for (std::size_t tile = 0; tile < group.tiles; ++tile) {
            const auto used = usedOfBlocks<kBlock>(hn::BitCast(d, loadWords(usedOfTile + tile * kWidth)));
            auto below = hn::Or(used, hn::ShiftRight<1>(used));
            below = hn::Or(below, hn::ShiftRight<2>(below));
            below = hn::Or(below, hn::ShiftRight<4>(below));
            below = hn::Or(below, hn::ShiftRight<8>(below));  // every position up to the highest used one
            auto above = hn::Or(used, hn::Add(used, used));
            above = hn::Or(above, hn::ShiftLeft<2>(above));
            above = hn::Or(above, hn::ShiftLeft<4>(above));
            above = hn::Or(above, hn::ShiftLeft<8>(above));  // every position from the lowest used one on
            usedSum = hn::Add(usedSum, hn::PopulationCount(used));
            reach = hn::Add(reach, hn::PopulationCount(hn::And(below, above)));
        }
        addTo(d, &counts.used[2 * at / kLaneWords], usedSum);
        addTo(d, &counts.reach[2 * at / kLaneWords], reach);
    }
    countBlocks(group, counts);
}

template <typename Lanes> HWY_INLINE std::uint64_t total(const Lanes& lanes)
{
    std::uint64_t sum = 0;
    for (const auto lane : lanes)
        sum += lane;
    return sum;
}

/// Adds the counts of a run to those of its chunk.
template <std::size_t kBlock>
HWY_INLINE void closeCounts(const PlaneCounts<kBlock>& counts, const CodeTable& table, ChunkSums& sums)
{
    for (std::size_t code = 0; code < kCodes; ++code) {
        sums.codes[code] += total(counts.codes[code]);
        for (std::size_t book = 0; book + 1 < kMostBooks; ++book)
            sums.laterCodes[book][code] += total(counts.laterCodes[book][code]);
    }
    if (table.zeroCode != kNoCode)
        sums.decodedZero += total(counts.codes[table.zeroCode]);
    sums.blocks += counts.blocks;
    sums.unusedCodes += counts.blocks * table.levels - total(counts.used);
    sums.headroom += counts.blocks * table.levels - total(counts.reach);
}

/// Gives planes to the caller, past the cache where the machine can: they are not read again soon.
HWY_INLINE void writePlanes(const TilePlanes& planes, TilePlanes& out)
{
    for (std::size_t plane = 0; plane < kCodePlanes; ++plane)
        for (std::size_t at = 0; at < kTileWords; at += kWidth)
            hn::Stream(loadWords(&planes[plane][at]), WordTag(), &out[plane][at]);
}

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET != HWY_SCALAR

#endif
