#include "core/fast/kernel_table.h"
#include "core/fast/kernels.h"
#include "core/fast/table_portable.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/fast/table_kernel.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "core/fast/simd_measure.h"

#if HWY_TARGET != HWY_SCALAR
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

/// The quotient in float32 finds the bin, the bin's threshold finds the code. Quotients very near a threshold are
/// decided in double.
struct TableRule {
    using Format = TableFormat;
    using ScaleCode = std::uint32_t;
    static constexpr std::size_t kBlock = 64;
    static constexpr bool kSignedZero = false;
    static constexpr std::size_t kBlocks = kTileElements / kBlock;
    static constexpr std::size_t kRoom = 16;  // a whole register, of which 8 blocks are used

    struct alignas(64) Bounds {
        float blockScale[kRoom];
        float reciprocal[kRoom];
        std::uint32_t scale[kRoom];  ///< bits of float32
    };

    HWY_INLINE static bool prepare(const Format& format, const std::uint32_t* maxima, Bounds& bounds)
    {
        const FloatTag df;
        const WordTag d;
        alignas(64) std::uint32_t padded[kRoom] = {};
        std::memcpy(padded, maxima, kBlocks * sizeof(std::uint32_t));
        auto fits = hn::Eq(hn::Zero(d), hn::Zero(d));
        for (std::size_t i = 0; i < kRoom; i += kWidth) {
            const Words maximum = loadWords(padded + i);
            const auto isZero = hn::Eq(maximum, hn::Zero(d));
            // From 2^-100 to 2^100, so that no product leaves the normal numbers.
            const auto inside = hn::And(isBelow(setWords(27U << 23), maximum), isBelow(maximum, setWords(227U << 23)));
            fits = hn::And(fits, hn::Or(isZero, inside));
            const Floats scale = asFloats(hn::IfThenElse(isZero, asWords(setFloats(1.0F)), maximum));
            hn::Store(scale, df, bounds.blockScale + i);
            hn::Store(hn::Div(setFloats(1.0F), scale), df, bounds.reciprocal + i);
            hn::Store(hn::IfThenElse(isZero, setWords(format.scaleOfZero), maximum), d, bounds.scale + i);
        }
        return hn::AllTrue(d, fits);
    }

    HWY_INLINE static Step round(
        const Format& format, const float* HWY_RESTRICT values, std::size_t element, const Bounds& bounds, RunningSums&)
    {
        const FloatTag df;
        const WordTag d;
        Step step;
        Floats x[4];
        Floats quotient[4];
        auto doubtful = hn::Ne(hn::Zero(d), hn::Zero(d));
        for (std::size_t i = 0; i < 4; ++i) {
            x[i] = hn::LoadU(df, values + i * kWidth);
            quotient[i] = hn::Mul(x[i], setFloats(bounds.reciprocal[blockOf<kBlock>(element, i)]));
        }
        for (std::size_t i = 0; i < 4; ++i) {
            const Words bin = asWords(hn::MulAdd(quotient[i], setFloats(TableFormat::kBinsPerUnit), setFloats(kMagic)));
            const Floats threshold = asFloats(lookUp32(asBits(format.binThreshold), bin));
            const Words code = lookUp32(format.binCode.data(), bin);
            const auto above = hn::RebindMask(d, hn::Ge(quotient[i], threshold));
            step.raw[i] = countWhere(code, above);
            const Floats distance = hn::Abs(hn::Sub(quotient[i], threshold));
            doubtful = hn::Or(doubtful, hn::RebindMask(d, hn::Lt(distance, setFloats(TableFormat::kNear))));
        }
        if (HWY_UNLIKELY(!hn::AllFalse(d, doubtful)))
            for (std::size_t i = 0; i < 4; ++i)
                step.raw[i] = decide(format, x[i], bounds.blockScale[blockOf<kBlock>(element, i)]);
        for (std::size_t i = 0; i < 4; ++i) {
            const Floats level = asFloats(lookUp16(asBits(format.levels), step.raw[i]));
            const Floats scale = setFloats(bounds.blockScale[blockOf<kBlock>(element, i)]);
            step.errors[i] = hn::Sub(hn::Mul(level, scale), x[i]);
        }
        return step;
    }

    HWY_INLINE static Bytes codeBytes(const Format&, const Words* raw, const float* HWY_RESTRICT)
    {
        return plainCodes(raw);
    }

private:
    static constexpr float kMagic = 12582912.0F + 15.0F;  // bins count from 0 at the lowest level

    template <std::size_t kCount> HWY_INLINE static const std::uint32_t* asBits(const std::array<float, kCount>& values)
    {
        return reinterpret_cast<const std::uint32_t*>(values.data());
    }

    /// Of 32 words, that which the last five bits of each lane name.
    HWY_INLINE static Words lookUp32(const std::uint32_t* words, Words index)
    {
#if HWY_TARGET <= HWY_AVX3
        return Words{_mm512_permutex2var_epi32(_mm512_load_si512(words), index.raw, _mm512_load_si512(words + 16))};
#else
        return hn::GatherIndex(WordTag(), words, hn::BitCast(IntTag(), hn::And(index, setWords(31))));
#endif
    }

    /// Codes by the quotient in double.
    HWY_NOINLINE static Words decide(const Format& format, Floats x, float scale)
    {
        HWY_ALIGN float values[kWidth];
        HWY_ALIGN std::uint32_t codes[kWidth];
        hn::Store(x, FloatTag(), values);
        for (std::size_t i = 0; i < kWidth; ++i)
            codes[i] = portable::codeInDouble(format, values[i], scale);
        return loadWords(codes);
    }
};

template <KernelScope kScope> void measureTable(const TableFormat& format, const TileRun& run, ChunkSums& sums)
{
    measureTiles<TableRule, kScope>(format, run, sums);
}

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET != HWY_SCALAR

#if HWY_ONCE
namespace nanoscope {

TableKernel tableKernel(KernelTarget target, KernelScope scope)
{
    return scope == KernelScope::Full
        ? chooseKernel(target, NANOSCOPE_COPIES(TableKernel, (measureTable<KernelScope::Full>)))
        : chooseKernel(target, NANOSCOPE_COPIES(TableKernel, (measureTable<KernelScope::Error>)));
}

}  // namespace nanoscope
#endif
