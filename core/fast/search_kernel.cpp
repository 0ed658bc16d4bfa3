#include "core/fast/kernel_table.h"
#include "core/fast/kernels.h"
#include "core/fast/search_portable.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/fast/search_kernel.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/fast/simd_measure.h"
#include "core/fast/simd_search.h"
#include "core/fast/simd_search_score.h"

#if HWY_TARGET != HWY_SCALAR
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

/// Blocks (or their subgroups of 8) choose first; what they chose then stands in the bounds.
template <std::size_t kSub> struct SearchRule {
    using Format = SearchFormat;
    using ScaleCode = std::uint8_t;
    static constexpr std::size_t kBlock = kSearchBlock;
    static constexpr bool kSignedZero = false;
    static constexpr std::size_t kSubgroups = kBlock / kSub;

    /// Lanes are blocks.
    struct alignas(64) Bounds {
        float scaleOf[kSubgroups][kTileWords];
        float inverse[kSubgroups][kTileWords];
        std::uint32_t smallest[kTileWords];
        float steps[kTileWords];
        float largest[kTileWords];
        float clip[kTileWords];
        float recycled[kTileWords];
        std::uint32_t recycledFrom[kTileWords];
        std::uint32_t recycledCount[kTileWords];
        std::uint32_t bookBit[kTileWords];
        std::uint32_t slot[kSubgroups][kTileWords];
        std::uint32_t exponent[kTileWords];  ///< E8M0 code before the offset
        std::uint32_t scale[kTileWords];     ///< E8M0 code
    };

    HWY_INLINE static bool prepare(const Format& format, const std::uint32_t* maxima, Bounds& bounds)
    {
        const WordTag d;
        auto fits = hn::Eq(hn::Zero(d), hn::Zero(d));
        for (std::size_t i = 0; i < kTileWords; i += kWidth) {
            const Words maximum = loadWords(maxima + i);
            const Words mantissa = hn::And(maximum, setWords(0x007FFFFFU));
            const auto isZero = hn::Eq(maximum, hn::Zero(d));
            const Words bump = hn::IfThenZeroElse(isBelow(mantissa, setWords(format.bumpAbove)), setWords(1));
            const Words shift = setWords(static_cast<std::uint32_t>(format.exponentShift));
            const Words exponent = hn::Add(hn::ShiftRight<23>(maximum), hn::Add(bump, shift));
            // From 2^-100 to 2^100, so that nothing on the way leaves the normal numbers.
            const auto inside = hn::And(isBelow(setWords(27), exponent), isBelow(exponent, setWords(227)));
            fits = hn::And(fits, hn::Or(isZero, inside));
            hn::Store(hn::IfThenElse(isZero, setWords(127), exponent), d, bounds.exponent + i);
        }
        return hn::AllTrue(d, fits);
    }

    HWY_INLINE static void choose(
        const Format& format, const float* HWY_RESTRICT values, const std::uint32_t* maxima, Bounds& bounds)
    {
        if constexpr (kSubgroups == 1)
            chooseBlocks(format, values, maxima, bounds.exponent, bounds.slot[0]);
        else
            chooseSubgroups(format, values, maxima, bounds.exponent, bounds.slot);
        for (std::size_t i = 0; i < kTileWords; i += kWidth)
            putIn(format, maxima, bounds, i);
    }

    HWY_INLINE static Step round(
        const Format&, const float* HWY_RESTRICT values, std::size_t element, const Bounds& bounds, RunningSums& sums)
    {
        Step step;
        for (std::size_t i = 0; i < 4; ++i) {
            const std::size_t block = blockOf<kBlock>(element, i);
            const Levels levels = levelsAt(bounds, block, element + i * kWidth);
            const Nearest nearest = nearestLevels(hn::LoadU(FloatTag(), values + i * kWidth), levels);
            const auto isClipped = hn::Lt(setFloats(bounds.clip[block]), hn::Abs(nearest.scaled));
            sums.clipped = countWhere(sums.clipped, hn::RebindMask(WordTag(), isClipped));
            step.errors[i] = nearest.error;
            step.raw[i] = hn::Or(asWords(nearest.level), setWords(bounds.bookBit[block]));
        }
        return step;
    }

    HWY_INLINE static Bytes codeBytes(const Format& format, const Words* raw, const float* HWY_RESTRICT values)
    {
        Words signs[4];
        for (std::size_t i = 0; i < 4; ++i)
            signs[i] = asWords(hn::LoadU(FloatTag(), values + i * kWidth));
        const Bytes levels = gatherBytes<21>(raw);
#if HWY_TARGET == HWY_AVX3_DL
        const Bytes negative = gatherBytes<25>(signs);
        const __m512i place
            = _mm512_ternarylogic_epi32(levels.raw, negative.raw, _mm512_set1_epi8(0x40), 0xF8);  // a | (b & c)
        const __m512i lower = _mm512_load_si512(format.codeOfLevel.data());
        const __m512i upper = _mm512_load_si512(format.codeOfLevel.data() + 64);
        return Bytes{_mm512_permutex2var_epi8(lower, place, upper)};
#else
        const ByteTag d;
        const Bytes isSecond = hn::And(levels, hn::Set(d, std::uint8_t{0x20}));
        const Bytes place = hn::And(levels, hn::Set(d, std::uint8_t{0x1F}));
        const Bytes first = positiveCodes(format.codeOfLevel.data(), place);
        const Bytes second = positiveCodes(format.codeOfLevel.data() + 32, place);
        const Bytes negative = hn::And(gatherBytes<24>(signs), hn::Set(d, std::uint8_t{0x80}));
        const Bytes codes = hn::IfThenElse(hn::Eq(isSecond, hn::Zero(d)), first, second);
        const auto isZero = hn::Eq(hn::And(codes, hn::Set(d, std::uint8_t{7})), hn::Zero(d));
        return hn::Or(codes, hn::IfThenZeroElse(isZero, negative));
#endif
    }

    HWY_INLINE static void noteChoices(
        const Format& format, const Bounds& bounds, const TileBits& valid, TileBits& books, ChoiceCounts& choices)
    {
        for (std::size_t block = 0; block < kTileWords; ++block) {
            const std::uint32_t slot = bounds.slot[0][block];
            const std::uint32_t book = static_cast<std::uint32_t>(format.bookOf(slot));
            books[block] = 0U - book;
            if (valid[block] == 0)
                continue;
            ++choices.books[book];
            ++choices.offsets[format.offsetOf(slot)];
            for (std::size_t g = 0; g < kSubgroups; ++g)
                choices.micros[format.microOf(bounds.slot[g][block])] += valid[block] >> g * kSub & 1U;
        }
    }

private:
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
        const Words exponent = loadWords(bounds.exponent + i);
        const Floats power = asFloats(hn::ShiftLeft<23>(exponent));
        const Floats inversePower = asFloats(hn::ShiftLeft<23>(hn::Sub(setWords(254), exponent)));
        for (std::size_t g = 0; g < kSubgroups; ++g) {
            const Words slots = loadWords(bounds.slot[g] + i);
            hn::Store(hn::Mul(asFloats(lookUp(format.scale, slots)), power), df, bounds.scaleOf[g] + i);
            hn::Store(hn::Mul(asFloats(lookUp(format.inverse, slots)), inversePower), df, bounds.inverse[g] + i);
        }
        const Words slots = loadWords(bounds.slot[0] + i);
        hn::Store(lookUp(format.smallest, slots), d, bounds.smallest + i);
        hn::Store(asFloats(lookUp(format.steps, slots)), df, bounds.steps + i);
        hn::Store(asFloats(lookUp(format.largest, slots)), df, bounds.largest + i);
        hn::Store(asFloats(lookUp(format.clip, slots)), df, bounds.clip + i);
        hn::Store(asFloats(lookUp(format.recycled, slots)), df, bounds.recycled + i);
        hn::Store(lookUp(format.recycledFrom, slots), d, bounds.recycledFrom + i);
        hn::Store(lookUp(format.recycledCount, slots), d, bounds.recycledCount + i);
        hn::Store(lookUp(format.bookBit, slots), d, bounds.bookBit + i);
        const auto isZero = hn::Eq(loadWords(maxima + i), hn::Zero(d));
        const Words scale = hn::Add(exponent, lookUp(format.exponentOffset, slots));
        hn::Store(hn::IfThenZeroElse(isZero, scale), d, bounds.scale + i);
    }

    HWY_INLINE static Levels levelsAt(const Bounds& bounds, std::size_t block, std::size_t element)
    {
        const std::size_t g = element % kBlock / kSub;
        return {spread(bounds.scaleOf, g, block), spread(bounds.inverse, g, block), setWords(bounds.smallest[block]),
            setFloats(bounds.steps[block]), setFloats(bounds.largest[block]), setFloats(bounds.recycled[block]),
            setWords(bounds.recycledFrom[block]), setWords(bounds.recycledCount[block])};
    }

    /// What belongs to each element of a register that starts in subgroup g.
    HWY_INLINE static Floats spread(const float (*values)[kTileWords], std::size_t g, std::size_t block)
    {
        const Floats first = setFloats(values[g][block]);
        if constexpr (kWidth <= kSub)
            return first;
        else
            return hn::IfThenElse(hn::FirstN(FloatTag(), kSub), first, setFloats(values[g + 1][block]));
    }

