// Included once per instruction set (Highway's foreach_target): choosing among the candidates of searched formats.
#if defined(NANOSCOPE_SIMD_SEARCH_SCORE) == defined(HWY_TARGET_TOGGLE)
#ifdef NANOSCOPE_SIMD_SEARCH_SCORE
#undef NANOSCOPE_SIMD_SEARCH_SCORE
#else
#define NANOSCOPE_SIMD_SEARCH_SCORE
#endif

#include "core/fast/simd_search.h"

#include <bit>
#include <limits>

// Candidates are scored in fixed point first; those whose scores leave it open which is the best are measured exactly.
//
// Why no choice differs from the reference's. Let x be the elements of a block in units of 2^-12 of the base scale and,
// for a candidate with micro-scale r, d(y) the distance of y from its ladder of levels (in units of r). Its cost is C =
// sum (r d(x_i / r))^2, its score is W = sum (r d(y_i))^2, where y_i is x_i rounded to an integer, times 2^15 / r
// rounded to an integer, over 2^15 rounded once more. Thus |r y_i - x_i| <= r (0.5 + f) + 0.5 =: e, where f < 0.5 is
// what rounding the factor does to the largest element (e = 0.5 for r = 1, where nothing is multiplied). The distance
// from a set changes by no more than its argument does; and every threshold is a whole number of bins of 2^9 units, so
// that the table gives the nearest level of y_i. Hence |r d(y_i) - r d(x_i / r)| <= e for each element, and by the
// triangle inequality |sqrt W - sqrt C| <= sqrt(n) e, n elements. If the smallest score is W0 and the best candidate
// has the score W, then sqrt W <= sqrt C + sqrt(n) e <= sqrt C0 + sqrt(n) e <= sqrt W0 + 2 sqrt(n) e: a candidate
// beyond that limit is not the best one, nor does it tie with it. Those up to it are measured by costOfBlock(), whose
// sums are those of the reference to the last bit, in the order of the search. For subgroups the same holds with n = 8
// within one of them and, because smallest costs and sums of squares keep the inequality, with n = 32 for the totals of
// the offsets. Two cases lie outside: an element that rounds to 2^15 (it is cut to 2^15 - 1) and sums beyond 31 bits;
// such blocks are measured whole. Rounding of scores to float32 is covered by the factors of the limit.

#if HWY_TARGET != HWY_SCALAR
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

/// Every candidate of every block is measured.
HWY_INLINE void measureBlocks(const SearchFormat& format, const float* HWY_RESTRICT values, const std::uint32_t* maxima,
    const TileScale& scale, std::uint32_t* slots)
{
    for (std::size_t block = 0; block < kSearchBlocks; ++block)
        slots[block] = maxima[block] == 0 || format.candidates == 1
            ? format.order[0]
            : decideBlock(format, values + block * kSearchBlock, scale.exponent[block], nullptr, block);
}

/// What the subgroups of a tile's blocks take; lanes are blocks.
struct alignas(64) SubgroupSlots {
    std::uint32_t slot[kSearchSubgroups][kTileWords];
    std::uint32_t offset[kTileWords];

    HWY_INLINE void keep(std::size_t block, const SubgroupChoice& choice)
    {
        for (std::size_t g = 0; g < kSearchSubgroups; ++g)
            slot[g][block] = choice.slot[g];
        offset[block] = choice.offset;
    }
};

HWY_INLINE void measureSubgroups(
    const SearchFormat& format, const float* HWY_RESTRICT values, const TileScale& scale, SubgroupSlots& slots)
{
    for (std::size_t block = 0; block < kSearchBlocks; ++block)
        slots.keep(
            block, decideSubgroups(format, values + block * kSearchBlock, scale.exponent[block], nullptr, block));
}

#if HWY_TARGET == HWY_AVX3_DL

// By hand: table look-up of bytes across two registers and products of 16-bit integers that saturate as they add up
// are not among Highway's operations.

