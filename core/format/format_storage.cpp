#include "core/format/format_storage.h"

#include "core/format/scale_codec.h"

#include <bit>

namespace nanoscope {
namespace {

int bitsToCount(std::size_t values)
{
    return values <= 1 ? 0 : static_cast<int>(std::bit_width(values - 1));
}

std::uint64_t unitsOf(const MetaField& field, const Geometry& geometry, std::uint64_t length)
{
    const auto sub = static_cast<std::uint64_t>(geometry.subgroup());
    return field.unit == Unit::Block ? 1 : (length + sub - 1) / sub;
}

}  // namespace

int selectorBits(const FormatSpec& spec)
{
    return spec.chooser ? bitsToCount(spec.elements.size()) : 0;
}

std::vector<MetaField> metaFields(const FormatSpec& spec)
{
    std::vector<MetaField> fields;
    if (spec.micro && spec.micro->bits > 0) {
        const char* name = spec.micro->rule == MicroRule::MaximumExponent ? kMicroexponent
            : spec.micro->unit == Unit::Block                             ? kNanoMantissa
                                                                          : kSubgroupMantissa;
        fields.push_back({name, spec.micro->bits, spec.micro->unit});
    }
    if (spec.chooser) {
        const int bits = selectorBits(spec);
        fields.push_back(
            {kCodebook, bits, spec.chooser->unit, MetaStorage::Metadata, bits - spec.chooser->bits.value_or(bits)});
    }
    if (spec.special && spec.special->kind == SpecialKind::BlockMaximum) {
        // Index and three more bits make the metadata of a block of 32 one byte; MX++ uses the three (arXiv
        // 2510.14557).
        fields.push_back({kExceptionIndex, bitsToCount(static_cast<std::size_t>(spec.geometry.block)), Unit::Block});
        if (spec.special->othersBits > 0)
            fields.push_back({kOthersOffset, spec.special->othersBits, Unit::Block});
        else
            fields.push_back({kReserved, kReservedBits, Unit::Block});
        fields.push_back({kExceptionMantissa, spec.special->mantissaBits, Unit::Block, MetaStorage::ElementSlot});
    }
    if (spec.special && spec.special->kind == SpecialKind::Top1)
        fields.push_back({kTop1Mantissa, spec.special->bits, Unit::Subgroup});
    return fields;
}

std::uint64_t blockHeaderBits(const FormatSpec& spec, std::uint64_t length)
{
    const ScaleCodec codec(spec.scale.codec);
    auto bits = static_cast<std::uint64_t>(codec.bits() * (spec.scale.splitSign ? 2 : 1));
    for (const MetaField& field : metaFields(spec))
        bits += static_cast<std::uint64_t>(field.storedBits()) * unitsOf(field, spec.geometry, length);
    return bits;
}

std::uint64_t packedRowBytes(const FormatSpec& spec, std::uint64_t rowLength)
{
    const auto block = static_cast<std::uint64_t>(spec.geometry.block);
    const std::uint64_t whole = rowLength / block;
    const std::uint64_t rest = rowLength % block;
    std::uint64_t bits = rowLength * static_cast<std::uint64_t>(spec.codeBits()) + whole * blockHeaderBits(spec, block);
    if (rest > 0)
        bits += blockHeaderBits(spec, rest);
    return (bits + 7) / 8;
}

double nominalBitsPerElement(const FormatSpec& spec)
{
    const auto block = static_cast<std::uint64_t>(spec.geometry.block);
    return spec.codeBits() + static_cast<double>(blockHeaderBits(spec, block)) / static_cast<double>(block);
}

double storedBitsPerElement(const FormatSpec& spec, std::uint64_t rows, std::uint64_t rowLength)
{
    if (rows == 0 || rowLength == 0)
        return nominalBitsPerElement(spec);
    const double bits = 8.0 * static_cast<double>(packedRowBytes(spec, rowLength)) * static_cast<double>(rows)
        + (spec.tensorScale ? 32.0 : 0.0);
    return bits / (static_cast<double>(rows) * static_cast<double>(rowLength));
}

}  // namespace nanoscope
