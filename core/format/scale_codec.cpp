#include "core/format/scale_codec.h"

#include "core/format/codebook.h"
#include "core/half.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace nanoscope {
namespace {

constexpr std::uint32_t kFloat32Nan = 0x7FC00000U;
constexpr double kLargestHalf = 65504.0;
constexpr int kExponentBias = 127;  // of E8M0 and its kin
constexpr int kDyadicBits = 31;     // of the integer of a dyadic scale
constexpr int kDyadicBias = 160;    // added to its exponent: scales from 2^-160 to 2^95

/// Rounds to a binary float with the given mantissa bits, ties to even, in double: exact for 10 and 7 bits.
double roundToMantissa(double value, int mantissaBits, int smallestNormal)
{
    if (value == 0.0)
        return 0.0;
    int exponent = 0;
    std::frexp(value, &exponent);
    const int step = std::max(exponent - 1, smallestNormal) - mantissaBits;
    return std::ldexp(std::nearbyint(std::ldexp(value, -step)), step);
}

std::uint32_t halfCode(double value)
{
    int exponent = 0;
    const double fraction = std::frexp(value, &exponent);
    if (value == 0.0)
        return 0;
    if (exponent - 1 < -14)
        return static_cast<std::uint32_t>(std::ldexp(value, 24));
    return static_cast<std::uint32_t>((exponent - 1 + 15) << 10)
        + static_cast<std::uint32_t>(std::ldexp(fraction * 2 - 1, 10));
}

}  // namespace

bool isPowerOfTwoCodec(ScaleCodecId id)
{
    return id == ScaleCodecId::E8M0 || id == ScaleCodecId::E5M0 || id == ScaleCodecId::SHIFT2;
}

ScaleCodec::ScaleCodec(ScaleCodecId id)
    : m_id(id)
{
    const auto minifloat = [this](int exponentBits, int mantissaBits, TopCodes top, int bits, std::uint32_t nan) {
        ElementBook book;
        book.exponentBits = exponentBits;
        book.mantissaBits = mantissaBits;
        book.top = top;
        m_table = Codebook(book, TieRule::Even).magnitudes();
        for (std::size_t i = 0; i + 1 < m_table.size(); ++i)
            m_mids.push_back((m_table[i] + m_table[i + 1]) / 2);
        m_bits = bits;
        m_nanCode = nan;
    };
    const auto exponentOnly = [this](int mantissaBits) {
        m_bits = 8 + mantissaBits;
        m_mantissaBits = mantissaBits;
        m_minExponent = -kExponentBias;
        m_maxExponent = kExponentBias;
        m_nanCode = (std::uint32_t{1} << m_bits) - 1;
    };
    switch (id) {
    case ScaleCodecId::E8M0:
        exponentOnly(0);
        break;
    case ScaleCodecId::E8M1:
        exponentOnly(1);
        break;
    case ScaleCodecId::E8M2:
        exponentOnly(2);
        break;
    case ScaleCodecId::E8M3:
        exponentOnly(3);
        break;
    case ScaleCodecId::E5M0:  // every code is a scale: bias 15, no NaN
        m_bits = 5;
        m_minExponent = -15;
        m_maxExponent = 16;
        break;
    case ScaleCodecId::E4M3:
        minifloat(4, 3, TopCodes::OneNan, 8, 0x7F);
        break;
    case ScaleCodecId::UE5M3:
        minifloat(5, 3, TopCodes::OneNan, 8, 0xFF);
        break;
    case ScaleCodecId::E5M2:
        minifloat(5, 2, TopCodes::Ieee, 8, 0x7F);
        break;
    case ScaleCodecId::E3M3:
        minifloat(3, 3, TopCodes::OneNan, 6, 0x3F);
        break;
    case ScaleCodecId::FP16:
        m_bits = 16;
        m_nanCode = 0x7E00;
        break;
    case ScaleCodecId::BF16:
        m_bits = 16;
        m_nanCode = 0x7FC0;
        break;
    case ScaleCodecId::FP32:
        m_bits = 32;
        m_nanCode = kFloat32Nan;
        break;
    case ScaleCodecId::UINT8:
        m_bits = 8;
        break;
    case ScaleCodecId::SHIFT2:
        m_bits = 2;
        m_minExponent = -3;
        m_maxExponent = 0;
        break;
    case ScaleCodecId::DYADIC:
        m_bits = kDyadicBits + 8;
        break;
    case ScaleCodecId::None:
        break;
    }
}

bool ScaleCodec::hasSpareSign() const
{
    switch (m_id) {
    case ScaleCodecId::E4M3:
    case ScaleCodecId::E5M2:
    case ScaleCodecId::FP16:
    case ScaleCodecId::BF16:
    case ScaleCodecId::FP32:
        return true;
    default:
        return false;
    }
}

StoredScale ScaleCodec::encodeExponent(int exponent) const
{
    const int clamped = std::clamp(exponent, m_minExponent, m_maxExponent);
    return {static_cast<std::uint32_t>(clamped - m_minExponent), std::ldexp(1.0, clamped)};
}

