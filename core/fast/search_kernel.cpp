#include "core/fast/kernel_table.h"
#include "core/fast/kernels.h"
#include "core/fast/search_portable.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/fast/search_kernel.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/fast/simd_measure.h"
#include "core/fast/simd_search.h"
#include "core/fast/simd_search_choose.h"
#include "core/fast/simd_search_codes.h"
#include "core/fast/simd_subgroup_rule.h"

#include <type_traits>

#if HWY_TARGET != HWY_SCALAR
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

/// Blocks (or their subgroups of 8) choose first; what they chose then stands in the bounds.
template <std::size_t kLength, std::size_t kSub> struct SearchRule {
    using Format = SearchFormat;
    using ScaleCode = std::uint8_t;
    static constexpr std::size_t kBlock = kLength;
    static constexpr std::size_t kBlocks = kTileElements / kBlock;
    static constexpr bool kSignedZero = false;
    static constexpr std::size_t kSubgroups = kBlock / kSub;
    /// Blocks choose among codebooks, which may recycle a code; where subgroups choose there is one, which does not.
    static constexpr bool kHasBooks = kSubgroups == 1;
    static constexpr std::size_t kBooks = kHasBooks ? 2 : 1;

    /// Lanes are blocks.
    struct alignas(64) Bounds {
        float scaleOf[kSubgroups][kBlocks];
        float inverse[kSubgroups][kBlocks];
        std::uint32_t smallest[kBlocks];
        float steps[kBlocks];
        float largest[kBlocks];
        std::uint32_t clip[kBlocks];
        float recycled[kBlocks];
        std::uint32_t recycledFrom[kBlocks];
        std::uint32_t recycledCount[kBlocks];
        std::uint32_t bookMask[kBlocks];
        std::conditional_t<kHasBooks, BlockSlots<kBlocks>, SubgroupSlots> slots;
        BlockScales<kBlocks> base;
        alignas(64) std::uint32_t scale[kBlocks];  ///< E8M0 code
        OpenBlocks open[kSixteens<kBlock>];        ///< its size is no whole number of registers
    };

    HWY_INLINE static bool prepare(const Format& format, const std::uint32_t* maxima, Bounds& bounds)
    {
        return findScales<12>(format, maxima, bounds.base);
    }

    HWY_INLINE static void choose(
        const Format& format, const float* HWY_RESTRICT values, const std::uint32_t* maxima, Bounds& bounds)
    {
        if constexpr (kHasBooks)
            chooseBlocks<kBlock>(format, values, maxima, bounds.base, bounds.slots.slot[0], bounds.open);
        else
            measureSubgroups(format, values, bounds.base, bounds.slots);
    }

    HWY_INLINE static void decide(
        const Format& format, const float* HWY_RESTRICT values, const std::uint32_t* maxima, Bounds& bounds)
    {
        if constexpr (kHasBooks)
            decideBlocks<kBlock>(format, values, bounds.base, bounds.open, bounds.slots.slot[0]);
        for (std::size_t i = 0; i < kBlocks; i += kWidth)
            putIn(format, maxima, bounds, i);
    }

    HWY_INLINE static Step round(const Format& format, const float* HWY_RESTRICT values, std::size_t element,
        const Bounds& bounds, RunningSums& sums)
    {
        Step step;
        for (std::size_t i = 0; i < 4; ++i) {
            const std::size_t block = blockOf<kBlock>(element, i);
            const Levels levels = levelsAt(format, bounds, block, element + i * kWidth);
            const Nearest nearest = nearestLevels<kHasBooks>(hn::LoadU(FloatTag(), values + i * kWidth), levels);
            const Words clip = setWords(kHasBooks ? bounds.clip[block] : format.clip[0]);
            sums.clipped = countWhere(sums.clipped, isBelow(clip, nearest.magnitude));
            step.errors[i] = nearest.error;
            step.raw[i] = asWords(nearest.level);
        }
        return step;
    }

    HWY_INLINE static Bytes codeBytes(const Format& format, const Words* raw, const float* HWY_RESTRICT values)
    {
        return searchCodes(format, raw, values);
    }

    HWY_INLINE static void noteChoices(
        const Format& format, const Bounds& bounds, const TileBits& valid, BookBits& books, SlotCounts& counts)
    {
        const WordTag d;
        if constexpr (kBlock < 32) {
            noteHalves(bounds, valid, books, counts);
            return;
        }
        for (std::size_t i = 0; i < kTileWords; i += kWidth) {
            if constexpr (kHasBooks)
                hn::Store(loadWords(bounds.bookMask + i), d, books[0].data() + i);
            for (std::size_t g = 0; g < kSubgroups; ++g) {
                const Words exists = hn::And(loadWords(valid.data() + i), setWords(1U << g * kSub));
                const Words slots = hn::IfThenElse(
                    hn::Eq(exists, hn::Zero(d)), setWords(kNoSlot), loadWords(bounds.slots.slot[g] + i));
                noteSlots(format, slots, counts);
                if constexpr (!kHasBooks)
                    if (g == 0)
                        noteOffsets(format,
                            hn::IfThenElse(hn::Eq(exists, hn::Zero(d)), slots, loadWords(bounds.slots.offset + i)),
                            counts);
            }
        }
    }

private:
    static constexpr std::uint32_t kNoSlot = 0x80000000U;  // below all others

    /// Two blocks to a word.
    HWY_INLINE static void noteHalves(const Bounds& bounds, const TileBits& valid, BookBits& books, SlotCounts& counts)
    {
        for (std::size_t word = 0; word < kTileWords; ++word) {
            const std::size_t block = 2 * word;
            books[0][word] = (bounds.bookMask[block] & 0xFFFFU) | (bounds.bookMask[block + 1] & 0xFFFF0000U);
            counts.blocks[bounds.slots.slot[0][block]] += valid[word] & 1U;
            counts.blocks[bounds.slots.slot[0][block + 1]] += valid[word] >> 16U & 1U;
        }
    }

    HWY_INLINE static void noteSlots(const Format& format, Words slots, SlotCounts& counts)
    {
        const WordTag d;
        if constexpr (kHasBooks)
            for (std::uint32_t slot = 0; slot < format.micros * format.ladders; ++slot)
                counts.blocks[slot] += hn::CountTrue(d, hn::Eq(slots, setWords(slot)));
        else
            for (std::uint32_t slot = 0; slot < format.micros * format.ladders; slot += format.ladders)
                counts.subgroups[slot] += hn::CountTrue(d, isBelow(setWords(slot - 1), slots));
    }

    HWY_INLINE static void noteOffsets(const Format& format, Words offsets, SlotCounts& counts)
    {
        for (std::uint32_t offset = 0; offset < format.ladders; ++offset)
            counts.blocks[offset] += hn::CountTrue(WordTag(), hn::Eq(offsets, setWords(offset)));
    }

    template <typename Value> HWY_INLINE static Words lookUp(const SearchFormat::PerSlot<Value>& table, Words slots)
    {
        static_assert(sizeof(Value) == sizeof(std::uint32_t));
        const auto* words = reinterpret_cast<const std::uint32_t*>(table.data());
#if HWY_TARGET <= HWY_AVX3
        return Words{_mm512_permutexvar_epi32(slots.raw, _mm512_load_si512(words))};
#else
        return hn::GatherIndex(WordTag(), words, hn::BitCast(IntTag(), slots));
#endif
    }

    /// Fills in what the choices say, for the blocks from `i` on.
    HWY_INLINE static void putIn(const Format& format, const std::uint32_t* maxima, Bounds& bounds, std::size_t i)
    {
        const WordTag d;
        const FloatTag df;
        const Words exponent = loadWords(bounds.base.exponent + i);
        const Floats power = asFloats(hn::ShiftLeft<23>(exponent));
        const Floats inversePower = asFloats(hn::ShiftLeft<23>(hn::Sub(setWords(254), exponent)));
        for (std::size_t g = 0; g < kSubgroups; ++g) {
            const Words slots = loadWords(bounds.slots.slot[g] + i);
            hn::Store(hn::Mul(asFloats(lookUp(format.scale, slots)), power), df, bounds.scaleOf[g] + i);
            hn::Store(hn::Mul(asFloats(lookUp(format.inverse, slots)), inversePower), df, bounds.inverse[g] + i);
        }
        const Words slots = loadWords(bounds.slots.slot[0] + i);
        if constexpr (kHasBooks) {
            hn::Store(lookUp(format.smallest, slots), d, bounds.smallest + i);
            hn::Store(asFloats(lookUp(format.steps, slots)), df, bounds.steps + i);
            hn::Store(asFloats(lookUp(format.largest, slots)), df, bounds.largest + i);
            hn::Store(lookUp(format.clip, slots), d, bounds.clip + i);
            hn::Store(asFloats(lookUp(format.recycled, slots)), df, bounds.recycled + i);
            hn::Store(lookUp(format.recycledFrom, slots), d, bounds.recycledFrom + i);
            hn::Store(lookUp(format.recycledCount, slots), d, bounds.recycledCount + i);
            hn::Store(lookUp(format.bookMask, slots), d, bounds.bookMask + i);
        }
        const auto isZero = hn::Eq(loadWords(maxima + i), hn::Zero(d));
        const Words scale = hn::Add(exponent, lookUp(format.exponentOffset, slots));
        hn::Store(hn::IfThenZeroElse(isZero, scale), d, bounds.scale + i);
    }

    HWY_INLINE static Levels levelsAt(
        const Format& format, const Bounds& bounds, std::size_t block, std::size_t element)
    {
        const std::size_t g = element % kBlock / kSub;
        const Floats scale = spread(bounds.scaleOf, g, block);
        const Floats inverse = spread(bounds.inverse, g, block);
        if constexpr (!kHasBooks)
            return {scale, inverse, setWords(format.smallest[0]), setFloats(format.steps[0]),
                setFloats(format.largest[0]), hn::Zero(FloatTag()), hn::Zero(WordTag()), hn::Zero(WordTag())};
        return {scale, inverse, setWords(bounds.smallest[block]), setFloats(bounds.steps[block]),
            setFloats(bounds.largest[block]), setFloats(bounds.recycled[block]), setWords(bounds.recycledFrom[block]),
            setWords(bounds.recycledCount[block])};
    }

    /// What belongs to each element of a register that starts in subgroup g.
    HWY_INLINE static Floats spread(const float (*values)[kBlocks], std::size_t g, std::size_t block)
    {
        const Floats first = setFloats(values[g][block]);
        if constexpr (kWidth <= kSub)
            return first;
        else
            return hn::IfThenElse(hn::FirstN(FloatTag(), kSub), first, setFloats(values[g + 1][block]));
    }
};

