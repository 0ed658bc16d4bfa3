#include "core/analysis/block_trace.h"

#include "core/analysis/trace_text.h"
#include "core/error.h"
#include "core/format/format_storage.h"
#include "core/format/scale_codec.h"
#include "core/quant/gguf_type.h"
#include "core/quant/transform.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nanoscope {
namespace {

std::string bitText(std::uint32_t code, int bits)
{
    std::string text;
    for (int bit = bits - 1; bit >= 0; --bit)
        text += (code >> bit & 1U) != 0 ? '1' : '0';
    return text;
}

std::vector<BitField> bitFieldsOf(const ElementBook& book)
{
    std::vector<BitField> fields{BitField::Sign};
    const auto width = static_cast<std::size_t>(book.codeBits());
    switch (book.kind) {
    case BookKind::Integer:
        if (book.midRise)
            fields.clear();
        fields.resize(width, BitField::Magnitude);
        return fields;
    case BookKind::Posit:  // where the regime ends depends on the code
        fields.resize(width, BitField::Regime);
        return fields;
    case BookKind::Table:
    case BookKind::Fitted:
        return std::vector<BitField>(width, BitField::Index);
    case BookKind::Float:
        break;
    }
    fields.insert(fields.end(), static_cast<std::size_t>(book.exponentBits), BitField::Exponent);
    fields.insert(fields.end(), static_cast<std::size_t>(book.mantissaBits), BitField::Mantissa);
    return fields;
}

/// Between these scaled values the level is the one to take.
void setInterval(ElementTrace& element, const Codebook& book)
{
    if (book.isStructurallyVacant(element.code) && element.level != 0.0)
        return;
    const std::vector<double>& levels = book.sortedLevels();
    const auto at
        = static_cast<std::size_t>(std::lower_bound(levels.begin(), levels.end(), element.level) - levels.begin());
    if (at == levels.size())
        return;
    element.lowerBound = book.lowerBound(at);
    element.upperBound = book.upperBound(at);
}

/// The level of a codebook that was fitted to the block, and the middles between its neighbours.
/// @param levels  ascending; some may be equal
void setOwnLevel(ElementTrace& element, const std::vector<double>& levels)
{
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    const double level = levels[element.code];
    const double scale = element.scale > 0 ? element.scale : 1.0;
    const auto [begin, end] = std::equal_range(levels.begin(), levels.end(), level);
    element.level = level / scale;
    element.lowerBound = begin == levels.begin() ? -kInfinity : (*(begin - 1) + level) / 2 / scale;
    element.upperBound = end == levels.end() ? kInfinity : (level + *end) / 2 / scale;
}

/// True for formats that add something to level times scale.
bool hasOffset(const FormatSpec& spec)
{
    if (spec.mix)
        return std::any_of(spec.mix->parts.begin(), spec.mix->parts.end(), hasOffset);
    return spec.offset || (isGguf(spec.encoder.id) && ggufType(spec.encoder.id).minimum != GgufMinimum::None);
}

ElementTrace traceElement(
    const EncodedBlock& block, const BlockEncoder& encoder, const FormatSpec& spec, float value, std::size_t i)
{
    const std::size_t unit
        = std::min(i / static_cast<std::size_t>(spec.geometry.subgroup()), block.unitBook.size() - 1);
    ElementTrace element;
    element.index = i;
    element.value = value;
    element.scale = block.effectiveScale[i];
    element.scaled = block.scaled[i];
    element.book = block.unitBook[unit];
    const Codebook& book = encoder.books()[element.book];
    element.code = block.codes[i];
    element.bits = bitText(element.code, book.codeBits());
    element.level = book.level(element.code);
    element.use = book.use(element.code);
    if (block.ownLevels.empty())
        setInterval(element, book);
    else
        setOwnLevel(element, block.ownLevels);
    element.exception = std::find(block.exceptions.begin(), block.exceptions.end(), i) != block.exceptions.end();
    element.refinedLevel = element.level;
    if (hasOffset(spec) && !element.exception)
        element.offset = block.decoded[i] - element.level * element.scale;
    else if (element.exception && element.scale != 0)
        element.refinedLevel = block.decoded[i] / element.scale;
    else if (element.exception)  // set aside in a block whose other elements are zero: nothing scales it
        element.offset = block.decoded[i];
    else if (block.decoded[i] == 0.0)  // pruned, whatever code it would have had
        element.refinedLevel = 0.0;
    element.decoded = roundToStored(block.decoded[i]).value;
    element.error = static_cast<double>(element.decoded) - static_cast<double>(value);
    element.clipped = encoder.isClipped(element.book, element.scaled, element.exception);
    return element;
}

ElementTrace traceBadElement(std::size_t i, float value, const FormatSpec& spec)
{
    ElementTrace element;
    element.index = i;
    element.value = value;
    element.bits = bitText(0, spec.codeBits());
    element.decoded = std::numeric_limits<float>::quiet_NaN();
    element.error = std::numeric_limits<double>::quiet_NaN();
    return element;
}

void traceMetadata(BlockTrace& trace, const EncodedBlock& block, const FormatSpec& spec)
{
    const std::vector<MetaField> fields = metaFields(spec);
    for (std::size_t f = 0; f < block.meta.size(); ++f)
        for (std::size_t unit = 0; unit < block.meta[f].size(); ++unit)
            trace.meta.push_back({fields[f].name, unit, fields[f].bits, block.meta[f][unit],
                block.bad ? std::string() : metaMeaning(fields[f], block.meta[f][unit], spec)});
}

/// Width of the block's scale; that of its part in a mixed format.
int scaleBitsOf(const FormatSpec& spec, const EncodedBlock& block)
{
    if (!spec.mix)
        return ScaleCodec(spec.scale.codec).bits();
    const std::size_t part = spec.mix->rule == MixRule::ResidualColumns ? 0 : block.meta.front().front();
    return ScaleCodec(spec.mix->parts[part].scale.codec).bits();
}

void sumErrors(BlockTrace& trace)
{
    double power = 0.0;
    for (const ElementTrace& element : trace.elements) {
        trace.squaredError += element.error * element.error;
        power += static_cast<double>(element.value) * static_cast<double>(element.value);
    }
    trace.sqnrDecibel = trace.squaredError > 0 && power > 0 ? 10.0 * std::log10(power / trace.squaredError)
                                                            : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

BlockTrace traceValues(
    const FormatSpec& spec, const TensorParameters& parameters, std::span<const float> values, const BlockPlace& place)
{
    const std::unique_ptr<BlockEncoder> encoder = makeBlockEncoder(spec, parameters);
    const EncodedBlock& block = encoder->encode(values, place);
    BlockTrace trace;
    trace.block = place.index;
    trace.row = place.row;
    trace.column = place.column;
    trace.basis = basisText(spec);
    trace.bad = block.bad;
    trace.subgroup = spec.geometry.subgroup();
    trace.tensorScale = parameters.scale.value;
    trace.scaleBits = scaleBitsOf(spec, block);
    for (std::size_t s = 0; trace.scaleBits > 0 && s < (spec.scale.splitSign ? 2U : 1U); ++s) {
        trace.scales.push_back(block.scales[s]);
        trace.scaleText.push_back(scaleText(block.scales[s]));
    }
    traceMetadata(trace, block, spec);
    for (const Codebook& book : encoder->books()) {
        trace.bookNames.push_back(book.element().id);
        trace.bitFields.push_back(bitFieldsOf(book.element()));
    }
    for (std::size_t i = 0; i < values.size(); ++i)
        trace.elements.push_back(
            block.bad ? traceBadElement(i, values[i], spec) : traceElement(block, *encoder, spec, values[i], i));
    sumErrors(trace);
    return trace;
}

BlockTrace traceBlock(const PreparedTensor& prepared, std::uint64_t index)
{
    const BlockView& view = prepared.view;
    if (index >= view.blocks())
        throw Error({}, std::string("there is no block ").append(std::to_string(index)),
            view.blocks() == 0 ? std::string("the tensor has no blocks")
                               : std::string("blocks are 0 to ").append(std::to_string(view.blocks() - 1)),
            ErrorKind::Refused);
    std::vector<float> room;
    return traceValues(prepared.spec, prepared.parameters, view.values(index, room), view.place(index));
}

}  // namespace nanoscope
