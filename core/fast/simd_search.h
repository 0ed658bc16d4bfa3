// Included once per instruction set (Highway's foreach_target): nearest levels and exact costs of searched formats.
#if defined(NANOSCOPE_SIMD_SEARCH) == defined(HWY_TARGET_TOGGLE)
#ifdef NANOSCOPE_SIMD_SEARCH
#undef NANOSCOPE_SIMD_SEARCH
#else
#define NANOSCOPE_SIMD_SEARCH
#endif

#include "core/fast/search_format.h"
#include "core/fast/simd_registers.h"

#include <algorithm>
#include <bit>
#include <limits>

#if HWY_TARGET != HWY_SCALAR
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

inline constexpr std::size_t kSearchBlock = 32;
inline constexpr std::size_t kSearchBlocks = kTileElements / kSearchBlock;
inline constexpr std::size_t kSearchSubgroups = 4;

/// The levels that some elements may take: what a slot says, with the base exponent put in.
struct Levels {
    Floats scale;
    Floats inverse;
    Words smallest;
    Floats steps;
    Floats largest;
    Floats recycled;
    Words recycledFrom;
    Words recycledCount;
};

struct Nearest {
    Words magnitude;  ///< bits of |element / scale|
    Floats level;     ///< of its magnitude; the recycled one where that is nearer
    Floats error;     ///< exact
};

/// x / scale, rounded once. The fused remainder puts the product by the rounded reciprocal right (Markstein); the
/// tests try every mantissa. Elements whose quotient leaves the normal numbers are far below every threshold.
HWY_INLINE Floats quotient(Floats x, Floats scale, Floats inverse)
{
#if HWY_TARGET <= HWY_AVX2
    const Floats first = hn::Mul(x, inverse);
    return hn::MulAdd(hn::NegMulAdd(first, scale, x), inverse, first);
#else
    (void)inverse;
    return hn::Div(x, scale);
#endif
}

/// Thresholds times scales are float32 numbers, so that a quotient rounded once lies on a threshold only where the
/// exact one does. Errors are exact: a level is zero, at most twice its element, or below it on the same grid.
template <bool kRecycles> HWY_INLINE Nearest nearestLevels(Floats x, const Levels& levels)
{
    Nearest nearest;
    const Floats scaled = quotient(x, levels.scale, levels.inverse);
    nearest.magnitude = magnitudeOf(asWords(scaled));
    const Floats middle = middleOfOctave(hn::Max(nearest.magnitude, levels.smallest));
    const Floats sum = hn::MulAdd(middle, levels.steps, asFloats(nearest.magnitude));
    nearest.level = hn::Min(hn::NegMulAdd(middle, levels.steps, sum), levels.largest);
    if constexpr (kRecycles) {
        const auto isRecycled = hn::Lt(hn::Sub(asWords(scaled), levels.recycledFrom), levels.recycledCount);
        nearest.level = hn::IfThenElse(hn::RebindMask(FloatTag(), isRecycled), levels.recycled, nearest.level);
    }
    nearest.error = hn::NegMulAdd(nearest.level, levels.scale, hn::Abs(x));
    return nearest;
}

/// 2^(exponent - 127)
[[nodiscard]] inline float powerOfTwo(std::uint32_t exponent)
{
    return std::bit_cast<float>(exponent << 23);
}

HWY_INLINE Levels levelsOf(const SearchFormat& format, std::size_t slot, std::uint32_t exponent)
{
    return {setFloats(format.scale[slot] * powerOfTwo(exponent)),
        setFloats(format.inverse[slot] * powerOfTwo(254 - exponent)), setWords(format.smallest[slot]),
        setFloats(format.steps[slot]), setFloats(format.largest[slot]), setFloats(format.recycled[slot]),
        setWords(format.recycledFrom[slot]), setWords(format.recycledCount[slot])};
}

/// Doubles added as reference_sum.h adds eight partial sums.
HWY_INLINE double sumOfEight(const double* t)
{
    return ((t[0] + t[1]) + (t[2] + t[3])) + ((t[4] + t[5]) + (t[6] + t[7]));
}

