#include "core/quant/gguf_type.h"

#include "core/format/format_text.h"
#include "core/quant/gguf_iq4.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace nanoscope {
namespace {

using enum EncoderId;
using enum GgufLevels;

constexpr GgufType plain(EncoderId id, std::size_t block, int bits, GgufLevels levels, int shift, TieRule tie,
    GgufMinimum minimum = GgufMinimum::None, std::optional<EncoderId> shorter = {})
{
    return {id, block, block, bits, levels, shift, GgufSubScale::None, 0, minimum, tie, shorter};
}

constexpr GgufType super(EncoderId id, std::size_t sub, int bits, GgufLevels levels, int shift, GgufSubScale subScale,
    int subScaleBits, TieRule tie, EncoderId shorter)
{
    const auto minimum = subScale == GgufSubScale::Unsigned ? GgufMinimum::Subgroup : GgufMinimum::None;
    return {id, 256, sub, bits, levels, shift, subScale, subScaleBits, minimum, tie, shorter};
}

constexpr std::array kTypes{
    plain(Q4_0, 32, 4, Shifted, 8, TieRule::Up),
    plain(Q4_1, 32, 4, Shifted, 0, TieRule::Up, GgufMinimum::Block),
    plain(Q5_0, 32, 5, Shifted, 16, TieRule::Up),
    plain(Q5_1, 32, 5, Shifted, 0, TieRule::Up, GgufMinimum::Block),
    plain(Q8_0, 32, 8, TwosComplement, 0, TieRule::Away),
    super(Q2_K, 16, 2, Shifted, 0, GgufSubScale::Unsigned, 4, TieRule::Even, Q4_0),
    super(Q3_K, 16, 3, Shifted, 4, GgufSubScale::Shifted32, 6, TieRule::Even, Q4_0),
    super(Q4_K, 32, 4, Shifted, 0, GgufSubScale::Unsigned, 6, TieRule::Even, Q4_0),
    super(Q5_K, 32, 5, Shifted, 0, GgufSubScale::Unsigned, 6, TieRule::Even, Q5_0),
    super(Q6_K, 16, 6, Shifted, 32, GgufSubScale::TwosComplement8, 8, TieRule::Even, Q8_0),
    plain(IQ4_NL, 32, 4, Iq4, 0, TieRule::Up),
    super(IQ4_XS, 32, 4, Iq4, 0, GgufSubScale::Shifted32, 6, TieRule::Up, IQ4_NL),
    plain(TQ2_0, 256, 2, Ternary, 1, TieRule::Away, GgufMinimum::None, Q2_0),
    plain(Q1_0, 128, 1, Signs, 0, TieRule::Up, GgufMinimum::None, Q2_0),
    plain(Q2_0, 64, 2, Ternary, 1, TieRule::Away, GgufMinimum::None, Q4_0),
};

const GgufType* find(EncoderId id)
{
    const auto found = std::find_if(kTypes.begin(), kTypes.end(), [id](const GgufType& type) { return type.id == id; });
    return found == kTypes.end() ? nullptr : &*found;
}

/// The first of the types with shorter blocks that divides the row.
std::optional<EncoderId> fittingType(const GgufType& type, std::uint64_t rowLength)
{
    for (auto id = type.shorter; id; id = ggufType(*id).shorter)
        if (rowLength % ggufType(*id).block == 0)
            return id;
    return std::nullopt;
}

}  // namespace

bool isGguf(EncoderId id)
{
    return find(id) != nullptr;
}

const GgufType& ggufType(EncoderId id)
{
    const GgufType* type = find(id);
    assert(type != nullptr);
    return type != nullptr ? *type : kTypes.front();
}

Geometry ggufGeometry(EncoderId id)
{
    const GgufType& type = ggufType(id);
    Geometry geometry;
    geometry.block = static_cast<int>(type.block);
    if (type.sub != type.block)
        geometry.sub = static_cast<int>(type.sub);
    return geometry;
}

ElementBook ggufBook(EncoderId id)
{
    const GgufType& type = ggufType(id);
    ElementBook book;
    book.bits = type.bits;
    if (type.levels == TwosComplement) {
        book.kind = BookKind::Integer;
        book.twosComplement = true;
        book.id = book.standardId();
        return book;
    }
    book.kind = BookKind::Table;
    book.id = std::string(nameOf(kEncoderNames, id));
    const int codes = type.levels == Ternary ? 3 : 1 << type.bits;
    for (int code = 0; code < codes; ++code) {
        if (type.levels == Iq4)
            book.levels.push_back(static_cast<double>(kIq4Levels[static_cast<std::size_t>(code)]));
        else
            book.levels.push_back(type.levels == Signs ? 2 * code - 1 : code - type.levelShift);
    }
    return book;
}

TieRule ggufTie(EncoderId id)
{
    return ggufType(id).tie;
}

std::vector<MetaField> ggufMetaFields(EncoderId id)
{
    const GgufType& type = ggufType(id);
    std::vector<MetaField> fields;
    const auto add = [&fields](const char* name, int bits, MetaUnit unit) {
        MetaField field;
        field.name = name;
        field.bits = bits;
        field.unit = unit;
        fields.push_back(field);
    };
    if (type.minimum == GgufMinimum::Block)
        add(kOffset, 16, MetaUnit::Block);
    if (type.minimum == GgufMinimum::Subgroup)
        add(kSuperMinimum, 16, MetaUnit::Block);
    if (type.subScale != GgufSubScale::None)
        add(kSubScale, type.subScaleBits, MetaUnit::Subgroup);
    if (type.minimum == GgufMinimum::Subgroup)
        add(kSubMinimum, type.subScaleBits, MetaUnit::Subgroup);
    return fields;
}

std::optional<GgufRowRefusal> ggufRowRefusal(EncoderId id, std::uint64_t rowLength)
{
    const GgufType& type = ggufType(id);
    if (rowLength % type.block == 0)
        return std::nullopt;
    const std::string block = std::to_string(type.block);
    GgufRowRefusal refusal;
    refusal.what = "rows of ";
    refusal.what += std::to_string(rowLength);
    refusal.what += " elements are not whole blocks of ";
    refusal.what += block;
    if (const auto other = fittingType(type, rowLength)) {
        refusal.remedy = "take ";
        refusal.remedy += nameOf(kEncoderNames, *other);
        refusal.remedy += ", or ";
    }
    refusal.remedy += "--reshape to rows that are multiples of ";
    refusal.remedy += block;
    return refusal;
}

}  // namespace nanoscope
