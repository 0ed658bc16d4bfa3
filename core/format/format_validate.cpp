#include "core/error.h"
#include "core/format/format_spec.h"
#include "core/format/format_storage.h"
#include "core/format/format_text.h"
#include "core/format/scale_codec.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace nanoscope {
namespace {

[[noreturn]] void refuse(const std::string& field, const std::string& value, const std::string& allowed)
{
    throw Error(field, "value " + value + " is refused", "allowed: " + allowed, ErrorKind::Refused);
}

template <typename Value, typename Text> std::string listText(const std::vector<Value>& values, Text text)
{
    std::string list;
    for (const Value& value : values)
        list += (list.empty() ? "" : ",") + std::string(text(value));
    return "[" + list + "]";
}

std::string integersText(const std::vector<int>& values)
{
    return listText(values, [](int value) { return std::to_string(value); });
}

void requireRange(const std::string& field, int value, int lowest, int highest)
{
    if (value < lowest || value > highest)
        refuse(field, std::to_string(value), std::to_string(lowest) + " to " + std::to_string(highest));
}

/// Positive, and such that products and quotients with float32 values stay finite in double.
bool fitsFloat(double value)
{
    constexpr auto kLowest = static_cast<double>(std::numeric_limits<float>::min());
    constexpr auto kHighest = static_cast<double>(std::numeric_limits<float>::max());
    return value >= kLowest && value <= kHighest;
}

void requirePositive(const std::string& field, const std::optional<double>& value)
{
    if (value && !fitsFloat(*value))
        refuse(field, numberText(*value), "a positive number that float32 holds");
}

/// A limit of stored scales must be one that the codec can tell from zero and from its largest scale.
void requireStorable(const std::string& field, const std::optional<double>& value, ScaleCodecId id)
{
    if (!value)
        return;
    const ScaleCodec codec(id);
    const double lowest = codec.decode(0) > 0 ? codec.decode(0) : codec.decode(1);
    const double highest = codec.encode(std::numeric_limits<float>::max()).value;
    if (!(*value >= lowest && *value <= highest))
        refuse(field, numberText(*value),
            numberText(lowest) + " to " + numberText(highest) + " for scale.codec "
                + std::string(nameOf(kScaleCodecNames, id)));
}

void checkBook(const std::string& field, const ElementBook& book)
{
    if (book.kind == BookKind::Float) {
        requireRange(field + ".e", book.exponentBits, 1, 5);
        requireRange(field + ".m", book.mantissaBits, 0, 6);
        if (book.top == TopCodes::Ieee && book.exponentBits < 2)
            refuse(field + ".top", "ieee", "finite nan1 for a 1-bit exponent");
        if (book.top == TopCodes::OneNan && book.exponentBits == 1 && book.mantissaBits == 0)
            refuse(field + ".top", "nan1", "finite for E1M0");
    } else {
        requireRange(field + ".bits", book.bits, 2, 8);
        requireRange(field + ".lsb", book.lsb, -60, 60);
    }
    requireRange(field + (book.kind == BookKind::Float ? ".e + m + sign" : ".bits"), book.codeBits(), 2, 8);
    requirePositive(field + ".gain", book.gain);
    requirePositive(field + ".target", book.target);
    if (!book.recycle)
        return;
    if (book.twosComplement)
        refuse(field + ".recycle", std::string(nameOf(kRecycleModeNames, book.recycle->mode)),
            "null for a two's complement book, which has no code of minus zero");
    if (book.recycle->mode == RecycleMode::HalfOfSmallest && std::abs(book.recycle->sign) != 1)
        refuse(field + ".recycle.sign", std::to_string(book.recycle->sign), "1 -1");
    if (book.recycle->mode == RecycleMode::Value && !fitsFloat(std::fabs(book.recycle->value)))
        refuse(field + ".recycle.value", numberText(book.recycle->value), "a number other than 0 that float32 holds");
}

void checkElements(const FormatSpec& spec)
{
    if (spec.elements.empty())
        refuse("elements", "[]", "at least one codebook");
    if (spec.elements.size() > 16)
        refuse("elements", std::to_string(spec.elements.size()) + " codebooks", "1 to 16");
    for (std::size_t i = 0; i < spec.elements.size(); ++i) {
        const std::string field = "elements." + std::to_string(i);
        checkBook(field, spec.elements[i]);
        if (spec.elements[i].codeBits() != spec.codeBits())
            refuse(field, std::to_string(spec.elements[i].codeBits()) + " bits",
                std::to_string(spec.codeBits()) + " bits, as elements.0 has");
    }
}

void checkGeometry(const Geometry& geometry)
{
    requireRange("geometry.block", geometry.block, 1, 1 << 20);
    requireRange("geometry.axis", geometry.axis, -32, 31);
    if (geometry.subgroup() < 1 || geometry.block % geometry.subgroup() != 0)
        refuse("geometry.sub", std::to_string(geometry.subgroup()),
            "a divisor of geometry.block = " + std::to_string(geometry.block));
}

void checkScale(const FormatSpec& spec)
{
    const ScaleSpec& scale = spec.scale;
    const bool powerOfTwo = isPowerOfTwoCodec(scale.codec);
    const std::string codec(nameOf(kScaleCodecNames, scale.codec));
    if (powerOfTwo && scale.rule == ScaleRule::Maximum)
        refuse("scale.rule", "max", "floor ceil rceil even rtn_max rtn_pow for scale.codec " + codec);
    if (scale.offsets.empty() || scale.offsets.size() > 64)
        refuse("scale.offsets", integersText(scale.offsets), "1 to 64 integers");
    if (std::set<int>(scale.offsets.begin(), scale.offsets.end()).size() != scale.offsets.size())
        refuse("scale.offsets", integersText(scale.offsets), "different integers");
    for (const int offset : scale.offsets)
        requireRange("scale.offsets", offset, -64, 64);
    if (!powerOfTwo && scale.offsets != std::vector<int>{0})
        refuse("scale.offsets", integersText(scale.offsets),
            "[0] for scale.codec " + codec + ", which is no power of two");
    if (powerOfTwo && !scale.targets.empty())
        refuse("scale.targets", listText(scale.targets, numberText), "null for the power-of-two scale.codec " + codec);
    if (scale.targets.size() > 64)
        refuse("scale.targets", std::to_string(scale.targets.size()) + " entries", "at most 64 numbers");
    for (const double target : scale.targets)
        requirePositive("scale.targets", target);
    if (powerOfTwo && (scale.minimum || scale.maximum))
        refuse(scale.minimum ? "scale.min" : "scale.max", numberText(scale.minimum ? *scale.minimum : *scale.maximum),
            "null for the power-of-two scale.codec " + codec);
    requireStorable("scale.min", scale.minimum, scale.codec);
    requireStorable("scale.max", scale.maximum, scale.codec);
    if (scale.minimum && scale.maximum && *scale.minimum > *scale.maximum)
        refuse("scale.min", numberText(*scale.minimum), "at most scale.max = " + numberText(*scale.maximum));
    if (spec.tensorScale) {
        if (powerOfTwo)
            refuse("tensor_scale.target", numberText(spec.tensorScale->target),
                "no tensor_scale for the power-of-two scale.codec " + codec);
        requirePositive("tensor_scale.target", spec.tensorScale->target);
    }
    if (scale.splitSign && (spec.micro || spec.chooser || spec.special))
        refuse("scale.split_sign", "true", "false beside micro, chooser or special");
}

void checkMicro(const FormatSpec& spec)
{
    const MicroSpec& micro = *spec.micro;
    requireRange("micro.bits", micro.bits, 1, 6);
    if (micro.rule == MicroRule::MaximumExponent && micro.unit != Unit::Subgroup)
        refuse("micro.unit", "block", "sub for micro.rule max_exp");
    if (micro.rule != MicroRule::MaximumExponent && micro.rule != MicroRule::Search && micro.unit != Unit::Block)
        refuse("micro.unit", "sub", "block for micro.rule " + std::string(nameOf(kMicroRuleNames, micro.rule)));
    // These operation orders multiply by a reciprocal that knows nothing of a micro-scale.
    if (spec.arithmetic == Arithmetic::TransformerEngine || spec.arithmetic == Arithmetic::TransformerEngineFolded
        || spec.arithmetic == Arithmetic::Torchao)
        refuse("arith", std::string(nameOf(kArithmeticNames, spec.arithmetic)), "exact f32 modelopt beside micro");
}

void checkChooser(const FormatSpec& spec)
{
    const ChooserSpec& chooser = *spec.chooser;
    const int needed = selectorBits(spec);
    if (spec.elements.size() < 2)
        refuse("chooser.rule", std::string(nameOf(kChooserRuleNames, chooser.rule)),
            "chooser null for a single element codebook");
    if (chooser.bits) {
        const bool spare = ScaleCodec(spec.scale.codec).hasSpareSign() && chooser.unit == Unit::Block;
        if (*chooser.bits != needed && !(spare && *chooser.bits == needed - 1))
            refuse("chooser.bits", std::to_string(*chooser.bits),
                spare ? std::to_string(needed - 1) + " " + std::to_string(needed)
                      : std::to_string(needed) + " for " + std::to_string(spec.elements.size()) + " codebooks");
    }
    if (chooser.rule == ChooserRule::Mxffp) {
        if (spec.elements.size() != 2 || !isPowerOfTwoCodec(spec.scale.codec) || spec.micro || spec.tensorScale)
            refuse("chooser.rule", "mxffp", "search, or two codebooks, a power-of-two scale.codec and no micro");
    }
    if (chooser.unit == Unit::Subgroup && !isPowerOfTwoCodec(spec.scale.codec) && spec.scale.targets.empty())
        refuse("chooser.unit", "sub", "block, or scale.targets so that all codebooks share one scale");
}

void requireSame(const std::string& field, int value, int expected)
{
    if (value != expected)
        refuse(field, std::to_string(value),
            std::to_string(expected) + ", which follows from elements.0 and special.bits");
}

/// The fine ladder splits every step of the element's codebook into 2^bits, so that level i is fine level i * 2^bits.
void checkFineBook(const ElementBook& book, const SpecialSpec& special)
{
    const ElementBook& fine = special.fine;
    const std::string field = "special.fine";
    checkBook(field, fine);
    if (fine.kind != book.kind)
        refuse(field + ".kind", std::string(nameOf(kBookKindNames, fine.kind)),
            std::string(nameOf(kBookKindNames, book.kind)) + " as elements.0 has");
    if (book.kind == BookKind::Float) {
        requireSame(field + ".e", fine.exponentBits, book.exponentBits);
        requireSame(field + ".m", fine.mantissaBits, book.mantissaBits + special.bits);
        if (fine.top != book.top)
            refuse(field + ".top", std::string(nameOf(kTopCodesNames, fine.top)),
                std::string(nameOf(kTopCodesNames, book.top)) + " as elements.0 has");
    } else {
        requireSame(field + ".bits", fine.bits, book.bits + special.bits);
        requireSame(field + ".lsb", fine.lsb, book.lsb - special.bits);
    }
    if (fine.gain != book.gain)
        refuse(field + ".gain", numberText(fine.gain), numberText(book.gain) + " as elements.0 has");
    if (fine.recycle || fine.twosComplement)
        refuse(field + (fine.recycle ? ".recycle" : ".twos"), "given", "none: the sign is that of the element");
}

void checkSpecial(const FormatSpec& spec)
{
    const SpecialSpec& special = *spec.special;
    const std::string kind(nameOf(kSpecialKindNames, special.kind));
    if (spec.micro || spec.elements.size() > 1)
        refuse("special.kind", kind, "special null beside micro or several codebooks");
    const ElementBook& book = spec.elements.front();
    if (book.recycle || book.twosComplement)
        refuse("special.kind", kind, "special null beside a recycled or two's complement code");
    if (special.kind == SpecialKind::BlockMaximum) {
        requireRange("special.mant_bits", special.mantissaBits, 1, spec.codeBits() - 1);
        requireRange("special.nbm_bits", special.othersBits, 0, 6);
        if (!isPowerOfTwoCodec(spec.scale.codec))
            refuse("special.kind", "block_max", "top1, or a power-of-two scale.codec");
    } else {
        requireRange("special.bits", special.bits, 1, 4);
        checkFineBook(book, special);
    }
}

void checkOrder(const std::vector<Candidate>& order)
{
    const std::set<Candidate> distinct(order.begin(), order.end());
    if (order.size() != kCandidateNames.size() || distinct.size() != order.size())
        refuse("order", listText(order, [](Candidate loop) { return nameOf(kCandidateNames, loop); }),
            "each of " + namesOf(kCandidateNames) + " once");
}

void checkArithmetic(const FormatSpec& spec)
{
    const bool needsTensorScale = spec.arithmetic != Arithmetic::Exact && spec.arithmetic != Arithmetic::Float32;
    if (needsTensorScale && !spec.tensorScale)
        refuse("arith", std::string(nameOf(kArithmeticNames, spec.arithmetic)), "exact f32 without tensor_scale");
}

}  // namespace

FormatSpec validated(FormatSpec spec)
{
    // What nothing refers to is dropped, so that equal behaviour has equal canonical text.
    if (!spec.chooser && spec.elements.size() > 1)
        spec.elements.resize(1);
    if (!isPowerOfTwoCodec(spec.scale.codec))
        spec.scale.rule = ScaleRule::Maximum;
    if (spec.geometry.sub == spec.geometry.block)
        spec.geometry.sub.reset();
    if (spec.micro && spec.micro->bits == 0)
        spec.micro.reset();
    for (ElementBook& book : spec.elements) {
        if (book.recycle && book.recycle->mode == RecycleMode::Value)
            book.recycle->sign = 1;
        else if (book.recycle)
            book.recycle->value = 0.0;
    }

    checkGeometry(spec.geometry);
    checkElements(spec);
    checkScale(spec);
    if (spec.micro)
        checkMicro(spec);
    if (spec.chooser)
        checkChooser(spec);
    if (spec.special)
        checkSpecial(spec);
    checkOrder(spec.order);
    checkArithmetic(spec);
    if (spec.chooser && spec.chooser->bits == selectorBits(spec))
        spec.chooser->bits.reset();
    return spec;
}

}  // namespace nanoscope
