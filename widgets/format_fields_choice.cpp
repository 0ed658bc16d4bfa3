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

std::vector<FormatFields::Option> unitOptions()
{
    return {
        {Text::tr("block"), static_cast<int>(Unit::Block)}, {Text::tr("subgroup"), static_cast<int>(Unit::Subgroup)}};
}

void addMicro(FormatFields& fields)
{
    fields.addChoice(
        {QStringLiteral("microRule"), Text::tr("Mantissa rule"),
            Text::tr("How the scale’s mantissa is found: search for the smallest error, or from the block maximum"),
            hasMicro},
        std::vector<FormatFields::Option>{
            {Text::tr("search"), static_cast<int>(MicroRule::Search)},
            {Text::tr("nearest to maximum"), static_cast<int>(MicroRule::MaximumRound)},
            {Text::tr("above maximum"), static_cast<int>(MicroRule::MaximumCeil)},
            {Text::tr("leading bits"), static_cast<int>(MicroRule::MantissaFloor)},
            {Text::tr("leading bits, rounded"), static_cast<int>(MicroRule::MantissaRound)},
            {Text::tr("shared microexponent"), static_cast<int>(MicroRule::MaximumExponent)},
        },
        [](const FormatSpec& spec) { return static_cast<int>(spec.micro->rule); },
        [](FormatSpec spec, int rule) {
            spec.micro->rule = static_cast<MicroRule>(rule);
            return validated(std::move(spec));
        });
    fields.addChoice(
        {QStringLiteral("microUnit"), Text::tr("Mantissa per"), Text::tr("What has a mantissa of its own"), hasMicro},
        unitOptions(), [](const FormatSpec& spec) { return static_cast<int>(spec.micro->unit); },
        [](FormatSpec spec, int unit) {
            spec.micro->unit = static_cast<Unit>(unit);
            return validated(std::move(spec));
        });
}

void addChooser(FormatFields& fields)
{
    fields.addChoice(
        {QStringLiteral("chooserRule"), Text::tr("Codebook rule"),
            Text::tr("How a codebook is chosen: search for the smallest error, or by counting exponents near the block "
                     "maximum"),
            hasChooser},
        std::vector<FormatFields::Option>{
            {Text::tr("search"), static_cast<int>(ChooserRule::Search)},
            {Text::tr("counts (MXFFP)"), static_cast<int>(ChooserRule::Mxffp)},
        },
        [](const FormatSpec& spec) { return static_cast<int>(spec.chooser->rule); },
        [](FormatSpec spec, int rule) {
            spec.chooser->rule = static_cast<ChooserRule>(rule);
            return validated(std::move(spec));
        });
    fields.addChoice(
        {QStringLiteral("chooserUnit"), Text::tr("Codebook per"), Text::tr("What chooses a codebook of its own"),
            hasChooser},
        unitOptions(), [](const FormatSpec& spec) { return static_cast<int>(spec.chooser->unit); },
        [](FormatSpec spec, int unit) {
            spec.chooser->unit = static_cast<Unit>(unit);
            return validated(std::move(spec));
        });
    fields.addSwitch(
        {QStringLiteral("selectorInSign"), Text::tr("Selector bit in scale’s sign"),
            Text::tr("One bit of the codebook's number rides in the unused sign bit of the scale code"),
            [](const FormatSpec& spec) {
                return spec.chooser && (spec.chooser->bits || ScaleCodec(spec.scale.codec).hasSpareSign());
            }},
        [](const FormatSpec& spec) { return spec.chooser->bits.has_value(); },
        [](FormatSpec spec, bool on) {
            spec.chooser->bits = on ? std::optional(selectorBits(spec) - 1) : std::nullopt;
            return validated(std::move(spec));
        });
}

}  // namespace

void addChoiceFields(FormatFields& fields)
{
    fields.addHeading(Text::tr("Choices per block"));
    addMicro(fields);
    addChooser(fields);
}

}  // namespace nanoscope
