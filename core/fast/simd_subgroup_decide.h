// Included once per instruction set (Highway's foreach_target): what scores of subgroups leave open, decided in double.
#if defined(NANOSCOPE_SIMD_SUBGROUP_DECIDE) == defined(HWY_TARGET_TOGGLE)
#ifdef NANOSCOPE_SIMD_SUBGROUP_DECIDE
#undef NANOSCOPE_SIMD_SUBGROUP_DECIDE
#else
#define NANOSCOPE_SIMD_SUBGROUP_DECIDE
#endif

#include "core/fast/simd_subgroup_pick.h"

#include <bit>
#include <cstring>
#include <limits>

#if HWY_TARGET == HWY_AVX3_DL
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

/// Sums of eight doubles each, added as reference_sum.h adds eight partial sums.
HWY_INLINE __m256d sumsOfEight(const __m512d* t)
{
    const __m512d ab = _mm512_add_pd(_mm512_unpacklo_pd(t[0], t[1]), _mm512_unpackhi_pd(t[0], t[1]));
    const __m512d cd = _mm512_add_pd(_mm512_unpacklo_pd(t[2], t[3]), _mm512_unpackhi_pd(t[2], t[3]));
    const __m512d fours = _mm512_add_pd(_mm512_shuffle_f64x2(ab, cd, 0x88), _mm512_shuffle_f64x2(ab, cd, 0xDD));
    return _mm256_add_pd(_mm512_castpd512_pd256(_mm512_shuffle_f64x2(fours, fours, 0x08)),
        _mm512_castpd512_pd256(_mm512_shuffle_f64x2(fours, fours, 0x0D)));
}

/// What rounds the elements of one block.
struct SubgroupRounding {
    __m512 smallest;
    __m512 steps;
    __m512 largest;
    __m512 power;
    __m512 inversePower;

    HWY_INLINE SubgroupRounding(const SubgroupTables& tables, std::uint32_t exponent)
        : smallest(_mm512_castsi512_ps(_mm512_set1_epi32(static_cast<int>(tables.smallest))))
        , steps(_mm512_set1_ps(tables.steps))
        , largest(_mm512_set1_ps(tables.largest))
        , power(_mm512_set1_ps(powerOfTwo(exponent)))
        , inversePower(_mm512_set1_ps(powerOfTwo(254 - exponent)))
    {
    }

    /// Squares of the errors of sixteen elements, eight in each of two registers.
    /// @param unit, inverse  what tables say for the slot of each element
    HWY_INLINE void squares(__m512 values, __m512 unit, __m512 inverse, __m512d* result) const
    {
        const __m512 scale = _mm512_mul_ps(unit, power);
        const __m512 x = _mm512_abs_ps(values);
        const __m512 scaled = quotient(Floats{x}, Floats{scale}, Floats{_mm512_mul_ps(inverse, inversePower)}).raw;
        const __m512 middle = middleOfOctave(Words{_mm512_castps_si512(_mm512_max_ps(scaled, smallest))}).raw;
        const __m512 sum = _mm512_fmadd_ps(middle, steps, scaled);
        const __m512 level = _mm512_min_ps(_mm512_fnmadd_ps(middle, steps, sum), largest);
        const __m512 error = _mm512_fnmadd_ps(level, scale, x);
        const __m512d low = _mm512_cvtps_pd(_mm512_castps512_ps256(error));
        const __m512d high = _mm512_cvtps_pd(_mm512_extractf32x8_ps(error, 1));
        result[0] = _mm512_mul_pd(low, low);
        result[1] = _mm512_mul_pd(high, high);
    }
};

/// The first micro-scale of the smallest cost of a subgroup; all are measured, two to a register.
HWY_INLINE std::uint32_t decideSubgroup(
    const SearchFormat& format, const float* HWY_RESTRICT x, std::uint32_t exponent, std::size_t offset)
{
    const SubgroupRounding rounding(format.subgroups, exponent);
    const __m512 twice = _mm512_broadcast_f32x8(_mm256_loadu_ps(x));
    const __m512 units = _mm512_load_ps(format.subgroups.unit.data());
    const __m512 inverses = _mm512_load_ps(format.subgroups.inverse.data());
    const std::size_t last = (format.micros - 1) * format.ladders + offset;
    auto best = static_cast<std::uint32_t>(offset);
    double bestCost = std::numeric_limits<double>::infinity();
    for (std::size_t first = offset; first <= last; first += 4 * format.ladders) {
        __m512d squares[4];
        std::size_t slots[4];
        for (std::size_t i = 0; i < 4; ++i)
            slots[i] = std::min(first + i * format.ladders, last);
        for (std::size_t i = 0; i < 4; i += 2) {
            const __m512i pair = _mm512_inserti64x4(
                _mm512_set1_epi32(static_cast<int>(slots[i])), _mm256_set1_epi32(static_cast<int>(slots[i + 1])), 1);
            rounding.squares(
                twice, _mm512_permutexvar_ps(pair, units), _mm512_permutexvar_ps(pair, inverses), squares + i);
        }
        alignas(32) double costs[4];
        _mm256_store_pd(costs, sumsOfEight(squares));
        for (std::size_t i = 0; i < 4; ++i) {
            best = costs[i] < bestCost ? static_cast<std::uint32_t>(slots[i]) : best;
            bestCost = std::min(costs[i], bestCost);
        }
    }
    return best;
}

