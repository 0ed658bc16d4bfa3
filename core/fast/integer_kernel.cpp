#include "core/fast/integer_portable.h"
#include "core/fast/kernel_table.h"
#include "core/fast/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/fast/integer_kernel.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/fast/simd_measure.h"

#if HWY_TARGET != HWY_SCALAR
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

/// The quotient is rounded in float32 first. The rest it leaves is exact and at most half a step, unless float32 took
/// a quotient for one on the other side of a threshold; such elements and ties are then put right.
struct IntegerRule {
    using Format = IntegerFormat;
    using ScaleCode = std::uint16_t;
    static constexpr std::size_t kBlock = 32;
    static constexpr bool kSignedZero = true;

    struct alignas(64) Bounds {
        float step[kTileWords];
        float reciprocal[kTileWords];
        std::uint32_t scale[kTileWords];  ///< FP16 code
    };

    /// FP16 scales of `maxima`, whose quotient and rounding are those of double; zero for zero.
    HWY_INLINE static Doubles halfScale(Doubles maxima, double target)
    {
        const DoubleTag d;
        const LongTag d64;
        const Doubles mantissaSteps = hn::Set(d, 4398046511104.0);   // 2^42: ten mantissa bits
        const Doubles smallestNormal = hn::Set(d, 6.103515625e-05);  // 2^-14
        const Doubles ideal = hn::Div(maxima, hn::Set(d, target));
        const auto octave = hn::And(
            hn::BitCast(d64, hn::Max(ideal, smallestNormal)), hn::Set(d64, std::uint64_t{0x7FF0000000000000U}));
        const Doubles c = hn::BitCast(d, hn::Or(octave, hn::Set(d64, std::uint64_t{0x0008000000000000U})));
        const Doubles sum = hn::MulAdd(c, mantissaSteps, ideal);
        const Doubles rounded = hn::NegMulAdd(c, mantissaSteps, sum);
        const Doubles least = hn::Set(d, 5.9604644775390625e-08);  // 2^-24: what is not zero has a scale
        return hn::IfThenElseZero(hn::Gt(maxima, hn::Zero(d)), hn::Max(rounded, least));
    }

