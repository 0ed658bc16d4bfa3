// The fields of formats whose blocks have several formats.

#include "core/format/format_storage.h"
#include "core/format/format_text.h"
#include "core/format/preset.h"
#include "widgets/format_fields.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace nanoscope {
namespace {

constexpr int kNoMix = -1;
constexpr int kOtherFormat = -1;
constexpr std::size_t kShownParts = 4;

using PresetList = std::function<const std::vector<Preset>&()>;

/// Texts of this file are translated with those of the view that shows them.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::FormatEditor)
};

SpecTest hasRule(std::initializer_list<MixRule> rules)
{
    return [rules = std::vector<MixRule>(rules)](const FormatSpec& spec) {
        return spec.mix && std::find(rules.begin(), rules.end(), spec.mix.value().rule) != rules.end();
    };
}

/// Parts are plain block formats (checked in full when one is taken).
bool canBePart(const FormatSpec& spec)
{
    return isGeneral(spec) && !spec.transform && !spec.geometry.wholeRow && spec.geometry.tileRows == 1
        && !hasVariableBlocks(spec) && tensorValueCount(spec) == 0
        && !(spec.chooser && spec.chooser->unit == Unit::Tensor);
}

/// The same format with the blocks of the whole.
FormatSpec asPart(FormatSpec part, const Geometry& geometry)
{
    part.geometry = geometry;
    return part;
}

std::size_t partCount(MixRule rule, std::size_t wanted)
{
    if (rule == MixRule::ResidualColumns)
        return 1;
    return rule == MixRule::ErrorThreshold ? std::max<std::size_t>(2, wanted) : 2;
}

FormatSpec withMix(FormatSpec spec, int choice)
{
    if (choice == kNoMix) {
        if (!spec.mix)
            return spec;
        FormatSpec first = asPart(spec.mix.value().parts.front(), spec.geometry);
        first.transform = spec.transform;
        return first;
    }
    const auto rule = static_cast<MixRule>(choice);
    MixSpec mix = spec.mix.value_or(MixSpec{});
    if (mix.parts.empty()) {
        FormatSpec part = spec;
        part.transform.reset();
        mix.parts.push_back(part);
    }
    // A second part starts as the first with twice the bits where it can.
    const std::size_t count = partCount(rule, mix.parts.size());
    while (mix.parts.size() < count)
        mix.parts.push_back(withCodeBits(mix.parts.front(), std::min(8, 2 * mix.parts.front().codeBits())));
    mix.parts.resize(count);
    mix.rule = rule;
    spec.mix = std::move(mix);
    return spec;
}

/// What a part is, when it is no preset: its codebooks and its scale.
QString descriptionOf(const FormatSpec& part)
{
    QStringList books;
    for (const ElementBook& book : part.elements)
        books << QString::fromStdString(book.id);
    const std::string_view codec = nameOf(kScaleCodecNames, part.scale.codec);
    return Text::tr("%1, scale %2")
        .arg(
            books.join(QStringLiteral(" | ")), QString::fromLatin1(codec.data(), static_cast<qsizetype>(codec.size())));
}

/// The preset that a part is with the blocks of the whole; of several the one whose own blocks are those.
int presetOf(const FormatSpec& part, const Geometry& geometry, const std::vector<Preset>& presets)
{
    int found = kOtherFormat;
    const FormatSpec wanted = asPart(part, geometry);
    for (std::size_t i = 0; i < presets.size(); ++i) {
        if (!canBePart(presets[i].spec) || asPart(presets[i].spec, geometry) != wanted)
            continue;
        if (presets[i].spec.geometry.block == geometry.block)
            return static_cast<int>(i);
        if (found == kOtherFormat)
            found = static_cast<int>(i);
    }
    return found;
}

