#include "core/fast/books_portable.h"
#include "core/fast/kernel_table.h"
#include "core/fast/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/fast/books_kernel.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/fast/simd_measure.h"
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

    struct Bounds {
        BookScale scales[kMost][kBlocks];
        std::uint32_t book[kBlocks];   ///< that each block takes
        std::uint32_t scale[kBlocks];  ///< its scale code
        alignas(64) float decoded[kBlocks][kCodes];  ///< what levels stand for, as stored
    };

    HWY_INLINE static bool prepare(const Format& format, const std::uint32_t* maxima, Bounds& bounds)
    {
        for (std::size_t block = 0; block < kBlocks; ++block) {
            if (maxima[block] >= 0x7F800000U)
                return false;
            for (std::size_t book = 0; book < format.codebooks.size(); ++book) {
                const std::size_t same = format.books[book].scaleOf;
                if (same < book) {
                    bounds.scales[book][block] = bounds.scales[same][block];
                    bounds.scales[book][block].toBins *= static_cast<float>(
                        format.books[book].binsPerUnit / format.books[same].binsPerUnit);
                    continue;
                }
                const auto scale = bookScaleOf(format, book, std::bit_cast<float>(maxima[block]));
                if (!scale)
                    return false;
                bounds.scales[book][block] = *scale;
            }
        }
        return true;
    }

    HWY_INLINE static void choose(
        const Format& format, const float* HWY_RESTRICT values, const std::uint32_t* maxima, Bounds& bounds)
    {
        for (std::size_t block = 0; block < kBlocks; ++block)
            bounds.book[block] = 0;
        if (format.codebooks.size() == 1)
            return;
        double best[kBlocks];
        for (std::size_t book = 0; book < format.codebooks.size(); ++book)
            for (std::size_t block = 0; block < kBlocks; ++block) {
                if (maxima[block] == 0)
                    continue;
                const double cost
                    = costOf(format, book, values + block * kBlock, bounds.scales[book][block]);
                if (book == 0 || cost < best[block]) {
                    best[block] = cost;
                    bounds.book[block] = static_cast<std::uint32_t>(book);
                }
            }
    }

    HWY_INLINE static void decide(const Format& format, const float*, const std::uint32_t*, Bounds& bounds)
    {
        const DoubleTag d;
        const hn::Half<FloatTag> half;
        for (std::size_t block = 0; block < kBlocks; ++block) {
            const std::size_t book = bounds.book[block];
            const BookScale& scale = bounds.scales[book][block];
            bounds.scale[block] = scale.code;
            for (std::size_t rank = 0; rank < kCodes; rank += HWY_LANES(double)) {
                const Doubles level = hn::Load(d, format.books[book].levels.data() + rank);
                const auto decoded = hn::DemoteTo(half, hn::Mul(level, hn::Set(d, scale.real)));
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
            const Words found = ranksOf(format, book, x, bounds.scales[book][block]);
            sums.clipped = hn::Add(sums.clipped, hn::ShiftRight<6>(found));
            step.raw[i] = hn::And(found, setWords(kCodes - 1));
            step.errors[i] = hn::Sub(asFloats(lookUp16(asBits(bounds.decoded[block]), step.raw[i])), x);
        }
        return step;
    }

    HWY_INLINE static Bytes codeBytes(const Format&, const Words* raw, const float* HWY_RESTRICT)
    {
        // Bit 3 goes on top.
        alignas(16) static constexpr std::uint8_t kSpread[16]
            = {0, 1, 2, 3, 4, 5, 6, 7, 128, 129, 130, 131, 132, 133, 134, 135};
        return hn::TableLookupBytes(hn::LoadDup128(ByteTag(), kSpread), gatherBytes<0>(raw));
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
    /// Ranks of the levels of a register of elements, with BooksFormat::kClipped where they are clipped.
    HWY_INLINE static Words ranksOf(const Format& format, std::size_t book, Floats x, const BookScale& scale)
    {
        const FloatTag df;
        const Floats place = hn::MulAdd(x, setFloats(scale.toBins), setFloats(BooksFormat::kMiddle));
        const Words bin = hn::BitCast(WordTag(), hn::ConvertTo(IntTag(), place));
        const Floats toEnd = hn::Abs(hn::Sub(place, hn::Round(place)));
        const auto isNear = hn::And(
            hn::Lt(toEnd, setFloats(BooksFormat::kNear)), hn::Ne(place, setFloats(BooksFormat::kMiddle)));
        if (HWY_UNLIKELY(!hn::AllFalse(df, isNear)))
            return decideRanks(format, book, x, scale);
        return lookUpBins(format.books[book], bin);
    }

    HWY_NOINLINE static Words decideRanks(const Format& format, std::size_t book, Floats x, const BookScale& scale)
    {
        HWY_ALIGN float values[kWidth];
        HWY_ALIGN std::uint32_t ranks[kWidth];
        hn::Store(x, FloatTag(), values);
        for (std::size_t i = 0; i < kWidth; ++i)
            ranks[i] = rankInDouble(format, book, values[i], scale);
        return loadWords(ranks);
    }

    HWY_INLINE static Words lookUpBins(const BooksFormat::Book& book, Words bin)
    {
#if HWY_TARGET == HWY_AVX3_DL
        const __m512i found = _mm512_permutex2var_epi8(
            _mm512_load_si512(book.bins.data()), bin.raw, _mm512_load_si512(book.bins.data() + 64));
        return hn::And(Words{found}, setWords(0xFFU));
#else
        return hn::GatherIndex(WordTag(), book.wideBins.data(), hn::BitCast(IntTag(), bin));
#endif
    }

    HWY_INLINE static Words lookUp16(const std::uint32_t* words, Words index)
    {
#if HWY_TARGET <= HWY_AVX3
        return Words{_mm512_permutexvar_epi32(index.raw, _mm512_load_si512(words))};
#else
        return hn::GatherIndex(WordTag(), words, hn::BitCast(IntTag(), index));
#endif
    }

    HWY_INLINE static const std::uint32_t* asBits(const float* values)
    {
        return reinterpret_cast<const std::uint32_t*>(values);
    }

    /// What ranks decode to, for the lower or the upper half of a register.
    /// @param decoded  by rank
    template <bool kUpper> HWY_INLINE static Doubles decodedOf(const double* decoded, Words ranks)
    {
#if HWY_TARGET <= HWY_AVX3
        const __m512i index = _mm512_cvtepu32_epi64(_mm512_extracti64x4_epi64(ranks.raw, kUpper ? 1 : 0));
        return Doubles{_mm512_permutex2var_pd(_mm512_load_pd(decoded), index, _mm512_load_pd(decoded + 8))};
#else
        const hn::Half<IntTag> half;
        const hn::RebindToSigned<DoubleTag> d64;
        const auto all = hn::BitCast(IntTag(), ranks);
        const auto part = kUpper ? hn::UpperHalf(half, all) : hn::LowerHalf(half, all);
        return hn::GatherIndex(DoubleTag(), decoded, hn::PromoteTo(d64, part));
#endif
    }

    /// Squared error of a block under one codebook, terms added as the reference adds them.
    HWY_INLINE static double costOf(
        const Format& format, std::size_t book, const float* HWY_RESTRICT x, const BookScale& scale)
    {
        const DoubleTag d;
        const hn::Half<FloatTag> half;
        alignas(64) double decoded[kCodes];
        for (std::size_t rank = 0; rank < kCodes; rank += HWY_LANES(double))
            hn::Store(hn::Mul(hn::Load(d, format.books[book].levels.data() + rank), hn::Set(d, scale.real)), d,
                decoded + rank);
        Doubles lanes[kEightParts];
        for (std::size_t i = 0; i < kBlock; i += kWidth) {
            const Floats values = hn::LoadU(FloatTag(), x + i);
            const Words ranks = hn::And(ranksOf(format, book, values, scale), setWords(kCodes - 1));
            const Doubles elements[2]
                = {hn::PromoteTo(d, hn::LowerHalf(half, values)), hn::PromoteTo(d, hn::UpperHalf(half, values))};
            const Doubles levels[2] = {decodedOf<false>(decoded, ranks), decodedOf<true>(decoded, ranks)};
            for (std::size_t h = 0; h < 2; ++h) {
                const Doubles error = hn::Sub(levels[h], elements[h]);
                const Doubles term = hn::Mul(error, error);
                const std::size_t first = i + h * HWY_LANES(double);
                const std::size_t part = first / HWY_LANES(double) % kEightParts;
                lanes[part] = first < 8 ? term : hn::Add(lanes[part], term);
            }
        }
        return sumOfEight(lanes);
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
    return books == 1 ? kernelFor<kBlock, 1>(target, scope) : kernelFor<kBlock, 4>(target, scope);
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
