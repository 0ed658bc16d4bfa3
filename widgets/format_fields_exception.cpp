// The fields of elements that are stored more finely than their neighbors, or not at all.

#include "widgets/format_fields.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <string>

namespace nanoscope {
namespace {

constexpr int kNone = -1;

/// Texts of this file are translated with those of the view that shows them.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::FormatEditor)
};

SpecTest isKind(SpecialKind kind)
{
    return [kind](const FormatSpec& spec) { return spec.special && spec.special->kind == kind; };
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
        return spec;
    }
    SpecialSpec special;
    special.kind = static_cast<SpecialKind>(kind);
    if (special.kind == SpecialKind::BlockMaximum)
        special.mantissaBits = spec.codeBits() - 1;
    else if (special.kind == SpecialKind::Top1)
        special.fine = finerBook(spec.elements.front(), special.bits);
    else if (special.kind == SpecialKind::TopN && !spec.geometry.wholeRow)
        special.count = std::min(special.count, spec.geometry.block - 1);
    spec.special = special;
    return spec;
}

void addBlockMaximum(FormatFields& fields)
{
    const SpecTest isBlockMaximum = isKind(SpecialKind::BlockMaximum);
    fields.addIntegerAt(
        {QStringLiteral("exceptionMantissa"), Text::tr("Exception mantissa"),
            Text::tr("Mantissa bits of the block's largest element"), isBlockMaximum, {}},
        1, 7, [](auto& spec) -> auto& { return spec.special->mantissaBits; });
    fields.addIntegerAt(
        {QStringLiteral("othersBits"), Text::tr("Others’ offset bits"),
            Text::tr("Bits that lower the exponent of all other elements (MX++); 0: none"), isBlockMaximum, {}},
        0, 6, [](auto& spec) -> auto& { return spec.special->othersBits; });
    fields.addChoiceAt(
        {QStringLiteral("othersRule"), Text::tr("Others’ offset rule"),
            Text::tr("How the exponent of the others follows from the second-largest element"),
            [isBlockMaximum](const FormatSpec& spec) { return isBlockMaximum(spec) && spec.special->othersBits > 0; },
            {}},
        {FormatFields::option(Text::tr("never clips"), OthersRule::NoClip),
            FormatFields::option(Text::tr("floor"), OthersRule::Floor)},
        [](auto& spec) -> auto& { return spec.special->othersRule; });
}

void addTop1(FormatFields& fields)
{
    fields.addInteger(
        {QStringLiteral("top1Bits"), Text::tr("Top-1 bits"),
            Text::tr("Metadata bits that refine the largest element of each subgroup"), isKind(SpecialKind::Top1), {}},
        1, 4, [](const FormatSpec& spec) { return spec.special->bits; },
        [](FormatSpec spec, int bits) {
            // The finer ladder has 2^bits steps per code, so its width follows.
            SpecialSpec& special = spec.special.value();
            special.fine = finerBook(special.fine, bits - special.bits);
            special.bits = bits;
            return spec;
        });
}

void addSetAside(FormatFields& fields)
{
    fields.addIntegerAt(
        {QStringLiteral("exceptionCount"), Text::tr("Exceptions per block"),
            Text::tr("So many largest elements of each block stay BF16; the next one sets the scale"),
            isKind(SpecialKind::TopN), {}},
        0, 64, [](auto& spec) -> auto& { return spec.special->count; });
    fields.addRealAt(
        {QStringLiteral("exceptionShare"), Text::tr("Share set aside"),
            Text::tr("That share of the tensor's elements, the largest ones, stay FP16: 0.0045 is 0.45 %"),
            isKind(SpecialKind::Sparse), {}},
        [](auto& spec) -> auto& { return spec.special->share; });
    fields.addRealAt(
        {QStringLiteral("exceptionThreshold"), Text::tr("Column threshold"),
            Text::tr("Columns of the tensor that hold an element of at least this magnitude stay FP16"),
            isKind(SpecialKind::Columns), {}},
        [](auto& spec) -> auto& { return spec.special->threshold; });
    fields.addSwitchAt(
        {QStringLiteral("thresholdRelative"), Text::tr("Threshold times RMS"),
            Text::tr("The threshold is in multiples of the tensor's root mean square, so that it does "
                     "not depend on the tensor's size"),
            isKind(SpecialKind::Columns), {}},
        [](auto& spec) -> auto& { return spec.special->relative; });
}

QString pruningText(const FormatSpec& spec)
{
    return spec.prune ? QStringLiteral("%1:%2").arg(spec.prune->keep).arg(spec.prune->of) : QString();
}

FormatSpec withPruning(FormatSpec spec, const QString& text)
{
    if (text.trimmed().isEmpty()) {
        spec.prune.reset();
        return spec;
    }
    const QStringList parts = text.split(u':');
    bool isKeep = false;
    bool isOf = false;
    PruneSpec prune;
    prune.keep = parts.first().trimmed().toInt(&isKeep);
    prune.of = parts.last().trimmed().toInt(&isOf);
    if (parts.size() != 2 || !isKeep || !isOf)
        refuseInput(Text::tr("N:M pruning"), text, Text::tr("two integers such as 2:4, or nothing"));
    spec.prune = prune;
    return spec;
}

}  // namespace

void addExceptionFields(FormatFields& fields)
{
    fields.setScope(isGeneral);
    fields.addHeading(Text::tr("Exceptions"));
    fields.addChoice(
        {QStringLiteral("exception"), Text::tr("Exception"),
            Text::tr("Elements that are stored more finely than their neighbors: the largest of a block or "
                     "subgroup, the largest of the tensor, or columns with large elements"),
            [](const FormatSpec& spec) {
                return spec.special
                    || (!spec.micro && !spec.chooser && !spec.elements.front().recycle && !spec.offset && !spec.prune);
            },
            [](const FormatSpec& spec) { return !spec.prune; }},
        FormatFields::Options{{Text::tr("none"), kNone},
            FormatFields::option(Text::tr("block max. (MX+)"), SpecialKind::BlockMaximum),
            FormatFields::option(Text::tr("top 1 (M2XFP)"), SpecialKind::Top1),
            FormatFields::option(Text::tr("top n as BF16 (OPAL)"), SpecialKind::TopN),
            FormatFields::option(Text::tr("sparse FP16 (SqueezeLLM)"), SpecialKind::Sparse),
            FormatFields::option(Text::tr("FP16 columns (LLM.int8)"), SpecialKind::Columns)},
        [](const FormatSpec& spec) { return spec.special ? static_cast<int>(spec.special->kind) : kNone; },
        withException);
    addBlockMaximum(fields);
    addTop1(fields);
    addSetAside(fields);
    fields.addText({QStringLiteral("pruning"), Text::tr("N:M pruning"),
                       Text::tr("2:4 keeps the two largest of every four consecutive elements, the others become 0"),
                       [](const FormatSpec& spec) { return spec.prune.has_value(); },
                       [](const FormatSpec& spec) { return !spec.special && !spec.offset && !spec.scale.splitSign; }},
        Text::tr("none"), pruningText, withPruning);
}

}  // namespace nanoscope
