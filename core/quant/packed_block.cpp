#include "core/quant/packed_block.h"

#include "core/format/scale_codec.h"
#include "core/quant/microscopiq_encoder.h"
#include "core/quant/phase_encoder.h"

#include <algorithm>

namespace nanoscope {

PackedBlock::PackedBlock(const FormatSpec& spec)
    : m_spec(spec)
    , m_codeBits(spec.codeBits())
    , m_scaleBits(ScaleCodec(spec.scale.codec).bits())
    , m_scaleCount(spec.scale.splitSign ? 2 : 1)
    , m_fields(metaFields(spec))
    , m_countField(fieldNamed(kExceptionCount))
    , m_flagField(fieldNamed(kFlag))
    , m_keptField(fieldNamed(kKept))
{
    for (std::size_t f = 0; f < m_fields.size(); ++f) {
        if (m_fields[f].storage == MetaStorage::ElementSlot)
            m_slotField = f;
        if (m_fields[f].bitsInScaleSign > 0)
            m_riderField = f;
    }
    if (spec.special && spec.special->kind == SpecialKind::TopN)
        m_indexField = fieldNamed(kExceptionIndex);
}

std::optional<std::size_t> PackedBlock::fieldNamed(std::string_view name) const
{
    for (std::size_t f = 0; f < m_fields.size(); ++f)
        if (m_fields[f].name == name)
            return f;
    return std::nullopt;
}

std::size_t PackedBlock::unitsOf(const EncodedBlock& block, std::size_t f) const
{
    if (m_fields[f].unit == MetaUnit::Exception && m_countField)
        return std::min<std::size_t>(block.meta[*m_countField][0], block.length);
    if (m_fields[f].unit == MetaUnit::Flagged && m_flagField)
        return static_cast<std::size_t>(std::count_if(block.meta[*m_flagField].begin(), block.meta[*m_flagField].end(),
            [](std::uint32_t flag) { return flag != 0; }));
    return fixedUnits(m_fields[f], m_spec, block.length);
}

std::uint64_t PackedBlock::bitsOf(const EncodedBlock& block) const
{
    auto bits = static_cast<std::uint64_t>(m_scaleBits) * m_scaleCount;
    for (std::size_t f = 0; f < m_fields.size(); ++f)
        bits += static_cast<std::uint64_t>(m_fields[f].storedBits()) * block.meta[f].size();
    const int width = m_spec.encoder.id == EncoderId::Phase ? m_spec.encoder.stages : m_codeBits;
    return bits + static_cast<std::uint64_t>(width) * storedCodes(m_spec, block.length);
}

std::optional<std::size_t> PackedBlock::exceptionIndex(const EncodedBlock& block) const
{
    if (!m_slotField || block.bad || block.exceptions.empty() || m_spec.encoder.id != EncoderId::Search)
        return std::nullopt;
    return block.exceptions.front();
}

std::vector<std::size_t> PackedBlock::storedPositions(const EncodedBlock& block) const
{
    std::vector<std::size_t> positions;
    if (m_keptField) {
        const auto of = static_cast<std::size_t>(m_spec.prune->of);
        const auto keep = static_cast<std::size_t>(m_spec.prune->keep);
        const std::vector<std::uint32_t>& kept = block.meta[*m_keptField];
        for (std::size_t k = 0; k < kept.size(); ++k)
            positions.push_back(std::min<std::size_t>(k / keep * of + kept[k], block.length - 1));
        return positions;
    }
    for (std::size_t i = 0; i < block.length; ++i) {
        const bool isSkipped = m_indexField
            && std::find(block.meta[*m_indexField].begin(), block.meta[*m_indexField].end(), i)
                != block.meta[*m_indexField].end();
        if (!isSkipped)
            positions.push_back(i);
    }
    return positions;
}

std::vector<std::uint32_t> PackedBlock::storedSlots(const EncodedBlock& block) const
{
    std::vector<std::uint32_t> slots;
    if (!m_keptField && !m_indexField) {
        slots = block.codes;
    } else {
        for (const std::size_t i : storedPositions(block))
            slots.push_back(block.codes[i]);
        slots.resize(storedCodes(m_spec, block.length), 0);
    }
    // The exception's slot keeps its sign and gives the rest to the finer mantissa.
    if (const auto exception = exceptionIndex(block))
        slots[*exception] = block.meta[*m_slotField][0] | (block.decoded[*exception] < 0 ? signMask(m_codeBits) : 0U);
    return slots;
}

void PackedBlock::writeSlots(BitWriter& out, const std::vector<std::uint32_t>& slots) const
{
    switch (m_spec.layout) {
    case CodeLayout::Elements:
        for (const std::uint32_t slot : slots)
            out.write(slot, m_codeBits);
        break;
    case CodeLayout::Split4:
        for (const std::uint32_t slot : slots)
            out.write(slot >> 4, std::max(0, m_codeBits - 4));
        for (const std::uint32_t slot : slots)
            out.write(slot, std::min(4, m_codeBits));
        break;
    case CodeLayout::Planes:
        for (int plane = 0; plane < m_codeBits; ++plane)
            for (const std::uint32_t slot : slots)
                out.write(slot >> plane, 1);
        break;
    }
}

std::vector<std::uint32_t> PackedBlock::readSlots(BitReader& in, std::size_t count) const
{
    std::vector<std::uint32_t> slots(count, 0);
    switch (m_spec.layout) {
    case CodeLayout::Elements:
        for (std::uint32_t& slot : slots)
            slot = in.read(m_codeBits);
        break;
    case CodeLayout::Split4:
        for (std::uint32_t& slot : slots)
            slot = in.read(std::max(0, m_codeBits - 4)) << 4;
        for (std::uint32_t& slot : slots)
            slot |= in.read(std::min(4, m_codeBits));
        break;
    case CodeLayout::Planes:
        for (int plane = 0; plane < m_codeBits; ++plane)
            for (std::uint32_t& slot : slots)
                slot |= in.read(1) << plane;
        break;
    }
    return slots;
}

void PackedBlock::write(BitWriter& out, const EncodedBlock& block) const
{
    const std::uint64_t rider = m_riderField ? block.meta[*m_riderField][0] >> m_fields[*m_riderField].storedBits() : 0;
    for (std::size_t s = 0; s < m_scaleCount; ++s)
        out.write(block.scales[s].code | (m_riderField ? rider << (m_scaleBits - 1) : 0), m_scaleBits);
    for (std::size_t f = 0; f < m_fields.size(); ++f)
        if (m_fields[f].storage == MetaStorage::Metadata)
            for (const std::uint32_t value : block.meta[f])
                out.write(value, m_fields[f].storedBits());
    if (m_spec.encoder.id == EncoderId::Phase)
        writePhaseCodes(out, m_spec, block);
    else if (m_spec.encoder.id == EncoderId::MicroScopiQ)
        writeMicroScopiQCodes(out, m_spec, block);
    else
        writeSlots(out, storedSlots(block));
}

void PackedBlock::read(BitReader& in, EncodedBlock& block) const
{
    std::uint32_t rider = 0;
    for (std::size_t s = 0; s < m_scaleCount; ++s) {
        block.scales[s].code = in.readLong(m_scaleBits);
        if (m_riderField) {
            rider = static_cast<std::uint32_t>(block.scales[s].code >> (m_scaleBits - 1));
            block.scales[s].code &= (std::uint64_t{1} << (m_scaleBits - 1)) - 1;
        }
    }
    block.meta.resize(m_fields.size());
    for (std::size_t f = 0; f < m_fields.size(); ++f) {
        block.meta[f].assign(unitsOf(block, f), 0);
        if (m_fields[f].storage == MetaStorage::Metadata)
            for (std::uint32_t& value : block.meta[f])
                value = in.read(m_fields[f].storedBits());
    }
    if (m_riderField)
        block.meta[*m_riderField][0] |= rider << m_fields[*m_riderField].storedBits();
    block.codes.assign(block.length, 0);
    if (m_spec.encoder.id == EncoderId::Phase) {
        readPhaseCodes(in, m_spec, block);
    } else if (m_spec.encoder.id == EncoderId::MicroScopiQ) {
        readMicroScopiQCodes(in, m_spec, block);
    } else if (!m_keptField && !m_indexField) {
        block.codes = readSlots(in, block.length);
    } else {
        const std::vector<std::uint32_t> slots = readSlots(in, storedCodes(m_spec, block.length));
        const std::vector<std::size_t> positions = storedPositions(block);
        for (std::size_t k = 0; k < std::min(slots.size(), positions.size()); ++k)
            block.codes[positions[k]] = slots[k];
    }
}

}  // namespace nanoscope
