// The fields that come first: the parameters that most formats differ in.

#include "core/format/format_text.h"
#include "core/format/scale_codec.h"
#include "widgets/format_fields.h"

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

bool isFitted(const FormatSpec& spec)
{
    return spec.elements.front().kind == BookKind::Fitted;
}

bool isFloatOrInteger(const ElementBook& book)
{
    return book.kind == BookKind::Float || (book.kind == BookKind::Integer && !book.midRise);
}

/// The levels of a table say how wide its codes are.
bool hasTable(const FormatSpec& spec)
{
    return std::any_of(spec.elements.begin(), spec.elements.end(),
        [](const ElementBook& book) { return book.kind == BookKind::Table; });
}

FormatFields::Options codecOptions()
{
    FormatFields::Options options;
    for (const auto& name : kScaleCodecNames)
        options.push_back(FormatFields::option(
            QString::fromLatin1(name.text.data(), static_cast<qsizetype>(name.text.size())), name.value));
    return options;
}

void addGeometry(FormatFields& fields)
{
    // Named encoders with a block of their own keep it; a mix has blocks, never rows.
    const auto hasBlock = [](const FormatSpec& spec) {
        return !spec.geometry.wholeRow && (isGeneral(spec) || spec.mix || spec.encoder.id == EncoderId::MicroScopiQ);
    };
    // Switching whole rows off brings the block back that was there before.
    const auto remembered = std::make_shared<int>(Geometry{}.block);
    fields.setScope({});
    fields.addDoubling(
        {QStringLiteral("blockSize"), Text::tr("Bloc&k size"), Text::tr("Elements that share a scale"), hasBlock, {}},
        8, 1024, [remembered](const FormatSpec& spec) { return *remembered = spec.geometry.block; }, withBlock);
    fields.setScope(isGeneral);
    fields.addSwitch(
        {QStringLiteral("wholeRow"), Text::tr("Whole row"),
            Text::tr("A row of the tensor is one block, whatever its length (per-channel scales)"),
            [](const FormatSpec& spec) { return spec.geometry.tileRows == 1; }, {}},
        [](const FormatSpec& spec) { return spec.geometry.wholeRow; },
        [remembered](FormatSpec spec, bool on) {
            if (!on)
                return withBlock(std::move(spec), *remembered);
            spec.geometry.wholeRow = true;
            return spec;
        });
    fields.addDoubling(
        {QStringLiteral("tileRows"), Text::tr("Tile rows"),
            Text::tr("Rows of the tensor that a block covers: 16 with a block size of 256 makes tiles "
                     "of 16 × 16"),
            [](const FormatSpec& spec) { return spec.geometry.tileRows > 1; },
            [](const FormatSpec& spec) { return !spec.geometry.wholeRow; }},
        1, 256, [](const FormatSpec& spec) { return spec.geometry.tileRows; },
        [](FormatSpec spec, int rows) {
            spec.geometry.tileRows = rows;
            return spec;
        });
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
    const auto matters = [](const FormatSpec& spec) {
        return spec.micro || (!isFitted(spec) && !spec.offset && spec.scale.codec != ScaleCodecId::None);
    };
    const auto isPossible = [](const FormatSpec& spec) { return !isFitted(spec) && !spec.offset; };
    fields.addSlider({QStringLiteral("nanoMantissaBits"), Text::tr("&NanoMantissa bits"), {}, matters, isPossible}, 3,
        get, set, tip);
}

void addBookSwitches(FormatFields& fields)
{
    fields.addSwitch(
        {QStringLiteral("adaptiveMicroexponent"), Text::tr("&Adaptive Microexponent"),
            Text::tr("Each block chooses the codebook that errs less"),
            [](const FormatSpec& spec) {
                return spec.chooser || (isFloatOrInteger(spec.elements.front()) && !spec.offset);
            },
            {}},
        [](const FormatSpec& spec) { return spec.chooser.has_value(); }, withAdaptiveMicroexponent);
    fields.addSwitch(
        {QStringLiteral("codeRecycling"), Text::tr("Code &Recycling"),
            Text::tr("The code of −0 stands for a level of its own"),
            [](const FormatSpec& spec) {
                return isRecycling(spec)
                    || (std::all_of(spec.elements.begin(), spec.elements.end(), isFloatOrInteger) && !spec.offset);
            },
            {}},
        isRecycling, withCodeRecycling);
}

}  // namespace

void addMainFields(FormatFields& fields)
{
    fields.setScope(isGeneral);
    fields.addInteger(
        {QStringLiteral("bits"), Text::tr("B&its"), Text::tr("Bits of an element code, sign included"),
            [](const FormatSpec& spec) { return !hasTable(spec); }, {}},
        1, 19, [](const FormatSpec& spec) { return spec.codeBits(); }, withCodeBits);
    addGeometry(fields);
    fields.addChoice(
        {QStringLiteral("scaleCodec"), Text::tr("&Scale codec"),
            Text::tr("How the shared scale of a block is stored; none: there is no scale"),
            [](const FormatSpec& spec) { return !isFitted(spec); }, {}},
        codecOptions(), [](const FormatSpec& spec) { return static_cast<int>(spec.scale.codec); },
        [](FormatSpec spec, int codec) { return withScaleCodec(std::move(spec), static_cast<ScaleCodecId>(codec)); });
    addNanoMantissa(fields);
    addBookSwitches(fields);
    fields.addIntegersAt(
        {QStringLiteral("searchOffsets"), Text::tr("Search offse&ts"),
            Text::tr("Exponent offsets of the shared scale that are tried, in order; the first smallest error wins"),
            [](const FormatSpec& spec) { return isPowerOfTwoCodec(spec.scale.codec); }, {}},
        QStringLiteral("-1, 0, 1"), [](auto& spec) -> auto& { return spec.scale.offsets; });
}

}  // namespace nanoscope
