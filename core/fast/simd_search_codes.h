// Included once per instruction set (Highway's foreach_target): codes of searched formats from their levels.
#if defined(NANOSCOPE_SIMD_SEARCH_CODES) == defined(HWY_TARGET_TOGGLE)
#ifdef NANOSCOPE_SIMD_SEARCH_CODES
#undef NANOSCOPE_SIMD_SEARCH_CODES
#else
#define NANOSCOPE_SIMD_SEARCH_CODES
#endif

#include "core/fast/search_format.h"
#include "core/fast/simd_planes.h"

#if HWY_TARGET != HWY_SCALAR
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

#if HWY_TARGET != HWY_AVX3_DL
/// What a table says where `place` lies in the sixteen entries from `first` on, else 0.
HWY_INLINE Bytes positiveCodes(const std::uint8_t* codes, Bytes place, std::size_t first)
{
    const ByteTag d;
    const Bytes inTable = hn::Sub(place, hn::Set(d, static_cast<std::uint8_t>(first)));
    const Bytes index = hn::SaturatedAdd(inTable, hn::Set(d, std::uint8_t{0x70}));  // elsewhere bit 7 is set
    return hn::TableLookupBytesOr0(hn::LoadDup128(d, codes + first), index);
}
#endif

/// Code bytes (see CodeSink) of four registers of elements.
/// @param raw  bits of their levels, without signs
HWY_INLINE Bytes searchCodes(const SearchFormat& format, const Words* raw, const float* HWY_RESTRICT values)
{
    Words signs[4];
    for (std::size_t i = 0; i < 4; ++i)
        signs[i] = asWords(hn::LoadU(FloatTag(), values + i * kWidth));
    const Bytes levels = gatherBytes<21>(raw);
#if HWY_TARGET == HWY_AVX3_DL
    const Bytes negative = gatherBytes<25>(signs);
    const __m512i place
        = _mm512_ternarylogic_epi32(_mm512_set1_epi8(0x40), negative.raw, levels.raw, 0xCA);  // a ? b : c
    const __m512i lower = _mm512_load_si512(format.codeOfLevel.data());
    const __m512i upper = _mm512_load_si512(format.codeOfLevel.data() + 64);
    return Bytes{_mm512_permutex2var_epi8(lower, place, upper)};
#else
    const ByteTag d;
    const Bytes place = hn::And(levels, hn::Set(d, std::uint8_t{0x3F}));
    const Bytes negative = hn::And(gatherBytes<24>(signs), hn::Set(d, std::uint8_t{0x80}));
    Bytes codes = hn::Zero(d);
    for (std::size_t first = 0; first < SearchFormat::kPlaces; first += 16)
        codes = hn::Or(codes, positiveCodes(format.codeOfLevel.data(), place, first));
    const auto isZero = hn::Eq(hn::And(codes, hn::Set(d, std::uint8_t{7})), hn::Zero(d));
    return hn::Or(codes, hn::IfThenZeroElse(isZero, negative));
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET != HWY_SCALAR

#endif