/// The elements of a tile in fixed point: lane b of register i holds two of block b, those of a subgroup in registers
/// that registerOf() names.
struct FixedTile {
    __m512i pairs[16];
};

HWY_INLINE constexpr std::size_t registerOf(std::size_t subgroup, std::size_t i)
{
    return (subgroup & 1) * 8 + (i >> 1) * 4 + (subgroup >> 1) * 2 + (i & 1);
}

/// Sixteen registers of sixteen lanes, rows to columns.
HWY_INLINE void transpose(__m512i* r)
{
    __m512i t[16];
    for (std::size_t i = 0; i < 8; ++i) {
        t[2 * i] = _mm512_unpacklo_epi32(r[2 * i], r[2 * i + 1]);
        t[2 * i + 1] = _mm512_unpackhi_epi32(r[2 * i], r[2 * i + 1]);
    }
    for (std::size_t i = 0; i < 4; ++i) {
        r[4 * i] = _mm512_unpacklo_epi64(t[4 * i], t[4 * i + 2]);
        r[4 * i + 1] = _mm512_unpackhi_epi64(t[4 * i], t[4 * i + 2]);
        r[4 * i + 2] = _mm512_unpacklo_epi64(t[4 * i + 1], t[4 * i + 3]);
        r[4 * i + 3] = _mm512_unpackhi_epi64(t[4 * i + 1], t[4 * i + 3]);
    }
    for (std::size_t i = 0; i < 4; ++i) {
        t[i] = _mm512_shuffle_i32x4(r[i], r[i + 4], 0x88);
        t[i + 4] = _mm512_shuffle_i32x4(r[i], r[i + 4], 0xDD);
        t[i + 8] = _mm512_shuffle_i32x4(r[i + 8], r[i + 12], 0x88);
        t[i + 12] = _mm512_shuffle_i32x4(r[i + 8], r[i + 12], 0xDD);
    }
    for (std::size_t i = 0; i < 8; ++i) {
        r[i] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0x88);
        r[i + 8] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0xDD);
    }
}

HWY_INLINE void toFixedPoint(const float* HWY_RESTRICT values, const TileScale& scale, FixedTile& tile)
{
    for (std::size_t block = 0; block < kSearchBlocks; ++block) {
        const float* HWY_RESTRICT x = values + block * kSearchBlock;
        const __m512 factor = _mm512_set1_ps(scale.fixedFactor[block]);
        const __m512i low = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(x), factor));
        const __m512i high = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(x + 16), factor));
        tile.pairs[block] = _mm512_packs_epi32(low, high);
    }
    transpose(tile.pairs);
}

/// Sums of squared distances of some elements from each ladder.
template <std::size_t kLadders> struct LadderSums {
    __m512i sums[kLadders];
};

/// @param at  gives the register of the i-th pair of elements
template <std::size_t kLadders, bool kIsOne, typename At>
HWY_INLINE LadderSums<kLadders> distances(
    const SearchFormat& format, const FixedTile& tile, std::size_t micro, std::size_t pairs, const At& at)
{
    const __m512i factor = _mm512_set1_epi16(format.microFactor[micro]);
    __m512i lower[kLadders];
    __m512i upper[kLadders];
    LadderSums<kLadders> result;
    for (std::size_t ladder = 0; ladder < kLadders; ++ladder) {
        lower[ladder] = _mm512_load_si512(format.ladderLevels[ladder].data());
        upper[ladder] = _mm512_load_si512(format.ladderLevels[ladder].data() + 64);
        result.sums[ladder] = _mm512_setzero_si512();
    }
    for (std::size_t i = 0; i < pairs; ++i) {
        __m512i y = tile.pairs[at(i)];
        if constexpr (!kIsOne)
            y = _mm512_mulhrs_epi16(y, factor);
        const __m512i bin = _mm512_srli_epi16(y, 1);  // the upper byte of each element
        for (std::size_t ladder = 0; ladder < kLadders; ++ladder) {
            const __m512i level
                = _mm512_maskz_permutex2var_epi8(0xAAAAAAAAAAAAAAAAULL, lower[ladder], bin, upper[ladder]);
            const __m512i distance = _mm512_sub_epi16(y, level);
            result.sums[ladder] = _mm512_dpwssds_epi32(result.sums[ladder], distance, distance);
        }
    }
    return result;
}

