// The fields that come first: the parameters that most formats differ in.

#include "core/format/format_text.h"
#include "core/format/scale_codec.h"
#include "widgets/format_fields.h"
#include "widgets/number_list.h"

#include <QCoreApplication>

#include <algorithm>
#include <memory>

namespace nanoscope {
namespace {

/// Texts of this file are translated with those of the view that shows them.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::FormatEditor)
};

bool isRecycling(const FormatSpec& spec)
{
    return std::any_of(
        spec.elements.begin(), spec.elements.end(), [](const ElementBook& book) { return book.recycle.has_value(); });
}

std::vector<FormatFields::Option> codecOptions()
{
    std::vector<FormatFields::Option> options;
    for (const auto& name : kScaleCodecNames)
        options.push_back({QString::fromLatin1(name.text.data(), static_cast<qsizetype>(name.text.size())),
            static_cast<int>(name.value)});
    return options;
}

void addNanoMantissa(FormatFields& fields)
{
    // Sliding to 0 and back gives the same unit and rule again.
    const auto remembered = std::make_shared<MicroSpec>();
    const auto get = [remembered](const FormatSpec& spec) {
        if (spec.micro)
            *remembered = *spec.micro;
        return spec.micro ? spec.micro->bits : 0;
    };
    const auto set = [remembered](FormatSpec spec, int bits) {
        const bool wasAbsent = !spec.micro.has_value();
        FormatSpec next = withMicroBits(std::move(spec), bits);
        if (wasAbsent && next.micro && next.geometry.sub) {
            next.micro->unit = remembered->unit;
            next.micro->rule = remembered->rule;
        }
        return next;
    };
    const auto tip = [](const FormatSpec& spec) {
        return spec.micro && spec.micro->unit == Unit::Subgroup
            ? Text::tr("Subgroup mantissa bits: each subgroup multiplies the shared scale by 1 + i/2^bits")
            : Text::tr("Mantissa bits of the shared scale: the block multiplies it by 1 + i/2^bits");
    };
    fields.addSlider({QStringLiteral("nanoMantissaBits"), Text::tr("&NanoMantissa bits"), {}, {}}, 3, get, set, tip);
}

}  // namespace

void addMainFields(FormatFields& fields)
{
    fields.addInteger(
        {QStringLiteral("bits"), Text::tr("B&its"), Text::tr("Bits of an element code, sign included"), {}}, 3, 8,
        [](const FormatSpec& spec) { return spec.codeBits(); }, withCodeBits);
    fields.addDoubling(
        {QStringLiteral("blockSize"), Text::tr("Bloc&k size"), Text::tr("Elements that share a scale"), {}}, 8, 1024,
        [](const FormatSpec& spec) { return spec.geometry.block; }, withBlock);
    fields.addChoice(
        {QStringLiteral("scaleCodec"), Text::tr("&Scale codec"), Text::tr("How the shared scale of a block is stored"),
            {}},
        codecOptions(), [](const FormatSpec& spec) { return static_cast<int>(spec.scale.codec); },
        [](FormatSpec spec, int codec) { return withScaleCodec(std::move(spec), static_cast<ScaleCodecId>(codec)); });
    addNanoMantissa(fields);
    fields.addSwitch(
        {QStringLiteral("adaptiveMicroexponent"), Text::tr("&Adaptive Microexponent"),
            Text::tr("Each block chooses the codebook that errs less"), {}},
        [](const FormatSpec& spec) { return spec.chooser.has_value(); }, withAdaptiveMicroexponent);
    fields.addSwitch({QStringLiteral("codeRecycling"), Text::tr("Code &Recycling"),
                         Text::tr("The code of −0 stands for a level of its own"), {}},
        isRecycling, withCodeRecycling);
    fields.addText(
        {QStringLiteral("searchOffsets"), Text::tr("Search offse&ts"),
            Text::tr("Exponent offsets of the shared scale that are tried, in order; the first smallest error wins"),
            [](const FormatSpec& spec) { return isPowerOfTwoCodec(spec.scale.codec); }},
        QStringLiteral("-1, 0, 1"), [](const FormatSpec& spec) { return textFromIntegers(spec.scale.offsets); },
        [](FormatSpec spec, const QString& text) {
            const auto offsets = integersFromText(text);
            if (!offsets || offsets->empty())
                refuseInput(Text::tr("Search offsets"), text, Text::tr("integers such as -1, 0, 1"));
            spec.scale.offsets = *offsets;
            return validated(std::move(spec));
        });
}

}  // namespace nanoscope
