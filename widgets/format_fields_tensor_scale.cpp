// The fields of the scale that a whole tensor shares.

#include "core/format/scale_codec.h"
#include "widgets/format_fields.h"

#include <QCoreApplication>

namespace nanoscope {
namespace {

/// Texts of this file are translated with those of the view that shows them.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::FormatEditor)
};

bool hasTensorScale(const FormatSpec& spec)
{
    return spec.tensorScale.has_value();
}

bool isReal(const FormatSpec& spec)
{
    return spec.tensorScale && spec.tensorScale.value().codec == TensorScaleCodec::FP32;
}

bool isExponent(const FormatSpec& spec)
{
    return spec.tensorScale && spec.tensorScale.value().codec == TensorScaleCodec::E8M0;
}

/// Another codec; what only the old one has goes.
FormatSpec withCodec(FormatSpec spec, int codec)
{
    TensorScaleSpec& scale = spec.tensorScale.value();
    scale.codec = static_cast<TensorScaleCodec>(codec);
    if (scale.codec == TensorScaleCodec::E8M0) {
        scale.clips.clear();
        scale.minimum.reset();
    } else {
        scale.offsets = {0};
        scale.exponent.reset();
    }
    return spec;
}

void addFigure(FormatFields& fields)
{
    fields.addReal(
        {QStringLiteral("tensorScaleTarget"), Text::tr("Tensor target"),
            Text::tr("The tensor's maximum is mapped to this: largest scale times largest level"),
            [](const FormatSpec& spec) { return spec.tensorScale && !spec.tensorScale.value().exponent; }, {}},
        [](const FormatSpec& spec) { return spec.tensorScale.value().target; },
        [](FormatSpec spec, double target) {
            spec.tensorScale.value().target = target;
            return spec;
        });
    fields.addChoiceAt(
        {QStringLiteral("tensorScaleStatistic"), Text::tr("Tensor scale from"),
            Text::tr("The figure of the tensor that its scale is made of: largest or mean magnitude"),
            [](const FormatSpec& spec) { return spec.tensorScale && !spec.tensorScale.value().exponent; }, {}},
        {FormatFields::option(Text::tr("maximum"), ScaleStatistic::Maximum),
            FormatFields::option(Text::tr("mean magnitude"), ScaleStatistic::MeanAbsolute)},
        [](auto& spec) -> auto& { return spec.tensorScale.value().statistic; });
    fields.addChoice(
        {QStringLiteral("tensorScaleCodec"), Text::tr("Tensor scale codec"),
            Text::tr("How the tensor's scale is stored: a float32 number, or a power of two (dynamic "
                     "fixed point)"),
            hasTensorScale, {}},
        FormatFields::Options{FormatFields::option(QStringLiteral("FP32"), TensorScaleCodec::FP32),
            FormatFields::option(QStringLiteral("E8M0"), TensorScaleCodec::E8M0)},
        [](const FormatSpec& spec) { return static_cast<int>(spec.tensorScale.value().codec); }, withCodec);
}

void addCandidates(FormatFields& fields)
{
    fields.addIntegersAt(
        {QStringLiteral("tensorScaleOffsets"), Text::tr("Tensor offsets"),
            Text::tr("Exponent offsets of the tensor's scale that are tried over the whole tensor; the "
                     "first smallest error wins"),
            [](const FormatSpec& spec) { return isExponent(spec) && !spec.tensorScale.value().exponent; }, {}},
        QStringLiteral("1, 0, -1"), [](auto& spec) -> auto& { return spec.tensorScale.value().offsets; });
    fields.addOptionalInteger(
        {QStringLiteral("tensorScaleExponent"), Text::tr("Fixed exponent"),
            Text::tr("A stated exponent in place of one from the data (fixed point); empty: from "
                     "the data"),
            isExponent, {}},
        Text::tr("from the data"), [](const FormatSpec& spec) { return spec.tensorScale.value().exponent; },
        [](FormatSpec spec, std::optional<int> exponent) {
            spec.tensorScale.value().exponent = exponent;
            return spec;
        });
    fields.addNumbersAt(
        {QStringLiteral("tensorScaleClips"), Text::tr("Tensor clip search"),
            Text::tr("Factors on the tensor's scale that are tried over the whole tensor; the first "
                     "smallest error wins; 0.5..1..0.02 stands for 0.5, 0.52 ... 1"),
            isReal, {}},
        Text::tr("none"), [](auto& spec) -> auto& { return spec.tensorScale.value().clips; });
    fields.addNumberAt(
        {QStringLiteral("tensorScaleMinimum"), Text::tr("Smallest tensor scale"),
            Text::tr("No smaller scale of the tensor is stored"),
            [](const FormatSpec& spec) { return isReal(spec) && spec.tensorScale.value().minimum; }, isReal},
        Text::tr("none"), [](auto& spec) -> auto& { return spec.tensorScale.value().minimum; });
}

}  // namespace

void addTensorScaleFields(FormatFields& fields)
{
    fields.addSwitch(
        {QStringLiteral("tensorScale"), Text::tr("Tensor scale"), Text::tr("One more scale for the whole tensor"),
            [](const FormatSpec& spec) {
                const ScaleCodecId codec = spec.scale.codec;
                return spec.tensorScale || !isPowerOfTwoCodec(codec) || codec == ScaleCodecId::SHIFT2;
            },
            {}},
        hasTensorScale, [](FormatSpec spec, bool on) {
            spec.tensorScale = on ? std::optional(TensorScaleSpec{}) : std::nullopt;
            return spec;
        });
    addFigure(fields);
    addCandidates(fields);
}

}  // namespace nanoscope