/// The best of some scores and how near the next one comes; lanes are blocks.
struct BestScore {
    __m512 best;
    __m512 second;
    __m512i slot;

    HWY_INLINE void open()
    {
        best = _mm512_set1_ps(std::numeric_limits<float>::infinity());
        second = best;
        slot = _mm512_setzero_si512();
    }
    HWY_INLINE void take(__m512 score, std::size_t of)
    {
        const __mmask16 isBetter = _mm512_cmp_ps_mask(score, best, _CMP_LT_OQ);
        second = _mm512_min_ps(second, _mm512_max_ps(best, score));
        best = _mm512_min_ps(best, score);
        slot = _mm512_mask_mov_epi32(slot, isBetter, _mm512_set1_epi32(static_cast<int>(of)));
    }
};

/// Square root of a score, to 2^-14.
HWY_INLINE __m512 rootOf(__m512 score)
{
    const __m512 atLeastOne = _mm512_max_ps(score, _mm512_set1_ps(1.0F));
    return _mm512_mul_ps(atLeastOne, _mm512_rsqrt14_ps(atLeastOne));
}

/// (sqrt W + sqrt n (e0 + e))^2, not less: how far a score may lie above the best one, W, and still be the best cost.
/// @param own      e0 of the best score
/// @param other    e of the other one
HWY_INLINE __m512 limitOf(__m512 score, __m512 root, __m512 own, float other, float rootOfElements)
{
    const __m512 margin
        = _mm512_mul_ps(_mm512_add_ps(own, _mm512_set1_ps(other)), _mm512_set1_ps(1.003F * rootOfElements));
    const __m512 more = _mm512_fmadd_ps(_mm512_add_ps(root, root), margin, _mm512_mul_ps(margin, margin));
    return _mm512_fmadd_ps(score, _mm512_set1_ps(1.000001F), more);
}

/// Blocks whose scores say nothing: see the proof.
HWY_INLINE __mmask16 unscored(const std::uint32_t* maxima, __m512 limit)
{
    const __m512i mantissa = _mm512_and_si512(_mm512_load_si512(maxima), _mm512_set1_epi32(0x007FFFFF));
    return static_cast<__mmask16>(_mm512_cmpge_epi32_mask(mantissa, _mm512_set1_epi32(0x007FFF00))
        | _mm512_cmp_ps_mask(limit, _mm512_set1_ps(2.1e9F), _CMP_GE_OQ));
}

HWY_INLINE __m512 scoreOf(__m512i sum, float weight)
{
    return _mm512_mul_ps(_mm512_cvtepi32_ps(sum), _mm512_set1_ps(weight));
}

struct alignas(64) BlockScores {
    float score[SearchFormat::kMostSlots][kSearchBlocks];
};

template <std::size_t kLadders>
HWY_INLINE void scoreBlocks(const SearchFormat& format, const FixedTile& tile, BlockScores& scores, BestScore& best)
{
    const auto at = [](std::size_t i) { return i; };
    best.open();
    for (std::size_t micro = 0; micro < format.micros; ++micro) {
        const LadderSums<kLadders> sums = format.microFactor[micro] == 0
            ? distances<kLadders, true>(format, tile, micro, 16, at)
            : distances<kLadders, false>(format, tile, micro, 16, at);
        for (std::size_t ladder = 0; ladder < kLadders; ++ladder) {
            const std::size_t slot = micro * kLadders + ladder;
            const __m512 score = scoreOf(sums.sums[ladder], format.microWeight[micro]);
            _mm512_store_ps(scores.score[slot], score);
            best.take(score, slot);
        }
    }
}

