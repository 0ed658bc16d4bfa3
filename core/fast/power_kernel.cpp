#include "core/fast/kernel_table.h"
#include "core/fast/kernels.h"
#include "core/fast/power_portable.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/fast/power_kernel.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/fast/simd_measure.h"

#if HWY_TARGET != HWY_SCALAR
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

/// Elements are rounded in their own units: c has its last bit where the last bit of the level is, so that adding it
/// rounds to the nearest level, ties to even, and taking it away leaves the level.
template <PowerFormat::Book kBook, std::size_t kLength> struct PowerRule {
    using Format = PowerFormat;
    using ScaleCode = std::uint8_t;
    static constexpr std::size_t kBlock = kLength;
    static constexpr std::size_t kBlocks = kTileElements / kBlock;
    static constexpr bool kSignedZero = true;
    static constexpr bool kIsFloat = kBook == PowerFormat::Book::E2M1;

    /// Bits of float32, per block.
    struct alignas(64) Bounds {
        std::uint32_t smallest[kBlocks];  ///< E2M1: the smallest normal level; integers: what is added to round
        std::uint32_t largest[kBlocks];   ///< the largest level
        std::uint32_t clip[kBlocks];      ///< beyond this an element counts as clipped
        std::uint32_t codeBase[kBlocks];  ///< E2M1: one step below half of the smallest normal level
        std::uint32_t scale[kBlocks];     ///< E8M0 code
    };

    HWY_INLINE static bool prepare(const Format& format, const std::uint32_t* maxima, Bounds& bounds)
    {
        const WordTag d;
        auto fits = hn::Eq(hn::Zero(d), hn::Zero(d));
        for (std::size_t i = 0; i < kBlocks; i += kWidth) {
            const Words maximum = loadWords(maxima + i);
            const Words mantissa = hn::And(maximum, setWords(0x007FFFFFU));
            const auto isZero = hn::Eq(maximum, hn::Zero(d));
            const auto stays = isBelow(mantissa, setWords(format.bumpAbove));
            const Words exponent = hn::Sub(
                hn::Add(hn::ShiftRight<23>(maximum), setWords(1)), hn::And(hn::VecFromMask(d, stays), setWords(1)));
            Words scale = hn::Add(exponent, setWords(static_cast<std::uint32_t>(format.exponentShift)));
            // From 2^-125 on, where all levels are normal numbers, up to where rounding still has room above.
            const auto inside = hn::And(isBelow(scale, setWords(228)), isBelow(setWords(1), scale));
            const auto normal = isBelow(setWords(0x007FFFFFU), maximum);
            fits = hn::And(fits, hn::Or(isZero, hn::And(normal, inside)));
            hn::Store(hn::IfThenZeroElse(isZero, scale), d, bounds.scale + i);
            scale = hn::IfThenElse(isZero, setWords(2), scale);
            const Words shifted = hn::ShiftLeft<23>(scale);
            const Words top = hn::Add(shifted, setWords(2U << 23));  // both books end in the octave from 4 on
            const Words step = kIsFloat ? shifted : hn::Add(shifted, setWords((23U << 23) | 0x00400000U));
            hn::Store(step, d, bounds.smallest + i);
            hn::Store(hn::Or(top, setWords(kIsFloat ? 0x00400000U : 0x00600000U)), d, bounds.largest + i);
            hn::Store(hn::Or(top, setWords(kIsFloat ? 0x00600000U : 0x00700000U)), d, bounds.clip + i);
            hn::Store(hn::Sub(shifted, setWords((1U << 23) + (1U << 22))), d, bounds.codeBase + i);
        }
        return hn::AllTrue(d, fits);
    }

    HWY_INLINE static Step round(
        const Format&, const float* HWY_RESTRICT values, std::size_t element, const Bounds& bounds, RunningSums& sums)
    {
        const Floats steps = setFloats(4194304.0F);
        Step step;
        Words a[4];
        Floats c[4];
        Floats sum[4];
        // Step by step over four registers, so that each instruction has work beside it while it waits.
        for (std::size_t i = 0; i < 4; ++i) {
            a[i] = loadMagnitudes(values + i * kWidth);
            const Words smallest = setWords(bounds.smallest[blockOf<kBlock>(element, i)]);
            c[i] = kIsFloat ? middleOfOctave(hn::Max(a[i], smallest)) : asFloats(smallest);
        }
        for (std::size_t i = 0; i < 4; ++i)
            sum[i] = kIsFloat ? hn::MulAdd(c[i], steps, asFloats(a[i])) : hn::Add(asFloats(a[i]), c[i]);
        for (std::size_t i = 0; i < 4; ++i) {
            const Words clip = setWords(bounds.clip[blockOf<kBlock>(element, i)]);
            sums.clipped = countWhere(sums.clipped, isBelow(clip, a[i]));
        }
        for (std::size_t i = 0; i < 4; ++i) {
            const std::size_t block = blockOf<kBlock>(element, i);
            const Floats rounded = kIsFloat ? hn::NegMulAdd(c[i], steps, sum[i]) : hn::Sub(sum[i], c[i]);
            const Words q = hn::Min(asWords(rounded), setWords(bounds.largest[block]));
            step.errors[i] = hn::Sub(asFloats(a[i]), asFloats(q));
            step.raw[i] = kIsFloat ? e2m1Steps(q, setWords(bounds.codeBase[block])) : asWords(sum[i]);
        }
        return step;
    }

    HWY_INLINE static Bytes codeBytes(const Format&, const Words* raw, const float* HWY_RESTRICT values)
    {
        if constexpr (kIsFloat)
            return withSigns(e2m1Codes(raw), values);
        else
            return withSigns(hn::Min(gatherBytes<0>(raw), hn::Set(ByteTag(), std::uint8_t{7})), values);
    }
};

template <PowerFormat::Book kBook, std::size_t kBlock, KernelScope kScope>
void measurePower(const PowerFormat& format, const TileRun& run, ChunkSums& sums)
{
    measureTiles<PowerRule<kBook, kBlock>, kScope>(format, run, sums);
}

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET != HWY_SCALAR

#if HWY_ONCE
namespace nanoscope {

namespace {

template <PowerFormat::Book kBook, std::size_t kBlock> PowerKernel kernelFor(KernelTarget target, KernelScope scope)
{
    using enum KernelScope;
    return scope == Full ? chooseKernel(target, NANOSCOPE_COPIES(PowerKernel, (measurePower<kBook, kBlock, Full>)))
                         : chooseKernel(target, NANOSCOPE_COPIES(PowerKernel, (measurePower<kBook, kBlock, Error>)));
}

}  // namespace

PowerKernel powerKernel(KernelTarget target, const PowerFormat& format, KernelScope scope)
{
    using enum PowerFormat::Book;
    if (format.block == 16)
        return format.book == E2M1 ? kernelFor<E2M1, 16>(target, scope) : kernelFor<Integer, 16>(target, scope);
    return format.book == E2M1 ? kernelFor<E2M1, 32>(target, scope) : kernelFor<Integer, 32>(target, scope);
}

}  // namespace nanoscope
#endif