inline constexpr std::size_t kEightParts = 8 / HWY_LANES(double);

/// The same of a register's lanes, or of several registers'.
HWY_INLINE double sumOfEight(const Doubles* parts)
{
#if HWY_TARGET <= HWY_AVX3
    const __m512d pairs = _mm512_add_pd(parts->raw, _mm512_permute_pd(parts->raw, 0x55));
    const __m512d fours = _mm512_add_pd(pairs, _mm512_permutex_pd(pairs, 0x4E));
    return _mm512_cvtsd_f64(_mm512_add_pd(fours, _mm512_shuffle_f64x2(fours, fours, 0x4E)));
#else
    HWY_ALIGN double sums[8];
    for (std::size_t part = 0; part < kEightParts; ++part)
        hn::Store(parts[part], DoubleTag(), sums + part * HWY_LANES(double));
    return sumOfEight(sums);
#endif
}

/// Squared error of a block of kLength elements under one choice, terms added as the reference adds them. Squares of
/// float32 errors are exact in double, fused or not.
template <std::size_t kLength> HWY_INLINE double costOfBlock(const float* HWY_RESTRICT x, const Levels& levels)
{
    const DoubleTag d;
    const hn::Half<FloatTag> half;
    Doubles lanes[kEightParts];
    for (std::size_t i = 0; i < kLength; i += kWidth) {
        const Floats error = nearestLevels<true>(hn::LoadU(FloatTag(), x + i), levels).error;
        const Doubles parts[2]
            = {hn::PromoteTo(d, hn::LowerHalf(half, error)), hn::PromoteTo(d, hn::UpperHalf(half, error))};
        for (std::size_t h = 0; h < 2; ++h) {
            const std::size_t first = i + h * HWY_LANES(double);
            const std::size_t part = first / HWY_LANES(double) % kEightParts;
            lanes[part] = first < 8 ? hn::Mul(parts[h], parts[h]) : hn::MulAdd(parts[h], parts[h], lanes[part]);
        }
    }
    return sumOfEight(lanes);
}

/// The same for the subgroups of 8 of a block.
HWY_INLINE void costsOfSubgroups(const float* HWY_RESTRICT x, const Levels& levels, double* costs)
{
    const DoubleTag d;
    const hn::Half<FloatTag> half;
    HWY_ALIGN double terms[kSearchBlock];
    for (std::size_t i = 0; i < kSearchBlock; i += kWidth) {
        const Floats error = nearestLevels<false>(hn::LoadU(FloatTag(), x + i), levels).error;
        const Doubles low = hn::PromoteTo(d, hn::LowerHalf(half, error));
        const Doubles high = hn::PromoteTo(d, hn::UpperHalf(half, error));
        hn::Store(hn::Mul(low, low), d, terms + i);
        hn::Store(hn::Mul(high, high), d, terms + i + HWY_LANES(double));
    }
    for (std::size_t g = 0; g < kSearchBlock / 8; ++g)
        costs[g] = sumOfEight(terms + 8 * g);
}

/// Base scales of a tile's blocks.
template <std::size_t kBlocks> struct alignas(64) BlockScales {
    std::uint32_t exponent[kBlocks];  ///< E8M0 code before the offset
    float fixedFactor[kBlocks];       ///< to fixed point: 2^kFixedBits over the scale
};
using TileScale = BlockScales<kSearchBlocks>;

