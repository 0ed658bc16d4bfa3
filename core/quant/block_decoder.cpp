#include "core/quant/block_decoder.h"

#include "core/half.h"
#include "core/quant/affine_code.h"
#include "core/quant/gguf_encoder.h"
#include "core/quant/microscopiq_encoder.h"
#include "core/quant/olive_encoder.h"
#include "core/quant/phase_encoder.h"
#include "core/quant/search_encoder.h"
#include "core/quant/set_aside.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace nanoscope {

BlockDecoder::BlockDecoder(const FormatSpec& spec, const TensorParameters& parameters)
    : m_spec(spec)
    , m_parameters(parameters)
    , m_tensorScale(parameters.scale)
    , m_codec(spec.scale.codec)
    , m_packed(spec)
{
    if (spec.encoder.id != EncoderId::Search)
        return;
    m_books = codebooksOf(spec, parameters.values);
    for (std::size_t book = 0; book < m_books.size(); ++book)
        m_bookFactors.push_back(bookScaleFactor(spec, m_books, book));
    if (spec.micro)
        m_grid = spec.micro->grid();
    if (spec.special && spec.special->kind == SpecialKind::Top1)
        m_fine.emplace(spec.special->fine, spec.tie);
    if (spec.special && spec.special->kind == SpecialKind::BlockMaximum)
        m_ladder.emplace(m_books.front(), spec.special->mantissaBits, spec.tie);
    m_bookField = m_packed.fieldNamed(kCodebook);
    for (const char* name : {kNanoMantissa, kSubgroupMantissa, kMicroexponent})
        if (const auto field = m_packed.fieldNamed(name))
            m_microField = field;
    if (spec.offset)
        m_offsetField = m_packed.fieldNamed(kOffset);
    m_levelsField = m_packed.fieldNamed(kLevels);
}

void BlockDecoder::decode(EncodedBlock& block, const BlockPlace& place) const
{
    block.decoded.assign(block.length, 0.0);
    switch (m_spec.encoder.id) {
    case EncoderId::Search:
        break;
    case EncoderId::OliVe:
        decodeOliveBlock(m_spec, m_parameters, block);
        return;
    case EncoderId::MicroScopiQ:
        decodeMicroScopiQBlock(m_spec, m_parameters, block);
        return;
    case EncoderId::Phase:
        decodePhaseBlock(m_spec, m_parameters, place, block);
        return;
    default:
        decodeGgufBlock(m_spec.encoder.id, block);
        return;
    }
    for (std::size_t s = 0; s < m_packed.scaleCount(); ++s)
        block.scales[s].value = m_codec.decode(block.scales[s].code);
    if (m_codec.isNan(block.scales[0].code)) {
        std::fill(block.decoded.begin(), block.decoded.end(), std::numeric_limits<double>::quiet_NaN());
        return;
    }
    if (m_offsetField) {
        AffineCode affine(m_spec);
        affine.restore(block.meta[*m_offsetField][0]);
        const double scale = realScale(m_spec, block.scales[0].value, m_tensorScale);
        for (std::size_t i = 0; i < block.length; ++i)
            block.decoded[i] = scale > 0 ? affine.decode(block.codes[i], scale) : 0.0;
    } else if (m_levelsField) {
        for (std::size_t i = 0; i < block.length; ++i)
            block.decoded[i] = static_cast<double>(
                halfToFloat(static_cast<std::uint16_t>(block.meta[*m_levelsField][block.codes[i]])));
    } else {
        for (std::size_t i = 0; i < block.length; ++i)
            block.decoded[i] = ordinaryValue(block, i);
    }
    if (m_ladder)
        decodeBlockMaximum(block);
    else if (m_fine)
        decodeTop1Elements(block);
    decodeSetAside(block);
}

