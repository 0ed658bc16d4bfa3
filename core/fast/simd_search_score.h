// Included once per instruction set (Highway's foreach_target): scores of the candidates of searched formats in fixed
// point.
#if defined(NANOSCOPE_SIMD_SEARCH_SCORE) == defined(HWY_TARGET_TOGGLE)
#ifdef NANOSCOPE_SIMD_SEARCH_SCORE
#undef NANOSCOPE_SIMD_SEARCH_SCORE
#else
#define NANOSCOPE_SIMD_SEARCH_SCORE
#endif

#include "core/fast/simd_search.h"

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
// triangle inequality |sqrt W - sqrt C| <= sqrt(n) e, n elements. If W0 is the smallest score, e0 its bound, and W that
// of the best candidate, then sqrt W <= sqrt C + sqrt(n) e <= sqrt C0 + sqrt(n) e <= sqrt W0 + sqrt(n) (e0 + e): a
// candidate beyond that limit is not the best one, nor does it tie with it. Those up to it are measured by
// costOfBlock(), whose sums are those of the reference to the last bit, in the order of the search. Two cases lie
// outside: an element that rounds to 2^15 (it is cut to 2^15 - 1) and sums beyond 31 bits; such blocks are measured
// whole. Rounding of scores to float32 is covered by the factors of the limit.

#if HWY_TARGET != HWY_SCALAR
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_AVX3_DL

// By hand: table look-up of bytes across two registers and products of 16-bit integers that saturate as they add up
// are not among Highway's operations.

/// The elements of a tile in fixed point: lane b of each register holds two of block b, or in blocks of 16 of block b
/// or 16 + b.
struct FixedTile {
    __m512i pairs[16];
};

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

template <std::size_t kLength>
HWY_INLINE void toFixedPoint(
    const float* HWY_RESTRICT values, const BlockScales<kTileElements / kLength>& scale, FixedTile& tile)
{
    constexpr bool kIsWhole = kLength == 32;  // both halves of a row are one block, else block b and 16 + b
    for (std::size_t row = 0; row < 16; ++row) {
        const float* HWY_RESTRICT x = values + row * kLength;
        const float* HWY_RESTRICT other = x + (kIsWhole ? 16 : kTileElements / 2);
        const __m512 factor = _mm512_set1_ps(scale.fixedFactor[row]);
        const __m512 otherFactor = kIsWhole ? factor : _mm512_set1_ps(scale.fixedFactor[row + (kIsWhole ? 0 : 16)]);
        const __m512i low = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(x), factor));
        const __m512i high = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(other), otherFactor));
        tile.pairs[row] = _mm512_packs_epi32(low, high);
    }
    transpose(tile.pairs);
}

/// Where a pair of elements of a sixteen of blocks lies: packing puts two pairs of each half side by side.
template <std::size_t kLength> HWY_INLINE std::size_t placeOfPair(std::size_t sixteen, std::size_t pair)
{
    return kLength == 32 ? pair : pair / 2 * 4 + 2 * sixteen + pair % 2;
}

/// Sums of squared distances of the elements of a block from each ladder.
template <std::size_t kLadders> struct LadderSums {
    __m512i sums[kLadders];
};

template <std::size_t kLength, std::size_t kLadders, bool kIsOne>
HWY_INLINE LadderSums<kLadders> distances(
    const SearchFormat& format, const FixedTile& tile, std::size_t sixteen, std::size_t micro)
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
    for (std::size_t pair = 0; pair < kLength / 2; ++pair) {
        __m512i y = tile.pairs[placeOfPair<kLength>(sixteen, pair)];
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

#endif

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET != HWY_SCALAR

#endif
