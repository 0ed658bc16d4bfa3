// As long as the schema: each of its fields is read here and nowhere else.
#include "core/format/format_json.h"

#include "core/error.h"
#include "core/format/format_storage.h"
#include "core/format/json_fields.h"
#include "core/format/scale_codec.h"

#include <cmath>

namespace nanoscope {
namespace {

using nlohmann::json;

/// A list; null is an empty one.
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

void readNumbers(JsonFields& fields, std::string_view name, std::vector<double>& values)
{
    readList(fields, name, "a list of numbers, or null", [&values](const json& entry) {
        if (!entry.is_number())
            return false;
        values.push_back(entry.get<double>());
        return true;
    });
}

/// Replaces `values` where the field is given.
void readIntegers(JsonFields& fields, std::string_view name, std::vector<int>& values)
{
    if (fields.has(name))
        values.clear();
    readList(fields, name, "a list of integers", [&values](const json& entry) {
        if (!entry.is_number() || entry.get<double>() != std::floor(entry.get<double>())
            || std::abs(entry.get<double>()) > 1000)
            return false;
        values.push_back(static_cast<int>(entry.get<double>()));
        return true;
    });
}

/// A bias that is the standard one is not given.
void readBias(JsonFields& fields, ElementBook& book)
{
    fields.readInteger("bias", book.givenBias);
    if (book.givenBias && book.exponentBits >= 1 && book.exponentBits <= 8 && *book.givenBias == book.standardBias())
        book.givenBias.reset();
}

void readIntegerBook(JsonFields& fields, ElementBook& book)
{
    fields.readInteger("bits", book.bits);
    fields.readInteger("lsb", book.lsb);
    fields.readBoolean("twos", book.twosComplement);
    fields.readBoolean("mid_rise", book.midRise);
    fields.readInteger("hot", book.hotBits);
    fields.readName("overflow", kOverflowNames, book.overflow);
    if (auto nested = fields.object("nested")) {
        book.nested = Nested{};
        nested->readInteger("bits", book.nested->bits);
        nested->readName("rule", kReadRuleNames, book.nested->rule);
        nested->finish();
    }
}

ElementBook bookFromJson(JsonFields fields)
{
    ElementBook book;
    book.id.clear();
    fields.readName("kind", kBookKindNames, book.kind);
    fields.readText("id", book.id);
    fields.readNumber("gain", book.gain);
    fields.readNumber("target", book.target);
    switch (book.kind) {
    case BookKind::Float:
        fields.readInteger("e", book.exponentBits);
        fields.readInteger("m", book.mantissaBits);
        fields.readName("top", kTopCodesNames, book.top);
        readBias(fields, book);
        fields.readBoolean("subnormals", book.subnormals);
        break;
    case BookKind::Integer:
        readIntegerBook(fields, book);
        break;
    case BookKind::Posit:
        fields.readInteger("bits", book.bits);
        fields.readInteger("es", book.exponentBits);
        break;
    case BookKind::Table:
        readNumbers(fields, "levels", book.levels);
        break;
    case BookKind::Fitted:
        fields.readInteger("bits", book.bits);
        break;
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

ScaleSpec scaleFromJson(JsonFields fields)
{
    ScaleSpec scale;
    fields.readName("codec", kScaleCodecNames, scale.codec);
    // Absent, the rule is the codec's usual one.
    if (!isPowerOfTwoCodec(scale.codec))
        scale.rule = ScaleRule::Maximum;
    fields.readName("rule", kScaleRuleNames, scale.rule);
    fields.readName("stat", kStatisticNames, scale.statistic);
    readIntegers(fields, "offsets", scale.offsets);
    readNumbers(fields, "targets", scale.targets);
    readNumbers(fields, "clips", scale.clips);
    fields.readName("clip_kind", kClipKindNames, scale.clipKind);
    fields.readNumber("min", scale.minimum);
    fields.readNumber("max", scale.maximum);
    fields.readName("zero", kZeroScaleNames, scale.zero);
    fields.readName("encode", kEncodeScaleNames, scale.encodesIdeal);
    fields.readBoolean("split_sign", scale.splitSign);
    fields.finish();
    return scale;
}

TensorScaleSpec tensorScaleFromJson(JsonFields fields)
{
    TensorScaleSpec scale;
    fields.readNumber("target", scale.target);
    fields.readName("stat", kStatisticNames, scale.statistic);
    fields.readName("codec", kTensorScaleCodecNames, scale.codec);
    readIntegers(fields, "offsets", scale.offsets);
    readNumbers(fields, "clips", scale.clips);
    fields.readNumber("min", scale.minimum);
    fields.readInteger("exponent", scale.exponent);
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
    switch (special.kind) {
    case SpecialKind::BlockMaximum:
        fields.readInteger("mant_bits", special.mantissaBits);
        fields.readInteger("nbm_bits", special.othersBits);
        fields.readName("nbm_rule", kOthersRuleNames, special.othersRule);
        break;
    case SpecialKind::Top1:
        fields.readInteger("bits", special.bits);
        if (auto fine = fields.object("fine"))
            special.fine = bookFromJson(*fine);
        else
            fields.refuse("fine", nullptr, "an element codebook");
        break;
    case SpecialKind::TopN:
        fields.readInteger("count", special.count);
        break;
    case SpecialKind::Sparse:
        fields.readNumber("share", special.share);
        break;
    case SpecialKind::Columns:
        fields.readNumber("threshold", special.threshold);
        fields.readBoolean("relative", special.relative);
        break;
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
        spec.elements.push_back(bookFromJson(JsonFields(
            (*elements)[i], fields.where(), fields.pathOf("elements").append(".").append(std::to_string(i)))));
}

FormatSpec readSpec(const json& document, const std::string& where, const std::string& path);

Geometry geometryFromJson(JsonFields fields)
{
    Geometry geometry;
    fields.readInteger("axis", geometry.axis);
    const json* block = fields.find("block");
    if (block && *block == "row")
        geometry.wholeRow = true;
    else if (block && block->is_string())
        fields.refuse("block", *block, "an integer, or \"row\"");
    else
        fields.readInteger("block", geometry.block);
    fields.readInteger("tile", geometry.tileRows);
    fields.readInteger("sub", geometry.sub);
    fields.finish();
    return geometry;
}

OffsetSpec offsetFromJson(JsonFields fields)
{
    OffsetSpec offset;
    fields.readName("kind", kOffsetKindNames, offset.kind);
    fields.readBoolean("include_zero", offset.includeZero);
    fields.finish();
    return offset;
}

void readSeed(JsonFields& fields, std::string_view name, std::optional<std::uint32_t>& seed)
{
    std::optional<int> given;
    fields.readInteger(name, given);
    if (given && *given < 0)
        fields.refuse(name, *given, "a whole number from 0, or null");
    if (given)
        seed = static_cast<std::uint32_t>(*given);
}

TransformSpec transformFromJson(JsonFields fields)
{
    TransformSpec transform;
    fields.readInteger("hadamard", transform.hadamard);
    readSeed(fields, "signs", transform.signSeed);
    fields.readBoolean("sort", transform.sortColumns);
    fields.finish();
    return transform;
}

PruneSpec pruneFromJson(JsonFields fields)
{
    PruneSpec prune;
    fields.readInteger("keep", prune.keep);
    fields.readInteger("of", prune.of);
    fields.finish();
    return prune;
}

MixSpec mixFromJson(JsonFields fields)
{
    MixSpec mix;
    fields.readName("rule", kMixRuleNames, mix.rule);
    fields.readNumber("share", mix.share);
    fields.readNumber("threshold", mix.threshold);
    const json* parts = fields.find("parts");
    if (!parts || !parts->is_array() || parts->empty() || parts->size() > 8)
        fields.refuse("parts", parts ? *parts : json(nullptr), "a list of 1 to 8 formats");
    for (std::size_t i = 0; i < parts->size(); ++i)
        mix.parts.push_back(
            readSpec((*parts)[i], fields.where(), fields.pathOf("parts").append(".").append(std::to_string(i))));
    fields.finish();
    return mix;
}

EncoderSpec encoderFromJson(JsonFields fields)
{
    EncoderSpec encoder;
    fields.readName("id", kEncoderNames, encoder.id);
    if (encoder.id == EncoderId::MicroScopiQ) {
        fields.readInteger("bits", encoder.bits);
        fields.readNumber("sigmas", encoder.sigmas);
    }
    if (encoder.id == EncoderId::Phase)
        fields.readInteger("stages", encoder.stages);
    fields.finish();
    return encoder;
}

void readOrder(JsonFields& fields, FormatSpec& spec)
{
    if (fields.has("order"))
        spec.order.clear();
    readList(fields, "order", "each of offset target book micro once", [&spec](const json& entry) {
        const auto name = entry.is_string() ? valueOf(kCandidateNames, entry.get<std::string>()) : std::nullopt;
        if (name)
            spec.order.push_back(*name);
        return name.has_value();
    });
}

/// The objects that may be absent.
void readParts(JsonFields& fields, FormatSpec& spec)
{
    if (auto tensorScale = fields.object("tensor_scale"))
        spec.tensorScale = tensorScaleFromJson(*tensorScale);
    if (auto micro = fields.object("micro"))
        spec.micro = microFromJson(*micro);
    if (auto chooser = fields.object("chooser"))
        spec.chooser = chooserFromJson(*chooser);
    if (auto special = fields.object("special"))
        spec.special = specialFromJson(*special);
    if (auto offset = fields.object("offset"))
        spec.offset = offsetFromJson(*offset);
    if (auto transform = fields.object("transform"))
        spec.transform = transformFromJson(*transform);
    if (auto prune = fields.object("prune"))
        spec.prune = pruneFromJson(*prune);
    if (auto mix = fields.object("mix"))
        spec.mix = mixFromJson(*mix);
    if (auto encoder = fields.object("encoder"))
        spec.encoder = encoderFromJson(*encoder);
}

FormatSpec readSpec(const json& document, const std::string& where, const std::string& path)
{
    JsonFields fields(document, where, path);
    FormatSpec spec;
    if (auto geometry = fields.object("geometry"))
        spec.geometry = geometryFromJson(*geometry);
    readElements(fields, spec);
    fields.readName("align", kAlignNames, spec.alignToFirstBook);
    if (auto scale = fields.object("scale"))
        spec.scale = scaleFromJson(*scale);
    readParts(fields, spec);
    fields.readName("layout", kCodeLayoutNames, spec.layout);
    fields.readName("objective", kObjectiveNames, spec.objective);
    readOrder(fields, spec);
    if (auto rounding = fields.object("rounding")) {
        rounding->readName("elem", kTieRuleNames, spec.tie);
        readSeed(*rounding, "stochastic", spec.stochasticSeed);
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

FormatSpec formatFromJson(const json& document, std::string_view where)
{
    const std::string place(where);
    try {
        return readSpec(document, place, {});
    } catch (const Error& error) {
        if (place.empty() || error.where() == place)
            throw;
        throw Error(place, error.where() + ": " + error.problem(), error.remedy(), error.kind());
    }
}

}  // namespace nanoscope
