// Included once per instruction set (Highway's foreach_target): scores of what subgroups of 8 may take.
#if defined(NANOSCOPE_SIMD_SUBGROUP_SCORE) == defined(HWY_TARGET_TOGGLE)
#ifdef NANOSCOPE_SIMD_SUBGROUP_SCORE
#undef NANOSCOPE_SIMD_SUBGROUP_SCORE
#else
#define NANOSCOPE_SIMD_SUBGROUP_SCORE
#endif

#include "core/fast/simd_search.h"

#include <limits>

// How a subgroup is scored. Its elements in units of 2^-11 of the base scale, rounded to integers, are x = 256 h + t
// (t their last 8 bits). The level of a candidate nearest to x depends on the bin of x alone (SubgroupTables), and so
// does D, the distance from that level to 256 h in steps of 128. The sum of (128 D + t)^2 is the candidate's score
//
//     W = 2^14 sum D^2 + 2^8 sum D t + sum t^2,
//
// whose last term is the same for all. So two products of bytes tell candidates apart, one look-up of D before them.
//
// Why no choice differs from the reference's. |x - X| <= 1/2 for the elements X before rounding, the distance from a
// set of levels changes by no more than its argument does, and no threshold lies within a bin. By the triangle
// inequality |sqrt W - sqrt C| <= sqrt(n) / 2 for the cost C = sum of squared distances of n elements. If W0 is the
// smallest score and W that of the candidate of the smallest cost, then sqrt W <= sqrt C + sqrt(n) / 2 <= sqrt C0 +
// sqrt(n) / 2 <= sqrt W0 + sqrt(n): a candidate beyond (sqrt W0 + sqrt n)^2 is not the best one, nor does it tie with
// it. The others are measured in double as the reference does. Since smallest costs and sums of squares keep the
// inequality, the same holds with n = 8 within a subgroup and with n = 32 for the totals of the offsets. An element
// that rounds to 2^14 has no bin; such blocks are measured whole.

#if HWY_TARGET == HWY_AVX3_DL
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

// By hand: look-up of bytes across two registers and sums of products of bytes are not among Highway's operations.

/// Registers of subgroups per tile. A lane is a subgroup: 8 (b / 2) + 4 (g mod 2) + 2 (b mod 2) + g / 2 for subgroup g
/// of block b of the register's four, as packing leaves them.
inline constexpr std::size_t kLaneRegisters = kSearchBlocks / 4;

struct LanePlace {
    std::size_t reg;
    std::size_t lane;
};

HWY_INLINE constexpr LanePlace placeOf(std::size_t block, std::size_t g)
{
    return {block / 4, block % 4 / 2 * 8 + g % 2 * 4 + block % 2 * 2 + g / 2};
}

using LaneTable = std::array<std::uint32_t, 16>;

/// Block of a lane, of the register's four.
alignas(64) inline constexpr LaneTable kBlockOfLane{0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3};
/// Subgroup of a lane, of its block's four.
alignas(64) inline constexpr LaneTable kSubgroupOfLane{0, 2, 0, 2, 1, 3, 1, 3, 0, 2, 0, 2, 1, 3, 1, 3};

/// Elements of 16 subgroups, a lane each: four elements in the first register and four in the second.
struct SubgroupBytes {
    __m512i bin[2];
    __m512i rest[2];
};

HWY_INLINE __m512i fixedPoint(const float* HWY_RESTRICT x, float factor)
{
    const __m512 f = _mm512_set1_ps(factor);
    const __m512i low = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(x), f));
    const __m512i high = _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_loadu_ps(x + 16), f));
    return _mm512_abs_epi16(_mm512_packs_epi32(low, high));
}

/// From thirty-seconds of the base scale.
HWY_INLINE __m512i binsOf(__m512i parts)
{
    const __m512i halves = _mm512_avg_epu8(parts, _mm512_set1_epi8(63));     // parts / 2 + 32
    const __m512i quarters = _mm512_avg_epu8(halves, _mm512_set1_epi8(95));  // parts / 4 + 64
    return _mm512_min_epu8(parts, _mm512_min_epu8(halves, quarters));
}

/// @param values   128 elements
/// @param factors  of their four blocks, to units of 2^-11
HWY_INLINE SubgroupBytes bytesOf(const float* HWY_RESTRICT values, const float* factors)
{
    __m512i words[4];
    for (std::size_t block = 0; block < 4; ++block)
        words[block] = fixedPoint(values + block * kSearchBlock, factors[block]);
    __m512i parts[2];
    __m512i rest[2];
    const __m512i low = _mm512_set1_epi16(255);
    for (std::size_t i = 0; i < 2; ++i) {
        const __m512i a = words[2 * i];
        const __m512i b = words[2 * i + 1];
        parts[i] = _mm512_packus_epi16(_mm512_srli_epi16(a, 6), _mm512_srli_epi16(b, 6));
        rest[i] = _mm512_packus_epi16(_mm512_and_si512(a, low), _mm512_and_si512(b, low));
    }
    SubgroupBytes bytes;
    bytes.bin[0] = binsOf(_mm512_shuffle_i32x4(parts[0], parts[1], 0x88));
    bytes.bin[1] = binsOf(_mm512_shuffle_i32x4(parts[0], parts[1], 0xDD));
    bytes.rest[0] = _mm512_shuffle_i32x4(rest[0], rest[1], 0x88);
    bytes.rest[1] = _mm512_shuffle_i32x4(rest[0], rest[1], 0xDD);
    return bytes;
}

