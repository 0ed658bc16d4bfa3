// The fields of what is chosen per block or subgroup: micro-scale and codebook.

#include "core/format/format_storage.h"
#include "core/format/scale_codec.h"
#include "widgets/format_fields.h"

#include <QCoreApplication>

namespace nanoscope {
namespace {

/// Texts of this file are translated with those of the view that shows them.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::FormatEditor)
};

bool hasMicro(const FormatSpec& spec)
{
    return spec.micro.has_value();
}

bool hasChooser(const FormatSpec& spec)
{
    return spec.chooser.has_value();
}

void addMicro(FormatFields& fields)
{
    fields.addChoiceAt(
        {QStringLiteral("microRule"), Text::tr("Mantissa rule"),
            Text::tr("How the scale’s mantissa is found: search for the smallest error, or from the block maximum"),
            hasMicro, {}},
        {FormatFields::option(Text::tr("search"), MicroRule::Search),
            FormatFields::option(Text::tr("nearest to maximum"), MicroRule::MaximumRound),
            FormatFields::option(Text::tr("above maximum"), MicroRule::MaximumCeil),
            FormatFields::option(Text::tr("leading bits"), MicroRule::MantissaFloor),
            FormatFields::option(Text::tr("leading bits, rounded"), MicroRule::MantissaRound),
            FormatFields::option(Text::tr("shared microexponent"), MicroRule::MaximumExponent)},
        [](auto& spec) -> auto& { return spec.micro->rule; });
    fields.addChoiceAt(
        {QStringLiteral("microUnit"), Text::tr("Mantissa per"), Text::tr("What has a mantissa of its own"), hasMicro,
            {}},
        {FormatFields::option(Text::tr("block"), Unit::Block),
            FormatFields::option(Text::tr("subgroup"), Unit::Subgroup)},
        [](auto& spec) -> auto& { return spec.micro->unit; });
}

void addChooser(FormatFields& fields)
{
    fields.addChoiceAt(
        {QStringLiteral("chooserRule"), Text::tr("Codebook rule"),
            Text::tr("How a codebook is chosen: search for the smallest error, or by counting exponents near the block "
                     "maximum"),
            hasChooser, {}},
        {FormatFields::option(Text::tr("search"), ChooserRule::Search),
            FormatFields::option(Text::tr("counts (MXFFP)"), ChooserRule::Mxffp)},
        [](auto& spec) -> auto& { return spec.chooser->rule; });
    fields.addChoice(
        {QStringLiteral("chooserUnit"), Text::tr("Codebook per"),
            Text::tr("What chooses a codebook of its own; tensor: one codebook for all blocks, the one with "
                     "the smallest total error"),
            hasChooser, {}},
        FormatFields::Options{FormatFields::option(Text::tr("block"), Unit::Block),
            FormatFields::option(Text::tr("subgroup"), Unit::Subgroup),
            FormatFields::option(Text::tr("tensor"), Unit::Tensor)},
        [](const FormatSpec& spec) { return static_cast<int>(spec.chooser->unit); },
        [](FormatSpec spec, int unit) {
            spec.chooser->unit = static_cast<Unit>(unit);
            if (spec.chooser->unit != Unit::Block)  // only a block has a scale code of its own to ride in
                spec.chooser->bits.reset();
            return spec;
        });
    fields.addSwitch(
        {QStringLiteral("selectorInSign"), Text::tr("Selector bit in scale’s sign"),
            Text::tr("One bit of the codebook's number rides in the unused sign bit of the scale code"),
            [](const FormatSpec& spec) {
                return spec.chooser
                    && (spec.chooser->bits
                        || (ScaleCodec(spec.scale.codec).hasSpareSign() && spec.chooser->unit == Unit::Block));
            },
            {}},
        [](const FormatSpec& spec) { return spec.chooser->bits.has_value(); },
        [](FormatSpec spec, bool on) {
            spec.chooser->bits = on ? std::optional(selectorBits(spec) - 1) : std::nullopt;
            return spec;
        });
}

}  // namespace

void addChoiceFields(FormatFields& fields)
{
    fields.setScope(isGeneral);
    fields.addHeading(Text::tr("Choices per block"));
    addMicro(fields);
    addChooser(fields);
}

}  // namespace nanoscope