/// Blocks with more than one choice that may be the best.
HWY_INLINE std::uint32_t openBlocks(const SearchFormat& format, const std::uint32_t* maxima, const BlockScores& scores,
    const BestScore& best, OpenChoices& open)
{
    constexpr float kRootOfElements = 5.65686F;  // of 32, not less
    const __m512 root = rootOf(best.best);
    const __m512 own = _mm512_permutexvar_ps(best.slot, _mm512_load_ps(format.deviation.data()));
    const __mmask16 all = unscored(maxima, limitOf(best.best, root, own, format.largestDeviation, kRootOfElements));
    __mmask16 one = 0;
    __mmask16 several = 0;
    for (std::size_t micro = 0; micro < format.micros; ++micro) {
        const std::size_t first = micro * format.ladders;
        const __m512 limit = limitOf(best.best, root, own, format.deviation[first], kRootOfElements);
        for (std::size_t slot = first; slot < first + format.ladders; ++slot) {
            const __mmask16 isOpen = static_cast<__mmask16>(
                all | _mm512_cmp_ps_mask(_mm512_load_ps(scores.score[slot]), limit, _CMP_LE_OQ));
            several = static_cast<__mmask16>(several | (one & isOpen));
            one = static_cast<__mmask16>(one | isOpen);
            open[slot] = isOpen;
        }
    }
    return several;
}

/// Slots of the blocks of a tile.
HWY_INLINE void chooseBlocks(const SearchFormat& format, const float* HWY_RESTRICT values, const std::uint32_t* maxima,
    const TileScale& scale, std::uint32_t* slots)
{
    if (!format.isScored || format.candidates == 1) {
        measureBlocks(format, values, maxima, scale, slots);
        return;
    }
    FixedTile tile;
    toFixedPoint(values, scale, tile);
    BlockScores scores;
    BestScore best;
    switch (format.ladders) {
    case 1:
        scoreBlocks<1>(format, tile, scores, best);
        break;
    case 2:
        scoreBlocks<2>(format, tile, scores, best);
        break;
    case 3:
        scoreBlocks<3>(format, tile, scores, best);
        break;
    default:
        scoreBlocks<4>(format, tile, scores, best);
    }
    OpenChoices open;
    std::uint32_t doubtful = openBlocks(format, maxima, scores, best, open);
    const __mmask16 isZero = _mm512_cmpeq_epi32_mask(_mm512_load_si512(maxima), _mm512_setzero_si512());
    _mm512_store_si512(slots, _mm512_mask_mov_epi32(best.slot, isZero, _mm512_set1_epi32(format.order[0])));
    for (doubtful &= ~static_cast<std::uint32_t>(isZero); doubtful != 0; doubtful &= doubtful - 1) {
        const auto block = static_cast<std::size_t>(std::countr_zero(doubtful));
        slots[block] = decideBlock(format, values + block * kSearchBlock, scale.exponent[block], &open, block);
    }
}

/// What subgroups come to under each offset.
template <std::size_t kLadders> struct OffsetBests {
    BestScore bests[kLadders][kSearchSubgroups];
};

template <std::size_t kLadders>
HWY_INLINE void scoreSubgroups(
    const SearchFormat& format, const FixedTile& tile, SubgroupScores& scores, OffsetBests<kLadders>& result)
{
    for (std::size_t g = 0; g < kSearchSubgroups; ++g) {
        const auto at = [g](std::size_t i) { return registerOf(g, i); };
        BestScore bests[kLadders];  // in registers, from micro-scale to micro-scale
        for (BestScore& best : bests)
            best.open();
        for (std::size_t micro = 0; micro < format.micros; ++micro) {
            const LadderSums<kLadders> sums = format.microFactor[micro] == 0
                ? distances<kLadders, true>(format, tile, micro, 4, at)
                : distances<kLadders, false>(format, tile, micro, 4, at);
            for (std::size_t ladder = 0; ladder < kLadders; ++ladder) {
                const std::size_t slot = micro * kLadders + ladder;
                const __m512 score = scoreOf(sums.sums[ladder], format.microWeight[micro]);
                _mm512_store_ps(scores.score[slot][g], score);
                bests[ladder].take(score, slot);
            }
        }
        for (std::size_t ladder = 0; ladder < kLadders; ++ladder)
            result.bests[ladder][g] = bests[ladder];
    }
}