#if HWY_TARGET != HWY_AVX3_DL
    /// Of the first 32 of a table, those that `place` names.
    HWY_INLINE static Bytes positiveCodes(const std::uint8_t* codes, Bytes place)
    {
        const ByteTag d;
        const Bytes inLower = hn::Add(place, hn::Set(d, std::uint8_t{0x70}));  // bit 7 set: none
        const Bytes inUpper = hn::Sub(place, hn::Set(d, std::uint8_t{16}));
        return hn::Or(hn::TableLookupBytesOr0(hn::LoadDup128(d, codes), inLower),
            hn::TableLookupBytesOr0(hn::LoadDup128(d, codes + 16), inUpper));
    }
#endif
};

template <std::size_t kSub, KernelScope kScope>
void measureSearch(const SearchFormat& format, const TileRun& run, ChunkSums& sums)
{
    measureTiles<SearchRule<kSub>, kScope>(format, run, sums);
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
        return isFull ? chooseKernel(target, NANOSCOPE_COPIES(SearchKernel, (measureSearch<8, Full>)))
                      : chooseKernel(target, NANOSCOPE_COPIES(SearchKernel, (measureSearch<8, Error>)));
    return isFull ? chooseKernel(target, NANOSCOPE_COPIES(SearchKernel, (measureSearch<32, Full>)))
                  : chooseKernel(target, NANOSCOPE_COPIES(SearchKernel, (measureSearch<32, Error>)));
}

}  // namespace nanoscope
#endif
