#include "core/quant/exception_encoder.h"

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

std::size_t largestPosition(std::span<const double> values)
{
    std::size_t largest = 0;
    for (std::size_t i = 1; i < values.size(); ++i)
        if (std::fabs(values[i]) > std::fabs(values[largest]))
            largest = i;
    return largest;
}

}  // namespace

ExceptionEncoder::ExceptionEncoder(const FormatSpec& spec, const Codebook& book)
    : m_special(*spec.special)
    , m_book(book)
    , m_subgroup(static_cast<std::size_t>(spec.geometry.subgroup()))
    , m_fields(metaFields(spec))
{
    if (m_special.kind == SpecialKind::BlockMaximum)
        m_ladder.emplace(book, m_special.mantissaBits, spec.tie);
    else
        m_fine.emplace(m_special.fine, spec.tie);
}

void ExceptionEncoder::refine(EncodedBlock& block, std::span<const double> values) const
{
    if (m_ladder)
        refineBlockMaximum(block, values.first(block.length));
    else
        refineTop1(block, values.first(block.length));
}

std::vector<std::uint32_t>& ExceptionEncoder::metaOf(EncodedBlock& block, const char* name) const
{
    const auto field
        = std::find_if(m_fields.begin(), m_fields.end(), [name](const MetaField& f) { return f.name == name; });
    return block.meta[static_cast<std::size_t>(field - m_fields.begin())];
}

void ExceptionEncoder::refineBlockMaximum(EncodedBlock& block, std::span<const double> values) const
{
    const bool lowers = m_special.othersBits > 0;
    const double scale = block.effectiveScale.front();
    const std::size_t maximum = largestPosition(values);
    if (values[maximum] == 0.0) {  // no exception: marked by all ones
        const int bits = lowers ? m_special.othersBits : kReservedBits;
        metaOf(block, lowers ? kOthersOffset : kReserved)[0] = (std::uint32_t{1} << bits) - 1;
        return;
    }
    if (lowers)
        lowerOthers(block, values, maximum, scale);
    const std::uint32_t step = m_ladder->nearest(std::fabs(values[maximum]) / scale);
    block.decoded[maximum] = std::copysign(m_ladder->level(step) * scale, values[maximum]);
    block.exceptions.push_back(maximum);
    metaOf(block, kExceptionIndex)[0] = static_cast<std::uint32_t>(maximum);
    metaOf(block, kExceptionMantissa)[0] = step;
}

void ExceptionEncoder::lowerOthers(
    EncodedBlock& block, std::span<const double> values, std::size_t maximum, double scale) const
{
    double second = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (i != maximum)
            second = std::max(second, std::fabs(values[i]));
    const int offset = othersOffset(m_special, m_book, second, scale);
    const double lower = std::ldexp(scale, -offset);
    bool anyOther = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i == maximum)
            continue;
        block.scaled[i] = values[i] / lower;
        block.codes[i] = m_book.nearest(block.scaled[i]);
        block.effectiveScale[i] = lower;
        block.decoded[i] = m_book.level(block.codes[i]) * lower;
        anyOther = anyOther || block.codes[i] != 0;
    }
    // Without other elements the offset changes nothing; 0 keeps all ones free to mark an all-zero block.
    metaOf(block, kOthersOffset)[0] = anyOther ? static_cast<std::uint32_t>(offset) : 0;
}

void ExceptionEncoder::refineTop1(EncodedBlock& block, std::span<const double> values) const
{
    const int codeBits = m_book.codeBits();
    const std::uint32_t signBit = std::uint32_t{1} << (codeBits - 1);
    std::vector<std::uint32_t>& meta = metaOf(block, kTop1Mantissa);
    for (std::size_t start = 0, unit = 0; start < block.length; start += m_subgroup, ++unit) {
        const std::size_t length = std::min(m_subgroup, block.length - start);
        const std::size_t top = start + top1Position(std::span(block.codes).subspan(start, length), codeBits);
        const Top1Refinement refined
            = encodeTop1(*m_fine, m_special.bits, block.codes[top] & (signBit - 1), std::fabs(block.scaled[top]));
        block.exceptions.push_back(top);
        meta[unit] = refined.meta;
        const double magnitude = refined.level * block.effectiveScale[top];
        block.decoded[top] = values[top] < 0 ? 0.0 - magnitude : magnitude;
        // A refined element below the smallest level still has a sign: the code of minus zero carries it.
        if (block.codes[top] == 0 && block.decoded[top] < 0)
            block.codes[top] = signBit;
    }
}

bool ExceptionEncoder::isClipped(double scaled) const
{
    if (m_ladder)
        return m_ladder->isClipped(std::fabs(scaled));
    const auto topCode = static_cast<std::uint32_t>(m_book.magnitudes().size() - 1);
    const std::uint32_t topMeta = (std::uint32_t{1} << m_special.bits) - 1;
    const double top = decodeTop1(*m_fine, m_special.bits, topCode, topMeta);
    return std::fabs(scaled) > top + (top - decodeTop1(*m_fine, m_special.bits, topCode, topMeta - 1)) / 2;
}

}  // namespace nanoscope
