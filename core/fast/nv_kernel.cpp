#include "core/fast/kernel_table.h"
#include "core/fast/kernels.h"
#include "core/fast/nv_portable.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/fast/nv_kernel.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/fast/simd_measure.h"
#include "core/fast/simd_search.h"

#if HWY_TARGET != HWY_SCALAR
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

/// Every step is one rounding to float32, in the order of the reference.
struct NvRule {
    using Format = NvFormat;
    using ScaleCode = std::uint8_t;
    static constexpr std::size_t kBlock = 16;
    static constexpr bool kSignedZero = true;
    static constexpr std::size_t kBlocks = kTileElements / kBlock;

    struct alignas(64) Bounds {
        float reciprocal[kBlocks];  ///< what elements are multiplied by
        float blockScale[kBlocks];
        std::uint32_t scale[kBlocks];  ///< E4M3 code
    };

    HWY_INLINE static bool prepare(const Format& format, const std::uint32_t* maxima, Bounds& bounds)
    {
        return findScales(
            format, maxima, bounds, [&](Floats maximum) { return hn::Mul(maximum, setFloats(format.scaleFactor)); });
    }

    /// @param idealOf  gives the scale of block maxima before it is rounded to E4M3
    template <typename IdealOf>
    HWY_INLINE static bool findScales(
        const Format& format, const std::uint32_t* maxima, Bounds& bounds, const IdealOf& idealOf)
    {
        const FloatTag df;
        const WordTag d;
        const Floats mantissaSteps = setFloats(1048576.0F);  // 2^20: three mantissa bits
        const Floats smallestNormal = setFloats(0.015625F);  // 2^-6
        auto fits = hn::Eq(hn::Zero(d), hn::Zero(d));
        for (std::size_t i = 0; i < kBlocks; i += kWidth) {
            const Words maximum = loadWords(maxima + i);
            fits = hn::And(fits, isBelow(maximum, setWords(0x7F800000U)));
            const Floats ideal = idealOf(asFloats(maximum));
            const Floats c = middleOfOctave(asWords(hn::Max(ideal, smallestNormal)));
            const Floats sum = hn::MulAdd(c, mantissaSteps, ideal);
            const Floats scale = hn::Min(hn::NegMulAdd(c, mantissaSteps, sum), setFloats(448.0F));
            const auto isNormal = hn::RebindMask(d, hn::Ge(scale, smallestNormal));
            const Words normalCode = hn::Sub(hn::ShiftRight<20>(asWords(scale)), setWords(120U << 3));
            const Words subnormalCode = hn::BitCast(d, hn::ConvertTo(IntTag(), hn::Mul(scale, setFloats(512.0F))));
            hn::Store(hn::IfThenElse(isNormal, normalCode, subnormalCode), d, bounds.scale + i);
            const Floats divisor = hn::Mul(scale, setFloats(format.decode));
            const Floats reciprocal = hn::Div(setFloats(1.0F), divisor);
            hn::Store(hn::IfThenZeroElse(hn::Eq(scale, hn::Zero(df)), reciprocal), df, bounds.reciprocal + i);
            hn::Store(scale, df, bounds.blockScale + i);
        }
        return hn::AllTrue(d, fits);
    }

    HWY_INLINE static Step round(const Format& format, const float* HWY_RESTRICT values, std::size_t element,
        const Bounds& bounds, RunningSums& sums)
    {
        const Floats steps = setFloats(4194304.0F);
        const Floats tensorScale = setFloats(format.tensorScale);
        const Words one = setWords(127U << 23);
        Step step;
        Floats a[4];
        Floats scaled[4];
        Floats c[4];
        Floats q[4];
        for (std::size_t i = 0; i < 4; ++i) {
            a[i] = asFloats(loadMagnitudes(values + i * kWidth));
            scaled[i] = hn::Mul(a[i], setFloats(bounds.reciprocal[blockOf<kBlock>(element, i)]));
        }
        for (std::size_t i = 0; i < 4; ++i) {
            c[i] = middleOfOctave(hn::Max(asWords(scaled[i]), one));
            sums.clipped = countWhere(sums.clipped, isBelow(asWords(setFloats(7.0F)), asWords(scaled[i])));
        }
        for (std::size_t i = 0; i < 4; ++i)
            q[i] = hn::NegMulAdd(c[i], steps, hn::MulAdd(c[i], steps, scaled[i]));
        for (std::size_t i = 0; i < 4; ++i) {
            q[i] = asFloats(hn::Min(asWords(q[i]), asWords(setFloats(6.0F))));
            step.raw[i] = stepsAboveHalf(asWords(q[i]));
        }
        for (std::size_t i = 0; i < 4; ++i) {
            // The first product is exact: seven bits at most.
            const Floats level = hn::Mul(q[i], setFloats(bounds.blockScale[blockOf<kBlock>(element, i)]));
            step.errors[i] = hn::Sub(a[i], hn::Mul(level, tensorScale));
        }
        return step;
    }

    HWY_INLINE static Words stepsAboveHalf(Words q) { return e2m1Steps(q, setWords((126U << 23) - (1U << 22))); }

    HWY_INLINE static Bytes codeBytes(const Format&, const Words* raw, const float* HWY_RESTRICT values)
    {
        return withSigns(e2m1Codes(raw), values);
    }
};

/// Four over six: NvRule once the blocks have their targets.
struct NvSearchRule : NvRule {
    static constexpr std::size_t kBooks = 1;

    struct alignas(64) Bounds : NvRule::Bounds {
        NvRule::Bounds other;  ///< for the second target
        std::uint32_t target[kBlocks];
    };

