#pragma once

#include "core/format/format_spec.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace nanoscope {

/// A shared scale as stored and as it reads back.
struct StoredScale {
    std::uint64_t code = 0;  ///< raw bits, without a selector bit that may ride in the sign
    double value = 0.0;      ///< decoded, before the tensor scale
};

/// Encodes positive reals as the scales of one codec, nearest with ties to the even code, saturating.
/// None stores nothing and is 1; UINT8 counts multiples of the tensor scale; SHIFT2 shifts it right by 0 to 3; DYADIC
/// is m 2^-e with a 31-bit m. Sources: OCP Microscaling v1.0 5.3 (E8M0); OCP OFP8 (E4M3, E5M2); arXiv 2509.17791
/// (UE5M3); IEEE 754 (FP16, FP32); arXiv 2011.10680 (dyadic).
class ScaleCodec {
public:
    explicit ScaleCodec(ScaleCodecId id);

    [[nodiscard]] ScaleCodecId id() const { return m_id; }
    /// Stored width in bits.
    [[nodiscard]] int bits() const { return m_bits; }
    /// True for codecs that hold powers of two only (E8M0, E5M0, SHIFT2).
    [[nodiscard]] bool isPowerOfTwo() const { return m_minExponent < m_maxExponent && m_mantissaBits == 0; }
    [[nodiscard]] int minExponent() const { return m_minExponent; }
    [[nodiscard]] int maxExponent() const { return m_maxExponent; }
    /// True when the code's top bit is a sign that no scale uses.
    [[nodiscard]] bool hasSpareSign() const;

    /// Scale 2^exponent, clamped to the codec's range; power-of-two codecs only.
    [[nodiscard]] StoredScale encodeExponent(int exponent) const;
    /// Nearest scale to `value` >= 0; other codecs.
    [[nodiscard]] StoredScale encode(double value) const;
    [[nodiscard]] double decode(std::uint64_t code) const;

    /// The code that marks a block as not a number, where the codec has one.
    [[nodiscard]] std::optional<std::uint64_t> nanCode() const { return m_nanCode; }
    [[nodiscard]] bool isNan(std::uint64_t code) const;

private:
    ScaleCodecId m_id;
    int m_bits = 0;
    int m_minExponent = 0;  // power-of-two codecs and E8M1..3
    int m_maxExponent = 0;
    int m_mantissaBits = 0;
    std::vector<double> m_table;  // minifloat codecs: value by code
    std::vector<double> m_mids;
    std::optional<std::uint64_t> m_nanCode;
};

/// A signed number in a codec of magnitudes that leaves its top bit free (FP16, BF16): nearest, ties to even, beyond
/// the largest finite number that number. Zero of either sign is code 0.
[[nodiscard]] StoredScale encodeSigned(const ScaleCodec& codec, double value);

/// True for E8M0, E5M0 and SHIFT2.
[[nodiscard]] bool isPowerOfTwoCodec(ScaleCodecId id);

}  // namespace nanoscope
