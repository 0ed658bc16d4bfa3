#include "core/fast/books_portable.h"
#include "core/fast/kernel_table.h"
#include "core/fast/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/fast/books_kernel.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/fast/simd_measure.h"
#include "core/fast/simd_real_scale.h"
#include "core/fast/simd_search.h"

#if HWY_TARGET != HWY_SCALAR
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

/// Blocks measure every codebook in double and keep the first that errs least; then elements take their levels.
/// @tparam kMost  codebooks that counting allows for: 1, 2 or 4
template <std::size_t kLength, std::size_t kMost> struct BooksRule {
    using Format = BooksFormat;
    static constexpr std::size_t kBlock = kLength;
    static constexpr std::size_t kBlocks = kTileElements / kBlock;
    static constexpr std::size_t kBooks = kMost;
    static constexpr bool kSignedZero = false;
    static constexpr bool kCountsRanks = true;

    struct alignas(64) Bounds {
        BookScales<kBlocks> scales[kMost];
        float decoded[kBlocks][kCodes];                              ///< what levels stand for, as stored
        alignas(64) std::uint32_t book[BookScales<kBlocks>::kRoom];  ///< that each block takes
        std::uint32_t scale[kBlocks];                                ///< its scale code
    };

    HWY_INLINE static bool prepare(const Format& format, const std::uint32_t* maxima, Bounds& bounds)
    {
        for (std::size_t book = 0; book < kMost; ++book) {
            const std::size_t same = format.books[book].scaleOf;
            if (same < book)
                bounds.scales[book] = bounds.scales[same];
            else if (!findScales(format, book, maxima, bounds.scales[book]))
                return false;
        }
        return true;
    }

    HWY_INLINE static void choose(
        const Format& format, const float* HWY_RESTRICT values, const std::uint32_t*, Bounds& bounds)
    {
        if constexpr (kMost == 1) {
            std::fill_n(bounds.book, kBlocks, 0U);
            return;
        }
        alignas(64) double costs[kMost][BookScales<kBlocks>::kRoom] = {};
        for (std::size_t block = 0; block < kBlocks; ++block)
            measure(format, values + block * kBlock, bounds, block, costs);
        const DoubleTag d;
        const hn::Rebind<std::uint32_t, DoubleTag> d32;
        const hn::RebindToUnsigned<DoubleTag> d64;
        for (std::size_t i = 0; i < kBlocks; i += HWY_LANES(double)) {
            Doubles best = hn::Load(d, costs[0] + i);
            auto book = hn::Zero(d64);
            for (std::uint64_t other = 1; other < kMost; ++other) {
                const Doubles cost = hn::Load(d, costs[other] + i);
                const auto isBetter = hn::Lt(cost, best);
                best = hn::Min(cost, best);
                book = hn::IfThenElse(hn::RebindMask(d64, isBetter), hn::Set(d64, other), book);
            }
            hn::Store(hn::TruncateTo(d32, book), d32, bounds.book + i);
        }
    }

    HWY_INLINE static void decide(const Format& format, const float*, const std::uint32_t*, Bounds& bounds)
    {
        const DoubleTag d;
        const hn::Half<FloatTag> half;
        for (std::size_t block = 0; block < kBlocks; ++block) {
            const std::size_t book = bounds.book[block];
            const BookScales<kBlocks>& scales = bounds.scales[book];
            bounds.scale[block] = scales.code[block];
            for (std::size_t rank = 0; rank < kCodes; rank += HWY_LANES(double)) {
                const Doubles level = hn::Load(d, format.books[book].levels.data() + rank);
                const auto decoded = hn::DemoteTo(half, hn::Mul(level, hn::Set(d, scales.real[block])));
                hn::Store(decoded, half, bounds.decoded[block] + rank);
            }
        }
    }

    HWY_INLINE static Step round(const Format& format, const float* HWY_RESTRICT values, std::size_t element,
        const Bounds& bounds, RunningSums& sums)
    {
        Step step;
        for (std::size_t i = 0; i < 4; ++i) {
            const std::size_t block = blockOf<kBlock>(element, i);
            const std::size_t book = bounds.book[block];
            const Floats x = hn::LoadU(FloatTag(), values + i * kWidth);
            const Words found = ranksOf(format, book, x, bounds.scales[book], block);
            sums.clipped = hn::Add(sums.clipped, hn::ShiftRight<6>(found));
            step.raw[i] = hn::And(found, setWords(kCodes - 1));
            step.errors[i] = hn::Sub(asFloats(lookUp16(asBits(bounds.decoded[block]), step.raw[i])), x);
        }
        return step;
    }

    HWY_INLINE static Bytes codeBytes(const Format&, const Words* raw, const float* HWY_RESTRICT)
    {
        return plainCodes(raw);
    }

    /// Bytes of codes from ranks.
    HWY_INLINE static Bytes storedBytes(
        const Format& format, const Words* raw, std::size_t element, const Bounds& bounds)
    {
        Words codes[4];
        for (std::size_t i = 0; i < 4; ++i)
            codes[i] = lookUp16(format.books[bounds.book[blockOf<kBlock>(element, i)]].codeBytes.data(), raw[i]);
        return gatherBytes<0>(codes);
    }

    HWY_INLINE static void noteChoices(
        const Format&, const Bounds& bounds, const TileBits& valid, BookBits& books, SlotCounts& counts)
    {
        for (std::size_t word = 0; word < kTileWords && kMost > 1; ++word) {
            const std::uint32_t low = bounds.book[word * 32 / kBlock];
            const std::uint32_t high = bounds.book[(word * 32 + 31) / kBlock];  // another where blocks are of 16
            for (std::size_t plane = 0; plane < books.size(); ++plane)
                books[plane][word] = (low >> plane & 1U) * 0xFFFFU | (high >> plane & 1U) * 0xFFFF0000U;
        }
        for (std::size_t block = 0; block < kBlocks; ++block)
            counts.blocks[bounds.book[block]] += valid[block * kBlock / 32] >> block * kBlock % 32 & 1U;
    }

private:
    HWY_INLINE static bool findScales(
        const Format& format, std::size_t book, const std::uint32_t* maxima, BookScales<kBlocks>& scales)
    {
        const BooksFormat::Book& own = format.books[book];
        if (own.realScale) {
            alignas(64) std::uint32_t room[BookScales<kBlocks>::kRoom] = {};
            std::memcpy(room, maxima, kBlocks * sizeof(std::uint32_t));
            const bool isFound = own.realScale->roundsToFloat
                ? findRealScales<true>(*own.realScale, own, room, scales)
                : findRealScales<false>(*own.realScale, own, room, scales);
            if (isFound)
                return true;
        }
        for (std::size_t block = 0; block < kBlocks; ++block) {
            if (maxima[block] >= 0x7F800000U)
                return false;
            const auto scale = bookScaleOf(format, book, std::bit_cast<float>(maxima[block]));
            if (!scale)
                return false;
            scales.put(block, *scale);
        }
        return true;
    }

    /// Where elements lie among the bins of a codebook.
    struct Place {
        Words bins;
        Floats toEnd;  ///< of the bin, in bins
    };
    HWY_INLINE static Place placeOf(Floats x, Floats toBins)
    {
        const Floats place = hn::MulAdd(x, toBins, setFloats(BooksFormat::kMiddle));
        const Words bins = hn::BitCast(WordTag(), hn::ConvertTo(IntTag(), place));
#if HWY_TARGET <= HWY_AVX3
        return {bins, Floats{_mm512_abs_ps(_mm512_reduce_ps(place.raw, 0))}};
#else
        return {bins, hn::Abs(hn::Sub(place, hn::Round(place)))};
#endif
    }

    /// Those that float32 cannot put into a bin. Zero lies at the end of one and is none of them.
    HWY_INLINE static auto isNear(const Place& place, hn::Mask<FloatTag> isZero)
    {
        return hn::AndNot(isZero, hn::Lt(place.toEnd, setFloats(BooksFormat::kNear)));
    }

    HWY_INLINE static auto isZero(Floats x)
    {
        return hn::Eq(x, hn::Zero(FloatTag()));
    }

    /// Ranks of the levels of a register of elements, with BooksFormat::kClipped where they are clipped.
    HWY_INLINE static Words ranksOf(
        const Format& format, std::size_t book, Floats x, const BookScales<kBlocks>& scales, std::size_t block)
    {
        const Place place = placeOf(x, setFloats(scales.toBins[block]));
        Words ranks = hn::And(lookUpBins(format.books[book], place.bins), setWords(0xFFU));
        if (HWY_UNLIKELY(!hn::AllFalse(FloatTag(), isNear(place, isZero(x)))))
            decideRanks(format, book, x, place.toEnd, scales.of(block), ranks);
        return ranks;
    }

    HWY_NOINLINE static void decideRanks(
        const Format& format, std::size_t book, Floats x, Floats toEnd, const BookScale& scale, Words& ranks)
    {
        HWY_ALIGN float values[kWidth];
        HWY_ALIGN float ends[kWidth];
        HWY_ALIGN std::uint32_t decided[kWidth];
        hn::Store(x, FloatTag(), values);
        hn::Store(toEnd, FloatTag(), ends);
        hn::Store(ranks, WordTag(), decided);
        for (std::size_t i = 0; i < kWidth; ++i)
            if (ends[i] < BooksFormat::kNear && values[i] != 0.0F)
                decided[i] = rankInDouble(format, book, values[i], scale);
        ranks = loadWords(decided);
    }

    /// Ranks in the lowest byte of every lane; other bytes may hold anything.
    HWY_INLINE static Words lookUpBins(const BooksFormat::Book& book, Words bins)
    {
#if HWY_TARGET == HWY_AVX3_DL
        return Words{_mm512_permutex2var_epi8(
            _mm512_load_si512(book.bins.data()), bins.raw, _mm512_load_si512(book.bins.data() + 64))};
#else
        return hn::GatherIndex(WordTag(), book.wideBins.data(), hn::BitCast(IntTag(), bins));
#endif
    }

    HWY_INLINE static const std::uint32_t* asBits(const float* values)
    {
        return reinterpret_cast<const std::uint32_t*>(values);
    }

    /// What the ranks of a codebook decode to in one block, in double.
    struct Decoded {
        alignas(64) double values[kCodes];

        HWY_INLINE void fill(const BooksFormat::Book& book, double scale)
        {
            const DoubleTag d;
            for (std::size_t rank = 0; rank < kCodes; rank += HWY_LANES(double))
                hn::Store(hn::Mul(hn::Load(d, book.levels.data() + rank), hn::Set(d, scale)), d, values + rank);
        }
        /// @tparam kUpper  half of the register
        template <bool kUpper> HWY_INLINE Doubles of(Words ranks) const
        {
#if HWY_TARGET <= HWY_AVX3
            const __m512i index = _mm512_cvtepu32_epi64(_mm512_extracti64x4_epi64(ranks.raw, kUpper ? 1 : 0));
            return Doubles{_mm512_permutex2var_pd(_mm512_load_pd(values), index, _mm512_load_pd(values + 8))};
#else
            const hn::Half<IntTag> half;
            const hn::RebindToSigned<DoubleTag> d64;
            const auto all = hn::BitCast(IntTag(), hn::And(ranks, setWords(kCodes - 1)));
            const auto part = kUpper ? hn::UpperHalf(half, all) : hn::LowerHalf(half, all);
            return hn::GatherIndex(DoubleTag(), values, hn::PromoteTo(d64, part));
#endif
        }
    };

    /// Squared errors of a block under every codebook, terms added as the reference adds them.
    /// @param costs  by codebook and block
    template <class Costs>
    HWY_INLINE static void measure(
        const Format& format, const float* HWY_RESTRICT x, const Bounds& bounds, std::size_t block, Costs& costs)
    {
        const DoubleTag d;
        const hn::Half<FloatTag> half;
        Decoded decoded[kMost];
        Floats toBins[kMost];
        Doubles lanes[kMost][kEightParts];
        for (std::size_t book = 0; book < kMost; ++book) {
            decoded[book].fill(format.books[book], bounds.scales[book].real[block]);
            toBins[book] = setFloats(bounds.scales[book].toBins[block]);
        }
        for (std::size_t i = 0; i < kBlock; i += kWidth) {
            const Floats values = hn::LoadU(FloatTag(), x + i);
            Words ranks[kMost];
            ranksOfAll(format, values, toBins, bounds, block, ranks);
            const Doubles elements[2]
                = {hn::PromoteTo(d, hn::LowerHalf(half, values)), hn::PromoteTo(d, hn::UpperHalf(half, values))};
            for (std::size_t book = 0; book < kMost; ++book) {
                const Doubles levels[2]
                    = {decoded[book].template of<false>(ranks[book]), decoded[book].template of<true>(ranks[book])};
                for (std::size_t h = 0; h < 2; ++h) {
                    const Doubles error = hn::Sub(levels[h], elements[h]);
                    const Doubles term = hn::Mul(error, error);
                    const std::size_t first = i + h * HWY_LANES(double);
                    const std::size_t part = first / HWY_LANES(double) % kEightParts;
                    lanes[book][part] = first < 8 ? term : hn::Add(lanes[book][part], term);
                }
            }
        }
        for (std::size_t book = 0; book < kMost; ++book)
            costs[book][block] = sumOfEight(lanes[book]);
    }

    HWY_INLINE static void ranksOfAll(
        const Format& format, Floats x, const Floats* toBins, const Bounds& bounds, std::size_t block, Words* ranks)
    {
        Place places[kMost];
        const auto zero = isZero(x);
        auto near = hn::AndNot(zero, zero);
        for (std::size_t book = 0; book < kMost; ++book) {
            const std::size_t same = format.books[book].scaleOf;
            if (same < book) {
                places[book] = places[same];
            } else {
                places[book] = placeOf(x, toBins[book]);
                near = hn::Or(near, isNear(places[book], zero));
            }
            ranks[book] = lookUpBins(format.books[book], places[book].bins);
        }
        if (HWY_UNLIKELY(!hn::AllFalse(FloatTag(), near)))
            for (std::size_t book = 0; book < kMost; ++book)
                decideRanks(format, book, x, places[book].toEnd, bounds.scales[book].of(block), ranks[book]);
    }
};

