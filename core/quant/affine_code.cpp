#include "core/quant/affine_code.h"

#include "core/format/scale_codec.h"
#include "core/half.h"
#include "core/quant/random_bits.h"

#include <algorithm>
#include <cmath>

namespace nanoscope {

AffineCode::AffineCode(const FormatSpec& spec)
    : m_kind(spec.offset->kind)
    , m_seed(spec.stochasticSeed)
    , m_highest(std::ldexp(1.0, spec.codeBits()) - 1.0)
    , m_half(std::ldexp(1.0, spec.codeBits() - 1))
    , m_mask((std::uint32_t{1} << spec.codeBits()) - 1)
{
}

void AffineCode::setOffset(const BlockFigure& figure, double scale)
{
    if (m_kind == OffsetKind::ZeroPoint) {
        const double zero = scale > 0 ? std::nearbyint(-figure.lowest / scale) : 0.0;
        restore(static_cast<std::uint32_t>(std::clamp(zero, 0.0, m_highest)));
        return;
    }
    restore(static_cast<std::uint32_t>(encodeSigned(ScaleCodec(ScaleCodecId::FP16), figure.lowest).code));
}

void AffineCode::restore(std::uint32_t stored)
{
    m_stored = stored;
    m_offset = m_kind == OffsetKind::ZeroPoint ? static_cast<double>(stored)
                                               : static_cast<double>(halfToFloat(static_cast<std::uint16_t>(stored)));
}

std::uint32_t AffineCode::storedCode(double unsignedCode) const
{
    return static_cast<std::uint32_t>(static_cast<std::int32_t>(unsignedCode - m_half)) & m_mask;
}

double AffineCode::rounded(double steps, std::uint64_t position) const
{
    if (m_seed) {
        const double below = std::floor(steps);
        return randomUniform(*m_seed, position) < steps - below ? below + 1.0 : below;
    }
    return m_kind == OffsetKind::ZeroPoint ? std::nearbyint(steps) : std::floor(steps + 0.5);
}

void AffineCode::encode(std::span<const double> values, std::uint64_t position, double scale,
    std::span<std::uint32_t> codes, std::span<double> scaled, std::span<double> decoded) const
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        double code = 0.0;
        if (m_kind == OffsetKind::ZeroPoint) {
            scaled[i] = values[i] / scale + m_offset;
            code = rounded(values[i] / scale, position + i) + m_offset;
        } else {
            scaled[i] = (values[i] - m_offset) / scale;
            code = rounded(scaled[i], position + i);
        }
        scaled[i] -= m_half;
        codes[i] = storedCode(std::clamp(code, 0.0, m_highest));
        decoded[i] = decode(codes[i], scale);
    }
}

double AffineCode::decode(std::uint32_t code, double scale) const
{
    const auto unsignedCode = static_cast<double>((code + (m_mask >> 1U) + 1U) & m_mask);
    return m_kind == OffsetKind::ZeroPoint ? (unsignedCode - m_offset) * scale : unsignedCode * scale + m_offset;
}

}  // namespace nanoscope
