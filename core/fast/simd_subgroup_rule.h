// Included once per instruction set (Highway's foreach_target): formats whose subgroups of 8 choose their micro-scale
// and whose blocks choose their exponent offset, with AVX-512 VBMI.
#if defined(NANOSCOPE_SIMD_SUBGROUP_RULE) == defined(HWY_TARGET_TOGGLE)
#ifdef NANOSCOPE_SIMD_SUBGROUP_RULE
#undef NANOSCOPE_SIMD_SUBGROUP_RULE
#else
#define NANOSCOPE_SIMD_SUBGROUP_RULE
#endif

#include "core/fast/simd_measure.h"
#include "core/fast/simd_subgroup_decide.h"

#if HWY_TARGET == HWY_AVX3_DL
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

/// Lanes of the two subgroups that each of a lane register's eight registers of elements holds.
alignas(64) inline constexpr std::array<LaneTable, 8> kSpread = [] {
    std::array<LaneTable, 8> spread{};
    for (std::size_t r = 0; r < 8; ++r)
        for (std::size_t i = 0; i < 16; ++i)
            spread[r][i] = static_cast<std::uint32_t>(placeOf(r / 2, r % 2 * 2 + i / 8).lane);
    return spread;
}();

/// @tparam kFirm  see SubgroupTables::isFirm
template <bool kFirm> struct SubgroupRule {
    using Format = SearchFormat;
    using ScaleCode = std::uint8_t;
    static constexpr std::size_t kBlock = kSearchBlock;
    static constexpr std::size_t kBooks = 1;
    static constexpr bool kSignedZero = false;

    struct alignas(64) Bounds {
        float unit[kLaneRegisters][16];
        float inverse[kLaneRegisters][16];
        LaneKeys keys[kLaneRegisters];
        SubgroupLanes lanes;
        TileScale base;
        alignas(64) std::uint32_t scale[kTileWords];  ///< E8M0 code
    };

    HWY_INLINE static bool prepare(const Format& format, const std::uint32_t* maxima, Bounds& bounds)
    {
        return findScales<SubgroupTables::kFixedBits>(format, maxima, bounds.base);
    }

    HWY_INLINE static void choose(
        const Format& format, const float* HWY_RESTRICT values, const std::uint32_t*, Bounds& bounds)
    {
        if (format.subgroups.isScored)
            scoreSubgroups(format, values, bounds.base, bounds.keys);
    }

    HWY_INLINE static void pick(const Format& format, const std::uint32_t* maxima, Bounds& bounds)
    {
        if (format.subgroups.isScored)
            pickSubgroups(format, bounds.keys, maxima, bounds.lanes);
    }

    HWY_INLINE static void decide(
        const Format& format, const float* HWY_RESTRICT values, const std::uint32_t* maxima, Bounds& bounds)
    {
        if (format.subgroups.isScored)
            decideOpen(format, values, maxima, bounds.base, bounds.lanes);
        else
            for (std::size_t block = 0; block < kSearchBlocks; ++block)
                bounds.lanes.keep(
                    block, decideSubgroups(format, values + block * kSearchBlock, bounds.base.exponent[block]));
    }

    HWY_INLINE static void settle(const Format& format, const std::uint32_t* maxima, Bounds& bounds)
    {
        for (std::size_t reg = 0; reg < kLaneRegisters; ++reg)
            putIn(format, maxima, bounds, reg);
    }

    HWY_INLINE static Step round(const Format& format, const float* HWY_RESTRICT values, std::size_t element,
        const Bounds& bounds, RunningSums& sums)
    {
        const SubgroupTables& tables = format.subgroups;
        const __m512i smallest = _mm512_set1_epi32(static_cast<int>(tables.smallest));
        const __m512 steps = _mm512_set1_ps(tables.steps);
        const __m512 largest = _mm512_set1_ps(tables.largest);
        const std::size_t first = element / 16;  // of eight registers of elements that share one of lanes
        const __m512 units = _mm512_load_ps(bounds.unit[first / 8]);
        const __m512 inverses = _mm512_load_ps(bounds.inverse[first / 8]);
        __m512 unit[4];
        __m512 x[4];
        __m512 scaled[4];
        __m512 middle[4];
        __m512 level[4];
        Step step;
        // Step by step for all four registers: each step waits for several cycles.
        for (std::size_t i = 0; i < 4; ++i) {
            const __m512i spread = _mm512_load_si512(kSpread[first % 8 + i].data());
            unit[i] = _mm512_permutexvar_ps(spread, units);
            x[i] = _mm512_abs_ps(_mm512_loadu_ps(values + i * 16));
            scaled[i] = quotientOf(x[i], unit[i], _mm512_permutexvar_ps(spread, inverses));
        }
        for (std::size_t i = 0; i < 4; ++i)
            middle[i] = middleOfOctave(Words{_mm512_max_epi32(_mm512_castps_si512(scaled[i]), smallest)}).raw;
        for (std::size_t i = 0; i < 4; ++i)
            level[i] = _mm512_fmadd_ps(middle[i], steps, scaled[i]);
        for (std::size_t i = 0; i < 4; ++i)
            level[i] = _mm512_fnmadd_ps(middle[i], steps, level[i]);
        for (std::size_t i = 0; i < 4; ++i)
            level[i] = _mm512_min_ps(level[i], largest);
        for (std::size_t i = 0; i < 4; ++i) {
            step.errors[i] = Floats{_mm512_fnmadd_ps(level[i], unit[i], x[i])};
            step.raw[i] = Words{_mm512_castps_si512(_mm512_mul_ps(level[i], _mm512_set1_ps(tables.unitsPerPart)))};
        }
        // A unit is half of the outermost step: an element is clipped where its error is larger.
        for (std::size_t i = 0; i < 4; i += 2)
            sums.beyond.raw = _mm512_ternarylogic_epi32(sums.beyond.raw,
                _mm512_castps_si512(_mm512_sub_ps(unit[i], step.errors[i].raw)),
                _mm512_castps_si512(_mm512_sub_ps(unit[i + 1], step.errors[i + 1].raw)), 0xFE);  // a | b | c
        return step;
    }

    HWY_INLINE static void countClipped(const float* HWY_RESTRICT errors, const Bounds& bounds, RunningSums& sums)
    {
        if (HWY_LIKELY(_mm512_movepi32_mask(sums.beyond.raw) == 0))
            return;
        for (std::size_t at = 0; at < kTileElements / 16; ++at) {
            const __m512i spread = _mm512_load_si512(kSpread[at % 8].data());
            const __m512 unit = _mm512_permutexvar_ps(spread, _mm512_load_ps(bounds.unit[at / 8]));
            const __m512 error = _mm512_load_ps(errors + at * 16);
            sums.clipped = countWhere(sums.clipped, WordMask{_mm512_cmp_ps_mask(error, unit, _CMP_GT_OQ)});
        }
        sums.beyond = hn::Zero(WordTag());
    }

    HWY_INLINE static Bytes codeBytes(const Format& format, const Words* raw, const float* HWY_RESTRICT values)
    {
        return searchCodes(format, raw, values);
    }

    HWY_INLINE static void noteChoices(
        const Format& format, const Bounds& bounds, const TileBits& valid, BookBits&, SlotCounts& counts)
    {
        const SubgroupLanes& lanes = bounds.lanes;
        const std::uint64_t exist = existing(valid);
        const __m512i slots = bytesOfLanes(lanes.slot);
        for (std::size_t slot = 0; slot < format.micros * format.ladders; slot += format.ladders)
            counts.subgroups[slot]
                += countOf(_mm512_mask_cmpge_epu8_mask(exist, slots, _mm512_set1_epi8(static_cast<char>(slot))));
        const __m512i offsets = bytesOfLanes(lanes.offset);
        for (std::size_t offset = 0; offset < format.ladders; ++offset)
            counts.blocks[offset] += countOf(
                _mm512_mask_cmpeq_epu8_mask(exist & kFirstBytes, offsets, _mm512_set1_epi8(static_cast<char>(offset))));
    }

private:
    /// Lanes that are a block's first subgroup.
    static constexpr __mmask16 kFirstSubgroups = 0x0505;
    /// The same among the bytes of bytesOfLanes().
    static constexpr std::uint64_t kFirstBytes = 0x00000F0F00000F0FULL;

    HWY_INLINE static std::uint64_t countOf(__mmask64 mask)
    {
        return static_cast<std::uint64_t>(std::popcount(static_cast<std::uint64_t>(mask)));
    }

    /// Low bytes: that of lane l of register v is byte 4 l + v.
    HWY_INLINE static __m512i bytesOfLanes(const std::uint32_t (*lanes)[16])
    {
        Words words[kLaneRegisters];
        for (std::size_t reg = 0; reg < kLaneRegisters; ++reg)
            words[reg] = loadWords(lanes[reg]);
        return gatherBytes<0>(words).raw;
    }

    /// Subgroups with an element that exists, in the order of bytesOfLanes().
    HWY_INLINE static std::uint64_t existing(const TileBits& valid)
    {
        if (HWY_LIKELY(valid == kWholeTile))
            return ~std::uint64_t{0};
        std::uint64_t bits = 0;
        for (std::size_t block = 0; block < kSearchBlocks; ++block)
            for (std::size_t g = 0; g < kSearchSubgroups; ++g) {
                const LanePlace at = placeOf(block, g);
                bits |= static_cast<std::uint64_t>(valid[block] >> 8 * g & 1U) << (4 * at.lane + at.reg);
            }
        return bits;
    }

    HWY_INLINE static __m512 quotientOf(__m512 x, __m512 unit, __m512 inverse)
    {
        if constexpr (kFirm)
            return _mm512_fmsub_ps(x, inverse, _mm512_set1_ps(SubgroupTables::kNudge));
        else
            return quotient(Floats{x}, Floats{unit}, Floats{inverse}).raw;
    }

    /// What blocks have, by lane.
    HWY_INLINE static __m512i ofBlocks(const std::uint32_t* blocks, std::size_t reg)
    {
        const __m128i four = _mm_load_si128(reinterpret_cast<const __m128i*>(blocks + 4 * reg));
        return _mm512_permutexvar_epi32(_mm512_load_si512(kBlockOfLane.data()), _mm512_broadcast_i32x4(four));
    }

    /// Fills in what the choices say.
    HWY_INLINE static void putIn(const Format& format, const std::uint32_t* maxima, Bounds& bounds, std::size_t reg)
    {
        const __m512i exponent = ofBlocks(bounds.base.exponent, reg);
        const __m512 power = _mm512_castsi512_ps(_mm512_slli_epi32(exponent, 23));
        const __m512 inversePower
            = _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_sub_epi32(_mm512_set1_epi32(254), exponent), 23));
        const __m512i slots = _mm512_load_si512(bounds.lanes.slot[reg]);
        const __m512 unit = _mm512_permutexvar_ps(slots, _mm512_load_ps(format.subgroups.unit.data()));
        const __m512 inverse = _mm512_permutexvar_ps(slots, _mm512_load_ps(format.subgroups.inverse.data()));
        _mm512_store_ps(bounds.unit[reg], _mm512_mul_ps(unit, power));
        _mm512_store_ps(bounds.inverse[reg], _mm512_mul_ps(inverse, inversePower));
        const __m512i offset = _mm512_permutexvar_epi32(slots, _mm512_load_si512(format.exponentOffset.data()));
        const __m512i codes = _mm512_maskz_compress_epi32(kFirstSubgroups, _mm512_add_epi32(exponent, offset));
        const __m128i four = _mm512_castsi512_si128(codes);
        const __m128i maximum = _mm_load_si128(reinterpret_cast<const __m128i*>(maxima + 4 * reg));
        const __mmask8 isNotZero = _mm_test_epi32_mask(maximum, maximum);
        _mm_store_si128(reinterpret_cast<__m128i*>(bounds.scale + 4 * reg), _mm_maskz_mov_epi32(isNotZero, four));
    }
};

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET == HWY_AVX3_DL

#endif