    HWY_INLINE static bool prepare(const Format& format, const std::uint32_t* maxima, Bounds& bounds)
    {
        const FloatTag df;
        const WordTag d;
        const DoubleTag dd;
        const hn::Half<FloatTag> half;
        auto fits = hn::Eq(hn::Zero(d), hn::Zero(d));
        for (std::size_t i = 0; i < kTileWords; i += kWidth) {
            const Words maximum = loadWords(maxima + i);
            const Floats values = asFloats(maximum);
            fits = hn::And(fits, isBelow(maximum, setWords(0x4870'0000U)));  // 245760: no scale saturates
            const auto low
                = hn::DemoteTo(half, halfScale(hn::PromoteTo(dd, hn::LowerHalf(half, values)), format.target));
            const auto high
                = hn::DemoteTo(half, halfScale(hn::PromoteTo(dd, hn::UpperHalf(half, values)), format.target));
            const Floats scale = hn::Combine(df, high, low);
            const auto isZero = hn::Eq(maximum, hn::Zero(d));
            const auto isNormal = isBelow(setWords(0x387FFFFFU), asWords(scale));
            const Words normalCode = hn::Sub(hn::ShiftRight<13>(asWords(scale)), setWords(112U << 10));
            const Words subnormalCode = hn::BitCast(d, hn::ConvertTo(IntTag(), hn::Mul(scale, setFloats(16777216.0F))));
            const Words code = hn::IfThenElse(isNormal, normalCode, subnormalCode);
            hn::Store(hn::IfThenElse(isZero, setWords(format.scaleOfZero), code), d, bounds.scale + i);
            const Floats step = hn::IfThenElse(hn::RebindMask(df, isZero), setFloats(1.0F), scale);
            hn::Store(step, df, bounds.step + i);
            hn::Store(hn::Div(setFloats(1.0F), step), df, bounds.reciprocal + i);
        }
        return hn::AllTrue(d, fits);
    }

    HWY_INLINE static Step round(
        const Format&, const float* HWY_RESTRICT values, std::size_t element, const Bounds& bounds, RunningSums& sums)
    {
        const Floats magic = setFloats(kMagic);
        const WordTag d;
        Step step;
        Floats a[4];
        Floats n[4];
        auto doubtful = hn::Ne(hn::Zero(d), hn::Zero(d));
        for (std::size_t i = 0; i < 4; ++i) {
            a[i] = asFloats(loadMagnitudes(values + i * kWidth));
            n[i] = hn::Mul(a[i], setFloats(bounds.reciprocal[blockOf<kBlock>(element, i)]));
        }
        for (std::size_t i = 0; i < 4; ++i) {
            step.raw[i] = asWords(hn::Add(n[i], magic));
            n[i] = hn::Min(hn::Sub(asFloats(step.raw[i]), magic), setFloats(7.0F));
        }
        for (std::size_t i = 0; i < 4; ++i) {
            const Floats size = setFloats(bounds.step[blockOf<kBlock>(element, i)]);
            step.errors[i] = hn::NegMulAdd(n[i], size, a[i]);  // the product is exact
            const Words rest = magnitudeOf(asWords(step.errors[i]));
            const Floats half = hn::Mul(size, setFloats(0.5F));
            doubtful = hn::Or(doubtful, hn::Not(isBelow(rest, asWords(half))));
            const Words clip = asWords(hn::Mul(size, setFloats(7.5F)));
            sums.clipped = countWhere(sums.clipped, isBelow(clip, asWords(a[i])));
        }
        if (HWY_UNLIKELY(!hn::AllFalse(d, doubtful)))
            for (std::size_t i = 0; i < 4; ++i)
                settle(a[i], setFloats(bounds.step[blockOf<kBlock>(element, i)]), n[i], step.errors[i], step.raw[i]);
        return step;
    }

    HWY_INLINE static Bytes codeBytes(const Format&, const Words* raw, const float* HWY_RESTRICT values)
    {
        return withSigns(hn::Min(gatherBytes<0>(raw), hn::Set(ByteTag(), std::uint8_t{7})), values);
    }

private:
    static constexpr float kMagic = 12582912.0F;  // 1.5 * 2^23: its last bit is worth 1

    /// Moves elements that lie beyond half a step, or at it beside an odd code, to the neighbour.
    HWY_NOINLINE static void settle(Floats a, Floats size, Floats n, Floats& error, Words& raw)
    {
        const FloatTag df;
        const WordTag d;
        const Floats half = hn::Mul(size, setFloats(0.5F));
        const auto isOdd
            = hn::RebindMask(df, hn::Ne(hn::And(asWords(hn::Add(n, setFloats(kMagic))), setWords(1)), hn::Zero(d)));
        const auto above = hn::Or(hn::Gt(error, half), hn::And(hn::Eq(error, half), isOdd));
        const auto below = hn::Or(hn::Lt(error, hn::Neg(half)), hn::And(hn::Eq(error, hn::Neg(half)), isOdd));
        const Floats one = setFloats(1.0F);
        Floats settled = hn::Add(n, hn::IfThenElseZero(above, one));
        settled = hn::Min(hn::Sub(settled, hn::IfThenElseZero(below, one)), setFloats(7.0F));
        error = hn::NegMulAdd(settled, size, a);
        raw = asWords(hn::Add(settled, setFloats(kMagic)));
    }
};

template <KernelScope kScope> void measureInteger(const IntegerFormat& format, const TileRun& run, ChunkSums& sums)
{
    measureTiles<IntegerRule, kScope>(format, run, sums);
}

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET != HWY_SCALAR

#if HWY_ONCE
namespace nanoscope {

IntegerKernel integerKernel(KernelTarget target, KernelScope scope)
{
    return scope == KernelScope::Full
        ? chooseKernel(target, NANOSCOPE_COPIES(IntegerKernel, (measureInteger<KernelScope::Full>)))
        : chooseKernel(target, NANOSCOPE_COPIES(IntegerKernel, (measureInteger<KernelScope::Error>)));
}

}  // namespace nanoscope
#endif
