#include "core/quant/gguf_encoder.h"

#include "core/quant/blank_block.h"
#include "core/quant/gguf_arithmetic.h"
#include "core/quant/gguf_decode.h"
#include "core/quant/gguf_half.h"
#include "core/quant/gguf_iq4.h"
#include "core/quant/gguf_k_fit.h"
#include "core/quant/gguf_legacy.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

namespace nanoscope {
namespace {

constexpr std::uint32_t kHalfNan = 0x7E00U;
constexpr std::size_t kMostSubgroups = 16;

constexpr AffineGrid kQ2Grid{3.0F, -0.5F, 15, AffineError::Absolute};
constexpr AffineGrid kQ4Grid{15.0F, -1.0F, 20, AffineError::Squared};
constexpr AffineGrid kQ5Grid{31.0F, -0.5F, 15, AffineError::Squared};

/// Weights of Q4_K and Q5_K: root mean square of the sub-block + magnitude. Q2_K: magnitude.
template <std::size_t n> std::array<float, n> affineWeights(std::span<const float, n> values, AffineError error)
{
    float base = 0.0F;
    if (error == AffineError::Squared) {
        float sum = 0.0F;
        for (const float value : values)
            sum += value * value;
        base = std::sqrt(sum / static_cast<float>(n));
    }
    std::array<float, n> weights;
    for (std::size_t i = 0; i < n; ++i)
        weights[i] = base + std::fabs(values[i]);
    return weights;
}

class GgufEncoder final : public BlockEncoder {
public:
    explicit GgufEncoder(EncoderId id)
        : BlockEncoder({Codebook(ggufBook(id), ggufTie(id))})
        , m_type(ggufType(id))
        , m_fields(ggufMetaFields(id))
    {
        blankBlock(m_block, m_type.block, m_type.sub, m_fields);
    }

    const EncodedBlock& encode(std::span<const float> values, const BlockPlace& /*place*/) override
    {
        assert(values.size() == m_type.block);
        if (!allFinite(values)) {
            markBad();
            return m_block;
        }
        m_block.bad = false;
        encodeFinite(values);
        decodeGgufBlock(m_type, m_block);
        for (std::size_t unit = 0; unit < m_type.subgroups(); ++unit)
            std::fill_n(m_block.effectiveScale.begin() + static_cast<std::ptrdiff_t>(unit * m_type.sub), m_type.sub,
                static_cast<double>(ggufUnit(m_type, m_block, unit).scale));
        return m_block;
    }

private:
    using SubScales = std::array<float, kMostSubgroups>;

    void encodeFinite(std::span<const float> values)
    {
        const LegacyTarget target{m_block.codes, m_block.scaled};
        switch (m_type.id) {
        case EncoderId::Q4_0:
        case EncoderId::Q5_0:
            return storeLegacy(encodeSignedExtreme(values, m_type.bits, target));
        case EncoderId::Q4_1:
        case EncoderId::Q5_1:
            return storeLegacy(encodeRange(values, m_type.bits, target));
        case EncoderId::Q8_0:
            return storeLegacy(encodeMaximum(values, 127.0F, 0, target));
        case EncoderId::TQ2_0:
        case EncoderId::Q2_0:
            return storeLegacy(encodeMaximum(values, 1.0F, 1, target));
        case EncoderId::Q1_0:
            return storeLegacy(encodeMeanSign(values, target));
        case EncoderId::Q2_K:
            return encodeAffine<16>(values, kQ2Grid);
        case EncoderId::Q4_K:
            return encodeAffine<32>(values, kQ4Grid);
        case EncoderId::Q5_K:
            return encodeAffine<32>(values, kQ5Grid);
        case EncoderId::Q3_K:
            return encodeQ3(values);
        case EncoderId::Q6_K:
            return encodeQ6(values);
        case EncoderId::IQ4_NL:
            return encodeIq4Nl(values);
        case EncoderId::IQ4_XS:
        default:
            return encodeIq4Xs(values);
        }
    }

    void storeLegacy(const LegacyScale& found)
    {
        m_block.scales[0].code = halfBits(found.scale);
        if (m_type.minimum == GgufMinimum::Block)
            m_block.meta[0][0] = halfBits(found.minimum);
    }

    /// Q2_K, Q4_K, Q5_K: fits per sub-block, their scales and minima rounded against the block's largest, codes from
    /// the rounded ones.
    template <std::size_t n> void encodeAffine(std::span<const float> values, const AffineGrid& grid)
    {
        SubScales scales{};
        SubScales minima{};
        const std::span<float> usedScales(scales.data(), m_type.subgroups());
        const std::span<float> usedMinima(minima.data(), m_type.subgroups());
        for (std::size_t unit = 0; unit < usedScales.size(); ++unit) {
            const auto part = values.subspan(unit * n).template first<n>();
            const std::array<float, n> weights = affineWeights(part, grid.error);
            const AffineFit fit = fitAffine<n>(part, weights, grid);
            scales[unit] = fit.scale;
            minima[unit] = fit.minimum;
        }
        m_block.scales[0].code = storeUnsigned(usedScales, m_block.meta[1]);
        m_block.meta[0][0] = storeUnsigned(usedMinima, m_block.meta[2]);
        assignEven(values, 0.0F, grid.top);
    }

    /// Sub-scales as whole multiples of (their largest) / (largest code); the FP16 code of that step.
    std::uint32_t storeUnsigned(std::span<const float> subScales, std::vector<std::uint32_t>& stored) const
    {
        const auto top = static_cast<float>((1 << m_type.subScaleBits) - 1);
        const float largest = std::max(*std::max_element(subScales.begin(), subScales.end()), 0.0F);
        const float inverse = finiteOrZero(top / largest);
        for (std::size_t unit = 0; unit < subScales.size(); ++unit)
            stored[unit] = static_cast<std::uint32_t>(roundedEven(inverse * subScales[unit], 0.0F, top));
        return halfBits(largest / top);
    }

