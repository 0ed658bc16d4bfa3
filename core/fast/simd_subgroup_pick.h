// Included once per instruction set (Highway's foreach_target): which micro-scales subgroups of 8 take and which
// exponent offset their blocks do, as far as scores tell.
#if defined(NANOSCOPE_SIMD_SUBGROUP_PICK) == defined(HWY_TARGET_TOGGLE)
#ifdef NANOSCOPE_SIMD_SUBGROUP_PICK
#undef NANOSCOPE_SIMD_SUBGROUP_PICK
#else
#define NANOSCOPE_SIMD_SUBGROUP_PICK
#endif

#include "core/fast/simd_subgroup_score.h"

#if HWY_TARGET == HWY_AVX3_DL
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

/// Blocks in the order in which blockTotals() leaves them.
inline constexpr std::array<std::uint8_t, 16> kBlockOfTotal{0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15};
/// Where the blocks of a register's lanes stand in that order, for each register.
alignas(64) inline constexpr std::array<LaneTable, kLaneRegisters> kTotalOfLane = [] {
    std::array<LaneTable, kLaneRegisters> places{};
    for (std::uint32_t total = 0; total < kBlockOfTotal.size(); ++total)
        for (std::size_t g = 0; g < kSearchSubgroups; ++g) {
            const LanePlace at = placeOf(kBlockOfTotal[total], g);
            places[at.reg][at.lane] = total;
        }
    return places;
}();

/// What scores say, lanes being subgroups, and what they leave open.
struct alignas(64) SubgroupLanes {
    std::uint32_t slot[kLaneRegisters][16];
    std::uint32_t offset[kLaneRegisters][16];
    alignas(8) std::uint16_t open[kLaneRegisters];         ///< subgroups: their micro-scale
    std::uint16_t openOffset[SearchFormat::kMostLadders];  ///< blocks in the order of totals: this offset
    std::uint16_t openBlocks;                              ///< those with several open offsets
    std::uint32_t unscored;                                ///< blocks

    HWY_INLINE void keep(std::size_t block, const SubgroupChoice& choice)
    {
        for (std::size_t g = 0; g < kSearchSubgroups; ++g) {
            const LanePlace at = placeOf(block, g);
            slot[at.reg][at.lane] = choice.slot[g];
            offset[at.reg][at.lane] = choice.offset;
        }
    }
};

/// Sums over the four subgroups of each block of a tile, see kBlockOfTotal.
HWY_INLINE __m512i blockTotals(const __m512i* lanes)
{
    const auto pairs = [](__m512i a, __m512i b) {
        const __m512 first = _mm512_castsi512_ps(a);
        const __m512 second = _mm512_castsi512_ps(b);
        return _mm512_add_epi32(_mm512_castps_si512(_mm512_shuffle_ps(first, second, 0x88)),
            _mm512_castps_si512(_mm512_shuffle_ps(first, second, 0xDD)));
    };
    const __m512i lower = pairs(lanes[0], lanes[1]);
    const __m512i upper = pairs(lanes[2], lanes[3]);
    return _mm512_add_epi32(_mm512_shuffle_i32x4(lower, upper, 0x88), _mm512_shuffle_i32x4(lower, upper, 0xDD));
}

/// How far above the best key another one may lie and still be of the best cost, from an upper bound of W0 / 32:
/// (2 sqrt(n W0) + n) / 32, and what the number of a micro-scale adds.
/// @param root  a little above sqrt(n / 8)
HWY_INLINE __m512i marginOf(__m512i bound, float root)
{
    const __m512 w = _mm512_max_ps(_mm512_cvtepi32_ps(bound), _mm512_set1_ps(1.0F));
    const __m512 rootOfBound = _mm512_mul_ps(w, _mm512_rsqrt14_ps(w));
    return _mm512_cvtps_epi32(_mm512_fmadd_ps(rootOfBound, _mm512_set1_ps(root), _mm512_set1_ps(9.0F)));
}

/// Numbers of slots from those of micro-scales.
template <std::size_t kLadders> HWY_INLINE __m512i firstSlots(__m512i micros)
{
    if constexpr (kLadders == 1)
        return micros;
    const __m512i twice = _mm512_add_epi32(micros, micros);
    if constexpr (kLadders == 2)
        return twice;
    return _mm512_add_epi32(twice, kLadders == 3 ? micros : twice);
}

inline constexpr float kRootOfMargin = 1.003F;