/// What the scores leave open; bit b is block b.
struct OpenSubgroups {
    std::uint32_t offsets;                   ///< the offset itself
    std::uint32_t micros[kSearchSubgroups];  ///< the micro-scale under the offset of the best score
};

/// Slots by the scores.
template <std::size_t kLadders>
HWY_INLINE OpenSubgroups pickSubgroups(
    const SearchFormat& format, OffsetBests<kLadders>& offsets, SubgroupScores& scores, SubgroupSlots& slots)
{
    constexpr float kRootOfBlock = 5.65686F;     // of 32, not less
    constexpr float kRootOfSubgroup = 2.82843F;  // of 8, not less
    const float farthest = format.largestDeviation;
    const __m512 deviations = _mm512_load_ps(format.deviation.data());
    BestScore best;
    best.open();
    __mmask16 open[kLadders][kSearchSubgroups];
    for (std::size_t offset = 0; offset < kLadders; ++offset) {
        __m512 total = _mm512_setzero_ps();
        for (std::size_t g = 0; g < kSearchSubgroups; ++g) {
            const BestScore& own = offsets.bests[offset][g];
            const __m512 deviation = _mm512_permutexvar_ps(own.slot, deviations);
            const __m512 limit = limitOf(own.best, rootOf(own.best), deviation, farthest, kRootOfSubgroup);
            _mm512_store_ps(scores.limit[offset][g], limit);
            open[offset][g] = _mm512_cmp_ps_mask(own.second, limit, _CMP_LE_OQ);
            total = _mm512_add_ps(total, own.best);
        }
        _mm512_store_ps(scores.total[offset], total);
        best.take(total, offset);
    }
    const __m512 limit = limitOf(best.best, rootOf(best.best), _mm512_set1_ps(farthest), farthest, kRootOfBlock);
    _mm512_store_ps(scores.totalLimit, limit);
    _mm512_store_si512(slots.offset, best.slot);
    OpenSubgroups result{_mm512_cmp_ps_mask(best.second, limit, _CMP_LE_OQ), {}};
    for (std::size_t offset = 0; offset < kLadders; ++offset) {
        const __mmask16 isChosen = _mm512_cmpeq_epi32_mask(best.slot, _mm512_set1_epi32(static_cast<int>(offset)));
        for (std::size_t g = 0; g < kSearchSubgroups; ++g) {
            _mm512_mask_store_epi32(slots.slot[g], isChosen, offsets.bests[offset][g].slot);
            result.micros[g] |= static_cast<std::uint32_t>(isChosen & open[offset][g]);
        }
    }
    return result;
}