StoredScale ScaleCodec::encode(double value) const
{
    if (!m_table.empty()) {
        const auto low
            = static_cast<std::size_t>(std::lower_bound(m_mids.begin(), m_mids.end(), value) - m_mids.begin());
        const auto high
            = static_cast<std::size_t>(std::upper_bound(m_mids.begin(), m_mids.end(), value) - m_mids.begin());
        const std::size_t code = low % 2 == 0 ? low : high;
        return {static_cast<std::uint32_t>(code), m_table[code]};
    }
    switch (m_id) {
    case ScaleCodecId::FP32: {
        constexpr double kLargest = std::numeric_limits<float>::max();
        const auto rounded = static_cast<float>(std::min(value, kLargest));
        return {std::bit_cast<std::uint32_t>(rounded), static_cast<double>(rounded)};
    }
    case ScaleCodecId::FP16: {
        const double rounded = roundToMantissa(std::min(value, kLargestHalf), 10, -14);
        return {halfCode(rounded), rounded};
    }
    case ScaleCodecId::BF16: {
        const double largest = std::ldexp(2.0 - std::ldexp(1.0, -7), 127);
        const double rounded = roundToMantissa(std::min(value, largest), 7, -126);
        return {std::bit_cast<std::uint32_t>(static_cast<float>(rounded)) >> 16, rounded};
    }
    case ScaleCodecId::None:
        return {0, 1.0};
    case ScaleCodecId::UINT8: {
        const double rounded = std::nearbyint(std::min(value, 255.0));
        return {static_cast<std::uint64_t>(rounded), rounded};
    }
    case ScaleCodecId::DYADIC: {  // m = round half up (fraction 2^31), value = m 2^(exponent - 31)
        if (value == 0.0)
            return {0, 0.0};
        int exponent = 0;
        const double fraction = std::frexp(value, &exponent);
        auto integer = static_cast<std::uint64_t>(std::floor(std::ldexp(fraction, kDyadicBits) + 0.5));
        if (integer >> kDyadicBits != 0) {
            integer /= 2;
            ++exponent;
        }
        const int biased = exponent + kDyadicBias;
        if (biased < 0)
            return {0, 0.0};
        constexpr std::uint64_t kLargest = (std::uint64_t{1} << (kDyadicBits + 8)) - 1;
        const std::uint64_t code
            = biased > 255 ? kLargest : static_cast<std::uint64_t>(biased) << kDyadicBits | integer;
        return {code, decode(code)};
    }
    default: {  // E8M1..3: exponent clamped, mantissa rounded, a carry moves to the next exponent
        int exponent = 0;
        std::frexp(value > 0 ? value : std::ldexp(1.0, m_minExponent), &exponent);
        exponent = std::clamp(exponent - 1, m_minExponent, m_maxExponent);
        const double one = std::ldexp(1.0, m_mantissaBits);
        const double significand = std::max(std::nearbyint(std::ldexp(value, m_mantissaBits - exponent)), one);
        // Values beyond the last exponent saturate: the next code up is NaN's binade.
        const auto largest = static_cast<std::uint32_t>(((m_maxExponent - m_minExponent + 1) << m_mantissaBits) - 1);
        const double code = std::ldexp(exponent - m_minExponent, m_mantissaBits) + (significand - one);
        const std::uint32_t stored = code > largest ? largest : static_cast<std::uint32_t>(code);
        return {stored, decode(stored)};
    }
    }
}

StoredScale encodeSigned(const ScaleCodec& codec, double value)
{
    StoredScale stored = codec.encode(std::fabs(value));
    if (std::signbit(value) && stored.value > 0) {
        stored.code |= std::uint64_t{1} << (codec.bits() - 1);
        stored.value = -stored.value;
    }
    return stored;
}

double ScaleCodec::decode(std::uint64_t code) const
{
    if (isNan(code))
        return std::numeric_limits<double>::quiet_NaN();
    if (!m_table.empty())
        return m_table[std::min<std::size_t>(code, m_table.size() - 1)];
    switch (m_id) {
    case ScaleCodecId::FP32:
        return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(code)));
    case ScaleCodecId::FP16:
        return static_cast<double>(halfToFloat(static_cast<std::uint16_t>(code)));
    case ScaleCodecId::BF16:
        return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(code) << 16));
    case ScaleCodecId::None:
        return 1.0;
    case ScaleCodecId::UINT8:
        return static_cast<double>(code);
    case ScaleCodecId::DYADIC: {
        const auto integer = static_cast<double>(code & ((std::uint64_t{1} << kDyadicBits) - 1));
        return std::ldexp(integer, static_cast<int>(code >> kDyadicBits) - kDyadicBias - kDyadicBits);
    }
    default: {
        const std::uint64_t mask = (std::uint64_t{1} << m_mantissaBits) - 1;
        const double significand = 1.0 + std::ldexp(static_cast<double>(code & mask), -m_mantissaBits);
        return std::ldexp(significand, static_cast<int>(code >> m_mantissaBits) + m_minExponent);
    }
    }
}

bool ScaleCodec::isNan(std::uint64_t code) const
{
    if (!m_nanCode)
        return false;
    switch (m_id) {
    case ScaleCodecId::E5M2:
        return code > 0x7B;
    case ScaleCodecId::FP16:
        return code > 0x7C00;
    case ScaleCodecId::BF16:
        return code > 0x7F80;
    case ScaleCodecId::FP32:
        return code > 0x7F800000U;
    case ScaleCodecId::E8M1:
    case ScaleCodecId::E8M2:
    case ScaleCodecId::E8M3:  // as in E8M0, the top exponent is no scale whatever the mantissa
        return static_cast<int>(code >> m_mantissaBits) > m_maxExponent - m_minExponent;
    default:
        return code == *m_nanCode;
    }
}

}  // namespace nanoscope
