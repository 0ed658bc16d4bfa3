// The fields of a block's scale, its offset and its subgroups.

#include "core/format/scale_codec.h"
#include "widgets/format_fields.h"

#include <QCoreApplication>

#include <algorithm>

namespace nanoscope {
namespace {

/// Texts of this file are translated with those of the view that shows them.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::FormatEditor)
};

constexpr int kNoOffset = -1;

bool isPowerOfTwo(const FormatSpec& spec)
{
    return isPowerOfTwoCodec(spec.scale.codec);
}

/// The scale is a real number that is rounded to its codec.
bool isReal(const FormatSpec& spec)
{
    return !isPowerOfTwo(spec) && spec.scale.codec != ScaleCodecId::None;
}

bool usesSubgroups(const FormatSpec& spec)
{
    return spec.geometry.sub || (spec.micro && spec.micro->unit == Unit::Subgroup)
        || (spec.chooser && spec.chooser->unit == Unit::Subgroup)
        || (spec.special && spec.special->kind == SpecialKind::Top1);
}

bool hasOnlyFloats(const FormatSpec& spec)
{
    return std::all_of(spec.elements.begin(), spec.elements.end(),
        [](const ElementBook& book) { return book.kind == BookKind::Float; });
}

void addRule(FormatFields& fields)
{
    fields.addChoiceAt(
        {QStringLiteral("scaleRule"), Text::tr("Scale rule"),
            Text::tr("How the power of two follows from the block maximum"), isPowerOfTwo, {}},
        {FormatFields::option(Text::tr("floor (OCP)"), ScaleRule::Floor),
            FormatFields::option(Text::tr("ceil"), ScaleRule::Ceil),
            FormatFields::option(Text::tr("round up (rceil)"), ScaleRule::RoundCeil),
            FormatFields::option(Text::tr("even"), ScaleRule::Even),
            FormatFields::option(Text::tr("nearest maximum"), ScaleRule::RoundMaximum),
            FormatFields::option(Text::tr("nearest power"), ScaleRule::RoundPower)},
        [](auto& spec) -> auto& { return spec.scale.rule; });
    fields.addChoiceAt(
        {QStringLiteral("scaleStatistic"), Text::tr("Scale from"),
            Text::tr("The figure of a block that its scale is made of: largest magnitude, distance "
                     "from lowest to highest value, mean magnitude, or the mean of what is not rounded "
                     "to zero (ternary)"),
            isReal, {}},
        {FormatFields::option(Text::tr("maximum"), ScaleStatistic::Maximum),
            FormatFields::option(Text::tr("range"), ScaleStatistic::Range),
            FormatFields::option(Text::tr("mean magnitude"), ScaleStatistic::MeanAbsolute),
            FormatFields::option(Text::tr("mean of survivors"), ScaleStatistic::Survivors)},
        [](auto& spec) -> auto& { return spec.scale.statistic; });
}

void addCandidates(FormatFields& fields)
{
    fields.addNumbersAt(
        {QStringLiteral("scaleTargets"), Text::tr("Scale targets"),
            Text::tr("What the block maximum is mapped to; several are tried in order and the first "
                     "smallest error wins; empty: the largest level of the codebook"),
            [](const FormatSpec& spec) { return isReal(spec) && spec.scale.clips.empty(); }, {}},
        Text::tr("largest level"), [](auto& spec) -> auto& { return spec.scale.targets; });
    fields.addNumbersAt(
        {QStringLiteral("clips"), Text::tr("Clip search"),
            Text::tr("Factors on the scale that are tried, in order; the first smallest error wins; "
                     "below 1 the largest values are clipped; 0.5..1..0.02 stands for 0.5, 0.52 ... 1"),
            [](const FormatSpec& spec) { return isReal(spec) && spec.scale.targets.empty(); }, {}},
        Text::tr("none"), [](auto& spec) -> auto& { return spec.scale.clips; });
    fields.addChoiceAt(
        {QStringLiteral("clipKind"), Text::tr("Clip multiplies"),
            Text::tr("What an entry of the clip search multiplies: the scale, or the real exponent bias "
                     "of a float codebook (LLM-FP4)"),
            [](const FormatSpec& spec) { return !spec.scale.clips.empty() && hasOnlyFloats(spec); }, {}},
        {FormatFields::option(Text::tr("the scale"), ClipKind::Ratio),
            FormatFields::option(Text::tr("the exponent bias"), ClipKind::Bias)},
        [](auto& spec) -> auto& { return spec.scale.clipKind; });
}

void addLimits(FormatFields& fields)
{
    fields.addNumberAt(
        {QStringLiteral("scaleMinimum"), Text::tr("Smallest scale"), Text::tr("No smaller scale is stored"), isReal,
            {}},
        Text::tr("codec’s own"), [](auto& spec) -> auto& { return spec.scale.minimum; });
    fields.addNumberAt(
        {QStringLiteral("scaleMaximum"), Text::tr("Largest scale"), Text::tr("No larger scale is stored"), isReal, {}},
        Text::tr("codec’s own"), [](auto& spec) -> auto& { return spec.scale.maximum; });
    fields.addChoiceAt(
        {QStringLiteral("zeroScale"), Text::tr("All-zero block"), Text::tr("The scale that a block of zeros stores"),
            [](const FormatSpec& spec) { return isReal(spec) || spec.scale.zero != ZeroScale::Smallest; }, {}},
        {FormatFields::option(Text::tr("smallest scale"), ZeroScale::Smallest),
            FormatFields::option(Text::tr("scale of 1"), ZeroScale::One)},
        [](auto& spec) -> auto& { return spec.scale.zero; });
    fields.addChoice(
        {QStringLiteral("encodeScale"), Text::tr("Codes follow from"),
            Text::tr("Elements are divided by the scale as stored, or by the one before it was rounded "
                     "to its codec (ANT, LLM-FP4)"),
            [](const FormatSpec& spec) { return spec.scale.encodesIdeal; },
            [](const FormatSpec& spec) {
                return isReal(spec) && !spec.micro && !spec.offset && spec.arithmetic == Arithmetic::Exact;
            }},
        FormatFields::Options{{Text::tr("the stored scale"), 0}, {Text::tr("the ideal scale"), 1}},
        [](const FormatSpec& spec) { return spec.scale.encodesIdeal ? 1 : 0; },
        [](FormatSpec spec, int ideal) {
            spec.scale.encodesIdeal = ideal != 0;
            return spec;
        });
}

/// Offsets go with unsigned codes over a range, so those come along.
FormatSpec withOffset(FormatSpec spec, int kind)
{
    if (kind == kNoOffset) {
        spec.offset.reset();
        if (spec.scale.statistic == ScaleStatistic::Range)
            spec.scale.statistic = ScaleStatistic::Maximum;
        return spec;
    }
    if (!spec.offset) {
        ElementBook& book = spec.elements.front();
        book.twosComplement = true;
        book.recycle.reset();
        book.lsb = 0;
        spec.scale.statistic = ScaleStatistic::Range;
        spec.offset = OffsetSpec{};
    }
    spec.offset->kind = static_cast<OffsetKind>(kind);
    return spec;
}

void addOffset(FormatFields& fields)
{
    fields.addChoice(
        {QStringLiteral("offset"), Text::tr("Offset"),
            Text::tr("What a block stores beside its scale so that its levels need not be symmetric: the "
                     "code that stands for zero, or the lowest value as FP16"),
            [](const FormatSpec& spec) {
                const ElementBook& book = spec.elements.front();
                return spec.offset
                    || (isReal(spec) && spec.elements.size() == 1 && book.kind == BookKind::Integer && !book.midRise
                        && !book.nested && book.hotBits == 0 && !spec.micro && !spec.special && !spec.scale.splitSign);
            },
            {}},
        FormatFields::Options{{Text::tr("none"), kNoOffset},
            FormatFields::option(Text::tr("zero point"), OffsetKind::ZeroPoint),
            FormatFields::option(Text::tr("minimum"), OffsetKind::Minimum)},
        [](const FormatSpec& spec) { return spec.offset ? static_cast<int>(spec.offset->kind) : kNoOffset; },
        withOffset);
    fields.addSwitch(
        {QStringLiteral("includeZero"), Text::tr("Range includes zero"),
            Text::tr("The range is widened until it holds zero, so that zero is exact (GPTQ, AWQ)"),
            [](const FormatSpec& spec) { return spec.offset.has_value(); }, {}},
        [](const FormatSpec& spec) { return spec.offset->includeZero; },
        [](FormatSpec spec, bool on) {
            spec.offset->includeZero = on;
            return spec;
        });
}

}  // namespace

void addScaleFields(FormatFields& fields)
{
    fields.setScope(isGeneral);
    fields.addHeading(Text::tr("Scales"));
    addRule(fields);
    addCandidates(fields);
    addLimits(fields);
    fields.addSwitchAt(
        {QStringLiteral("splitSign"), Text::tr("One scale per sign"),
            Text::tr("One scale for the positive elements of a block, one for the others"),
            [](const FormatSpec& spec) {
                return spec.scale.splitSign
                    || (!spec.micro && !spec.chooser && !spec.special && !spec.offset && !spec.prune
                        && spec.scale.codec != ScaleCodecId::None);
            },
            {}},
        [](auto& spec) -> auto& { return spec.scale.splitSign; });
    addOffset(fields);
    addTensorScaleFields(fields);
    fields.addDoubling(
        {QStringLiteral("subgroupSize"), Text::tr("Subgroup size"),
            Text::tr("Elements that share a micro-scale; divides the block"), usesSubgroups, {}},
        1, 1024, [](const FormatSpec& spec) { return spec.geometry.subgroup(); },
        [](FormatSpec spec, int size) {
            spec.geometry.sub = size;
            return spec;
        });
}

}  // namespace nanoscope
