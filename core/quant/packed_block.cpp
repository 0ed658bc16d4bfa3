#include "core/quant/packed_block.h"

#include "core/format/scale_codec.h"

namespace nanoscope {

PackedBlock::PackedBlock(const FormatSpec& spec)
    : m_codeBits(spec.codeBits())
    , m_scaleBits(ScaleCodec(spec.scale.codec).bits())
    , m_scaleCount(spec.scale.splitSign ? 2 : 1)
    , m_subgroup(static_cast<std::size_t>(spec.geometry.subgroup()))
    , m_fields(metaFields(spec))
{
    for (std::size_t f = 0; f < m_fields.size(); ++f) {
        if (m_fields[f].storage == MetaStorage::ElementSlot)
            m_slotField = f;
        if (m_fields[f].bitsInScaleSign > 0)
            m_riderField = f;
    }
}

std::optional<std::size_t> PackedBlock::fieldNamed(const char* name) const
{
    for (std::size_t f = 0; f < m_fields.size(); ++f)
        if (m_fields[f].name == name)
            return f;
    return std::nullopt;
}

std::optional<std::size_t> PackedBlock::exceptionIndex(const EncodedBlock& block) const
{
    if (!m_slotField || block.bad || block.exceptions.empty())
        return std::nullopt;
    return block.exceptions.front();
}

void PackedBlock::write(BitWriter& out, const EncodedBlock& block) const
{
    const std::uint32_t rider = m_riderField ? block.meta[*m_riderField][0] >> m_fields[*m_riderField].storedBits() : 0;
    for (std::size_t s = 0; s < m_scaleCount; ++s)
        out.write(block.scales[s].code | (rider << (m_scaleBits - 1)), m_scaleBits);
    for (std::size_t f = 0; f < m_fields.size(); ++f)
        if (m_fields[f].storage == MetaStorage::Metadata)
            for (const std::uint32_t value : block.meta[f])
                out.write(value, m_fields[f].storedBits());
    const auto exception = exceptionIndex(block);
    for (std::size_t i = 0; i < block.length; ++i) {
        // The exception's slot keeps its sign and gives the rest to the finer mantissa.
        const std::uint32_t code = exception == i
            ? block.meta[*m_slotField][0] | (block.decoded[i] < 0 ? signMask(m_codeBits) : 0U)
            : block.codes[i];
        out.write(code, m_codeBits);
    }
}

void PackedBlock::read(BitReader& in, EncodedBlock& block) const
{
    std::uint32_t rider = 0;
    for (std::size_t s = 0; s < m_scaleCount; ++s) {
        block.scales[s].code = in.read(m_scaleBits);
        if (m_riderField) {
            rider = block.scales[s].code >> (m_scaleBits - 1);
            block.scales[s].code &= signMask(m_scaleBits) - 1;
        }
    }
    block.meta.resize(m_fields.size());
    for (std::size_t f = 0; f < m_fields.size(); ++f) {
        block.meta[f].assign(m_fields[f].unit == Unit::Block ? 1 : (block.length + m_subgroup - 1) / m_subgroup, 0);
        if (m_fields[f].storage == MetaStorage::Metadata)
            for (std::uint32_t& value : block.meta[f])
                value = in.read(m_fields[f].storedBits());
    }
    if (m_riderField)
        block.meta[*m_riderField][0] |= rider << m_fields[*m_riderField].storedBits();
    block.codes.resize(block.length);
    for (std::uint32_t& code : block.codes)
        code = in.read(m_codeBits);
}

}  // namespace nanoscope
