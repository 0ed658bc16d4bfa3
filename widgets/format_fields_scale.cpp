// The fields of the shared scale, the tensor scale and the subgroups.

#include "core/format/scale_codec.h"
#include "widgets/format_fields.h"
#include "widgets/number_list.h"

#include <QCoreApplication>

namespace nanoscope {
namespace {

/// Texts of this file are translated with those of the view that shows them.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::FormatEditor)
};

bool isPowerOfTwo(const FormatSpec& spec)
{
    return isPowerOfTwoCodec(spec.scale.codec);
}

bool isReal(const FormatSpec& spec)
{
    return !isPowerOfTwo(spec);
}

bool usesSubgroups(const FormatSpec& spec)
{
    return spec.geometry.sub || (spec.micro && spec.micro->unit == Unit::Subgroup)
        || (spec.chooser && spec.chooser->unit == Unit::Subgroup)
        || (spec.special && spec.special->kind == SpecialKind::Top1);
}

void addRule(FormatFields& fields)
{
    fields.addChoice(
        {QStringLiteral("scaleRule"), Text::tr("Scale rule"),
            Text::tr("How the power of two follows from the block maximum"), isPowerOfTwo},
        std::vector<FormatFields::Option>{
            {Text::tr("floor (OCP)"), static_cast<int>(ScaleRule::Floor)},
            {Text::tr("ceil"), static_cast<int>(ScaleRule::Ceil)},
            {Text::tr("round up (rceil)"), static_cast<int>(ScaleRule::RoundCeil)},
            {Text::tr("even"), static_cast<int>(ScaleRule::Even)},
            {Text::tr("nearest maximum"), static_cast<int>(ScaleRule::RoundMaximum)},
            {Text::tr("nearest power"), static_cast<int>(ScaleRule::RoundPower)},
        },
        [](const FormatSpec& spec) { return static_cast<int>(spec.scale.rule); },
        [](FormatSpec spec, int rule) {
            spec.scale.rule = static_cast<ScaleRule>(rule);
            return validated(std::move(spec));
        });
}

void addTargets(FormatFields& fields)
{
    fields.addText(
        {QStringLiteral("scaleTargets"), Text::tr("Scale targets"),
            Text::tr("What the block maximum is mapped to; several are tried in order and the first smallest error "
                     "wins; empty: the largest level of the codebook"),
            isReal},
        Text::tr("largest level"), [](const FormatSpec& spec) { return textFromNumbers(spec.scale.targets); },
        [](FormatSpec spec, const QString& text) {
            const auto targets = numbersFromText(text);
            if (!targets)
                refuseInput(Text::tr("Scale targets"), text, Text::tr("numbers such as 6, 4"));
            spec.scale.targets = *targets;
            return validated(std::move(spec));
        });
}

void addLimits(FormatFields& fields)
{
    fields.addNumber(
        {QStringLiteral("scaleMinimum"), Text::tr("Smallest scale"), Text::tr("No smaller scale is stored"), isReal},
        Text::tr("codec’s own"), [](const FormatSpec& spec) { return spec.scale.minimum; },
        [](FormatSpec spec, std::optional<double> value) {
            spec.scale.minimum = value;
            return validated(std::move(spec));
        });
    fields.addNumber(
        {QStringLiteral("scaleMaximum"), Text::tr("Largest scale"), Text::tr("No larger scale is stored"), isReal},
        Text::tr("codec’s own"), [](const FormatSpec& spec) { return spec.scale.maximum; },
        [](FormatSpec spec, std::optional<double> value) {
            spec.scale.maximum = value;
            return validated(std::move(spec));
        });
    fields.addChoice(
        {QStringLiteral("zeroScale"), Text::tr("All-zero block"), Text::tr("The scale that a block of zeros stores"),
            [](const FormatSpec& spec) { return isReal(spec) || spec.scale.zero != ZeroScale::Smallest; }},
        std::vector<FormatFields::Option>{
            {Text::tr("smallest scale"), static_cast<int>(ZeroScale::Smallest)},
            {Text::tr("scale of 1"), static_cast<int>(ZeroScale::One)},
        },
        [](const FormatSpec& spec) { return static_cast<int>(spec.scale.zero); },
        [](FormatSpec spec, int zero) {
            spec.scale.zero = static_cast<ZeroScale>(zero);
            return validated(std::move(spec));
        });
}

void addTensorScale(FormatFields& fields)
{
    fields.addSwitch(
        {QStringLiteral("tensorScale"), Text::tr("Tensor scale"), Text::tr("One float32 scale for the whole tensor"),
            isReal},
        [](const FormatSpec& spec) { return spec.tensorScale.has_value(); },
        [](FormatSpec spec, bool on) {
            spec.tensorScale = on ? std::optional(TensorScaleSpec{}) : std::nullopt;
            return validated(std::move(spec));
        });
    fields.addNumber(
        {QStringLiteral("tensorScaleTarget"), Text::tr("Tensor target"),
            Text::tr("The tensor's maximum is mapped to this: largest scale times largest level"),
            [](const FormatSpec& spec) { return spec.tensorScale.has_value(); }},
        {}, [](const FormatSpec& spec) -> std::optional<double> { return spec.tensorScale->target; },
        [](FormatSpec spec, std::optional<double> target) {
            spec.tensorScale->target = target.value_or(0.0);
            return validated(std::move(spec));
        });
}

}  // namespace

void addScaleFields(FormatFields& fields)
{
    fields.addHeading(Text::tr("Scales"));
    addRule(fields);
    addTargets(fields);
    addLimits(fields);
    fields.addSwitch(
        {QStringLiteral("splitSign"), Text::tr("One scale per sign"),
            Text::tr("One scale for the positive elements of a block, one for the others"),
            [](const FormatSpec& spec) {
                return spec.scale.splitSign || (!spec.micro && !spec.chooser && !spec.special);
            }},
        [](const FormatSpec& spec) { return spec.scale.splitSign; },
        [](FormatSpec spec, bool on) {
            spec.scale.splitSign = on;
            return validated(std::move(spec));
        });
    addTensorScale(fields);
    fields.addDoubling(
        {QStringLiteral("subgroupSize"), Text::tr("Subgroup size"),
            Text::tr("Elements that share a micro-scale; divides the block"), usesSubgroups},
        1, 1024, [](const FormatSpec& spec) { return spec.geometry.subgroup(); },
        [](FormatSpec spec, int size) {
            spec.geometry.sub = size;
            return validated(std::move(spec));
        });
}

}  // namespace nanoscope
