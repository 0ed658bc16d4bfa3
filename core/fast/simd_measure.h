// Included once per instruction set (Highway's foreach_target): the way of a tile through any kernel.
#if defined(NANOSCOPE_SIMD_MEASURE) == defined(HWY_TARGET_TOGGLE)
#ifdef NANOSCOPE_SIMD_MEASURE
#undef NANOSCOPE_SIMD_MEASURE
#else
#define NANOSCOPE_SIMD_MEASURE
#endif

#include "core/fast/simd_plane_count.h"
#include "core/fast/simd_planes.h"

#include <algorithm>

#include <hwy/cache_control.h>

#if HWY_TARGET != HWY_SCALAR
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

// A kernel is a rule that says how a format quantizes:
//   Format                         what follows from the spec; has a CodeTable `table`
//   kBlock, ScaleCode              elements that share a scale; type of its stored code
//   Bounds                         what follows from the scales of one tile; `scale` holds their codes
//   bool prepare(format, maxima, bounds)                  false: the reference encoder has to do this tile
//   Step round(format, values, element, bounds, sums)     four registers of elements
//   Bytes codeBytes(format, raw, values)                          code bytes, see CodeSink
//   kSignedZero                    the sign of zero has to go
//   kCountsRanks                   code bytes are ranks of levels; then storedBytes(format, raw, element, bounds) gives
//                                  those of codes, and takeRanks(format, tile) turns those of a slow tile
// It may leave sums.clipped to (kFindsClipped):
//   countClipped(errors, bounds, sums)                    of one tile; sums.beyond is its own
// A rule whose blocks choose (kSearches; kBooks: among how many codebooks, else 2) has besides:
//   choose(format, values, maxima, bounds)                what each block of the tile takes
//   decide(format, values, maxima, bounds)                the same where that needs more time; fills the bounds
// and may have steps for what waits long, each of them done for all tiles of a group before the next (kPicks):
//   pick(format, maxima, bounds)                          between these two
//   settle(format, maxima, bounds)                        fills the bounds in place of decide()
//   noteChoices(format, bounds, valid, books, counts)     counts it; writes the codebook of every element

/// Four registers of elements, quantized.
struct Step {
    Floats errors[4];
    Words raw[4];  ///< what codeBytes() needs
};

/// Largest magnitude bits of each block; NaN and infinity come out as 0x7F800000 or more.
/// @param lowest  gets the smallest magnitude bits, lane by lane
template <std::size_t kBlock>
HWY_INLINE void blockMaxima(const float* HWY_RESTRICT values, std::uint32_t* maxima, Words& lowest)
{
    const WordTag d;
    const LongTag d64;
    const hn::CappedTag<std::uint32_t, 4> d4;
    alignas(64) std::uint32_t partial[16];
    for (std::size_t block = 0; block < kTileElements / kBlock; block += 4) {
        Words m[4];
        for (std::size_t b = 0; b < 4; ++b) {
            const float* HWY_RESTRICT x = values + (block + b) * kBlock;
            m[b] = loadMagnitudes(x);
            Words least = m[b];
            for (std::size_t i = kWidth; i < kBlock; i += kWidth) {
                const Words a = loadMagnitudes(x + i);
                m[b] = hn::Max(m[b], a);
                least = hn::Min(least, a);
            }
            lowest = hn::Min(lowest, least);
        }
        const Words m01 = hn::Max(hn::InterleaveLower(d, m[0], m[1]), hn::InterleaveUpper(d, m[0], m[1]));
        const Words m23 = hn::Max(hn::InterleaveLower(d, m[2], m[3]), hn::InterleaveUpper(d, m[2], m[3]));
        const auto q01 = hn::BitCast(d64, m01);
        const auto q23 = hn::BitCast(d64, m23);
        const Words all = hn::Max(
            hn::BitCast(d, hn::InterleaveLower(d64, q01, q23)), hn::BitCast(d, hn::InterleaveUpper(d64, q01, q23)));
        hn::Store(all, d, partial);  // four partial maxima, one per block, in every 128 bits
        auto four = hn::Load(d4, partial);
        for (std::size_t i = 4; i < kWidth; i += 4)
            four = hn::Max(four, hn::Load(d4, partial + i));
        hn::Store(four, d4, maxima + block);
    }
}

/// How many elements of a tile are zero.
HWY_INLINE std::uint64_t countZeros(const float* HWY_RESTRICT values)
{
    Words zeros = hn::Zero(WordTag());
    for (std::size_t i = 0; i < kTileElements; i += kWidth)
        zeros = countWhere(zeros, hn::Eq(loadMagnitudes(values + i), hn::Zero(WordTag())));
    return sumOf(zeros);
}

/// Clipped elements are rare enough to be counted only where there are any.
template <class Rule> inline constexpr bool kFindsClipped = requires
{
    &Rule::countClipped;
};

/// Codes are counted by rank, because codebooks put them at different places; those that are written are made apart.
template <class Rule> inline constexpr bool kCountsRanks = requires
{
    Rule::kCountsRanks;
};