/// What the subgroups of a block take under one offset.
HWY_INLINE SubgroupChoice decideUnder(
    const SearchFormat& format, const float* HWY_RESTRICT x, std::uint32_t exponent, std::size_t offset)
{
    const SubgroupRounding rounding(format.subgroups, exponent);
    __m256d best = _mm256_set1_pd(std::numeric_limits<double>::infinity());
    __m256i bestSlots = _mm256_setzero_si256();
    for (std::size_t micro = 0; micro < format.micros; ++micro) {
        const std::size_t slot = micro * format.ladders + offset;
        const __m512 unit = _mm512_set1_ps(format.subgroups.unit[slot]);
        const __m512 inverse = _mm512_set1_ps(format.subgroups.inverse[slot]);
        __m512d squares[4];
        for (std::size_t i = 0; i < 2; ++i)
            rounding.squares(_mm512_loadu_ps(x + 16 * i), unit, inverse, squares + 2 * i);
        const __m256d costs = sumsOfEight(squares);
        const __mmask8 isBetter = _mm256_cmp_pd_mask(costs, best, _CMP_LT_OQ);
        best = _mm256_min_pd(best, costs);
        bestSlots = _mm256_mask_mov_epi64(bestSlots, isBetter, _mm256_set1_epi64x(static_cast<long long>(slot)));
    }
    alignas(32) double costs[kSearchSubgroups];
    _mm256_store_pd(costs, best);
    SubgroupChoice choice;
    _mm_storeu_si128(reinterpret_cast<__m128i*>(choice.slot), _mm256_cvtepi64_epi32(bestSlots));
    choice.offset = static_cast<std::uint32_t>(offset);
    choice.cost = ((costs[0] + costs[1]) + costs[2]) + costs[3];
    return choice;
}

/// The first offset of the smallest cost of a block among those wanted, one bit each.
HWY_INLINE SubgroupChoice decideBlockOf(
    const SearchFormat& format, const float* HWY_RESTRICT x, std::uint32_t exponent, std::uint32_t wanted)
{
    SubgroupChoice best{{}, 0, std::numeric_limits<double>::infinity()};
    for (; wanted != 0; wanted &= wanted - 1) {
        const SubgroupChoice choice
            = decideUnder(format, x, exponent, static_cast<std::size_t>(std::countr_zero(wanted)));
        if (choice.cost < best.cost)
            best = choice;
    }
    return best;
}

/// Measures what the scores of a tile leave open.
HWY_INLINE void decideOpen(const SearchFormat& format, const float* HWY_RESTRICT values, const std::uint32_t* maxima,
    const TileScale& scale, SubgroupLanes& lanes)
{
    std::uint64_t open = 0;
    std::memcpy(&open, lanes.open, sizeof(open));
    for (; open != 0; open &= open - 1) {
        const auto bit = static_cast<std::size_t>(std::countr_zero(open));
        const std::size_t reg = bit / 16;
        const std::size_t lane = bit % 16;
        const std::size_t block = 4 * reg + kBlockOfLane[lane];
        if (maxima[block] != 0)
            lanes.slot[reg][lane] = decideSubgroup(format, values + block * kSearchBlock + 8 * kSubgroupOfLane[lane],
                scale.exponent[block], lanes.offset[reg][lane]);
    }
    const auto decide = [&](std::size_t block, std::uint32_t wanted) {
        if (maxima[block] != 0)
            lanes.keep(block, decideBlockOf(format, values + block * kSearchBlock, scale.exponent[block], wanted));
    };
    for (std::uint32_t totals = lanes.openBlocks; totals != 0; totals &= totals - 1) {
        const auto total = static_cast<std::size_t>(std::countr_zero(totals));
        std::uint32_t wanted = 0;
        for (std::size_t offset = 0; offset < format.ladders; ++offset)
            wanted |= (static_cast<std::uint32_t>(lanes.openOffset[offset]) >> total & 1U) << offset;
        decide(kBlockOfTotal[total], wanted);
    }
    for (std::uint32_t blocks = lanes.unscored; blocks != 0; blocks &= blocks - 1)
        decide(static_cast<std::size_t>(std::countr_zero(blocks)), (1U << format.ladders) - 1);
}

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET == HWY_AVX3_DL

#endif
