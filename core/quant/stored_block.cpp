#include "core/quant/stored_block.h"

#include "core/format/scale_codec.h"

namespace nanoscope {

StoredBlock::StoredBlock(const FormatSpec& spec)
    : m_marksBad(!spec.mix && ScaleCodec(spec.scale.codec).nanCode().has_value())
{
    if (spec.mix)
        m_mixed.emplace(spec);
    else
        m_packed.emplace(spec);
}

const std::vector<MetaField>& StoredBlock::fields() const
{
    return m_mixed ? m_mixed->layout().fields() : m_packed->fields();
}

std::uint64_t StoredBlock::bitsOf(const EncodedBlock& block) const
{
    return m_mixed ? m_mixed->bitsOf(block) : m_packed->bitsOf(block);
}

void StoredBlock::write(BitWriter& out, const EncodedBlock& block) const
{
    if (m_mixed)
        m_mixed->write(out, block);
    else
        m_packed->write(out, block);
}

StoredBlockReader::StoredBlockReader(const FormatSpec& spec, const TensorParameters& parameters)
{
    if (spec.mix) {
        m_mixed.emplace(spec);
        m_mixedDecoder.emplace(spec, parameters);
    } else {
        m_decoder.emplace(spec, parameters);
    }
}

bool StoredBlockReader::read(BitReader& in, EncodedBlock& block, const BlockPlace& place) const
{
    if (m_mixed)
        m_mixed->read(in, block);
    else
        m_decoder->packed().read(in, block);
    if (in.isExhausted())
        return false;
    if (m_mixed)
        m_mixedDecoder->decode(block, place);
    else
        m_decoder->decode(block, place);
    return true;
}

}  // namespace nanoscope