void BlockDecoder::decodeSetAside(EncodedBlock& block) const
{
    if (const auto kept = m_packed.fieldNamed(kKept)) {
        const auto of = static_cast<std::size_t>(m_spec.prune->of);
        const auto keep = static_cast<std::size_t>(m_spec.prune->keep);
        std::vector<double> values(block.length, 0.0);
        for (std::size_t k = 0; k < block.meta[*kept].size(); ++k) {
            const std::size_t i = std::min<std::size_t>(k / keep * of + block.meta[*kept][k], block.length - 1);
            values[i] = block.decoded[i];
        }
        block.decoded = std::move(values);
    }
    const auto value = m_packed.fieldNamed(kExceptionValue);
    const auto index = m_packed.fieldNamed(kExceptionIndex);
    if (!value || !index)
        return;
    for (std::size_t k = 0; k < block.meta[*value].size(); ++k)
        block.decoded[std::min<std::size_t>(block.meta[*index][k], block.length - 1)]
            = exceptionValue(m_spec.special->kind, static_cast<std::uint16_t>(block.meta[*value][k]));
}

std::uint32_t BlockDecoder::metaAt(const EncodedBlock& block, std::size_t field, std::size_t element) const
{
    const bool perBlock = m_packed.fields()[field].unit == MetaUnit::Block;
    return block.meta[field][perBlock ? 0 : element / static_cast<std::size_t>(m_spec.geometry.subgroup())];
}

double BlockDecoder::scaleOf(const EncodedBlock& block, std::size_t element) const
{
    const std::size_t book = bookOf(block, element);
    const double level = m_books[book].level(block.codes[element]);
    const bool other = m_spec.scale.splitSign && !(level > 0);
    const double shared = realScale(m_spec, block.scales[other ? 1 : 0].value, m_tensorScale);
    const double micro = m_microField ? m_grid[metaAt(block, *m_microField, element)] : 1.0;
    return shared * m_bookFactors[book] * micro;
}

std::size_t BlockDecoder::bookOf(const EncodedBlock& block, std::size_t element) const
{
    const std::size_t book = m_bookField ? metaAt(block, *m_bookField, element) : m_parameters.book;
    return std::min(book, m_books.size() - 1);
}

double BlockDecoder::ordinaryValue(const EncodedBlock& block, std::size_t element) const
{
    const double scale = scaleOf(block, element);
    const double level = m_books[bookOf(block, element)].level(block.codes[element]);
    return scale > 0 ? level * scale : 0.0;
}

void BlockDecoder::decodeBlockMaximum(EncodedBlock& block) const
{
    const int codeBits = m_spec.codeBits();
    const bool lowers = m_spec.special->othersBits > 0;
    const std::uint32_t lowered = block.meta[*m_packed.fieldNamed(lowers ? kOthersOffset : kReserved)][0];
    const std::size_t index
        = std::min<std::size_t>(block.meta[*m_packed.fieldNamed(kExceptionIndex)][0], block.length - 1);
    const std::uint32_t allOnes = (std::uint32_t{1} << (lowers ? m_spec.special->othersBits : kReservedBits)) - 1;
    const bool allZero
        = std::all_of(block.codes.begin(), block.codes.end(), [](std::uint32_t code) { return code == 0; });
    if (allZero && lowered == allOnes)
        return;
    const double scale = scaleOf(block, index);
    if (lowers)
        for (double& value : block.decoded)
            value = std::ldexp(value, -static_cast<int>(lowered));
    const std::uint32_t slot = block.codes[index];
    const double magnitude = m_ladder->level(slot & (signMask(codeBits) - 1)) * scale;
    block.decoded[index] = (slot & signMask(codeBits)) != 0 ? -magnitude : magnitude;
}

void BlockDecoder::decodeTop1Elements(EncodedBlock& block) const
{
    const int codeBits = m_spec.codeBits();
    const auto sub = static_cast<std::size_t>(m_spec.geometry.subgroup());
    const std::size_t field = *m_packed.fieldNamed(kTop1Mantissa);
    for (std::size_t start = 0; start < block.length; start += sub) {
        const std::size_t length = std::min(sub, block.length - start);
        const std::size_t top = start + top1Position(std::span(block.codes).subspan(start, length), codeBits);
        const double scale = scaleOf(block, top);
        const std::uint32_t magnitude = block.codes[top] & (signMask(codeBits) - 1);
        const double value = decodeTop1(*m_fine, m_spec.special->bits, magnitude, metaAt(block, field, start)) * scale;
        block.decoded[top] = (block.codes[top] & signMask(codeBits)) != 0 ? 0.0 - value : value;
    }
}

}  // namespace nanoscope
