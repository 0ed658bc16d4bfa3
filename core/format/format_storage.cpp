#include "core/format/format_storage.h"

#include "core/format/named_format.h"
#include "core/format/scale_codec.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace nanoscope {
namespace {

int bitsToCount(std::size_t values)
{
    return values <= 1 ? 0 : static_cast<int>(std::bit_width(values - 1));
}

/// Width of a position in a block.
int positionBits(const FormatSpec& spec)
{
    return bitsToCount(static_cast<std::size_t>(spec.geometry.block));
}

void addExceptionFields(std::vector<MetaField>& fields, const FormatSpec& spec)
{
    const SpecialSpec& special = *spec.special;
    switch (special.kind) {
    case SpecialKind::BlockMaximum:
        // Index and three more bits make the metadata of a block of 32 one byte; MX++ uses the three (arXiv
        // 2510.14557).
        fields.push_back({kExceptionIndex, positionBits(spec), MetaUnit::Block});
        if (special.othersBits > 0)
            fields.push_back({kOthersOffset, special.othersBits, MetaUnit::Block});
        else
            fields.push_back({kReserved, kReservedBits, MetaUnit::Block});
        fields.push_back({kExceptionMantissa, special.mantissaBits, MetaUnit::Block, MetaStorage::ElementSlot});
        break;
    case SpecialKind::Top1:
        fields.push_back({kTop1Mantissa, special.bits, MetaUnit::Subgroup});
        break;
    case SpecialKind::Sparse:
    case SpecialKind::Columns:
        fields.push_back({kExceptionCount, positionBits(spec) + 1, MetaUnit::Block});
        [[fallthrough]];
    case SpecialKind::TopN:
        fields.push_back({kExceptionIndex, positionBits(spec), MetaUnit::Exception});
        fields.push_back({kExceptionValue, 16, MetaUnit::Exception});
        break;
    }
}

}  // namespace

int selectorBits(const FormatSpec& spec)
{
    return spec.chooser && spec.chooser->unit != Unit::Tensor ? bitsToCount(spec.elements.size()) : 0;
}

std::vector<MetaField> metaFields(const FormatSpec& spec)
{
    if (spec.mix || spec.encoder.id != EncoderId::Search)
        return namedMetaFields(spec);
    std::vector<MetaField> fields;
    if (spec.offset)
        fields.push_back({kOffset, spec.offset->kind == OffsetKind::ZeroPoint ? spec.codeBits() : 16, MetaUnit::Block});
    if (spec.elements.front().kind == BookKind::Fitted && spec.geometry.wholeRow)
        fields.push_back({kLevels, 16, MetaUnit::Level});
    if (spec.micro && spec.micro->bits > 0) {
        const char* name = spec.micro->rule == MicroRule::MaximumExponent ? kMicroexponent
            : spec.micro->unit == Unit::Block                             ? kNanoMantissa
                                                                          : kSubgroupMantissa;
        fields.push_back(
            {name, spec.micro->bits, spec.micro->unit == Unit::Block ? MetaUnit::Block : MetaUnit::Subgroup});
    }
    if (selectorBits(spec) > 0) {
        const int bits = selectorBits(spec);
        fields.push_back({kCodebook, bits, spec.chooser->unit == Unit::Block ? MetaUnit::Block : MetaUnit::Subgroup,
            MetaStorage::Metadata, bits - spec.chooser->bits.value_or(bits)});
    }
    if (spec.special)
        addExceptionFields(fields, spec);
    if (spec.prune)
        fields.push_back({kKept, bitsToCount(static_cast<std::size_t>(spec.prune->of)), MetaUnit::Kept});
    return fields;
}

std::uint64_t fixedUnits(const MetaField& field, const FormatSpec& spec, std::uint64_t length)
{
    const auto sub = static_cast<std::uint64_t>(spec.geometry.subgroup());
    switch (field.unit) {
    case MetaUnit::Block:
        return 1;
    case MetaUnit::Subgroup:
        return (length + sub - 1) / sub;
    case MetaUnit::Level:
        return std::uint64_t{1} << spec.codeBits();
    case MetaUnit::Kept:
        return storedCodes(spec, length);
    case MetaUnit::Exception:
        return spec.special && spec.special->kind == SpecialKind::TopN
            ? std::min(length, static_cast<std::uint64_t>(spec.special->count))
            : 0;
    case MetaUnit::Flagged:
        break;
    }
    return 0;
}

int blockScaleBits(const FormatSpec& spec)
{
    return spec.mix ? 0 : ScaleCodec(spec.scale.codec).bits() * (spec.scale.splitSign ? 2 : 1);
}

