#include "core/quant/block_decoder.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace nanoscope {

BlockDecoder::BlockDecoder(const FormatSpec& spec, float tensorScale)
    : m_spec(spec)
    , m_tensorScale(tensorScaleFromStored(tensorScale))
    , m_codec(spec.scale.codec)
    , m_packed(spec)
{
    for (const ElementBook& element : spec.elements)
        m_books.emplace_back(element, spec.tie);
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
}

void BlockDecoder::decode(EncodedBlock& block) const
{
    block.decoded.assign(block.length, 0.0);
    for (std::size_t s = 0; s < m_packed.scaleCount(); ++s)
        block.scales[s].value = m_codec.decode(block.scales[s].code);
    if (m_codec.isNan(block.scales[0].code)) {
        std::fill(block.decoded.begin(), block.decoded.end(), std::numeric_limits<double>::quiet_NaN());
        return;
    }
    for (std::size_t i = 0; i < block.length; ++i)
        block.decoded[i] = ordinaryValue(block, i);
    if (m_ladder)
        decodeBlockMaximum(block);
    else if (m_fine)
        decodeTop1Elements(block);
}

std::uint32_t BlockDecoder::metaAt(const EncodedBlock& block, std::size_t field, std::size_t element) const
{
    const bool perBlock = m_packed.fields()[field].unit == Unit::Block;
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
    const std::size_t book = m_bookField ? metaAt(block, *m_bookField, element) : 0;
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
