// The fields of the shared scale, the tensor scale and the subgroups.

#include "core/format/scale_codec.h"
#include "widgets/format_fields.h"
#include "widgets/number_list.h"

#include <QCoreApplication>

namespace nanoscope {
namespace {

    QString tr(const char* text)
    {
        return QCoreApplication::translate("nanoscope::FormatEditor", text);
    }

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
        fields.addChoice({QStringLiteral("scaleRule"), tr("Scale rule"),
                          tr("How the power of two follows from the block maximum"), isPowerOfTwo},
                         std::vector<FormatFields::Option> {
                             {tr("floor (OCP)"), static_cast<int>(ScaleRule::Floor)},
                             {tr("ceil"), static_cast<int>(ScaleRule::Ceil)},
                             {tr("round up (rceil)"), static_cast<int>(ScaleRule::RoundCeil)},
                             {tr("even"), static_cast<int>(ScaleRule::Even)},
                             {tr("nearest maximum"), static_cast<int>(ScaleRule::RoundMaximum)},
                             {tr("nearest power"), static_cast<int>(ScaleRule::RoundPower)},
                         },
                         [](const FormatSpec& spec) { return static_cast<int>(spec.scale.rule); },
                         [](FormatSpec spec, int rule) {
                             spec.scale.rule = static_cast<ScaleRule>(rule);
                             return validated(std::move(spec));
                         });
    }

    void addTargets(FormatFields& fields)
    {
        fields.addText({QStringLiteral("scaleTargets"), tr("Scale targets"),
                        tr("What the block maximum is mapped to; several are tried in order and the first smallest error "
                           "wins; empty: the largest level of the codebook"),
                        isReal},
                       tr("largest level"), [](const FormatSpec& spec) { return textFromNumbers(spec.scale.targets); },
                       [](FormatSpec spec, const QString& text) {
                           const auto targets = numbersFromText(text);
                           if (!targets)
                               refuseInput(tr("Scale targets"), text, tr("numbers such as 6, 4"));
                           spec.scale.targets = *targets;
                           return validated(std::move(spec));
                       });
    }

    void addLimits(FormatFields& fields)
    {
        fields.addNumber({QStringLiteral("scaleMinimum"), tr("Smallest scale"), tr("No smaller scale is stored"), isReal},
                         tr("codec’s own"), [](const FormatSpec& spec) { return spec.scale.minimum; },
                         [](FormatSpec spec, std::optional<double> value) {
                             spec.scale.minimum = value;
                             return validated(std::move(spec));
                         });
        fields.addNumber({QStringLiteral("scaleMaximum"), tr("Largest scale"), tr("No larger scale is stored"), isReal},
                         tr("codec’s own"), [](const FormatSpec& spec) { return spec.scale.maximum; },
                         [](FormatSpec spec, std::optional<double> value) {
                             spec.scale.maximum = value;
                             return validated(std::move(spec));
                         });
        fields.addChoice({QStringLiteral("zeroScale"), tr("All-zero block"), tr("The scale that a block of zeros stores"),
                          [](const FormatSpec& spec) { return isReal(spec) || spec.scale.zero != ZeroScale::Smallest; }},
                         std::vector<FormatFields::Option> {
                             {tr("smallest scale"), static_cast<int>(ZeroScale::Smallest)},
                             {tr("scale of 1"), static_cast<int>(ZeroScale::One)},
                         },
                         [](const FormatSpec& spec) { return static_cast<int>(spec.scale.zero); },
                         [](FormatSpec spec, int zero) {
                             spec.scale.zero = static_cast<ZeroScale>(zero);
                             return validated(std::move(spec));
                         });
    }

    void addTensorScale(FormatFields& fields)
    {
        fields.addSwitch({QStringLiteral("tensorScale"), tr("Tensor scale"), tr("One float32 scale for the whole tensor"), isReal},
                         [](const FormatSpec& spec) { return spec.tensorScale.has_value(); },
                         [](FormatSpec spec, bool on) {
                             spec.tensorScale = on ? std::optional(TensorScaleSpec {}) : std::nullopt;
                             return validated(std::move(spec));
                         });
        fields.addNumber({QStringLiteral("tensorScaleTarget"), tr("Tensor target"),
                          tr("The tensor's maximum is mapped to this: largest scale times largest level"),
                          [](const FormatSpec& spec) { return spec.tensorScale.has_value(); }},
                         {},
                         [](const FormatSpec& spec) -> std::optional<double> { return spec.tensorScale->target; },
                         [](FormatSpec spec, std::optional<double> target) {
                             spec.tensorScale->target = target.value_or(0.0);
                             return validated(std::move(spec));
                         });
    }

}  // namespace

void addScaleFields(FormatFields& fields)
{
    fields.addHeading(tr("Scales"));
    addRule(fields);
    addTargets(fields);
    addLimits(fields);
    fields.addSwitch({QStringLiteral("splitSign"), tr("One scale per sign"),
                      tr("One scale for the positive elements of a block, one for the others"),
                      [](const FormatSpec& spec) {
                          return spec.scale.splitSign || (!spec.micro && !spec.chooser && !spec.special);
                      }},
                     [](const FormatSpec& spec) { return spec.scale.splitSign; },
                     [](FormatSpec spec, bool on) {
                         spec.scale.splitSign = on;
                         return validated(std::move(spec));
                     });
    addTensorScale(fields);
    fields.addDoubling({QStringLiteral("subgroupSize"), tr("Subgroup size"), tr("Elements that share a micro-scale; divides the block"),
                        usesSubgroups},
                       1, 1024, [](const FormatSpec& spec) { return spec.geometry.subgroup(); },
                       [](FormatSpec spec, int size) {
                           spec.geometry.sub = size;
                           return validated(std::move(spec));
                       });
}

}  // namespace nanoscope
