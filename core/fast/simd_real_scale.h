// Included once per instruction set (Highway's foreach_target): real-valued scales of blocks, a lane each.
#if defined(NANOSCOPE_SIMD_REAL_SCALE) == defined(HWY_TARGET_TOGGLE)
#ifdef NANOSCOPE_SIMD_REAL_SCALE
#undef NANOSCOPE_SIMD_REAL_SCALE
#else
#define NANOSCOPE_SIMD_REAL_SCALE
#endif

#include "core/fast/books_format.h"
#include "core/fast/simd_registers.h"

#include <bit>

#if HWY_TARGET != HWY_SCALAR
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

/// Scales of the blocks of a tile under one codebook, see BookScale; room for whole registers.
template <std::size_t kBlocks> struct alignas(64) BookScales {
    static constexpr std::size_t kRoom = kBlocks < 8 ? 8 : kBlocks;

    double real[kRoom];
    double reciprocal[kRoom];
    float toBins[kRoom];
    std::uint32_t code[kRoom];

    HWY_INLINE void put(std::size_t block, const BookScale& scale)
    {
        real[block] = scale.real;
        reciprocal[block] = scale.reciprocal;
        toBins[block] = scale.toBins;
        code[block] = scale.code;
    }
    [[nodiscard]] HWY_INLINE BookScale of(std::size_t block) const
    {
        return {real[block], reciprocal[block], toBins[block], code[block]};
    }
};

/// Rounds to float32 where the arithmetic says so; rounding twice is rounding once for sums, products and quotients of
/// float32 numbers.
HWY_INLINE Doubles roundedIf(bool rounds, Doubles values)
{
    const hn::Rebind<float, DoubleTag> df;
    return rounds ? hn::PromoteTo(DoubleTag(), hn::DemoteTo(df, values)) : values;
}

/// To the mantissa bits of the codec, ties to even; below its smallest normal number on the same grid.
HWY_INLINE Doubles roundedToCodec(const RealScale& scale, Doubles ideal)
{
    const DoubleTag d;
    const hn::RebindToUnsigned<DoubleTag> d64;
    const auto smallestNormal = hn::Set(d64, static_cast<std::uint64_t>(1023 + scale.smallestNormal) << 52);
    const auto exponent = hn::And(hn::BitCast(d64, ideal), hn::Set(d64, 0x7FF0000000000000ULL));
    const auto shift = hn::Set(d64, static_cast<std::uint64_t>(52 - scale.mantissaBits) << 52);
    const auto half = hn::Set(d64, 0x0008000000000000ULL);
    const Doubles middle = hn::BitCast(d, hn::Or(hn::Add(hn::Max(exponent, smallestNormal), shift), half));
    return hn::Sub(hn::Add(ideal, middle), middle);
}

/// What the codec stores for one of its numbers.
HWY_INLINE auto codesOfScales(const RealScale& scale, Doubles stored)
{
    const DoubleTag d;
    const hn::RebindToUnsigned<DoubleTag> d64;
    const auto oneBelow = hn::Set(d64, static_cast<std::uint64_t>(1023 + scale.smallestNormal - 1));
    const Doubles smallestNormal
        = hn::Set(d, std::bit_cast<double>(static_cast<std::uint64_t>(1023 + scale.smallestNormal) << 52));
    const auto isNormal = hn::RebindMask(d64, hn::Ge(stored, smallestNormal));
    // A number below, added to the smallest normal one, has its steps in the upper bits of the mantissa.
    const auto bits
        = hn::BitCast(d64, hn::IfThenElse(hn::Ge(stored, smallestNormal), stored, hn::Add(stored, smallestNormal)));
    const auto base = hn::IfThenElse(isNormal, oneBelow, hn::Add(oneBelow, hn::Set(d64, 1)));
    const auto shifted = hn::ShiftRightSame(bits, 52 - scale.mantissaBits);
    return hn::Sub(shifted, hn::ShiftLeftSame(base, scale.mantissaBits));
}

/// Scales of a tile's blocks under one codebook.
/// @tparam kRounds  the arithmetic of the format rounds to float32
/// @return false when the reference has to find them
template <bool kRounds, std::size_t kBlocks>
HWY_INLINE bool findRealScales(
    const RealScale& scale, const BooksFormat::Book& book, const std::uint32_t* maxima, BookScales<kBlocks>& out)
{
    const DoubleTag d;
    const hn::Rebind<float, DoubleTag> df;
    const hn::Rebind<std::uint32_t, DoubleTag> d32;
    const Doubles one = hn::Set(d, 1.0);
    const Doubles least = hn::Set(d, kLeastComfortable);
    const Doubles most = hn::Set(d, kMostComfortable);
    const auto isComfortable = [&](Doubles value) { return hn::And(hn::Gt(value, least), hn::Lt(value, most)); };
    auto fits = hn::Eq(one, one);
    for (std::size_t i = 0; i < BookScales<kBlocks>::kRoom; i += HWY_LANES(double)) {
        const Doubles maximum = hn::PromoteTo(d, hn::BitCast(df, hn::Load(d32, maxima + i)));
        const auto isZero = hn::Eq(maximum, hn::Zero(d));
        Doubles ideal = maximum;
        for (std::size_t step = 0; step < scale.stepCount; ++step) {
            const Doubles by = hn::Set(d, scale.steps[step].by);
            ideal = roundedIf(kRounds, scale.steps[step].divides ? hn::Div(ideal, by) : hn::Mul(ideal, by));
        }
        ideal = hn::Min(hn::Max(ideal, hn::Set(d, scale.smallest)), hn::Set(d, scale.largest));
        const Doubles stored = roundedToCodec(scale, ideal);
        const Doubles real = roundedIf(kRounds && scale.roundsProduct, hn::Mul(stored, hn::Set(d, scale.tensorScale)));
        const bool multiplies = kRounds && scale.multiplies;
        Doubles factor = real;
        if (multiplies)
            factor = roundedIf(true, hn::Mul(stored, hn::Set(d, scale.reciprocalFactor)));
        factor = roundedIf(kRounds, hn::Div(multiplies ? hn::Set(d, scale.reciprocalNumerator) : one, factor));
        const Doubles toBins = hn::Mul(factor, hn::Set(d, book.binsPerUnit));
        const auto isGone = hn::Eq(real, hn::Zero(d));
        const auto inside = hn::And(hn::And(isComfortable(maximum), isComfortable(real)),
            hn::And(isComfortable(factor), hn::Le(hn::Mul(maximum, toBins), hn::Set(d, book.farthest))));
        const auto isKnown = scale.isNeverZero ? isZero : hn::Or(isZero, hn::And(isGone, isComfortable(maximum)));
        fits = hn::And(fits, hn::Or(inside, isKnown));
        const auto hasNone = hn::Or(isZero, isGone);
        hn::Store(hn::IfThenZeroElse(hasNone, real), d, out.real + i);
        hn::Store(hn::IfThenZeroElse(hasNone, multiplies ? factor : hn::Zero(d)), d, out.reciprocal + i);
        hn::Store(hn::DemoteTo(df, hn::IfThenZeroElse(hasNone, toBins)), df, out.toBins + i);
        const auto codes = hn::TruncateTo(d32, codesOfScales(scale, stored));
        const auto isZero32 = hn::Eq(hn::Load(d32, maxima + i), hn::Zero(d32));
        hn::Store(hn::IfThenElse(isZero32, hn::Set(d32, book.ofZero.code), codes), d32, out.code + i);
    }
    return hn::AllTrue(d, fits);
}

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET != HWY_SCALAR

#endif