/// @param kAhead  asks for what lies kPrefetchTiles ahead
/// @param stored  room for codes where the planes are of ranks and codes are wanted, else null
template <class Rule, KernelScope kScope, bool kAhead>
HWY_INLINE void quantizeTile(const typename Rule::Format& format, const float* HWY_RESTRICT values,
    const typename Rule::Bounds& bounds, TilePlanes& planes, [[maybe_unused]] TilePlanes* stored, RunningSums& sums)
{
    constexpr std::size_t kSpan = std::max(kStep, Rule::kBlock);
    CodeSink<> sink;
    [[maybe_unused]] CodeSink<> storedSink;
    // Squares are summed apart: conversions to double wait for memory less than for the steps before them.
    alignas(64) float errors[kTileElements];
    for (std::size_t span = 0; span < kTileElements; span += kSpan)
        for (std::size_t first = 0; first < kSpan; first += kStep) {
            const std::size_t element = span + first;
            const float* HWY_RESTRICT x = values + element;
            for (std::size_t i = 0; kAhead && i < kStep; i += 16)
                hwy::Prefetch(x + i + kPrefetchTiles * kTileElements);
            const Step step = Rule::round(format, x, element, bounds, sums);
            for (std::size_t i = 0; i < 4; ++i)
                sums.maximum = largerMagnitude(sums.maximum, step.errors[i]);
            if constexpr (kScope == KernelScope::Full)
                sink.put(element, Rule::codeBytes(format, step.raw, x), planes);
            if constexpr (kScope == KernelScope::Full && kCountsRanks<Rule>)
                if (stored != nullptr)
                    storedSink.put(element, Rule::storedBytes(format, step.raw, element, bounds), *stored);
            for (std::size_t i = 0; i < 4; ++i)
                hn::Store(step.errors[i], FloatTag(), errors + element + i * kWidth);
        }
    sums.errors.template addTile<Rule::kBlock>(errors);
    if constexpr (kFindsClipped<Rule>)
        Rule::countClipped(errors, bounds, sums);
    if constexpr (kScope == KernelScope::Full)
        sink.finish(planes);
    if constexpr (kScope == KernelScope::Full && kCountsRanks<Rule>)
        if (stored != nullptr)
            storedSink.finish(*stored);
}

/// Blocks choose their codebook, micro-scale or exponent.
template <class Rule> inline constexpr bool kSearches = requires
{
    &Rule::choose;
};

/// Codebooks that they choose among: 1, 2 or 4.
template <class Rule> constexpr std::size_t booksOf()
{
    if constexpr (requires { Rule::kBooks; })
        return Rule::kBooks;
    else
        return kSearches<Rule> ? 2 : 1;
}

/// Before and after deciding is a step of its own, with little to compute and much to wait for.
template <class Rule> inline constexpr bool kPicks = requires
{
    &Rule::pick;
};

/// Tiles of a group. What searching keeps of a tile is such that more of them do not fit the first-level cache.
template <class Rule> inline constexpr std::size_t kTilesAtOnce = kSearches<Rule> ? kGroupTiles / 2 : kGroupTiles;

/// Scales of the tiles of a group, all of them before the first element is quantized: their latency then overlaps.
template <class Rule> struct GroupBounds {
    typename Rule::Bounds tiles[kTilesAtOnce<Rule>];
    Words lowest[kTilesAtOnce<Rule>];
    bool isFast[kTilesAtOnce<Rule>];
};

template <class Rule>
HWY_INLINE void findBounds(
    const typename Rule::Format& format, const float* HWY_RESTRICT values, std::size_t tiles, GroupBounds<Rule>& bounds)
{
    alignas(64) std::uint32_t maxima[kTilesAtOnce<Rule>][kTileElements / Rule::kBlock];
    for (std::size_t g = 0; g < tiles; ++g) {
        bounds.lowest[g] = setWords(0xFFFFFFFFU);
        blockMaxima<Rule::kBlock>(values + g * kTileElements, maxima[g], bounds.lowest[g]);
    }
    for (std::size_t g = 0; g < tiles; ++g)
        bounds.isFast[g] = Rule::prepare(format, maxima[g], bounds.tiles[g]);
    if constexpr (kSearches<Rule>) {
        for (std::size_t g = 0; g < tiles; ++g)
            if (bounds.isFast[g])
                Rule::choose(format, values + g * kTileElements, maxima[g], bounds.tiles[g]);
        if constexpr (kPicks<Rule>)
            for (std::size_t g = 0; g < tiles; ++g)
                if (bounds.isFast[g])
                    Rule::pick(format, maxima[g], bounds.tiles[g]);
        for (std::size_t g = 0; g < tiles; ++g)
            if (bounds.isFast[g])
                Rule::decide(format, values + g * kTileElements, maxima[g], bounds.tiles[g]);
        if constexpr (kPicks<Rule>)
            for (std::size_t g = 0; g < tiles; ++g)
                if (bounds.isFast[g])
                    Rule::settle(format, maxima[g], bounds.tiles[g]);
    }
}