template <std::size_t kBlock, std::size_t kSub, KernelScope kScope>
void measureSearch(const SearchFormat& format, const TileRun& run, ChunkSums& sums)
{
#if HWY_TARGET == HWY_AVX3_DL
    if constexpr (kSub == 8) {
        if (format.subgroups.isFirm)
            measureTiles<SubgroupRule<true>, kScope>(format, run, sums);
        else
            measureTiles<SubgroupRule<false>, kScope>(format, run, sums);
        takeChoices(format, sums);
        return;
    }
#endif
    measureTiles<SearchRule<kBlock, kSub>, kScope>(format, run, sums);
    takeChoices(format, sums);
}

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET != HWY_SCALAR

#if HWY_ONCE
namespace nanoscope {

SearchKernel searchKernel(KernelTarget target, const SearchFormat& format, KernelScope scope)
{
    using enum KernelScope;
    const bool isFull = scope == Full;
    if (format.microPerSubgroup)
        return isFull ? chooseKernel(target, NANOSCOPE_COPIES(SearchKernel, (measureSearch<32, 8, Full>)))
                      : chooseKernel(target, NANOSCOPE_COPIES(SearchKernel, (measureSearch<32, 8, Error>)));
    if (format.block == 16)
        return isFull ? chooseKernel(target, NANOSCOPE_COPIES(SearchKernel, (measureSearch<16, 16, Full>)))
                      : chooseKernel(target, NANOSCOPE_COPIES(SearchKernel, (measureSearch<16, 16, Error>)));
    return isFull ? chooseKernel(target, NANOSCOPE_COPIES(SearchKernel, (measureSearch<32, 32, Full>)))
                  : chooseKernel(target, NANOSCOPE_COPIES(SearchKernel, (measureSearch<32, 32, Error>)));
}

}  // namespace nanoscope
#endif
