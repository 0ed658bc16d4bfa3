// Included once per instruction set (Highway's foreach_target): bit planes from codes.
#if defined(NANOSCOPE_SIMD_PLANES) == defined(HWY_TARGET_TOGGLE)
#ifdef NANOSCOPE_SIMD_PLANES
#undef NANOSCOPE_SIMD_PLANES
#else
#define NANOSCOPE_SIMD_PLANES
#endif

#include "core/fast/simd_registers.h"

#if HWY_TARGET != HWY_SCALAR
NANOSCOPE_TARGET_BEGIN
namespace nanoscope {
namespace HWY_NAMESPACE {

/// How the codes of 64 elements lie in a register of bytes.
enum class CodeOrder {
    Gathered,  ///< as gatherBytes() leaves them
    Elements
};

/// Elements of a register of bytes.
inline constexpr std::size_t kStep = 4 * kWidth;

#if HWY_TARGET == HWY_AVX3_DL

// By hand: Highway has neither multishift nor bit matrices, and with its own operations this part took a third of a
// kernel's time.

using ByteTable = std::array<std::uint8_t, 64>;

/// Where each element's byte is: gatherBytes() leaves that of element 16 v + l at position 4 l + v.
alignas(64) inline constexpr ByteTable kGatheredOrder = [] {
    ByteTable order{};
    for (unsigned element = 0; element < 64; ++element)
        order[element] = static_cast<std::uint8_t>(4 * (element % 16) + element / 16);
    return order;
}();

/// The same, but each eight bytes reversed, because the bit matrix counts its rows from the last.
template <CodeOrder kOrder>
alignas(64) inline constexpr ByteTable kMatrixOrder = [] {
    ByteTable order{};
    for (unsigned i = 0; i < 64; ++i) {
        const unsigned element = (i & ~7U) | (7U - (i & 7U));
        order[i] = kOrder == CodeOrder::Gathered ? kGatheredOrder[element] : static_cast<std::uint8_t>(element);
    }
    return order;
}();

/// Bytes of two registers of transposed bits, plane by plane: bits 0, 1, 2 and 7.
alignas(64) inline constexpr ByteTable kPlaneBytes = [] {
    constexpr unsigned kBit[4] = {0, 1, 2, 7};
    ByteTable pick{};
    for (unsigned i = 0; i < 64; ++i)
        pick[i] = static_cast<std::uint8_t>((i % 16 / 8) * 64 + 8 * (i % 8) + kBit[i / 16]);
    return pick;
}();

/// Eight bits from `bit` on of every lane of four registers: lane l of register v at byte 4 l + v.
template <unsigned kBit> HWY_INLINE Bytes gatherBytes(const Words* v)
{
    const __m512i bit = _mm512_set1_epi64(static_cast<long long>(0x2020202000000000ULL + 0x0101010101010101ULL * kBit));
    __m512i bytes = _mm512_maskz_multishift_epi64_epi8(0x1111111111111111ULL, bit, v[0].raw);
    bytes = _mm512_mask_multishift_epi64_epi8(bytes, 0x2222222222222222ULL, bit, v[1].raw);
    bytes = _mm512_mask_multishift_epi64_epi8(bytes, 0x4444444444444444ULL, bit, v[2].raw);
    return Bytes{_mm512_mask_multishift_epi64_epi8(bytes, 0x8888888888888888ULL, bit, v[3].raw)};
}

HWY_INLINE Bytes inElementOrder(Bytes gathered)
{
    return Bytes{_mm512_permutexvar_epi8(_mm512_load_si512(kGatheredOrder.data()), gathered.raw)};
}

/// Takes the codes of a tile step by step. A code byte holds bits 0 to 2 of the code in place and bit 3 on top.
template <CodeOrder kOrder = CodeOrder::Gathered> struct CodeSink {
    Bytes steps[kTileElements / kStep];

    HWY_INLINE void put(std::size_t element, Bytes codes, TilePlanes&) { steps[element / kStep] = codes; }

    HWY_INLINE void finish(TilePlanes& planes) const
    {
        const __m512i order = _mm512_load_si512(kMatrixOrder<kOrder>.data());
        const __m512i pick = _mm512_load_si512(kPlaneBytes.data());
        const __m512i unit = _mm512_set1_epi64(static_cast<long long>(0x8040201008040201ULL));
        __m512i pairs[4];
        for (std::size_t i = 0; i < 4; ++i) {
            const __m512i first = _mm512_permutexvar_epi8(order, steps[2 * i].raw);
            const __m512i second = _mm512_permutexvar_epi8(order, steps[2 * i + 1].raw);
            pairs[i] = _mm512_permutex2var_epi8(_mm512_gf2p8affine_epi64_epi8(unit, first, 0), pick,
                _mm512_gf2p8affine_epi64_epi8(unit, second, 0));  // 128 bits of each plane
        }
        const __m512i a = _mm512_shuffle_i64x2(pairs[0], pairs[1], 0x44);
        const __m512i b = _mm512_shuffle_i64x2(pairs[2], pairs[3], 0x44);
        const __m512i c = _mm512_shuffle_i64x2(pairs[0], pairs[1], 0xEE);
        const __m512i e = _mm512_shuffle_i64x2(pairs[2], pairs[3], 0xEE);
        _mm512_store_si512(planes[0].data(), _mm512_shuffle_i64x2(a, b, 0x88));
        _mm512_store_si512(planes[1].data(), _mm512_shuffle_i64x2(a, b, 0xDD));
        _mm512_store_si512(planes[2].data(), _mm512_shuffle_i64x2(c, e, 0x88));
        _mm512_store_si512(planes[3].data(), _mm512_shuffle_i64x2(c, e, 0xDD));
    }
};

#else

/// The low bytes of four registers, in the order of the elements; higher bits must be zero.
HWY_INLINE Bytes packBytes(Words v0, Words v1, Words v2, Words v3)
{
    const ByteTag d8;
#if HWY_TARGET == HWY_AVX3
    const WordTag d;
    const Words merged = hn::Or(hn::Or3(v0, hn::ShiftLeft<8>(v1), hn::ShiftLeft<16>(v2)), hn::ShiftLeft<24>(v3));
    alignas(16) static constexpr std::uint8_t kWithin[16] = {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15};
    alignas(64) static constexpr std::uint32_t kAcross[16] = {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15};
    const Bytes sorted = hn::TableLookupBytes(hn::BitCast(d8, merged), hn::LoadDup128(d8, kWithin));
    return hn::BitCast(d8, hn::TableLookupLanes(hn::BitCast(d, sorted), hn::SetTableIndices(d, kAcross)));
#else
    const IntTag di;
    const hn::Repartition<std::int16_t, WordTag> d16;
    const auto a = hn::ReorderDemote2To(d16, hn::BitCast(di, v0), hn::BitCast(di, v1));
    const auto b = hn::ReorderDemote2To(d16, hn::BitCast(di, v2), hn::BitCast(di, v3));
#if HWY_TARGET == HWY_AVX2
    const WordTag d;
    alignas(32) static constexpr std::uint32_t kAcross[8] = {0, 4, 1, 5, 2, 6, 3, 7};
    const Words packed{_mm256_packus_epi16(a.raw, b.raw)};
    return hn::BitCast(d8, hn::TableLookupLanes(packed, hn::SetTableIndices(d, kAcross)));
#else
    const hn::Half<ByteTag> half;
    return hn::Combine(d8, hn::DemoteTo(half, b), hn::DemoteTo(half, a));
#endif
#endif
}

/// Eight bits from `bit` on of every lane of four registers, in the order of the elements.
template <unsigned kBit> HWY_INLINE Bytes gatherBytes(const Words* v)
{
    Words bytes[4];
    for (std::size_t i = 0; i < 4; ++i)
        bytes[i] = kBit == 24 ? hn::ShiftRight<24>(v[i]) : hn::And(hn::ShiftRight<kBit>(v[i]), setWords(0xFFU));
    return packBytes(bytes[0], bytes[1], bytes[2], bytes[3]);
}

HWY_INLINE Bytes inElementOrder(Bytes gathered)
{
    return gathered;  // they are
}

/// Takes the codes of a tile step by step. A code byte holds bits 0 to 2 of the code in place and bit 3 on top.
template <CodeOrder = CodeOrder::Gathered> struct CodeSink {
    HWY_INLINE void put(std::size_t element, Bytes codes, TilePlanes& planes)
    {
        const ByteTag d;
        storeTopBits(codes, planes[3].data(), element);
        Bytes bits = hn::BitCast(d, hn::ShiftLeft<5>(hn::BitCast(HalfTag(), codes)));
        storeTopBits(bits, planes[2].data(), element);
        bits = hn::Add(bits, bits);
        storeTopBits(bits, planes[1].data(), element);
        bits = hn::Add(bits, bits);
        storeTopBits(bits, planes[0].data(), element);
    }

    HWY_INLINE void finish(TilePlanes&) const { }

private:
    HWY_INLINE static void storeTopBits(Bytes bytes, std::uint32_t* plane, std::size_t element)
    {
        const ByteTag d8;
        const hn::RebindToSigned<ByteTag> di8;
        auto* out = reinterpret_cast<std::uint8_t*>(plane) + element / 8;
        hn::StoreMaskBits(d8, hn::RebindMask(d8, hn::Lt(hn::BitCast(di8, bytes), hn::Zero(di8))), out);
    }
};

#endif

/// Code bytes of codes in the low bits of four registers.
HWY_INLINE Bytes plainCodes(const Words* codes)
{
    // Bit 3 goes on top.
    alignas(16) static constexpr std::uint8_t kSpread[16]
        = {0, 1, 2, 3, 4, 5, 6, 7, 128, 129, 130, 131, 132, 133, 134, 135};
    return hn::TableLookupBytes(hn::LoadDup128(ByteTag(), kSpread), gatherBytes<0>(codes));
}

/// The signs of a step's elements on top of their codes' bytes.
HWY_INLINE Bytes withSigns(Bytes codes, const float* HWY_RESTRICT values)
{
    const ByteTag d;
    Words bits[4];
    for (std::size_t i = 0; i < 4; ++i)
        bits[i] = asWords(hn::LoadU(FloatTag(), values + i * kWidth));
    return hn::OrAnd(codes, gatherBytes<24>(bits), hn::Set(d, std::uint8_t{0x80}));
}

/// How far a level of E2M1 lies above half of the smallest normal level, from bit 22 on: 1 + twice the octaves + 1 in
/// an upper half; 0 for level 0.
/// @param base  bits of half of the smallest normal level, less 1 << 22
HWY_INLINE Words e2m1Steps(Words level, Words base)
{
    const HalfTag d;  // the lower halves of both are zero
    return hn::BitCast(WordTag(), hn::SaturatedSub(hn::BitCast(d, level), hn::BitCast(d, base)));
}

/// Magnitude codes of E2M1 from e2m1Steps(): half of the smallest normal level has no level in its upper half.
HWY_INLINE Bytes e2m1Codes(const Words* steps)
{
    alignas(16) static constexpr std::uint8_t kCode[16] = {0, 1, 0, 2, 3, 4, 5, 6, 7};
    return hn::TableLookupBytes(hn::LoadDup128(ByteTag(), kCode), gatherBytes<22>(steps));
}

}  // namespace HWY_NAMESPACE
}  // namespace nanoscope
NANOSCOPE_TARGET_END
#endif  // HWY_TARGET != HWY_SCALAR

#endif
