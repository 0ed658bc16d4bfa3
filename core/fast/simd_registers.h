// Included once per instruction set (Highway's foreach_target): names of registers and what every kernel does with
// them.
#if defined(NANOSCOPE_SIMD_REGISTERS) == defined(HWY_TARGET_TOGGLE)
#ifdef NANOSCOPE_SIMD_REGISTERS
#undef NANOSCOPE_SIMD_REGISTERS
#else
#define NANOSCOPE_SIMD_REGISTERS
#endif

#include "core/fast/tile_run.h"

#include <hwy/highway.h>

// Code of a target starts and ends with these. Highway's AVX3_DL leaves out GFNI and VNNI, which every
// processor with the rest of it has.
#undef NANOSCOPE_TARGET_BEGIN
#undef NANOSCOPE_TARGET_END
#if HWY_TARGET == HWY_AVX3_DL
#define NANOSCOPE_TARGET_BEGIN HWY_PUSH_ATTRIBUTES(HWY_TARGET_STR ",gfni,avx512vnni")
#define NANOSCOPE_TARGET_END HWY_POP_ATTRIBUTES
#elif defined(HWY_TARGET_STR)
#define NANOSCOPE_TARGET_BEGIN HWY_PUSH_ATTRIBUTES(HWY_TARGET_STR)
#define NANOSCOPE_TARGET_END HWY_POP_ATTRIBUTES
#else
#define NANOSCOPE_TARGET_BEGIN
#define NANOSCOPE_TARGET_END
#endif

#if HWY_TARGET != HWY_SCALAR
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using FloatTag = hn::CappedTag<float, 16>;
using WordTag = hn::RebindToUnsigned<FloatTag>;
using IntTag = hn::RebindToSigned<FloatTag>;
using HalfTag = hn::Repartition<std::uint16_t, FloatTag>;
using LongTag = hn::Repartition<std::uint64_t, FloatTag>;
using DoubleTag = hn::Repartition<double, FloatTag>;
using ByteTag = hn::Repartition<std::uint8_t, FloatTag>;
using Floats = hn::Vec<FloatTag>;
using Words = hn::Vec<WordTag>;
using Doubles = hn::Vec<DoubleTag>;
using Bytes = hn::Vec<ByteTag>;
using WordMask = hn::Mask<WordTag>;

/// Floats of a register.
inline constexpr std::size_t kWidth = HWY_LANES(float);
/// Registers that hold 16 floats, one per virtual lane of a sum; and 16 doubles.
inline constexpr std::size_t kFloatParts = 16 / kWidth;
inline constexpr std::size_t kDoubleParts = 2 * kFloatParts;

HWY_INLINE Floats asFloats(Words bits)
{
    return hn::BitCast(FloatTag(), bits);
}

HWY_INLINE Words asWords(Floats values)
{
    return hn::BitCast(WordTag(), values);
}

HWY_INLINE Words setWords(std::uint32_t bits)
{
    return hn::Set(WordTag(), bits);
}

HWY_INLINE Floats setFloats(float value)
{
    return hn::Set(FloatTag(), value);
}

HWY_INLINE Words loadWords(const std::uint32_t* words)
{
    return hn::Load(WordTag(), words);
}

HWY_INLINE Words magnitudeOf(Words bits)
{
    return hn::And(bits, setWords(0x7FFFFFFFU));
}

HWY_INLINE Words loadMagnitudes(const float* HWY_RESTRICT values)
{
    return magnitudeOf(asWords(hn::LoadU(FloatTag(), values)));
}

/// a < b for numbers below 2^31.
HWY_INLINE WordMask isBelow(Words a, Words b)
{
    return hn::RebindMask(WordTag(), hn::Lt(hn::BitCast(IntTag(), a), hn::BitCast(IntTag(), b)));
}

HWY_INLINE std::uint64_t sumOf(Words words)
{
    return hn::GetLane(hn::SumOfLanes(WordTag(), words));
}

/// Adds 1 where the mask is set.
HWY_INLINE Words countWhere(Words count, WordMask mask)
{
#if HWY_TARGET <= HWY_AVX3
    return Words{_mm512_mask_add_epi32(count.raw, mask.raw, count.raw, _mm512_set1_epi32(1))};
#else
    return hn::Sub(count, hn::VecFromMask(WordTag(), mask));
#endif
}

