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

/// Sixteens of blocks of a tile: as many as there are lanes for scores.
template <std::size_t kLength> inline constexpr std::size_t kSixteens = kTileElements / kLength / 16;
template <std::size_t kLength> using ScalesFor = BlockScales<kTileElements / kLength>;

/// Every candidate of every block is measured.
template <std::size_t kLength>
HWY_INLINE void measureBlocks(const SearchFormat& format, const float* HWY_RESTRICT values, const std::uint32_t* maxima,
    const ScalesFor<kLength>& scale, std::uint32_t* slots)
{
    for (std::size_t block = 0; block < kTileElements / kLength; ++block)
        slots[block] = maxima[block] == 0 || format.candidates == 1
            ? format.order[0]
            : decideBlock<kLength>(format, values + block * kLength, scale.exponent[block], nullptr, 0);
}

/// What scores leave open in sixteen blocks.
struct OpenBlocks {
    OpenChoices choices;
    std::uint32_t blocks;  ///< those with several choices that may be the best
};

/// Decides the open blocks. Apart from the scoring, so that what this waits for overlaps from tile to tile.
template <std::size_t kLength>
HWY_INLINE void decideBlocks(const SearchFormat& format, const float* HWY_RESTRICT values,
    const ScalesFor<kLength>& scale, const OpenBlocks* open, std::uint32_t* slots)
{
    for (std::size_t sixteen = 0; sixteen < kSixteens<kLength>; ++sixteen)
        for (std::uint32_t blocks = open[sixteen].blocks; blocks != 0; blocks &= blocks - 1) {
            const auto lane = static_cast<std::size_t>(std::countr_zero(blocks));
            const std::size_t block = 16 * sixteen + lane;
            slots[block] = decideBlock<kLength>(
                format, values + block * kLength, scale.exponent[block], &open[sixteen].choices, lane);
        }
}

/// What the blocks of a tile take.
template <std::size_t kBlocks> struct alignas(64) BlockSlots {
    std::uint32_t slot[1][kBlocks];
};

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
        slots.keep(block, decideSubgroups(format, values + block * kSearchBlock, scale.exponent[block]));
}

#if HWY_TARGET == HWY_AVX3_DL

struct alignas(64) BlockScores {
    float score[SearchFormat::kMostSlots][16];
};

template <std::size_t kLength, std::size_t kLadders>
HWY_INLINE void scoreBlocks(
    const SearchFormat& format, const FixedTile& tile, std::size_t sixteen, BlockScores& scores, BestScore& best)
{
    best.open();
    for (std::size_t micro = 0; micro < format.micros; ++micro) {
        const LadderSums<kLadders> sums = format.microFactor[micro] == 0
            ? distances<kLength, kLadders, true>(format, tile, sixteen, micro)
            : distances<kLength, kLadders, false>(format, tile, sixteen, micro);
        for (std::size_t ladder = 0; ladder < kLadders; ++ladder) {
            const std::size_t slot = micro * kLadders + ladder;
            const __m512 score = scoreOf(sums.sums[ladder], format.microWeight[micro]);
            _mm512_store_ps(scores.score[slot], score);
            best.take(score, slot);
        }
    }
}

/// Blocks with more than one choice that may be the best.
template <std::size_t kLength>
HWY_INLINE std::uint32_t openBlocks(const SearchFormat& format, const std::uint32_t* maxima, const BlockScores& scores,
    const BestScore& best, OpenChoices& open)
{
    constexpr float kRootOfElements = kLength == 16 ? 4.0F : 5.65686F;  // not less
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

/// Slots of sixteen blocks of a tile.
template <std::size_t kLength>
HWY_INLINE void chooseSixteen(const SearchFormat& format, const FixedTile& tile, std::size_t sixteen,
    const std::uint32_t* maxima, std::uint32_t* slots, OpenBlocks& open)
{
    BlockScores scores;
    BestScore best;
    switch (format.ladders) {
    case 1:
        scoreBlocks<kLength, 1>(format, tile, sixteen, scores, best);
        break;
    case 2:
        scoreBlocks<kLength, 2>(format, tile, sixteen, scores, best);
        break;
    case 3:
        scoreBlocks<kLength, 3>(format, tile, sixteen, scores, best);
        break;
    default:
        scoreBlocks<kLength, 4>(format, tile, sixteen, scores, best);
    }
    const __mmask16 isZero = _mm512_cmpeq_epi32_mask(_mm512_load_si512(maxima), _mm512_setzero_si512());
    _mm512_store_si512(slots, _mm512_mask_mov_epi32(best.slot, isZero, _mm512_set1_epi32(format.order[0])));
    open.blocks = openBlocks<kLength>(format, maxima, scores, best, open.choices) & ~static_cast<std::uint32_t>(isZero);
}

/// Slots of the blocks of a tile, as far as scores tell.
template <std::size_t kLength>
HWY_INLINE void chooseBlocks(const SearchFormat& format, const float* HWY_RESTRICT values, const std::uint32_t* maxima,
    const ScalesFor<kLength>& scale, std::uint32_t* slots, OpenBlocks* open)
{
    if (!format.isScored || format.candidates == 1) {
        for (std::size_t sixteen = 0; sixteen < kSixteens<kLength>; ++sixteen)
            open[sixteen].blocks = 0;
        measureBlocks<kLength>(format, values, maxima, scale, slots);
        return;
    }
    FixedTile tile;
    toFixedPoint<kLength>(values, scale, tile);
    for (std::size_t sixteen = 0; sixteen < kSixteens<kLength>; ++sixteen)
        chooseSixteen<kLength>(format, tile, sixteen, maxima + 16 * sixteen, slots + 16 * sixteen, open[sixteen]);
}

#else

template <std::size_t kLength>
HWY_INLINE void chooseBlocks(const SearchFormat& format, const float* HWY_RESTRICT values, const std::uint32_t* maxima,
    const ScalesFor<kLength>& scale, std::uint32_t* slots, OpenBlocks* open)
{
    for (std::size_t sixteen = 0; sixteen < kSixteens<kLength>; ++sixteen)
        open[sixteen].blocks = 0;
    measureBlocks<kLength>(format, values, maxima, scale, slots);
}

#endif

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET != HWY_SCALAR

#endif