    void encodeQ6(std::span<const float> values)
    {
        SubScales scales{};
        for (std::size_t unit = 0; unit < kMostSubgroups; ++unit)
            scales[unit] = fitQ6Scale(values.subspan(unit * kSignedSub).first<kSignedSub>());
        const float extreme = signedExtreme(scales);
        const float inverse = finiteOrZero(-128.0F / extreme);
        m_block.scales[0].code = halfBits(ggufInverse(inverse));
        for (std::size_t unit = 0; unit < kMostSubgroups; ++unit) {
            const float factor = roundedEven(inverse * scales[unit], -128.0F, 127.0F);
            m_block.meta[0][unit] = static_cast<std::uint32_t>(static_cast<std::int32_t>(factor)) & 0xFFU;
        }
        assignEven(values, -32.0F, 31.0F);
    }

    void encodeQ3(std::span<const float> values)
    {
        SubScales scales{};
        std::array<float, kMostSubgroups * kSignedSub> fitted{};
        for (std::size_t unit = 0; unit < kMostSubgroups; ++unit)
            scales[unit] = fitQ3Scale(values.subspan(unit * kSignedSub).first<kSignedSub>(),
                std::span(fitted).subspan(unit * kSignedSub).first<kSignedSub>());
        const float inverse = finiteOrZero(-32.0F / signedExtreme(scales));
        m_block.scales[0].code = halfBits(ggufInverse(inverse));
        // Without any scale the reference leaves the stored bits at zero, which read as -32.
        for (std::size_t unit = 0; unit < kMostSubgroups; ++unit)
            storeShifted32(unit, inverse == 0.0F ? -32.0F : roundedEven(inverse * scales[unit], -32.0F, 31.0F));
        assignEven(values, -4.0F, 3.0F);
        for (std::size_t unit = 0; unit < kMostSubgroups; ++unit)
            if (ggufUnit(m_type, m_block, unit).scale == 0.0F)
                for (std::size_t i = unit * kSignedSub; i < (unit + 1) * kSignedSub; ++i)
                    m_block.codes[i] = static_cast<std::uint32_t>(fitted[i] + 4.0F);
    }

    void encodeIq4Nl(std::span<const float> values)
    {
        const float scale = fitIq4Scale(values.first<kIq4Block>());
        m_block.scales[0].code = halfBits(scale);
        assignIq4(values, 0, ggufInverse(scale));
    }

    void encodeIq4Xs(std::span<const float> values)
    {
        SubScales scales{};
        const std::span<float> used(scales.data(), m_type.subgroups());
        for (std::size_t unit = 0; unit < used.size(); ++unit)
            used[unit] = fitIq4Scale(values.subspan(unit * kIq4Block).first<kIq4Block>());
        const float scale = -signedExtreme(used) / 32.0F;
        const float inverse = ggufInverse(scale);
        m_block.scales[0].code = halfBits(scale);
        for (std::size_t unit = 0; unit < used.size(); ++unit) {
            const float factor = roundedEven(inverse * used[unit], -32.0F, 31.0F);
            storeShifted32(unit, factor);
            assignIq4(values.subspan(unit * kIq4Block, kIq4Block), unit * kIq4Block, ggufInverse(scale * factor));
        }
    }

    void storeShifted32(std::size_t unit, float factor)
    {
        m_block.meta[0][unit] = static_cast<std::uint32_t>(factor + 32.0F);
    }

    /// Codes of IQ4 levels for the elements from `start` on.
    void assignIq4(std::span<const float> values, std::size_t start, float inverse)
    {
        for (std::size_t i = 0; i < values.size(); ++i) {
            const float scaled = inverse * values[i];
            m_block.scaled[start + i] = static_cast<double>(scaled);
            m_block.codes[start + i] = iq4Code(scaled);
        }
    }

    /// Codes from the stored scales and minima, ties to even. Where a scale is stored as zero, no code matters; the
    /// reference then divides by one.
    void assignEven(std::span<const float> values, float low, float high)
    {
        for (std::size_t start = 0; start < values.size(); start += m_type.sub) {
            const GgufUnit unit = ggufUnit(m_type, m_block, start / m_type.sub);
            const bool hasScale = unit.scale != 0.0F;
            const float divisor = hasScale ? unit.scale : 1.0F;
            for (std::size_t i = start; i < start + m_type.sub; ++i) {
                const float scaled = (values[i] + unit.minimum) / divisor;
                m_block.scaled[i] = hasScale ? static_cast<double>(scaled) : 0.0;
                m_block.codes[i]
                    = static_cast<std::uint32_t>(static_cast<std::int32_t>(roundedEven(scaled, low, high) - low));
            }
        }
    }

    void markBad()
    {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        blankBlock(m_block, m_type.block, m_type.sub, m_fields);
        m_block.bad = true;
        m_block.scales[0] = {kHalfNan, nan};
        std::fill(m_block.decoded.begin(), m_block.decoded.end(), nan);
    }

    const GgufType& m_type;
    std::vector<MetaField> m_fields;
    EncodedBlock m_block;
};

}  // namespace

std::unique_ptr<BlockEncoder> makeGgufEncoder(const FormatSpec& spec)
{
    return std::make_unique<GgufEncoder>(spec.encoder.id);
}

void decodeGgufBlock(EncoderId id, EncodedBlock& block)
{
    decodeGgufBlock(ggufType(id), block);
}

}  // namespace nanoscope
