#include "core/format/format_json.h"

#include "core/error.h"
#include "core/format/format_storage.h"
#include "core/format/json_fields.h"
#include "core/format/scale_codec.h"

#include <cmath>

namespace nanoscope {
namespace {

using nlohmann::json;

template <typename Value> json orNull(const std::optional<Value>& value)
{
    return value ? json(*value) : json(nullptr);
}

json bookToJson(const ElementBook& book)
{
    json out{{"id", book.id}, {"kind", nameOf(kBookKindNames, book.kind)}, {"gain", book.gain},
        {"target", orNull(book.target)}, {"recycle", nullptr}};
    if (book.kind == BookKind::Float) {
        out["e"] = book.exponentBits;
        out["m"] = book.mantissaBits;
        out["top"] = nameOf(kTopCodesNames, book.top);
    } else {
        out["bits"] = book.bits;
        out["lsb"] = book.lsb;
        out["twos"] = book.twosComplement;
    }
    if (book.recycle) {
        json recycle{{"mode", nameOf(kRecycleModeNames, book.recycle->mode)}};
        if (book.recycle->mode == RecycleMode::HalfOfSmallest)
            recycle["sign"] = book.recycle->sign;
        else
            recycle["value"] = book.recycle->value;
        out["recycle"] = recycle;
    }
    return out;
}

json specialToJson(const SpecialSpec& special)
{
    json out{{"kind", nameOf(kSpecialKindNames, special.kind)}};
    if (special.kind == SpecialKind::BlockMaximum) {
        out["mant_bits"] = special.mantissaBits;
        out["nbm_bits"] = special.othersBits;
        out["nbm_rule"] = nameOf(kOthersRuleNames, special.othersRule);
    } else {
        out["bits"] = special.bits;
        out["fine"] = bookToJson(special.fine);
    }
    return out;
}

ElementBook bookFromJson(JsonFields fields)
{
    ElementBook book;
    book.id.clear();
    fields.readName("kind", kBookKindNames, book.kind);
    fields.readText("id", book.id);
    fields.readNumber("gain", book.gain);
    fields.readNumber("target", book.target);
    if (book.kind == BookKind::Float) {
        fields.readInteger("e", book.exponentBits);
        fields.readInteger("m", book.mantissaBits);
        fields.readName("top", kTopCodesNames, book.top);
        std::optional<int> bias;
        fields.readInteger("bias", bias);
        if (bias && *bias != book.bias())
            fields.refuse("bias", *bias, std::to_string(book.bias()) + ", which follows from e");
    } else {
        fields.readInteger("bits", book.bits);
        fields.readInteger("lsb", book.lsb);
        fields.readBoolean("twos", book.twosComplement);
    }
    if (auto recycle = fields.object("recycle")) {
        book.recycle = Recycle{};
        recycle->readName("mode", kRecycleModeNames, book.recycle->mode);
        if (book.recycle->mode == RecycleMode::HalfOfSmallest)
            recycle->readInteger("sign", book.recycle->sign);
        else
            recycle->readNumber("value", book.recycle->value);
        recycle->finish();
    }
    fields.finish();
    if (book.id.empty())
        book.id = book.standardId();
    return book;
}

/// A list, where one number may stand for a list of one.
template <typename Read> void readList(JsonFields& fields, std::string_view name, const char* allowed, Read read)
{
    const json* list = fields.find(name);
    if (!list)
        return;
    if (!list->is_array())
        fields.refuse(name, *list, allowed);
    for (const json& entry : *list)
        if (!read(entry))
            fields.refuse(name, *list, allowed);
}

ScaleSpec scaleFromJson(JsonFields fields)
{
    ScaleSpec scale;
    fields.readName("codec", kScaleCodecNames, scale.codec);
    // Absent, the rule is the codec's usual one.
    if (!isPowerOfTwoCodec(scale.codec))
        scale.rule = ScaleRule::Maximum;
    fields.readName("rule", kScaleRuleNames, scale.rule);
    if (fields.has("offsets"))
        scale.offsets.clear();
    readList(fields, "offsets", "a list of integers", [&](const json& entry) {
        if (!entry.is_number() || entry.get<double>() != std::floor(entry.get<double>())
            || std::abs(entry.get<double>()) > 1000)
            return false;
        scale.offsets.push_back(static_cast<int>(entry.get<double>()));
        return true;
    });
    readList(fields, "targets", "a list of positive numbers, or null", [&](const json& entry) {
        if (!entry.is_number())
            return false;
        scale.targets.push_back(entry.get<double>());
        return true;
    });
    fields.readNumber("min", scale.minimum);
    fields.readNumber("max", scale.maximum);
    fields.readName("zero", kZeroScaleNames, scale.zero);
    fields.readBoolean("split_sign", scale.splitSign);
    fields.finish();
    return scale;
}

MicroSpec microFromJson(JsonFields fields)
{
    MicroSpec micro;
    fields.readName("rule", kMicroRuleNames, micro.rule);
    if (micro.rule == MicroRule::MaximumExponent)
        micro.unit = Unit::Subgroup;
    fields.readName("unit", kUnitNames, micro.unit);
    fields.readInteger("bits", micro.bits);
    if (const json* grid = fields.find("grid")) {
        const json expected = micro.bits >= 0 && micro.bits <= 6 ? json(micro.grid()) : json::array();
        bool same = grid->is_array() && grid->size() == expected.size();
        for (std::size_t i = 0; same && i < expected.size(); ++i)
            same = (*grid)[i].is_number() && (*grid)[i].get<double>() == expected[i].get<double>();
        if (!same)
            fields.refuse("grid", *grid, expected.dump() + ", which follows from bits and rule");
    }
    fields.finish();
    return micro;
}

ChooserSpec chooserFromJson(JsonFields fields)
{
    ChooserSpec chooser;
    fields.readName("unit", kUnitNames, chooser.unit);
    fields.readName("rule", kChooserRuleNames, chooser.rule);
    fields.readInteger("bits", chooser.bits);
    fields.finish();
    return chooser;
}

SpecialSpec specialFromJson(JsonFields fields)
{
    SpecialSpec special;
    fields.readName("kind", kSpecialKindNames, special.kind);
    if (special.kind == SpecialKind::BlockMaximum) {
        fields.readInteger("mant_bits", special.mantissaBits);
        fields.readInteger("nbm_bits", special.othersBits);
        fields.readName("nbm_rule", kOthersRuleNames, special.othersRule);
    } else {
        fields.readInteger("bits", special.bits);
        if (auto fine = fields.object("fine"))
            special.fine = bookFromJson(*fine);
        else
            fields.refuse("fine", nullptr, "an element codebook");
    }
    fields.finish();
    return special;
}

/// Metadata bits of a whole block as a `bits.meta` list counts them.
double givenMetaBits(JsonFields& bits, const Geometry& geometry)
{
    double sum = 0;
    readList(bits, "meta", "a list of {name, bits, per}", [&](const json& entry) {
        if (!entry.is_object() || !entry.contains("bits") || !entry["bits"].is_number() || !entry.contains("per")
            || !entry["per"].is_string())
            return false;
        const std::string per = entry["per"];
        const double units = per == "sub" ? geometry.subgroups() : per == "elem" ? geometry.block : 1;
        sum += entry["bits"].get<double>() * units;
        return per == "block" || per == "sub" || per == "elem";
    });
    return sum;
}

double derivedMetaBits(const FormatSpec& spec)
{
    const int scaleBits = ScaleCodec(spec.scale.codec).bits() * (spec.scale.splitSign ? 2 : 1);
    return static_cast<double>(blockHeaderBits(spec, static_cast<std::uint64_t>(spec.geometry.block))) - scaleBits;
}

/// Storage follows from the other fields. Given, it must agree; only here can a list tell that a selector bit rides
/// in the scale's sign.
void checkBits(JsonFields bits, FormatSpec& spec)
{
    std::optional<double> element;
    std::optional<double> scale;
    bits.readNumber("elem", element);
    bits.readNumber("scale", scale);
    if (element && *element != spec.codeBits())
        bits.refuse("elem", *element, std::to_string(spec.codeBits()) + ", which follows from elements");
    const int scaleBits = ScaleCodec(spec.scale.codec).bits();
    if (scale && *scale != scaleBits)
        bits.refuse("scale", *scale, std::to_string(scaleBits) + ", which follows from scale.codec");
    if (bits.has("meta")) {
        const double given = givenMetaBits(bits, spec.geometry);
        if (spec.chooser && spec.chooser->unit == Unit::Block && given == derivedMetaBits(spec) - 1
            && ScaleCodec(spec.scale.codec).hasSpareSign())
            spec.chooser->bits = selectorBits(spec) - 1;
        if (given != derivedMetaBits(spec))
            bits.refuse("meta", *bits.find("meta"),
                numberText(derivedMetaBits(spec)) + " bits per block, which follow from the other fields");
    }
    bits.finish();
}

void readElements(JsonFields& fields, FormatSpec& spec)
{
    const json* elements = fields.find("elements");
    if (!elements)
        return;
    if (!elements->is_array() || elements->empty())
        fields.refuse("elements", *elements, "a list of at least one codebook");
    spec.elements.clear();
    for (std::size_t i = 0; i < elements->size(); ++i)
        spec.elements.push_back(
            bookFromJson(JsonFields((*elements)[i], fields.where(), "elements." + std::to_string(i))));
}

FormatSpec readSpec(const json& document, const std::string& where)
{
    JsonFields fields(document, where, "");
    FormatSpec spec;
    if (auto geometry = fields.object("geometry")) {
        geometry->readInteger("axis", spec.geometry.axis);
        geometry->readInteger("block", spec.geometry.block);
        geometry->readInteger("sub", spec.geometry.sub);
        geometry->finish();
    }
    readElements(fields, spec);
    fields.readName("align", kAlignNames, spec.alignToFirstBook);
    if (auto scale = fields.object("scale"))
        spec.scale = scaleFromJson(*scale);
    if (auto tensorScale = fields.object("tensor_scale")) {
        std::string codec = "FP32";
        spec.tensorScale = TensorScaleSpec{};
        tensorScale->readText("codec", codec);
        tensorScale->readNumber("target", spec.tensorScale->target);
        if (codec != "FP32")
            tensorScale->refuse("codec", codec, "FP32");
        tensorScale->finish();
    }
    if (auto micro = fields.object("micro"))
        spec.micro = microFromJson(*micro);
    if (auto chooser = fields.object("chooser"))
        spec.chooser = chooserFromJson(*chooser);
    if (auto special = fields.object("special"))
        spec.special = specialFromJson(*special);
    fields.readName("objective", kObjectiveNames, spec.objective);
    if (fields.has("order"))
        spec.order.clear();
    readList(fields, "order", "each of offset target book micro once", [&](const json& entry) {
        const auto name = entry.is_string() ? valueOf(kCandidateNames, entry.get<std::string>()) : std::nullopt;
        if (name)
            spec.order.push_back(*name);
        return name.has_value();
    });
    if (auto rounding = fields.object("rounding")) {
        rounding->readName("elem", kTieRuleNames, spec.tie);
        rounding->finish();
    }
    fields.readName("arith", kArithmeticNames, spec.arithmetic);
    auto bits = fields.object("bits");
    fields.finish();
    if (bits && spec.chooser && spec.chooser->bits && bits->has("meta"))
        spec.chooser->bits.reset();  // the list says more exactly what is stored
    spec = validated(std::move(spec));
    if (bits)
        checkBits(*bits, spec);
    return spec;
}

}  // namespace

json toJson(const FormatSpec& spec)
{
    json out;
    out["geometry"] = {{"axis", spec.geometry.axis}, {"block", spec.geometry.block}};
    if (spec.geometry.sub)
        out["geometry"]["sub"] = *spec.geometry.sub;
    for (const ElementBook& book : spec.elements)
        out["elements"].push_back(bookToJson(book));
    out["align"] = nameOf(kAlignNames, spec.alignToFirstBook);
    out["scale"] = {{"codec", nameOf(kScaleCodecNames, spec.scale.codec)},
        {"rule", nameOf(kScaleRuleNames, spec.scale.rule)}, {"offsets", spec.scale.offsets},
        {"targets", spec.scale.targets.empty() ? json(nullptr) : json(spec.scale.targets)},
        {"min", orNull(spec.scale.minimum)}, {"max", orNull(spec.scale.maximum)},
        {"zero", nameOf(kZeroScaleNames, spec.scale.zero)}, {"split_sign", spec.scale.splitSign}};
    out["tensor_scale"] = nullptr;
    if (spec.tensorScale)
        out["tensor_scale"] = {{"codec", "FP32"}, {"target", spec.tensorScale->target}};
    out["micro"] = nullptr;
    if (spec.micro)
        out["micro"] = {{"unit", nameOf(kUnitNames, spec.micro->unit)}, {"bits", spec.micro->bits},
            {"rule", nameOf(kMicroRuleNames, spec.micro->rule)}};
    out["chooser"] = nullptr;
    if (spec.chooser) {
        out["chooser"] = {
            {"unit", nameOf(kUnitNames, spec.chooser->unit)}, {"rule", nameOf(kChooserRuleNames, spec.chooser->rule)}};
        if (spec.chooser->bits)
            out["chooser"]["bits"] = *spec.chooser->bits;
    }
    out["special"] = spec.special ? specialToJson(*spec.special) : json(nullptr);
    out["objective"] = nameOf(kObjectiveNames, spec.objective);
    for (const Candidate candidate : spec.order)
        out["order"].push_back(nameOf(kCandidateNames, candidate));
    out["rounding"] = {{"elem", nameOf(kTieRuleNames, spec.tie)}};
    out["arith"] = nameOf(kArithmeticNames, spec.arithmetic);
    return out;
}

std::string canonicalText(const FormatSpec& spec)
{
    return toJson(spec).dump();
}

FormatSpec formatFromJson(const json& document, std::string_view where)
{
    const std::string place(where);
    try {
        return readSpec(document, place);
    } catch (const Error& error) {
        if (place.empty() || error.where() == place)
            throw;
        throw Error(place, error.where() + ": " + error.problem(), error.remedy(), error.kind());
    }
}

}  // namespace nanoscope
