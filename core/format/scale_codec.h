#pragma once

#include "core/format/format_spec.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace nanoscope {

/// A shared scale as stored and as it reads back.
struct StoredScale {
    std::uint32_t code = 0;  ///< raw bits, without a selector bit that may ride in the sign
    double value = 0.0;      ///< decoded, before the tensor scale
};

/// Encodes positive reals as the scales of one codec, nearest with ties to the even code, saturating.
/// Sources: OCP Microscaling v1.0 5.3 (E8M0); OCP OFP8 (E4M3, E5M2); arXiv 2509.17791 (UE5M3); IEEE 754 (FP16, FP32).
class ScaleCodec {
public:
    explicit ScaleCodec(ScaleCodecId id);

    [[nodiscard]] ScaleCodecId id() const { return m_id; }
    /// Stored width in bits.
    [[nodiscard]] int bits() const { return m_bits; }
    /// True for codecs that hold powers of two only (E8M0, E5M0).
    [[nodiscard]] bool isPowerOfTwo() const { return m_minExponent < m_maxExponent && m_mantissaBits == 0; }
    [[nodiscard]] int minExponent() const { return m_minExponent; }
    /// True when the code's top bit is a sign that no scale uses.
    [[nodiscard]] bool hasSpareSign() const;

    /// Scale 2^exponent, clamped to the codec's range; power-of-two codecs only.
    [[nodiscard]] StoredScale encodeExponent(int exponent) const;
    /// Nearest scale to `value` >= 0; other codecs.
    [[nodiscard]] StoredScale encode(double value) const;
    [[nodiscard]] double decode(std::uint32_t code) const;

    /// The code that marks a block as not a number, where the codec has one.
    [[nodiscard]] std::optional<std::uint32_t> nanCode() const { return m_nanCode; }
    [[nodiscard]] bool isNan(std::uint32_t code) const;

private:
    ScaleCodecId m_id;
    int m_bits = 0;
    int m_minExponent = 0;  // power-of-two codecs and E8M1..3
    int m_maxExponent = 0;
    int m_mantissaBits = 0;
    std::vector<double> m_table;  // minifloat codecs: value by code
    std::vector<double> m_mids;
    std::optional<std::uint32_t> m_nanCode;
};

/// True for E8M0 and E5M0.
[[nodiscard]] bool isPowerOfTwoCodec(ScaleCodecId id);

}  // namespace nanoscope
