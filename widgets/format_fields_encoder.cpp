// The fields of encoders that are procedures under their own names.

#include "core/format/format_text.h"
#include "widgets/format_fields.h"

#include <QCoreApplication>

#include <memory>

namespace nanoscope {
namespace {

/// Texts of this file are translated with those of the view that shows them.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::FormatEditor)
};

bool isNamed(const FormatSpec& spec)
{
    return spec.encoder.id != EncoderId::Search;
}

SpecTest isEncoder(EncoderId id)
{
    return [id](const FormatSpec& spec) { return spec.encoder.id == id; };
}

FormatFields::Options encoderOptions()
{
    FormatFields::Options options{FormatFields::option(Text::tr("general"), EncoderId::Search)};
    for (const auto& name : kEncoderNames)
        if (name.value != EncoderId::Search)
            options.push_back(FormatFields::option(
                QString::fromLatin1(name.text.data(), static_cast<qsizetype>(name.text.size())), name.value));
    return options;
}

}  // namespace

void addEncoderFields(FormatFields& fields)
{
    fields.setScope({});
    fields.addHeading(Text::tr("Named encoder"));
    // A named encoder fixes everything else; going back brings what there was before.
    const auto general = std::make_shared<FormatSpec>();
    fields.addChoice(
        {QStringLiteral("encoder"), Text::tr("Encoder"),
            Text::tr("A procedure under its own name, which fixes codebook, scale and blocks; general: all "
                     "fields of a format apply"),
            isNamed, isGeneral},
        encoderOptions(),
        [general](const FormatSpec& spec) {
            if (isGeneral(spec))
                *general = spec;
            return static_cast<int>(spec.encoder.id);
        },
        [general](FormatSpec spec, int id) {
            if (static_cast<EncoderId>(id) == EncoderId::Search) {
                FormatSpec before = *general;
                before.geometry.axis = spec.geometry.axis;
                return before;
            }
            spec.encoder.id = static_cast<EncoderId>(id);
            return spec;
        });
    fields.addIntegerAt(
        {QStringLiteral("encoderBits"), Text::tr("Inlier bits"),
            Text::tr("Bits of an ordinary element; outliers take the room of pruned neighbors"),
            isEncoder(EncoderId::MicroScopiQ), {}},
        2, 8, [](auto& spec) -> auto& { return spec.encoder.bits; });
    fields.addRealAt(
        {QStringLiteral("encoderSigmas"), Text::tr("Outlier at σ"),
            Text::tr("Elements beyond that many standard deviations are outliers"), isEncoder(EncoderId::MicroScopiQ),
            {}},
        [](auto& spec) -> auto& { return spec.encoder.sigmas; });
    fields.addIntegerAt(
        {QStringLiteral("encoderStages"), Text::tr("Residual stages"),
            Text::tr("How often what is left is quantized once more, with scales of its own"),
            isEncoder(EncoderId::Phase), {}},
        1, 4, [](auto& spec) -> auto& { return spec.encoder.stages; });
}

}  // namespace nanoscope