template <std::size_t kBlock, std::size_t kBooks, KernelScope kScope>
void measureBooks(const BooksFormat& format, const TileRun& run, ChunkSums& sums)
{
    const ChunkSums before = sums;
    measureTiles<BooksRule<kBlock, kBooks>, kScope>(format, run, sums);
    takeRanks(format, before, sums);
}

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET != HWY_SCALAR

#if HWY_ONCE
namespace nanoscope {
namespace {

template <std::size_t kBlock, std::size_t kBooks> BooksKernel kernelFor(KernelTarget target, KernelScope scope)
{
    using enum KernelScope;
    return scope == Full ? chooseKernel(target, NANOSCOPE_COPIES(BooksKernel, (measureBooks<kBlock, kBooks, Full>)))
                         : chooseKernel(target, NANOSCOPE_COPIES(BooksKernel, (measureBooks<kBlock, kBooks, Error>)));
}

template <std::size_t kBlock> BooksKernel kernelFor(KernelTarget target, std::size_t books, KernelScope scope)
{
    return books == 1 ? kernelFor<kBlock, 1>(target, scope)
        : books == 2  ? kernelFor<kBlock, 2>(target, scope)
                      : kernelFor<kBlock, 4>(target, scope);
}

}  // namespace

BooksKernel booksKernel(KernelTarget target, const BooksFormat& format, KernelScope scope)
{
    const std::size_t books = format.codebooks.size();
    switch (format.spec.geometry.block) {
    case 16:
        return kernelFor<16>(target, books, scope);
    case 32:
        return kernelFor<32>(target, books, scope);
    case 64:
        return kernelFor<64>(target, books, scope);
    default:
        return kernelFor<128>(target, books, scope);
    }
}

}  // namespace nanoscope
#endif