/// The offsets of the blocks of a tile, in the order of totals.
template <std::size_t kLadders> HWY_INLINE __m512i pickOffsets(const LaneKeys* keys, SubgroupLanes& lanes)
{
    __m512i totals[kLadders];
    __m512i part[kLaneRegisters];
    for (std::size_t offset = 0; offset < kLadders; ++offset) {
        for (std::size_t reg = 0; reg < kLaneRegisters; ++reg)
            part[reg] = _mm512_andnot_si512(_mm512_set1_epi32(7), keys[reg].ofOffset[offset].best);
        totals[offset] = blockTotals(part);
    }
    for (std::size_t reg = 0; reg < kLaneRegisters; ++reg)
        part[reg] = keys[reg].rest;
    __m512i total = totals[0];
    __m512i offsets = _mm512_setzero_si512();
    for (std::size_t offset = 1; offset < kLadders; ++offset) {
        const __mmask16 isBetter = _mm512_cmplt_epi32_mask(totals[offset], total);
        total = _mm512_min_epi32(total, totals[offset]);
        offsets = _mm512_mask_mov_epi32(offsets, isBetter, _mm512_set1_epi32(static_cast<int>(offset)));
    }
    const __m512i bound = _mm512_add_epi32(total, blockTotals(part));
    const __m512i limit = _mm512_add_epi32(total, marginOf(bound, 2 * kRootOfMargin));
    __mmask16 one = 0;
    __mmask16 several = 0;
    for (std::size_t offset = 0; offset < kLadders; ++offset) {
        const __mmask16 isOpen = _mm512_cmple_epi32_mask(totals[offset], limit);
        several = static_cast<__mmask16>(several | (one & isOpen));
        one = static_cast<__mmask16>(one | isOpen);
        lanes.openOffset[offset] = isOpen;
    }
    lanes.openBlocks = several;
    return offsets;
}

/// The slots of the subgroups of a tile under the offsets of their blocks. Step by step for all registers: each waits
/// for several cycles.
template <std::size_t kLadders>
HWY_INLINE void pickSlots(const LaneKeys* keys, __m512i offsetOfTotal, SubgroupLanes& lanes)
{
    const __m512i number = _mm512_set1_epi32(7);
    __m512i offsets[kLaneRegisters];
    BestKey chosen[kLaneRegisters];
    for (std::size_t reg = 0; reg < kLaneRegisters; ++reg) {
        offsets[reg] = _mm512_permutexvar_epi32(_mm512_load_si512(kTotalOfLane[reg].data()), offsetOfTotal);
        chosen[reg] = keys[reg].ofOffset[0];
    }
    for (std::size_t offset = 1; offset < kLadders; ++offset)
        for (std::size_t reg = 0; reg < kLaneRegisters; ++reg) {
            const __mmask16 isChosen
                = _mm512_cmpeq_epi32_mask(offsets[reg], _mm512_set1_epi32(static_cast<int>(offset)));
            const BestKey& other = keys[reg].ofOffset[offset];
            chosen[reg].best = _mm512_mask_mov_epi32(chosen[reg].best, isChosen, other.best);
            chosen[reg].second = _mm512_mask_mov_epi32(chosen[reg].second, isChosen, other.second);
        }
    __m512i best[kLaneRegisters];
    __m512i margin[kLaneRegisters];
    for (std::size_t reg = 0; reg < kLaneRegisters; ++reg) {
        best[reg] = _mm512_andnot_si512(number, chosen[reg].best);
        margin[reg] = marginOf(_mm512_add_epi32(best[reg], keys[reg].rest), kRootOfMargin);
    }
    for (std::size_t reg = 0; reg < kLaneRegisters; ++reg) {
        const __m512i firsts = firstSlots<kLadders>(_mm512_and_si512(chosen[reg].best, number));
        _mm512_store_si512(lanes.slot[reg], _mm512_add_epi32(firsts, offsets[reg]));
        _mm512_store_si512(lanes.offset[reg], offsets[reg]);
    }
    for (std::size_t reg = 0; reg < kLaneRegisters; ++reg)
        lanes.open[reg] = _mm512_cmple_epi32_mask(chosen[reg].second, _mm512_add_epi32(best[reg], margin[reg]));
}

template <std::size_t kLadders> HWY_INLINE void pickTile(const LaneKeys* keys, SubgroupLanes& lanes)
{
    pickSlots<kLadders>(keys, pickOffsets<kLadders>(keys, lanes), lanes);
}

/// What the blocks and subgroups of a tile take by their scores.
HWY_INLINE void pickSubgroups(
    const SearchFormat& format, const LaneKeys* keys, const std::uint32_t* maxima, SubgroupLanes& lanes)
{
    if (format.ladders == 1)
        pickTile<1>(keys, lanes);
    else if (format.ladders == 2)
        pickTile<2>(keys, lanes);
    else if (format.ladders == 3)
        pickTile<3>(keys, lanes);
    else
        pickTile<4>(keys, lanes);
    // Those with an element that rounds to 2^14.
    const __m512i mantissa = _mm512_and_si512(_mm512_load_si512(maxima), _mm512_set1_epi32(0x007FFFFF));
    lanes.unscored = _mm512_cmpge_epi32_mask(mantissa, _mm512_set1_epi32(0x007FFE00));
}

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET == HWY_AVX3_DL

#endif
