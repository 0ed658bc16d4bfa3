// Included once per instruction set (Highway's foreach_target): what the blocks of a searched format take.
#if defined(NANOSCOPE_SIMD_SEARCH_CHOOSE) == defined(HWY_TARGET_TOGGLE)
#ifdef NANOSCOPE_SIMD_SEARCH_CHOOSE
#undef NANOSCOPE_SIMD_SEARCH_CHOOSE
#else
#define NANOSCOPE_SIMD_SEARCH_CHOOSE
#endif

#include "core/fast/simd_search_score.h"

#include <algorithm>
#include <bit>
#include <limits>

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

/// What scores leave open in a tile.
struct OpenBlocks {
    OpenChoices choices;
    std::uint32_t blocks;  ///< those with several choices that may be the best
};

/// Decides the open blocks. Apart from the scoring, so that what this waits for overlaps from tile to tile.
HWY_INLINE void decideBlocks(const SearchFormat& format, const float* HWY_RESTRICT values, const TileScale& scale,
    const OpenBlocks& open, std::uint32_t* slots)
{
    for (std::uint32_t blocks = open.blocks; blocks != 0; blocks &= blocks - 1) {
        const auto block = static_cast<std::size_t>(std::countr_zero(blocks));
        slots[block] = decideBlock(format, values + block * kSearchBlock, scale.exponent[block], &open.choices, block);
    }
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

/// Slots of the blocks of a tile, as far as scores tell.
HWY_INLINE void chooseBlocks(const SearchFormat& format, const float* HWY_RESTRICT values, const std::uint32_t* maxima,
    const TileScale& scale, std::uint32_t* slots, OpenBlocks& open)
{
    open.blocks = 0;
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
    const __mmask16 isZero = _mm512_cmpeq_epi32_mask(_mm512_load_si512(maxima), _mm512_setzero_si512());
    _mm512_store_si512(slots, _mm512_mask_mov_epi32(best.slot, isZero, _mm512_set1_epi32(format.order[0])));
    open.blocks = openBlocks(format, maxima, scores, best, open.choices) & ~static_cast<std::uint32_t>(isZero);
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
    const TileScale& scale, std::uint32_t* slots, OpenBlocks& open)
{
    open.blocks = 0;
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