/// The first micro-scale of the smallest cost of a subgroup: all are measured, two at a time.
HWY_INLINE std::uint32_t decideSubgroup(
    const SearchFormat& format, const float* HWY_RESTRICT x, std::uint32_t exponent, std::size_t offset)
{
    const __m512 twice = _mm512_broadcast_f32x8(_mm256_loadu_ps(x));
    Levels levels = levelsOf(format, offset, exponent);
    const __m512 power = _mm512_set1_ps(powerOfTwo(exponent));
    const __m512 inverse = _mm512_set1_ps(powerOfTwo(254 - exponent));
    const std::size_t slots = format.micros * format.ladders;
    auto best = static_cast<std::uint32_t>(offset);
    double bestCost = std::numeric_limits<double>::infinity();
    for (std::size_t slot = offset; slot < slots; slot += 2 * format.ladders) {
        const std::size_t next = slot + format.ladders < slots ? slot + format.ladders : slot;
        const auto pair = [&](const SearchFormat::PerSlot<float>& values) {
            return _mm512_insertf32x8(_mm512_set1_ps(values[slot]), _mm256_set1_ps(values[next]), 1);
        };
        levels.scale = Floats{_mm512_mul_ps(pair(format.scale), power)};
        levels.inverse = Floats{_mm512_mul_ps(pair(format.inverse), inverse)};
        const __m512 error = nearestLevels<false>(Floats{twice}, levels).error.raw;
        const __m512d low = _mm512_cvtps_pd(_mm512_castps512_ps256(error));
        const __m512d high = _mm512_cvtps_pd(_mm512_extractf32x8_ps(error, 1));
        const Doubles squares[2] = {Doubles{_mm512_mul_pd(low, low)}, Doubles{_mm512_mul_pd(high, high)}};
        const double costs[2] = {sumOfEight(&squares[0]), sumOfEight(&squares[1])};
        best = costs[0] < bestCost ? static_cast<std::uint32_t>(slot) : best;
        bestCost = std::min(costs[0], bestCost);
        best = costs[1] < bestCost ? static_cast<std::uint32_t>(next) : best;
        bestCost = std::min(costs[1], bestCost);
    }
    return best;
}

template <std::size_t kLadders>
HWY_INLINE void chooseSubgroupsOf(const SearchFormat& format, const float* HWY_RESTRICT values,
    const std::uint32_t* maxima, const TileScale& scale, SubgroupSlots& slots)
{
    FixedTile tile;
    toFixedPoint(values, scale, tile);
    SubgroupScores scores;
    OffsetBests<kLadders> offsets;
    scoreSubgroups<kLadders>(format, tile, scores, offsets);
    const OpenSubgroups open = pickSubgroups<kLadders>(format, offsets, scores, slots);
    const std::uint32_t none = unscored(maxima, _mm512_load_ps(scores.totalLimit));
    const std::uint32_t whole = open.offsets | none;
    for (std::uint32_t blocks = whole; blocks != 0; blocks &= blocks - 1) {
        const auto block = static_cast<std::size_t>(std::countr_zero(blocks));
        const SubgroupScores* known = (none >> block & 1U) == 0 ? &scores : nullptr;
        slots.keep(block, decideSubgroups(format, values + block * kSearchBlock, scale.exponent[block], known, block));
    }
    for (std::size_t g = 0; g < kSearchSubgroups; ++g)
        for (std::uint32_t blocks = open.micros[g] & ~whole; blocks != 0; blocks &= blocks - 1) {
            const auto block = static_cast<std::size_t>(std::countr_zero(blocks));
            slots.slot[g][block] = decideSubgroup(
                format, values + block * kSearchBlock + 8 * g, scale.exponent[block], slots.offset[block]);
        }
}

/// Slots of the subgroups of a tile's blocks.
HWY_INLINE void chooseSubgroups(const SearchFormat& format, const float* HWY_RESTRICT values,
    const std::uint32_t* maxima, const TileScale& scale, SubgroupSlots& slots)
{
    if (!format.isScored)
        measureSubgroups(format, values, scale, slots);
    else if (format.ladders == 1)
        chooseSubgroupsOf<1>(format, values, maxima, scale, slots);
    else if (format.ladders == 2)
        chooseSubgroupsOf<2>(format, values, maxima, scale, slots);
    else if (format.ladders == 3)
        chooseSubgroupsOf<3>(format, values, maxima, scale, slots);
    else
        chooseSubgroupsOf<4>(format, values, maxima, scale, slots);
}

#else

HWY_INLINE void chooseBlocks(const SearchFormat& format, const float* HWY_RESTRICT values, const std::uint32_t* maxima,
    const TileScale& scale, std::uint32_t* slots)
{
    measureBlocks(format, values, maxima, scale, slots);
}

HWY_INLINE void chooseSubgroups(const SearchFormat& format, const float* HWY_RESTRICT values, const std::uint32_t*,
    const TileScale& scale, SubgroupSlots& slots)
{
    measureSubgroups(format, values, scale, slots);
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET != HWY_SCALAR

#endif