/// Base scales from the maxima of blocks.
/// @return false: not all are such that codes hold them and nothing leaves the normal numbers
template <std::uint32_t kFixedBits, std::size_t kBlocks>
HWY_INLINE bool findScales(const SearchFormat& format, const std::uint32_t* maxima, BlockScales<kBlocks>& scale)
{
    const WordTag d;
    auto fits = hn::Eq(hn::Zero(d), hn::Zero(d));
    for (std::size_t i = 0; i < kBlocks; i += kWidth) {
        const Words maximum = loadWords(maxima + i);
        const Words mantissa = hn::And(maximum, setWords(0x007FFFFFU));
        const auto isZero = hn::Eq(maximum, hn::Zero(d));
        const Words bump = hn::IfThenZeroElse(isBelow(mantissa, setWords(format.bumpAbove)), setWords(1));
        const Words shift = setWords(static_cast<std::uint32_t>(format.exponentShift));
        const Words exponent = hn::Add(hn::ShiftRight<23>(maximum), hn::Add(bump, shift));
        const auto inside = hn::And(isBelow(setWords(format.smallestExponent - 1), exponent),
            isBelow(exponent, setWords(format.largestExponent + 1)));
        fits = hn::And(fits, hn::Or(isZero, inside));
        const Words taken = hn::IfThenElse(isZero, setWords(127), exponent);
        hn::Store(taken, d, scale.exponent + i);
        const Words factor = hn::ShiftLeft<23>(hn::Sub(setWords(254 + kFixedBits), taken));
        hn::Store(asFloats(factor), FloatTag(), scale.fixedFactor + i);
    }
    return hn::AllTrue(d, fits);
}

/// Blocks for which a choice may be the best, by slot; bit b is block b of sixteen.
using OpenChoices = std::array<std::uint16_t, SearchFormat::kMostSlots>;

/// The first choice of the smallest cost of a block. @param open  null: every choice is measured
template <std::size_t kLength>
HWY_INLINE std::uint32_t decideBlock(const SearchFormat& format, const float* HWY_RESTRICT x, std::uint32_t exponent,
    const OpenChoices* open, std::size_t block)
{
    std::uint32_t wanted = 0;  // without branches that depend on the data, as far as possible
    for (std::size_t c = 0; c < format.candidates; ++c)
        wanted |= (open != nullptr ? (*open)[format.order[c]] >> block & 1U : 1U) << c;
    std::uint32_t best = 0;
    double bestCost = std::numeric_limits<double>::infinity();
    for (; wanted != 0; wanted &= wanted - 1) {
        const std::uint32_t slot = format.order[static_cast<std::size_t>(std::countr_zero(wanted))];
        const double cost = costOfBlock<kLength>(x, levelsOf(format, slot, exponent));
        best = cost < bestCost ? slot : best;
        bestCost = std::min(cost, bestCost);
    }
    return best;
}

/// What the subgroups of a block take under one offset.
struct SubgroupChoice {
    std::uint32_t slot[kSearchSubgroups];
    std::uint32_t offset;
    double cost;
};

HWY_INLINE SubgroupChoice decideMicros(
    const SearchFormat& format, const float* HWY_RESTRICT x, std::uint32_t exponent, std::size_t offset)
{
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    SubgroupChoice choice;
    choice.offset = static_cast<std::uint32_t>(offset);
    double best[kSearchSubgroups] = {kInfinity, kInfinity, kInfinity, kInfinity};
    for (std::size_t micro = 0; micro < format.micros; ++micro) {
        const std::size_t slot = micro * format.ladders + offset;
        double costs[kSearchSubgroups];
        costsOfSubgroups(x, levelsOf(format, slot, exponent), costs);
        for (std::size_t g = 0; g < kSearchSubgroups; ++g)
            if (costs[g] < best[g]) {
                best[g] = costs[g];
                choice.slot[g] = static_cast<std::uint32_t>(slot);
            }
    }
    choice.cost = ((best[0] + best[1]) + best[2]) + best[3];
    return choice;
}

/// The first offset of the smallest cost, each subgroup with its first micro-scale of the smallest cost.
HWY_INLINE SubgroupChoice decideSubgroups(
    const SearchFormat& format, const float* HWY_RESTRICT x, std::uint32_t exponent)
{
    SubgroupChoice best;
    best.cost = std::numeric_limits<double>::infinity();
    for (std::size_t c = 0; c < format.candidates; ++c) {
        const SubgroupChoice choice = decideMicros(format, x, exponent, format.order[c]);
        if (choice.cost < best.cost)
            best = choice;
    }
    return best;
}

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET != HWY_SCALAR

#endif