/// (W - sum t^2) / 32 of every offset under one micro-scale, whose number stands in the last three bits. Step by step
/// for all of them: each waits for several cycles.
template <std::size_t kLadders>
HWY_INLINE void keysUnder(const SubgroupTables& tables, const SubgroupBytes& bytes, std::size_t micro, __m512i* keys)
{
    __m512i distance[2][kLadders];
    __m512i magnitude[2][kLadders];
    for (std::size_t offset = 0; offset < kLadders; ++offset) {
        const std::int8_t* table = tables.distance[micro * kLadders + offset].data();
        const __m512i lower = _mm512_load_si512(table);
        const __m512i upper = _mm512_load_si512(table + 64);
        for (std::size_t i = 0; i < 2; ++i)
            distance[i][offset] = _mm512_permutex2var_epi8(lower, bytes.bin[i], upper);
    }
    for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t offset = 0; offset < kLadders; ++offset)
            magnitude[i][offset] = _mm512_abs_epi8(distance[i][offset]);
    for (std::size_t offset = 0; offset < kLadders; ++offset)
        keys[offset] = _mm512_setzero_si512();
    for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t offset = 0; offset < kLadders; ++offset)
            keys[offset] = _mm512_dpbusd_epi32(keys[offset], magnitude[i][offset], magnitude[i][offset]);
    for (std::size_t offset = 0; offset < kLadders; ++offset)
        keys[offset] = _mm512_slli_epi32(keys[offset], 6);
    for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t offset = 0; offset < kLadders; ++offset)
            keys[offset] = _mm512_dpbusd_epi32(keys[offset], bytes.rest[i], distance[i][offset]);
    const __m512i number = _mm512_set1_epi32(static_cast<int>(micro << 29));
    for (std::size_t offset = 0; offset < kLadders; ++offset)
        keys[offset] = _mm512_shldi_epi32(keys[offset], number, 3);
}

/// The best of some keys and the next one.
struct BestKey {
    __m512i best;
    __m512i second;

    HWY_INLINE void take(__m512i key)
    {
        second = _mm512_min_epi32(second, _mm512_max_epi32(best, key));
        best = _mm512_min_epi32(best, key);
    }
};

/// What the subgroups of four blocks come to under each offset.
struct LaneKeys {
    BestKey ofOffset[SearchFormat::kMostLadders];
    __m512i rest;  ///< (sum t^2) / 32, not less
};

template <std::size_t kLadders, std::size_t kMicros>
HWY_INLINE LaneKeys keysOf(const SearchFormat& format, const SubgroupBytes& bytes)
{
    const std::size_t micros = kMicros != 0 ? kMicros : format.micros;
    LaneKeys keys;
    __m512i found[kLadders];
    keysUnder<kLadders>(format.subgroups, bytes, 0, found);
    for (std::size_t offset = 0; offset < kLadders; ++offset)
        keys.ofOffset[offset] = {found[offset], _mm512_set1_epi32(0x7FFFFFFF)};
    for (std::size_t micro = 1; micro < micros; ++micro) {
        keysUnder<kLadders>(format.subgroups, bytes, micro, found);
        for (std::size_t offset = 0; offset < kLadders; ++offset)
            keys.ofOffset[offset].take(found[offset]);
    }
    const __m512i ones = _mm512_set1_epi8(1);
    const __m512i sum
        = _mm512_dpbusd_epi32(_mm512_dpbusd_epi32(_mm512_setzero_si512(), bytes.rest[0], ones), bytes.rest[1], ones);
    keys.rest = _mm512_slli_epi32(sum, 3);  // t^2 <= 255 t
    return keys;
}

template <std::size_t kLadders, std::size_t kMicros>
HWY_NOINLINE void scoreTile(
    const SearchFormat& format, const float* HWY_RESTRICT values, const TileScale& scale, LaneKeys* keys)
{
    SubgroupBytes bytes[kLaneRegisters];
    // One after another, so that what one register waits for overlaps with others.
    for (std::size_t reg = 0; reg < kLaneRegisters; ++reg)
        bytes[reg] = bytesOf(values + reg * 4 * kSearchBlock, scale.fixedFactor + reg * 4);
    for (std::size_t reg = 0; reg < kLaneRegisters; ++reg)
        keys[reg] = keysOf<kLadders, kMicros>(format, bytes[reg]);
}

/// Scores of the subgroups of a tile.
HWY_INLINE void scoreSubgroups(
    const SearchFormat& format, const float* HWY_RESTRICT values, const TileScale& scale, LaneKeys* keys)
{
    if (format.ladders == 3 && format.micros == 4)
        scoreTile<3, 4>(format, values, scale, keys);
    else if (format.ladders == 1)
        scoreTile<1, 0>(format, values, scale, keys);
    else if (format.ladders == 2)
        scoreTile<2, 0>(format, values, scale, keys);
    else if (format.ladders == 3)
        scoreTile<3, 0>(format, values, scale, keys);
    else
        scoreTile<4, 0>(format, values, scale, keys);
}

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET == HWY_AVX3_DL

#endif