    HWY_INLINE static bool prepare(const Format& format, const std::uint32_t* maxima, Bounds& bounds)
    {
        const auto idealFor = [&](std::size_t target) {
            return [&format, target](Floats maximum) {
                const Floats base = hn::Mul(hn::Div(maximum, setFloats(format.firstTarget)), setFloats(format.encode));
                return hn::Mul(base, setFloats(format.overTarget[target]));
            };
        };
        return findScales(format, maxima, bounds, idealFor(0)) && findScales(format, maxima, bounds.other, idealFor(1));
    }

    HWY_INLINE static void choose(
        const Format& format, const float* HWY_RESTRICT values, const std::uint32_t*, Bounds& bounds)
    {
        for (std::size_t block = 0; block < kBlocks; ++block) {
            const float* HWY_RESTRICT x = values + block * kBlock;
            const double first = costOf(format, x, bounds.reciprocal[block], bounds.blockScale[block]);
            const double second = costOf(format, x, bounds.other.reciprocal[block], bounds.other.blockScale[block]);
            bounds.target[block] = second < first ? 1 : 0;
        }
    }

    HWY_INLINE static void decide(const Format&, const float*, const std::uint32_t*, Bounds& bounds)
    {
        const FloatTag df;
        const WordTag d;
        for (std::size_t i = 0; i < kBlocks; i += kWidth) {
            const auto isFirst = hn::Eq(loadWords(bounds.target + i), hn::Zero(d));
            const auto keep = [&](float* first, const float* second) {
                const auto mask = hn::RebindMask(df, isFirst);
                hn::Store(hn::IfThenElse(mask, hn::Load(df, first + i), hn::Load(df, second + i)), df, first + i);
            };
            keep(bounds.reciprocal, bounds.other.reciprocal);
            keep(bounds.blockScale, bounds.other.blockScale);
            hn::Store(hn::IfThenElse(isFirst, loadWords(bounds.scale + i), loadWords(bounds.other.scale + i)), d,
                bounds.scale + i);
        }
    }

    HWY_INLINE static void noteChoices(
        const Format&, const Bounds& bounds, const TileBits& valid, BookBits&, SlotCounts& counts)
    {
        for (std::size_t block = 0; block < kBlocks; ++block)
            counts.blocks[bounds.target[block]] += valid[block / 2] >> block % 2 * kBlock & 1U;
    }

private:
    /// Squared error of a block, terms added as the reference adds them. Products of levels and scales are exact in
    /// double.
    HWY_INLINE static double costOf(
        const Format& format, const float* HWY_RESTRICT x, float reciprocal, float blockScale)
    {
        const DoubleTag d;
        const hn::Half<FloatTag> half;
        const Floats steps = setFloats(4194304.0F);
        const Words one = setWords(127U << 23);
        const Doubles scale = hn::Set(d, static_cast<double>(blockScale) * static_cast<double>(format.tensorScale));
        Doubles lanes[kEightParts];
        for (std::size_t i = 0; i < kBlock; i += kWidth) {
            const Floats a = asFloats(loadMagnitudes(x + i));
            const Floats scaled = hn::Mul(a, setFloats(reciprocal));
            const Floats c = middleOfOctave(hn::Max(asWords(scaled), one));
            const Floats q = hn::Min(hn::NegMulAdd(c, steps, hn::MulAdd(c, steps, scaled)), setFloats(6.0F));
            const Doubles levels[2]
                = {hn::PromoteTo(d, hn::LowerHalf(half, q)), hn::PromoteTo(d, hn::UpperHalf(half, q))};
            const Doubles elements[2]
                = {hn::PromoteTo(d, hn::LowerHalf(half, a)), hn::PromoteTo(d, hn::UpperHalf(half, a))};
            for (std::size_t h = 0; h < 2; ++h) {
                const Doubles error = hn::Sub(hn::Mul(levels[h], scale), elements[h]);
                const Doubles term = hn::Mul(error, error);
                const std::size_t first = i + h * HWY_LANES(double);
                const std::size_t part = first / HWY_LANES(double) % kEightParts;
                lanes[part] = first < 8 ? term : hn::Add(lanes[part], term);
            }
        }
        return sumOfEight(lanes);
    }
};

template <KernelScope kScope> void measureNvSearch(const NvFormat& format, const TileRun& run, ChunkSums& sums)
{
    measureTiles<NvSearchRule, kScope>(format, run, sums);
    takeTargets(sums);
}

template <KernelScope kScope> void measureNv(const NvFormat& format, const TileRun& run, ChunkSums& sums)
{
    measureTiles<NvRule, kScope>(format, run, sums);
}

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET != HWY_SCALAR

#if HWY_ONCE
namespace nanoscope {

NvKernel nvKernel(KernelTarget target, const NvFormat& format, KernelScope scope)
{
    if (format.searches)
        return scope == KernelScope::Full
            ? chooseKernel(target, NANOSCOPE_COPIES(NvKernel, (measureNvSearch<KernelScope::Full>)))
            : chooseKernel(target, NANOSCOPE_COPIES(NvKernel, (measureNvSearch<KernelScope::Error>)));
    return scope == KernelScope::Full
        ? chooseKernel(target, NANOSCOPE_COPIES(NvKernel, (measureNv<KernelScope::Full>)))
        : chooseKernel(target, NANOSCOPE_COPIES(NvKernel, (measureNv<KernelScope::Error>)));
}

}  // namespace nanoscope
#endif