/// The power of two at or below each number, times 1.5.
HWY_INLINE Floats middleOfOctave(Words magnitudes)
{
    const Words exponent = setWords(0x7F800000U);
    const Words half = setWords(0x00400000U);
#if HWY_TARGET <= HWY_AVX3  // hn::OrAnd() would copy the constant first
    return asFloats(Words{_mm512_ternarylogic_epi32(magnitudes.raw, exponent.raw, half.raw, 0xEA)});
#else
    return asFloats(hn::Or(hn::And(magnitudes, exponent), half));
#endif
}

/// Of 16 words, that which each lane names.
HWY_INLINE Words lookUp16(const std::uint32_t* words, Words index)
{
#if HWY_TARGET <= HWY_AVX3
    return Words{_mm512_permutexvar_epi32(index.raw, _mm512_load_si512(words))};
#else
    return hn::GatherIndex(WordTag(), words, hn::BitCast(IntTag(), index));
#endif
}

/// Block of the elements in register i of a step.
/// @param element  the step's first
template <std::size_t kBlock> HWY_INLINE std::size_t blockOf(std::size_t element, std::size_t i)
{
    return element / kBlock + i * kWidth / kBlock;  // a step starts a block, or is shorter than one
}

/// The larger magnitude of each lane; `largest` is one already.
HWY_INLINE Floats largerMagnitude(Floats largest, Floats values)
{
#if HWY_TARGET <= HWY_AVX3
    return Floats{_mm512_range_ps(largest.raw, values.raw, 0xB)};  // maximum of magnitudes, sign cleared
#else
    return hn::Max(largest, hn::Abs(values));
#endif
}

/// Sum of squared errors of a chunk in its 16 lanes.
struct ErrorLanes {
    Doubles lanes[kDoubleParts];

    HWY_INLINE void load(const ChunkSums& sums)
    {
        for (std::size_t part = 0; part < kDoubleParts; ++part)
            lanes[part] = hn::Load(DoubleTag(), &sums.squaredError[part * HWY_LANES(double)]);
    }
    HWY_INLINE void store(ChunkSums& sums) const
    {
        for (std::size_t part = 0; part < kDoubleParts; ++part)
            hn::Store(lanes[part], DoubleTag(), &sums.squaredError[part * HWY_LANES(double)]);
    }
    /// Adds the squares of the errors of a tile, which are exact in double.
    template <std::size_t kBlock> HWY_INLINE void addTile(const float* HWY_RESTRICT errors)
    {
        const DoubleTag d;
        const hn::Half<FloatTag> half;
        for (std::size_t first = 0; first < kTileElements; first += kBlock) {
            Doubles block[kDoubleParts];
            for (std::size_t part = 0; part < kDoubleParts; ++part)
                for (std::size_t i = part * HWY_LANES(double); i < kBlock; i += 16) {
                    const Doubles error = hn::PromoteTo(d, hn::Load(half, errors + first + i));
                    block[part] = i < 16 ? hn::Mul(error, error) : hn::MulAdd(error, error, block[part]);
                }
            for (std::size_t part = 0; part < kDoubleParts; ++part)
                lanes[part] = hn::Add(lanes[part], block[part]);
        }
    }
};

/// Sums that live in registers while tiles follow each other.
struct RunningSums {
    ErrorLanes errors;
    Floats maximum;  ///< largest magnitude of an error
    Words clipped;
    Words beyond;  ///< bit 31: among the elements of a lane, in the tile at hand, is a clipped one

    HWY_INLINE void open(const ChunkSums& sums)
    {
        errors.load(sums);
        maximum = hn::Zero(FloatTag());
        clipped = hn::Zero(WordTag());
        beyond = hn::Zero(WordTag());
    }
    HWY_INLINE void close(ChunkSums& sums) const
    {
        errors.store(sums);
        const auto largest = static_cast<double>(hn::GetLane(hn::MaxOfLanes(FloatTag(), maximum)));
        sums.maximumError = sums.maximumError < largest ? largest : sums.maximumError;
        sums.clipped += sumOf(clipped);
    }
};

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET != HWY_SCALAR

#endif