FormatFields::Options partOptions(const FormatSpec& spec, std::size_t index, const std::vector<Preset>& presets)
{
    FormatFields::Options options;
    const FormatSpec& part = spec.mix.value().parts[index];
    if (presetOf(part, spec.geometry, presets) == kOtherFormat)
        options.push_back({descriptionOf(part), kOtherFormat});
    for (std::size_t i = 0; i < presets.size(); ++i)
        if (canBePart(presets[i].spec))
            options.push_back({QString::fromStdString(presets[i].name), static_cast<int>(i)});
    return options;
}

void addRule(FormatFields& fields)
{
    fields.addChoice(
        {QStringLiteral("mix"), Text::tr("Mix"),
            Text::tr("How the blocks of a tensor get one of several formats: the widest of each row, "
                     "columns of outliers, the first format that errs little enough, or a second "
                     "quantization of what the worst columns have left"),
            [](const FormatSpec& spec) { return spec.mix.has_value(); }, isGeneral},
        FormatFields::Options{{Text::tr("none"), kNoMix},
            FormatFields::option(Text::tr("widest of row"), MixRule::WidestOfRow),
            FormatFields::option(Text::tr("outlier columns"), MixRule::OutlierColumns),
            FormatFields::option(Text::tr("error threshold"), MixRule::ErrorThreshold),
            FormatFields::option(Text::tr("residual columns"), MixRule::ResidualColumns)},
        [](const FormatSpec& spec) { return spec.mix ? static_cast<int>(spec.mix.value().rule) : kNoMix; }, withMix);
    fields.addRealAt(
        {QStringLiteral("mixShare"), Text::tr("Mix share"),
            Text::tr("Share of the blocks that take the second format, or are quantized twice"),
            hasRule({MixRule::WidestOfRow, MixRule::ResidualColumns}), {}},
        [](auto& spec) -> auto& { return spec.mix.value().share; });
    fields.addRealAt(
        {QStringLiteral("mixThreshold"), Text::tr("Mix threshold"),
            Text::tr("Outlier columns: times the median of the columns' maxima. Error threshold: relative "
                     "error of a column of blocks that is small enough"),
            hasRule({MixRule::OutlierColumns, MixRule::ErrorThreshold}), {}},
        [](auto& spec) -> auto& { return spec.mix.value().threshold; });
}

void addParts(FormatFields& fields, const PresetList& presets)
{
    fields.addInteger(
        {QStringLiteral("mixParts"), Text::tr("Formats"),
            Text::tr("How many formats are tried in order; the last one takes what is left"),
            hasRule({MixRule::ErrorThreshold}), {}},
        2, static_cast<int>(kShownParts),
        [](const FormatSpec& spec) { return static_cast<int>(spec.mix.value().parts.size()); },
        [](FormatSpec spec, int count) {
            spec.mix.value().parts.resize(static_cast<std::size_t>(count), FormatSpec(spec.mix.value().parts.back()));
            return spec;
        });
    for (std::size_t i = 0; i < kShownParts; ++i)
        fields.addChoice(
            {QStringLiteral("mixPart%1").arg(i + 1), Text::tr("Format %1").arg(i + 1),
                Text::tr("One of the formats that blocks can have; another preset can take its place and "
                         "keeps the block size of the whole"),
                [i](const FormatSpec& spec) { return spec.mix && i < spec.mix.value().parts.size(); }, {}},
            [i, presets](const FormatSpec& spec) { return partOptions(spec, i, presets()); },
            [i, presets](
                const FormatSpec& spec) { return presetOf(spec.mix.value().parts[i], spec.geometry, presets()); },
            [i, presets](FormatSpec spec, int choice) {
                if (choice != kOtherFormat)
                    spec.mix.value().parts[i] = asPart(presets()[static_cast<std::size_t>(choice)].spec, spec.geometry);
                return spec;
            });
}

}  // namespace

void addMixFields(FormatFields& fields, std::function<const std::vector<Preset>&()> presets)
{
    fields.setScope({});
    fields.addHeading(Text::tr("Mixed formats"));
    addRule(fields);
    addParts(fields, presets);
}

}  // namespace nanoscope