/// Leaves a tile to the reference encoder; its codes join those of the group.
template <class Rule>
HWY_NOINLINE void takeSlowTile(const typename Rule::Format& format, const TileRun& run, std::size_t tile,
    TileGroup& group, std::size_t g, ChunkSums& sums)
{
    const TileBits& valid = run.valid != nullptr ? run.valid[tile] : kWholeTile;
    SlowTile slow = run.slow->encode(run.values + tile * kTileElements, valid, sums);
    if constexpr (kCountsRanks<Rule>) {
        if (run.planes != nullptr)
            run.planes[tile] = slow.planes;
        takeRanks(format, slow);
    }
    group.planes[g] = slow.planes;
    group.books[g] = slow.books;
    keepValid(group, g, &slow.valid);
    storeScales(run, tile, slow.scales.data(), kTileElements / Rule::kBlock, scaleBytesOf<Rule>(format));
}

template <class Rule>
HWY_INLINE void closeTile([[maybe_unused]] const typename Rule::Format& format, const TileRun& run, std::size_t tile,
    const GroupBounds<Rule>& bounds, TileGroup& group, std::size_t g, ChunkSums& sums)
{
    const TileBits* valid = run.valid != nullptr ? run.valid + tile : nullptr;
    if (HWY_UNLIKELY(!hn::AllFalse(WordTag(), hn::Eq(bounds.lowest[g], hn::Zero(WordTag())))))
        sums.inputZero += countZeros(run.values + tile * kTileElements) - (valid != nullptr ? missing(*valid) : 0);
    keepValid(group, g, valid);
    if constexpr (kSearches<Rule>)
        Rule::noteChoices(format, bounds.tiles[g], group.valid[g], group.books[g], sums.bySlot);
    storeScales(run, tile, bounds.tiles[g].scale, kTileElements / Rule::kBlock, scaleBytesOf<Rule>(format));
}

/// The last touch to the planes of a group.
template <class Rule> HWY_INLINE void finishPlanes(TileGroup& group, [[maybe_unused]] TilePlanes* out)
{
    for (std::size_t tile = 0; tile < group.tiles; ++tile) {
        TilePlanes& planes = group.planes[tile];
        if constexpr (Rule::kSignedZero)
            for (std::size_t at = 0; at < kTileWords; at += kWidth) {
                const Words magnitude
                    = hn::Or3(loadWords(&planes[0][at]), loadWords(&planes[1][at]), loadWords(&planes[2][at]));
                hn::Store(hn::And(loadWords(&planes[3][at]), magnitude), WordTag(), &planes[3][at]);
            }
        if constexpr (!kCountsRanks<Rule>)
            if (out != nullptr)
                writePlanes(planes, out[tile]);
    }
}

/// Quantizes and measures the tiles of a run.
template <class Rule, KernelScope kScope>
HWY_INLINE void measureTiles(const typename Rule::Format& format, const TileRun& run, ChunkSums& sums)
{
    TileGroup group;
    PlaneCounts<Rule::kBlock> counts;
    GroupBounds<Rule> bounds;
    RunningSums running;
    running.open(sums);
    for (std::size_t start = 0; start < run.tiles; start += kTilesAtOnce<Rule>) {
        group.tiles = std::min(kTilesAtOnce<Rule>, run.tiles - start);
        group.whole = true;
        const float* HWY_RESTRICT values = run.values + start * kTileElements;
        findBounds<Rule>(format, values, group.tiles, bounds);
        for (std::size_t g = 0; g < group.tiles; ++g) {
            if (HWY_UNLIKELY(!bounds.isFast[g])) {
                running.errors.store(sums);
                takeSlowTile<Rule>(format, run, start + g, group, g, sums);
                running.errors.load(sums);
                continue;
            }
            const float* HWY_RESTRICT x = values + g * kTileElements;
            TilePlanes* stored = run.planes != nullptr ? run.planes + start + g : nullptr;
            if (x + (kPrefetchTiles + 1) * kTileElements <= run.readAheadEnd)
                quantizeTile<Rule, kScope, true>(format, x, bounds.tiles[g], group.planes[g], stored, running);
            else
                quantizeTile<Rule, kScope, false>(format, x, bounds.tiles[g], group.planes[g], stored, running);
            closeTile<Rule>(format, run, start + g, bounds, group, g, sums);
        }
        if constexpr (kScope == KernelScope::Full) {
            finishPlanes<Rule>(group, run.planes != nullptr ? run.planes + start : nullptr);
            if (group.whole)
                countGroup<Rule::kBlock, false, booksOf<Rule>()>(group, format.table, counts);
            else
                countGroup<Rule::kBlock, true, booksOf<Rule>()>(group, format.table, counts);
        } else {
            countBlocks(group, counts);
        }
    }
    running.close(sums);
    if constexpr (kScope == KernelScope::Full)
        closeCounts(counts, format.table, sums);
    else
        sums.blocks += counts.blocks;
    hwy::FlushStream();
}

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET != HWY_SCALAR

#endif