std::uint64_t blockHeaderBits(const FormatSpec& spec, std::uint64_t length)
{
    auto bits = static_cast<std::uint64_t>(blockScaleBits(spec));
    for (const MetaField& field : metaFields(spec))
        bits += static_cast<std::uint64_t>(field.storedBits()) * fixedUnits(field, spec, length);
    return bits;
}

std::uint64_t storedCodes(const FormatSpec& spec, std::uint64_t length)
{
    if (spec.prune) {
        const auto of = static_cast<std::uint64_t>(spec.prune->of);
        const auto keep = static_cast<std::uint64_t>(spec.prune->keep);
        return length / of * keep + std::min(length % of, keep);
    }
    if (spec.special && spec.special->kind == SpecialKind::TopN)
        return length - std::min(length, static_cast<std::uint64_t>(spec.special->count));
    return length;
}

std::uint64_t storedBlockBits(const FormatSpec& spec, std::uint64_t length)
{
    const auto width
        = static_cast<std::uint64_t>(spec.encoder.id == EncoderId::Phase ? spec.encoder.stages : spec.codeBits());
    return blockHeaderBits(spec, length) + storedCodes(spec, length) * width;
}

std::uint64_t packedRowBytes(const FormatSpec& spec, std::uint64_t rowLength)
{
    const FormatSpec fitted = resolved(spec, rowLength);
    const auto block = static_cast<std::uint64_t>(fitted.geometry.block);
    const std::uint64_t whole = rowLength / block;
    const std::uint64_t rest = rowLength % block;
    return (whole * storedBlockBits(fitted, block) + (rest > 0 ? storedBlockBits(fitted, rest) : 0) + 7) / 8;
}

bool hasVariableBlocks(const FormatSpec& spec)
{
    if (spec.mix || spec.encoder.id == EncoderId::MicroScopiQ)
        return true;
    return spec.special && (spec.special->kind == SpecialKind::Sparse || spec.special->kind == SpecialKind::Columns);
}

std::size_t tensorValueCount(const FormatSpec& spec)
{
    if (spec.encoder.id == EncoderId::Phase)
        return 4 * static_cast<std::size_t>(spec.encoder.stages);
    if (spec.mix || spec.encoder.id != EncoderId::Search)
        return 0;
    const bool fitsTensor = spec.elements.front().kind == BookKind::Fitted && !spec.geometry.wholeRow;
    return fitsTensor ? std::size_t{1} << spec.codeBits() : 0;
}

std::uint64_t tensorBits(const FormatSpec& spec)
{
    std::uint64_t bits = 32 * static_cast<std::uint64_t>(tensorValueCount(spec));
    if (spec.tensorScale && !spec.tensorScale->exponent)
        bits += spec.tensorScale->codec == TensorScaleCodec::FP32 ? 32U : 8U;
    if (spec.chooser && spec.chooser->unit == Unit::Tensor)
        bits += 8;
    if (spec.mix)  // parts share one tensor scale
        for (const FormatSpec& part : spec.mix->parts)
            bits = std::max(bits, tensorBits(part));
    return bits;
}

double nominalBitsPerElement(const FormatSpec& spec)
{
    if (spec.mix) {
        const int width = bitsToCount(std::max<std::size_t>(spec.mix->parts.size(), 2));  // which part, per block
        const double partBits = width / static_cast<double>(spec.geometry.block);
        double bits = nominalBitsPerElement(spec.mix->parts.front());
        if (spec.mix->rule == MixRule::ResidualColumns)
            bits *= 1.0 + spec.mix->share;
        else if (spec.mix->rule == MixRule::WidestOfRow && spec.mix->parts.size() > 1)
            bits += spec.mix->share * (nominalBitsPerElement(spec.mix->parts[1]) - bits);
        return bits + partBits;
    }
    FormatSpec whole = spec;
    if (whole.geometry.wholeRow)
        whole.geometry.block = static_cast<int>(kNominalRow);
    const auto block = static_cast<std::uint64_t>(whole.geometry.block);
    return static_cast<double>(storedBlockBits(whole, block)) / static_cast<double>(block);
}

double storedBitsPerElement(const FormatSpec& spec, std::uint64_t rows, std::uint64_t rowLength)
{
    if (rows == 0 || rowLength == 0)
        return nominalBitsPerElement(spec);
    const double bits = 8.0 * static_cast<double>(packedRowBytes(spec, rowLength)) * static_cast<double>(rows)
        + static_cast<double>(tensorBits(spec));
    return bits / (static_cast<double>(rows) * static_cast<double>(rowLength));
}

}  // namespace nanoscope
