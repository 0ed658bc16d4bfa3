#include "core/format/format_json.h"
#include "core/format/format_text.h"

#include <nlohmann/json.hpp>

namespace nanoscope {
namespace {

using nlohmann::json;

template <typename Value> json orNull(const std::optional<Value>& value)
{
    return value ? json(*value) : json(nullptr);
}

json recycleToJson(const Recycle& recycle)
{
    json out{{"mode", nameOf(kRecycleModeNames, recycle.mode)}};
    if (recycle.mode == RecycleMode::HalfOfSmallest)
        out["sign"] = recycle.sign;
    else
        out["value"] = recycle.value;
    return out;
}

json bookToJson(const ElementBook& book)
{
    json out{{"id", book.id}, {"kind", nameOf(kBookKindNames, book.kind)}, {"gain", book.gain},
        {"target", orNull(book.target)}, {"recycle", nullptr}};
    if (book.recycle)
        out["recycle"] = recycleToJson(*book.recycle);
    switch (book.kind) {
    case BookKind::Float:
        out["e"] = book.exponentBits;
        out["m"] = book.mantissaBits;
        out["top"] = nameOf(kTopCodesNames, book.top);
        out["bias"] = orNull(book.givenBias);
        out["subnormals"] = book.subnormals;
        break;
    case BookKind::Integer:
        out["bits"] = book.bits;
        out["lsb"] = book.lsb;
        out["twos"] = book.twosComplement;
        out["mid_rise"] = book.midRise;
        out["hot"] = book.hotBits;
        out["overflow"] = nameOf(kOverflowNames, book.overflow);
        out["nested"] = nullptr;
        if (book.nested)
            out["nested"] = {{"bits", book.nested->bits}, {"rule", nameOf(kReadRuleNames, book.nested->rule)}};
        break;
    case BookKind::Posit:
        out["bits"] = book.bits;
        out["es"] = book.exponentBits;
        break;
    case BookKind::Table:
        out["levels"] = book.levels;
        break;
    case BookKind::Fitted:
        out["bits"] = book.bits;
        break;
    }
    return out;
}

json specialToJson(const SpecialSpec& special)
{
    json out{{"kind", nameOf(kSpecialKindNames, special.kind)}};
    switch (special.kind) {
    case SpecialKind::BlockMaximum:
        out["mant_bits"] = special.mantissaBits;
        out["nbm_bits"] = special.othersBits;
        out["nbm_rule"] = nameOf(kOthersRuleNames, special.othersRule);
        break;
    case SpecialKind::Top1:
        out["bits"] = special.bits;
        out["fine"] = bookToJson(special.fine);
        break;
    case SpecialKind::TopN:
        out["count"] = special.count;
        break;
    case SpecialKind::Sparse:
        out["share"] = special.share;
        break;
    case SpecialKind::Columns:
        out["threshold"] = special.threshold;
        out["relative"] = special.relative;
        break;
    }
    return out;
}

json tensorScaleToJson(const TensorScaleSpec& scale)
{
    return {{"codec", nameOf(kTensorScaleCodecNames, scale.codec)}, {"target", scale.target},
        {"stat", nameOf(kStatisticNames, scale.statistic)}, {"offsets", scale.offsets},
        {"clips", scale.clips.empty() ? json(nullptr) : json(scale.clips)}, {"min", orNull(scale.minimum)},
        {"exponent", orNull(scale.exponent)}};
}

json chooserToJson(const ChooserSpec& chooser)
{
    json out{{"unit", nameOf(kUnitNames, chooser.unit)}, {"rule", nameOf(kChooserRuleNames, chooser.rule)}};
    if (chooser.bits)
        out["bits"] = *chooser.bits;
    return out;
}

json encoderToJson(const EncoderSpec& encoder)
{
    if (encoder.id == EncoderId::Search)
        return nullptr;
    json out{{"id", nameOf(kEncoderNames, encoder.id)}};
    if (encoder.id == EncoderId::MicroScopiQ) {
        out["bits"] = encoder.bits;
        out["sigmas"] = encoder.sigmas;
    }
    if (encoder.id == EncoderId::Phase)
        out["stages"] = encoder.stages;
    return out;
}

json mixToJson(const MixSpec& mix)
{
    json out{{"rule", nameOf(kMixRuleNames, mix.rule)}, {"share", mix.share}, {"threshold", mix.threshold}};
    for (const FormatSpec& part : mix.parts)
        out["parts"].push_back(toJson(part));
    return out;
}

json scaleToJson(const ScaleSpec& scale)
{
    return {{"codec", nameOf(kScaleCodecNames, scale.codec)}, {"rule", nameOf(kScaleRuleNames, scale.rule)},
        {"stat", nameOf(kStatisticNames, scale.statistic)}, {"offsets", scale.offsets},
        {"targets", scale.targets.empty() ? json(nullptr) : json(scale.targets)},
        {"clips", scale.clips.empty() ? json(nullptr) : json(scale.clips)},
        {"clip_kind", nameOf(kClipKindNames, scale.clipKind)}, {"min", orNull(scale.minimum)},
        {"max", orNull(scale.maximum)}, {"zero", nameOf(kZeroScaleNames, scale.zero)},
        {"encode", nameOf(kEncodeScaleNames, scale.encodesIdeal)}, {"split_sign", scale.splitSign}};
}

json geometryToJson(const Geometry& geometry)
{
    json out{{"axis", geometry.axis}, {"block", geometry.block}, {"tile", geometry.tileRows}};
    if (geometry.wholeRow)
        out["block"] = "row";
    if (geometry.sub)
        out["sub"] = *geometry.sub;
    return out;
}

}  // namespace

json toJson(const FormatSpec& spec)
{
    json out;
    out["geometry"] = geometryToJson(spec.geometry);
    for (const ElementBook& book : spec.elements)
        out["elements"].push_back(bookToJson(book));
    out["align"] = nameOf(kAlignNames, spec.alignToFirstBook);
    out["scale"] = scaleToJson(spec.scale);
    out["tensor_scale"] = spec.tensorScale ? tensorScaleToJson(*spec.tensorScale) : json(nullptr);
    out["micro"] = nullptr;
    if (spec.micro)
        out["micro"] = {{"unit", nameOf(kUnitNames, spec.micro->unit)}, {"bits", spec.micro->bits},
            {"rule", nameOf(kMicroRuleNames, spec.micro->rule)}};
    out["chooser"] = spec.chooser ? chooserToJson(*spec.chooser) : json(nullptr);
    out["special"] = spec.special ? specialToJson(*spec.special) : json(nullptr);
    out["offset"] = nullptr;
    if (spec.offset)
        out["offset"]
            = {{"kind", nameOf(kOffsetKindNames, spec.offset->kind)}, {"include_zero", spec.offset->includeZero}};
    out["transform"] = nullptr;
    if (spec.transform)
        out["transform"] = {{"hadamard", spec.transform->hadamard}, {"signs", orNull(spec.transform->signSeed)},
            {"sort", spec.transform->sortColumns}};
    out["prune"] = nullptr;
    if (spec.prune)
        out["prune"] = {{"keep", spec.prune->keep}, {"of", spec.prune->of}};
    out["mix"] = spec.mix ? mixToJson(*spec.mix) : json(nullptr);
    out["encoder"] = encoderToJson(spec.encoder);
    out["layout"] = nameOf(kCodeLayoutNames, spec.layout);
    out["objective"] = nameOf(kObjectiveNames, spec.objective);
    for (const Candidate candidate : spec.order)
        out["order"].push_back(nameOf(kCandidateNames, candidate));
    out["rounding"] = {{"elem", nameOf(kTieRuleNames, spec.tie)}, {"stochastic", orNull(spec.stochasticSeed)}};
    out["arith"] = nameOf(kArithmeticNames, spec.arithmetic);
    return out;
}

std::string canonicalText(const FormatSpec& spec)
{
    return toJson(spec).dump();
}

}  // namespace nanoscope
