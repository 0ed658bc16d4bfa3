// As long as the schema: each of its rules is checked here and nowhere else.
#include "core/error.h"
#include "core/format/format_checks.h"
#include "core/format/format_spec.h"
#include "core/format/format_storage.h"
#include "core/format/format_text.h"
#include "core/format/named_format.h"
#include "core/format/scale_codec.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace nanoscope {
namespace {

using detail::checkBook;
using detail::fitsFloat;
using detail::listText;
using detail::refuse;
using detail::requirePositive;
using detail::requireRange;

std::string integersText(const std::vector<int>& values)
{
    return listText(values, [](int value) { return std::to_string(value); });
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

void checkElements(const FormatSpec& spec)
{
    if (spec.elements.size() > 16)
        refuse("elements", std::to_string(spec.elements.size()) + " codebooks", "1 to 16");
    for (std::size_t i = 0; i < spec.elements.size(); ++i) {
        const std::string field = "elements." + std::to_string(i);
        if (spec.elements[i].kind == BookKind::Fitted && spec.elements.size() > 1)
            refuse(field + ".kind", "kmeans", "a single codebook");
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
    requireRange("geometry.tile", geometry.tileRows, 1, 256);
    if (geometry.tileRows > 1 && (geometry.wholeRow || geometry.block % geometry.tileRows != 0))
        refuse("geometry.tile", std::to_string(geometry.tileRows),
            "1, or a divisor of geometry.block = " + std::to_string(geometry.block));
    if (geometry.wholeRow && geometry.sub)
        requireRange("geometry.sub", *geometry.sub, 1, 1 << 20);
    else if (geometry.subgroup() < 1 || geometry.block % geometry.subgroup() != 0)
        refuse("geometry.sub", std::to_string(geometry.subgroup()),
            "a divisor of geometry.block = " + std::to_string(geometry.block));
}

void checkTensorScale(const FormatSpec& spec)
{
    if (!spec.tensorScale)
        return;
    const TensorScaleSpec& scale = *spec.tensorScale;
    if (isPowerOfTwoCodec(spec.scale.codec) && spec.scale.codec != ScaleCodecId::SHIFT2)
        refuse("tensor_scale.target", numberText(scale.target),
            "no tensor_scale for the power-of-two scale.codec "
                + std::string(nameOf(kScaleCodecNames, spec.scale.codec)));
    requirePositive("tensor_scale.target", scale.target);
    requirePositive("tensor_scale.min", scale.minimum);
    if (scale.statistic != ScaleStatistic::Maximum && scale.statistic != ScaleStatistic::MeanAbsolute)
        refuse("tensor_scale.stat", std::string(nameOf(kStatisticNames, scale.statistic)), "max mean_abs");
    if (scale.offsets.empty() || scale.offsets.size() > 64)
        refuse("tensor_scale.offsets", integersText(scale.offsets), "1 to 64 integers");
    for (const int offset : scale.offsets)
        requireRange("tensor_scale.offsets", offset, -64, 64);
    if (scale.clips.size() > 256)
        refuse("tensor_scale.clips", std::to_string(scale.clips.size()) + " entries", "at most 256 numbers");
    for (const double clip : scale.clips)
        requirePositive("tensor_scale.clips", clip);
    const bool powerOfTwo = scale.codec == TensorScaleCodec::E8M0;
    if (powerOfTwo && !scale.clips.empty())
        refuse(
            "tensor_scale.clips", std::to_string(scale.clips.size()) + " entries", "null for tensor_scale.codec E8M0");
    if (!powerOfTwo && (scale.exponent || scale.offsets != std::vector<int>{0}))
        refuse(scale.exponent ? "tensor_scale.exponent" : "tensor_scale.offsets",
            scale.exponent ? std::to_string(*scale.exponent) : integersText(scale.offsets),
            "null and [0] for tensor_scale.codec FP32");
    if (scale.exponent)
        requireRange("tensor_scale.exponent", *scale.exponent, -126, 127);
}

/// True when every value takes a level of its own sign, or zero.
bool keepsSign(const ElementBook& book)
{
    const bool hasZero = book.kind == BookKind::Float || book.kind == BookKind::Posit
        || (book.kind == BookKind::Integer && !book.midRise && book.overflow == Overflow::Saturate);
    return hasZero && !book.recycle;
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
    if (powerOfTwo && scale.statistic != ScaleStatistic::Maximum)
        refuse("scale.stat", std::string(nameOf(kStatisticNames, scale.statistic)),
            "max for the power-of-two scale.codec " + codec);
    if (!scale.clips.empty() && (powerOfTwo || !scale.targets.empty() || scale.codec == ScaleCodecId::None))
        refuse("scale.clips", std::to_string(scale.clips.size()) + " entries",
            "null beside scale.targets or with scale.codec " + codec);
    if (scale.clips.size() > 256)
        refuse("scale.clips", std::to_string(scale.clips.size()) + " entries", "at most 256 numbers");
    for (const double clip : scale.clips)
        requirePositive("scale.clips", clip);
    if (scale.clipKind == ClipKind::Bias)
        for (const ElementBook& book : spec.elements)
            if (book.kind != BookKind::Float)
                refuse("scale.clip_kind", "bias", "ratio for codebooks that are not floats");
    if (scale.encodesIdeal
        && (powerOfTwo || scale.codec == ScaleCodecId::None || spec.micro || spec.offset
            || spec.arithmetic != Arithmetic::Exact))
        refuse("scale.encode", "ideal",
            "stored beside micro, offset, arith, or a scale.codec that is none or a power of two");
    if (scale.codec == ScaleCodecId::UINT8 && !spec.tensorScale)
        refuse("scale.codec", codec, "a codec that stands alone, or a tensor_scale beside it");
    checkTensorScale(spec);
    if (scale.splitSign && (spec.micro || spec.chooser || spec.special))
        refuse("scale.split_sign", "true", "false beside micro, chooser or special");
    if (scale.splitSign && !keepsSign(spec.elements.front()))  // the sign of a level tells which scale it has
        refuse("scale.split_sign", "true", "false, or a float, posit or saturating integer book without recycle");
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
        if (spec.elements.size() != 2 || !isPowerOfTwoCodec(spec.scale.codec) || spec.micro || spec.tensorScale
            || chooser.unit == Unit::Tensor)
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

/// A book whose magnitudes are its codes in order, which exceptions are refined on.
bool isLadder(const ElementBook& book)
{
    if (book.kind == BookKind::Float)
        return book.subnormals;
    return book.kind == BookKind::Integer && !book.midRise && book.hotBits == 0 && !book.nested
        && book.overflow == Overflow::Saturate;
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
    if (!isLadder(fine) || fine.givenBias != book.givenBias)
        refuse(field, fine.id, "the codebook of elements.0 with finer steps");
    if (fine.gain != book.gain)
        refuse(field + ".gain", numberText(fine.gain), numberText(book.gain) + " as elements.0 has");
    if (fine.recycle || fine.twosComplement)
        refuse(field + (fine.recycle ? ".recycle" : ".twos"), "given", "none: the sign is that of the element");
}

void checkSpecial(const FormatSpec& spec)
{
    const SpecialSpec& special = *spec.special;
    const std::string kind(nameOf(kSpecialKindNames, special.kind));
    switch (special.kind) {
    case SpecialKind::TopN:
        requireRange("special.count", special.count, 0, spec.geometry.wholeRow ? 64 : spec.geometry.block - 1);
        if (spec.micro || spec.chooser || spec.offset || spec.prune)
            refuse("special.kind", kind, "special null beside micro, chooser, offset or prune");
        return;
    case SpecialKind::Sparse:
        if (!(special.share >= 0.0 && special.share <= 0.5))
            refuse("special.share", numberText(special.share), "0 to 0.5");
        return;
    case SpecialKind::Columns:
        requirePositive("special.threshold", special.threshold);
        return;
    default:
        break;
    }
    if (spec.micro || spec.elements.size() > 1)
        refuse("special.kind", kind, "special null beside micro or several codebooks");
    const ElementBook& book = spec.elements.front();
    if (book.recycle || book.twosComplement)
        refuse("special.kind", kind, "special null beside a recycled or two's complement code");
    if (!isLadder(book))
        refuse("special.kind", kind, "special null, or a float or plain integer book");
    if (spec.tie == TieRule::Down || spec.tie == TieRule::Up)
        refuse("rounding.elem", std::string(nameOf(kTieRuleNames, spec.tie)), "even away zero beside special " + kind);
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

/// Offsets are for unsigned codes: two's complement integers written from their lowest code.
void checkOffset(const FormatSpec& spec)
{
    const ElementBook& book = spec.elements.front();
    const bool isInteger = book.kind == BookKind::Integer && book.twosComplement && !book.nested && book.hotBits == 0
        && book.overflow == Overflow::Saturate && book.lsb == 0 && book.gain == 1.0;
    const std::string kind(nameOf(kOffsetKindNames, spec.offset->kind));
    if (!isInteger || spec.elements.size() > 1 || spec.micro || spec.scale.splitSign)
        refuse("offset.kind", kind, "offset null, or a single two's complement integer book without micro");
    if (spec.scale.statistic != ScaleStatistic::Range || isPowerOfTwoCodec(spec.scale.codec))
        refuse("offset.kind", kind, "offset null, or scale.stat range with a codec that is no power of two");
}

void checkTransform(const TransformSpec& transform)
{
    const int n = transform.hadamard;
    if (n != 0 && (n < 2 || n > 4096 || (n & (n - 1)) != 0))
        refuse("transform.hadamard", std::to_string(n), "0, or a power of two from 2 to 4096");
}

void checkPrune(const FormatSpec& spec)
{
    requireRange("prune.of", spec.prune->of, 2, 64);
    requireRange("prune.keep", spec.prune->keep, 1, spec.prune->of - 1);
    if (!spec.geometry.wholeRow && spec.geometry.block % spec.prune->of != 0)
        refuse("prune.of", std::to_string(spec.prune->of),
            "a divisor of geometry.block = " + std::to_string(spec.geometry.block));
    if (spec.special || spec.offset || spec.scale.splitSign)
        refuse("prune.keep", std::to_string(spec.prune->keep), "prune null beside special, offset or split_sign");
}

void checkMix(const MixSpec& mix)
{
    if (!(mix.share > 0.0 && mix.share <= 1.0))
        refuse("mix.share", numberText(mix.share), "more than 0, at most 1");
    requirePositive("mix.threshold", mix.threshold);
    const std::size_t needed = mix.rule == MixRule::ResidualColumns ? 1 : 2;
    if (mix.parts.size() < needed || (mix.rule != MixRule::ErrorThreshold && mix.parts.size() != needed))
        refuse("mix.parts", std::to_string(mix.parts.size()) + " formats",
            std::to_string(needed) + " for mix.rule " + std::string(nameOf(kMixRuleNames, mix.rule)));
    const std::optional<TensorScaleSpec>* shared = nullptr;  // parts with a tensor scale have one in common
    for (const FormatSpec& part : mix.parts) {
        if (part.tensorScale && shared && *shared != part.tensorScale)
            refuse("mix.parts", "formats with different tensor_scale", "the same tensor_scale, or none");
        if (part.tensorScale)
            shared = &part.tensorScale;
        if (mix.rule == MixRule::ResidualColumns
            && (part.special || part.scale.splitSign || part.scale.codec == ScaleCodecId::DYADIC))
            refuse("mix.parts", "a format with exceptions, one scale per sign or dyadic scales",
                "one that can be quantized twice");
    }
    for (const FormatSpec& part : mix.parts)
        if (part.encoder.id != EncoderId::Search || part.mix || part.transform || part.geometry.wholeRow
            || hasVariableBlocks(part) || tensorValueCount(part) > 0
            || (part.chooser && part.chooser->unit == Unit::Tensor))
            refuse("mix.parts", "a format with a named encoder, mix, transform, whole rows or exceptions",
                "plain block formats");
}

void checkEncoder(const FormatSpec& spec)
{
    if (spec.encoder.id == EncoderId::MicroScopiQ) {
        requireRange("encoder.bits", spec.encoder.bits, 2, 8);
        if (!fitsFloat(spec.encoder.sigmas))
            refuse("encoder.sigmas", numberText(spec.encoder.sigmas), "a positive number");
        const int sub = spec.geometry.subgroup();
        if (sub != 2 && sub != 4 && sub != 8)  // so that a permutation fits its field
            refuse("geometry.sub", std::to_string(sub), "2 4 8 for encoder MicroScopiQ");
    }
    if (spec.encoder.id == EncoderId::Phase)
        requireRange("encoder.stages", spec.encoder.stages, 1, 4);
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

namespace {

void dropStandardBias(ElementBook& book)
{
    const bool hasBias = book.kind == BookKind::Float && book.exponentBits >= 1 && book.exponentBits <= 8;
    if (hasBias && book.givenBias == book.standardBias())
        book.givenBias.reset();
}

/// The fields that this kind of exception has; the others at their defaults.
SpecialSpec ofItsKind(const SpecialSpec& special)
{
    SpecialSpec kept;
    kept.kind = special.kind;
    switch (special.kind) {
    case SpecialKind::BlockMaximum:
        kept.mantissaBits = special.mantissaBits;
        kept.othersBits = special.othersBits;
        kept.othersRule = special.othersRule;
        break;
    case SpecialKind::Top1:
        kept.bits = special.bits;
        kept.fine = special.fine;
        dropStandardBias(kept.fine);
        break;
    case SpecialKind::TopN:
        kept.count = special.count;
        break;
    case SpecialKind::Sparse:
        kept.share = special.share;
        break;
    case SpecialKind::Columns:
        kept.threshold = special.threshold;
        kept.relative = special.relative;
        break;
    }
    return kept;
}

/// A fitted codebook holds its levels unscaled.
ScaleSpec noScale()
{
    ScaleSpec scale;
    scale.codec = ScaleCodecId::None;
    scale.rule = ScaleRule::Maximum;
    return scale;
}

}  // namespace

FormatSpec validated(FormatSpec spec)
{
    if (spec.mix) {  // the parts say the rest
        checkGeometry(spec.geometry);
        for (FormatSpec& part : spec.mix->parts) {
            part.geometry = spec.geometry;
            part = validated(std::move(part));
        }
        checkMix(*spec.mix);
        FormatSpec plain;
        plain.geometry = spec.geometry;
        plain.transform = spec.transform;
        plain.mix = std::move(spec.mix);
        if (plain.transform)
            checkTransform(*plain.transform);
        if (plain.geometry.tileRows > 1)
            refuse("geometry.tile", std::to_string(plain.geometry.tileRows), "1 beside mix");
        return plain;
    }
    if (spec.encoder.id != EncoderId::Search) {
        spec = settledByEncoder(std::move(spec));
        checkGeometry(spec.geometry);
        checkEncoder(spec);
        if (spec.transform)
            checkTransform(*spec.transform);
        return spec;
    }
    if (spec.elements.empty())
        refuse("elements", "[]", "at least one codebook");
    // What nothing refers to is dropped, so that equal behaviour has equal canonical text.
    if (!spec.chooser && spec.elements.size() > 1)
        spec.elements.resize(1);
    if (!isPowerOfTwoCodec(spec.scale.codec))
        spec.scale.rule = ScaleRule::Maximum;
    if (spec.geometry.wholeRow)
        spec.geometry.block = Geometry{}.block;
    if (!spec.geometry.wholeRow && spec.geometry.sub == spec.geometry.block)
        spec.geometry.sub.reset();
    if (spec.transform && *spec.transform == TransformSpec{})
        spec.transform.reset();
    if (spec.elements.front().kind == BookKind::Fitted)
        spec.scale = noScale();
    if (spec.micro && spec.micro->bits == 0)
        spec.micro.reset();
    if (spec.special)
        spec.special = ofItsKind(*spec.special);
    for (ElementBook& book : spec.elements) {
        dropStandardBias(book);
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
    if (spec.offset)
        checkOffset(spec);
    if (spec.transform)
        checkTransform(*spec.transform);
    if (spec.prune)
        checkPrune(spec);
    checkOrder(spec.order);
    checkArithmetic(spec);
    if (spec.chooser && spec.chooser->bits == selectorBits(spec))
        spec.chooser->bits.reset();
    return spec;
}

}  // namespace nanoscope
