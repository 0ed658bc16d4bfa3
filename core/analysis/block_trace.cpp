#include "core/analysis/block_trace.h"

#include "core/error.h"
#include "core/format/format_storage.h"
#include "core/format/format_text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nanoscope {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

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
    if (book.kind == BookKind::Integer) {
        fields.resize(static_cast<std::size_t>(book.bits), BitField::Magnitude);
        return fields;
    }
    fields.insert(fields.end(), static_cast<std::size_t>(book.exponentBits), BitField::Exponent);
    fields.insert(fields.end(), static_cast<std::size_t>(book.mantissaBits), BitField::Mantissa);
    return fields;
}

std::string scaleTextOf(const StoredScale& scale)
{
    if (!(scale.value > 0) || !std::isfinite(scale.value))
        return std::isnan(scale.value) ? "NaN" : numberText(scale.value);
    int exponent = 0;
    const double mantissa = std::frexp(scale.value, &exponent) * 2;
    const std::string power = "2^" + std::to_string(exponent - 1);
    return mantissa == 1.0 ? power : numberText(mantissa) + " × " + power;
}

std::string meaningOf(const MetaField& field, std::uint32_t value, const FormatSpec& spec)
{
    if (field.name == kCodebook)
        return value < spec.elements.size() ? spec.elements[value].id : std::string();
    if (field.name == kNanoMantissa || field.name == kSubgroupMantissa || field.name == kMicroexponent)
        return "× " + numberText(spec.micro->grid()[value]);
    if (field.name == kExceptionIndex)
        return "element " + std::to_string(value);
    if (field.name == kExceptionMantissa)
        return "1 + " + std::to_string(value) + "/" + std::to_string(1 << field.bits);
    if (field.name == kOthersOffset)
        return "× 2^-" + std::to_string(value);
    if (field.name == kTop1Mantissa)
        return "fine step " + std::to_string(static_cast<int>(value) - 1);
    return {};
}

/// Midpoints to the neighbouring levels: between them the level is the nearest one.
void setInterval(ElementTrace& element, const Codebook& book)
{
    if (book.isStructurallyVacant(element.code) && element.level != 0.0)
        return;
    const std::vector<double>& levels = book.sortedLevels();
    const auto at
        = static_cast<std::size_t>(std::lower_bound(levels.begin(), levels.end(), element.level) - levels.begin());
    element.lowerBound = at > 0 ? (levels[at - 1] + levels[at]) / 2 : -kInfinity;
    element.upperBound = at + 1 < levels.size() ? (levels[at] + levels[at + 1]) / 2 : kInfinity;
}

ElementTrace traceElement(
    const EncodedBlock& block, const BlockEncoder& encoder, const FormatSpec& spec, float value, std::size_t i)
{
    const std::size_t unit = i / static_cast<std::size_t>(spec.geometry.subgroup());
    ElementTrace element;
    element.index = i;
    element.value = value;
    element.scale = block.effectiveScale[i];
    element.scaled = block.scaled[i];
    element.book = block.unitBook[unit];
    const Codebook& book = encoder.books()[element.book];
    element.code = block.codes[i];
    element.bits = bitText(element.code, spec.codeBits());
    element.level = book.level(element.code);
    element.use = book.use(element.code);
    setInterval(element, book);
    element.exception = std::find(block.exceptions.begin(), block.exceptions.end(), i) != block.exceptions.end();
    element.refinedLevel = element.exception && element.scale > 0 ? block.decoded[i] / element.scale : element.level;
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
                block.bad ? std::string() : meaningOf(fields[f], block.meta[f][unit], spec)});
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

BlockTrace traceBlock(
    const BlockView& view, const FormatSpec& spec, const TensorScale& tensorScale, std::uint64_t index)
{
    if (index >= view.blocks())
        throw Error({}, "there is no block " + std::to_string(index),
            view.blocks() == 0 ? "the tensor has no blocks" : "blocks are 0 to " + std::to_string(view.blocks() - 1),
            ErrorKind::Refused);
    BlockEncoder encoder(spec, tensorScale);
    const std::span<const float> values = view.values(index);
    const EncodedBlock& block = encoder.encode(values);
    BlockTrace trace;
    trace.block = index;
    trace.row = index / view.blocksPerRow();
    trace.column = index % view.blocksPerRow() * static_cast<std::uint64_t>(view.block());
    trace.bad = block.bad;
    trace.subgroup = spec.geometry.subgroup();
    trace.tensorScale = tensorScale.value;
    trace.scaleBits = encoder.codec().bits();
    for (std::size_t s = 0; s < (spec.scale.splitSign ? 2U : 1U); ++s) {
        trace.scales.push_back(block.scales[s]);
        trace.scaleText.push_back(scaleTextOf(block.scales[s]));
    }
    traceMetadata(trace, block, spec);
    for (const ElementBook& book : spec.elements) {
        trace.bookNames.push_back(book.id);
        trace.bitFields.push_back(bitFieldsOf(book));
    }
    for (std::size_t i = 0; i < values.size(); ++i)
        trace.elements.push_back(
            block.bad ? traceBadElement(i, values[i], spec) : traceElement(block, encoder, spec, values[i], i));
    sumErrors(trace);
    return trace;
}

}  // namespace nanoscope
