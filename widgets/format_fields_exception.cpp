// The fields of elements that are stored more finely than their neighbors.

#include "widgets/format_fields.h"

#include <QCoreApplication>

#include <string>

namespace nanoscope {
namespace {

constexpr int kNone = -1;

/// Texts of this file are translated with those of the view that shows them.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::FormatEditor)
};

bool isBlockMaximum(const FormatSpec& spec)
{
    return spec.special && spec.special->kind == SpecialKind::BlockMaximum;
}

bool isTop1(const FormatSpec& spec)
{
    return spec.special && spec.special->kind == SpecialKind::Top1;
}

/// The element codebook with `bits` more mantissa bits: the ladder of a top-1 refinement.
ElementBook finerBook(const ElementBook& book, int bits)
{
    ElementBook fine = book;
    if (fine.kind == BookKind::Integer) {
        fine.bits += bits;
        fine.lsb -= bits;
    } else {
        fine.mantissaBits += bits;
    }
    fine.id = fine.standardId();
    return fine;
}

FormatSpec withException(FormatSpec spec, int kind)
{
    if (kind == kNone) {
        spec.special.reset();
        return validated(std::move(spec));
    }
    SpecialSpec special;
    special.kind = static_cast<SpecialKind>(kind);
    if (special.kind == SpecialKind::BlockMaximum)
        special.mantissaBits = spec.codeBits() - 1;
    else
        special.fine = finerBook(spec.elements.front(), special.bits);
    spec.special = special;
    return validated(std::move(spec));
}

void addBlockMaximum(FormatFields& fields)
{
    fields.addInteger(
        {QStringLiteral("exceptionMantissa"), Text::tr("Exception mantissa"),
            Text::tr("Mantissa bits of the block's largest element"), isBlockMaximum},
        1, 7, [](const FormatSpec& spec) { return spec.special->mantissaBits; },
        [](FormatSpec spec, int bits) {
            spec.special->mantissaBits = bits;
            return validated(std::move(spec));
        });
    fields.addInteger(
        {QStringLiteral("othersBits"), Text::tr("Others’ offset bits"),
            Text::tr("Bits that lower the exponent of all other elements (MX++); 0: none"), isBlockMaximum},
        0, 6, [](const FormatSpec& spec) { return spec.special->othersBits; },
        [](FormatSpec spec, int bits) {
            spec.special->othersBits = bits;
            return validated(std::move(spec));
        });
    fields.addChoice(
        {QStringLiteral("othersRule"), Text::tr("Others’ offset rule"),
            Text::tr("How the exponent of the others follows from the second-largest element"),
            [](const FormatSpec& spec) { return isBlockMaximum(spec) && spec.special->othersBits > 0; }},
        std::vector<FormatFields::Option>{
            {Text::tr("never clips"), static_cast<int>(OthersRule::NoClip)},
            {Text::tr("floor"), static_cast<int>(OthersRule::Floor)},
        },
        [](const FormatSpec& spec) { return static_cast<int>(spec.special->othersRule); },
        [](FormatSpec spec, int rule) {
            spec.special->othersRule = static_cast<OthersRule>(rule);
            return validated(std::move(spec));
        });
}

void addTop1(FormatFields& fields)
{
    fields.addInteger(
        {QStringLiteral("top1Bits"), Text::tr("Top-1 bits"),
            Text::tr("Metadata bits that refine the largest element of each subgroup"), isTop1},
        1, 4, [](const FormatSpec& spec) { return spec.special->bits; },
        [](FormatSpec spec, int bits) {
            // The finer ladder has 2^bits steps per code, so its width follows.
            SpecialSpec& special = spec.special.value();
            special.fine = finerBook(special.fine, bits - special.bits);
            special.bits = bits;
            return validated(std::move(spec));
        });
}

}  // namespace

void addExceptionFields(FormatFields& fields)
{
    fields.addHeading(Text::tr("Exceptions"));
    fields.addChoice(
        {QStringLiteral("exception"), Text::tr("Exception"),
            Text::tr("An element that is stored more finely than its neighbors"),
            [](const FormatSpec& spec) {
                return spec.special || (!spec.micro && !spec.chooser && !spec.elements.front().recycle);
            }},
        std::vector<FormatFields::Option>{
            {Text::tr("none"), kNone},
            {Text::tr("block max. (MX+)"), static_cast<int>(SpecialKind::BlockMaximum)},
            {Text::tr("top 1 (M2XFP)"), static_cast<int>(SpecialKind::Top1)},
        },
        [](const FormatSpec& spec) { return spec.special ? static_cast<int>(spec.special->kind) : kNone; },
        withException);
    addBlockMaximum(fields);
    addTop1(fields);
}

}  // namespace nanoscope
