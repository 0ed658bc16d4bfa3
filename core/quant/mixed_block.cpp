#include "core/quant/mixed_block.h"

#include "core/error.h"
#include "core/format/scale_codec.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <string>
#include <utility>

namespace nanoscope {
namespace {

constexpr std::size_t kPartField = 0;
constexpr int kMetaBits = 32;  // of a metadata value

int bitsOfPart(std::size_t parts)
{
    return static_cast<int>(std::bit_width(std::max<std::size_t>(parts, 2) - 1));
}

bool isVariable(MetaUnit unit)
{
    return unit == MetaUnit::Exception || unit == MetaUnit::Flagged;
}

}  // namespace

std::vector<FormatSpec> partsOf(const FormatSpec& spec)
{
    std::vector<FormatSpec> parts = spec.mix->parts;
    for (FormatSpec& part : parts) {
        part.geometry = spec.geometry;
        const bool isPlain = !part.special && !part.scale.splitSign && ScaleCodec(part.scale.codec).bits() <= kMetaBits;
        if (spec.mix->rule == MixRule::ResidualColumns && !isPlain)
            throw Error("mix.parts",
                "a format with exceptions, one scale per sign or dyadic scales cannot be quantized twice",
                "take one without special, split_sign and DYADIC", ErrorKind::Refused);
    }
    return parts;
}

TensorParameters partParameters(const FormatSpec& part, const TensorParameters& parameters)
{
    TensorParameters result;
    if (part.tensorScale)
        result.scale = parameters.scale;
    return result;
}

MixedLayout::MixedLayout(const FormatSpec& spec)
    : m_parts(partsOf(spec))
    , m_hasResidual(spec.mix->rule == MixRule::ResidualColumns)
{
    m_fields.push_back({kPart, bitsOfPart(m_parts.size()), MetaUnit::Block});
    for (const FormatSpec& part : m_parts)
        m_fieldOf.push_back(addFields(metaFields(part), ""));
    if (!m_hasResidual)
        return;
    m_residualScale = m_fields.size();
    m_fields.push_back({kResidualScale, ScaleCodec(m_parts.front().scale.codec).bits(), MetaUnit::Block});
    m_residualFieldOf = addFields(metaFields(m_parts.front()), "residual ");
    m_residualCode = m_fields.size();
    m_fields.push_back({kResidualCode, m_parts.front().codeBits(), MetaUnit::Exception});
}

std::vector<std::size_t> MixedLayout::addFields(const std::vector<MetaField>& fields, const std::string& prefix)
{
    std::vector<std::size_t> positions;
    for (const MetaField& field : fields) {
        MetaField named = field;
        named.name = prefix + field.name;
        const auto same = std::find_if(m_fields.begin(), m_fields.end(),
            [&named](const MetaField& other) { return other.name == named.name && other.unit == named.unit; });
        positions.push_back(static_cast<std::size_t>(same - m_fields.begin()));
        if (same == m_fields.end())
            m_fields.push_back(named);
        else
            same->bits = std::max(same->bits, named.bits);
    }
    return positions;
}

std::size_t MixedLayout::partOf(const EncodedBlock& mixed) const
{
    return m_hasResidual ? 0 : std::min<std::size_t>(mixed.meta[kPartField][0], m_parts.size() - 1);
}

bool MixedLayout::isTwofold(const EncodedBlock& mixed) const
{
    return m_hasResidual && mixed.meta[kPartField][0] != 0;
}

void MixedLayout::wrap(EncodedBlock& mixed, const EncodedBlock& block, std::size_t part) const
{
    mixed = block;
    std::fill(mixed.unitMicro.begin(), mixed.unitMicro.end(), std::uint8_t{0});
    mixed.offset = 0;
    mixed.target = 0;
    mixed.meta.resize(m_fields.size());
    const auto sub = static_cast<std::size_t>(m_parts[part].geometry.subgroup());
    for (std::size_t f = 0; f < m_fields.size(); ++f) {
        const std::size_t count = m_fields[f].unit == MetaUnit::Subgroup ? (block.length + sub - 1) / sub : 1;
        mixed.meta[f].assign(isVariable(m_fields[f].unit) ? 0 : count, 0);
    }
    for (std::size_t f = 0; f < block.meta.size(); ++f)
        mixed.meta[m_fieldOf[part][f]] = block.meta[f];
    mixed.meta[kPartField][0] = m_hasResidual ? 0 : static_cast<std::uint32_t>(part);
}

void MixedLayout::addResidual(EncodedBlock& mixed, const EncodedBlock& residual) const
{
    mixed.meta[kPartField][0] = 1;
    mixed.meta[m_residualScale][0] = static_cast<std::uint32_t>(residual.scales[0].code);
    for (std::size_t f = 0; f < residual.meta.size(); ++f)
        mixed.meta[m_residualFieldOf[f]] = residual.meta[f];
    mixed.meta[m_residualCode] = residual.codes;
    for (std::size_t i = 0; i < residual.decoded.size() && i < mixed.decoded.size(); ++i)
        mixed.decoded[i] += residual.decoded[i];
    mixed.exceptions.resize(mixed.length);
    std::iota(mixed.exceptions.begin(), mixed.exceptions.end(), std::size_t{0});
}

EncodedBlock MixedLayout::unwrap(const EncodedBlock& mixed) const
{
    EncodedBlock block;
    block.length = mixed.length;
    block.bad = mixed.bad;
    block.scales = mixed.scales;
    block.codes = mixed.codes;
    block.decoded = mixed.decoded;  // some exceptions keep their sign there
    if (!isTwofold(mixed))
        block.exceptions = mixed.exceptions;
    for (const std::size_t field : m_fieldOf[partOf(mixed)])
        block.meta.push_back(mixed.meta[field]);
    return block;
}

EncodedBlock MixedLayout::unwrapResidual(const EncodedBlock& mixed) const
{
    EncodedBlock block;
    block.length = mixed.length;
    block.scales[0].code = mixed.meta[m_residualScale][0];
    for (const std::size_t field : m_residualFieldOf)
        block.meta.push_back(mixed.meta[field]);
    block.codes = mixed.meta[m_residualCode];
    return block;
}

std::vector<MetaField> mixedMetaFields(const FormatSpec& spec)
{
    return MixedLayout(spec).fields();
}

}  // namespace nanoscope
