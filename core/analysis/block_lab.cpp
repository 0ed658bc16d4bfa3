#include "core/analysis/block_lab.h"

#include "core/analysis/trace_text.h"
#include "core/error.h"
#include "core/format/format_text.h"
#include "core/quant/bit_stream.h"
#include "core/quant/block_encoder.h"
#include "core/quant/effective_scale.h"
#include "core/quant/gguf_type.h"
#include "core/quant/stored_block.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>

namespace nanoscope {
namespace {

constexpr int kWidestSlot = 8;  // bits of a code whose levels are listed

using Bytes = std::vector<std::uint8_t>;

void flip(Bytes& bytes, std::size_t bit)
{
    bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] ^ (1U << (bit % 8)));
}

bool isSet(const Bytes& bytes, std::size_t bit)
{
    return (bytes[bit / 8] >> (bit % 8) & 1U) != 0;
}

/// Reads the stored fields of a block without decoding them.
class FieldReader {
public:
    explicit FieldReader(const FormatSpec& spec)
    {
        if (spec.mix)
            m_mixed.emplace(spec);
        else
            m_packed.emplace(spec);
    }

    [[nodiscard]] EncodedBlock read(const Bytes& bytes, std::size_t length) const
    {
        EncodedBlock block;
        block.length = length;
        BitReader in(bytes);
        if (m_mixed)
            m_mixed->read(in, block);
        else
            m_packed->read(in, block);
        return block;
    }

private:
    std::optional<PackedBlock> m_packed;  // one of the two
    std::optional<MixedPacked> m_mixed;
};

int lowestBit(std::uint64_t difference)
{
    int bit = 0;
    while ((difference >> bit & 1U) == 0)
        ++bit;
    return bit;
}

std::optional<StoredBit> metadataDifference(const EncodedBlock& before, const EncodedBlock& after, std::size_t field)
{
    const std::size_t units = std::min(before.meta[field].size(), after.meta[field].size());
    for (std::size_t unit = 0; unit < units; ++unit)
        if (const std::uint32_t difference = before.meta[field][unit] ^ after.meta[field][unit])
            return StoredBit{StoredBitKind::Metadata, static_cast<std::uint32_t>(field),
                static_cast<std::uint32_t>(unit), lowestBit(difference)};
    return std::nullopt;
}

/// Which value of the block one flipped bit changed: fields are looked at in the order in which they are read, because
/// those behind a changed count or part are read differently.
StoredBit ownerOf(const EncodedBlock& before, const EncodedBlock& after, const FormatSpec& spec)
{
    if (spec.mix)  // which part comes first
        if (const auto part = metadataDifference(before, after, 0))
            return *part;
    for (std::uint32_t s = 0; s < before.scales.size(); ++s)
        if (const std::uint64_t difference = before.scales[s].code ^ after.scales[s].code)
            return {StoredBitKind::Scale, 0, s, lowestBit(difference)};
    for (std::size_t field = 0; field < before.meta.size(); ++field)
        if (const auto found = metadataDifference(before, after, field))
            return *found;
    for (std::uint32_t i = 0; i < before.codes.size(); ++i)
        if (const std::uint32_t difference = before.codes[i] ^ after.codes[i])
            return {StoredBitKind::Code, 0, i, lowestBit(difference)};
    return {};
}

/// The bits that the encoder wrote, each with what it is part of.
std::vector<StoredBit> storedBits(const FormatSpec& spec, const Bytes& bytes, std::size_t bits, std::size_t length)
{
    const FieldReader reader(spec);
    const EncodedBlock written = reader.read(bytes, length);
    Bytes probe = bytes;
    std::vector<StoredBit> owners;
    owners.reserve(bits);
    for (std::size_t bit = 0; bit < bits; ++bit) {
        flip(probe, bit);
        owners.push_back(ownerOf(written, reader.read(probe, length), spec));
        flip(probe, bit);
        owners.back().isSet = isSet(bytes, bit);
    }
    return owners;
}

/// Decodes blocks from their bits.
class LabDecoder {
public:
    LabDecoder(const LabInput& input, bool isBad)
        : m_input(input)
        , m_reader(input.spec, input.parameters)
        , m_isBad(isBad)
    {
    }

    /// @return nothing when the bits end before the block does
    [[nodiscard]] std::optional<EncodedBlock> decode(const Bytes& bytes) const
    {
        EncodedBlock block;
        block.length = m_input.values.size();
        BitReader in(bytes);
        if (!m_reader.read(in, block, m_input.place))
            return std::nullopt;
        if (m_isBad)  // said beside the packed bits where no scale can say it
            std::fill(block.decoded.begin(), block.decoded.end(), std::numeric_limits<double>::quiet_NaN());
        return block;
    }

private:
    const LabInput& m_input;
    StoredBlockReader m_reader;
    bool m_isBad;
};

/// Metadata values as they read now.
std::vector<MetaTrace> metadataOf(
    const EncodedBlock& block, const std::vector<MetaField>& fields, const FormatSpec& spec)
{
    std::vector<MetaTrace> traces;
    for (std::size_t f = 0; f < block.meta.size(); ++f)
        for (std::size_t unit = 0; unit < block.meta[f].size(); ++unit)
            traces.push_back({fields[f].name, unit, fields[f].bits, block.meta[f][unit],
                metaMeaning(fields[f], block.meta[f][unit], spec)});
    return traces;
}

/// The codebook of each element by the stored selector, else as the encoder had it.
std::vector<std::uint32_t> booksNow(const LabBlock& lab, const FormatSpec& spec)
{
    std::vector<std::uint32_t> books;
    for (const ElementTrace& element : lab.trace.elements)
        books.push_back(element.book);
    if (spec.mix || !spec.chooser || lab.trace.bookNames.empty())
        return books;
    std::vector<std::uint32_t> selected;
    for (const MetaTrace& meta : lab.meta)
        if (meta.name == kCodebook)
            selected.push_back(std::min(meta.value, static_cast<std::uint32_t>(lab.trace.bookNames.size() - 1)));
    if (selected.empty())
        return books;
    const auto sub = static_cast<std::size_t>(std::max(1, lab.trace.subgroup));
    for (std::size_t i = 0; i < books.size(); ++i)
        books[i] = selected[selected.size() == 1 ? 0 : std::min(i / sub, selected.size() - 1)];
    return books;
}

/// Places of the bits of an element's code, least significant first; empty where they are not all stored.
std::vector<std::size_t> slotBits(const std::vector<StoredBit>& bits, std::size_t element)
{
    std::vector<std::size_t> places;
    for (std::size_t place = 0; place < bits.size(); ++place) {
        if (bits[place].kind != StoredBitKind::Code || bits[place].unit != element)
            continue;
        const auto bit = static_cast<std::size_t>(bits[place].bit);
        if (bit >= places.size())
            places.resize(bit + 1, bits.size());
        places[bit] = place;
    }
    const bool hasGap = std::find(places.begin(), places.end(), bits.size()) != places.end();
    return hasGap ? std::vector<std::size_t>() : places;
}

std::vector<SlotLevel> levelsOf(
    const LabBlock& lab, const LabDecoder& decoder, const Bytes& bytes, const std::vector<Codebook>& books)
{
    const std::vector<std::size_t> places = slotBits(lab.bits, lab.element);
    std::vector<SlotLevel> levels;
    if (places.empty() || places.size() > static_cast<std::size_t>(kWidestSlot))
        return levels;
    const Codebook& book = books[std::min<std::size_t>(lab.books[lab.element], books.size() - 1)];
    const bool isException = lab.trace.elements[lab.element].exception;
    Bytes tried = bytes;
    for (std::uint32_t code = 0; code < (1U << places.size()); ++code) {
        for (std::size_t bit = 0; bit < places.size(); ++bit)
            if (isSet(tried, places[bit]) != ((code >> bit & 1U) != 0))
                flip(tried, places[bit]);
        const std::optional<EncodedBlock> block = decoder.decode(tried);
        if (!block)
            return {};
        const bool isOrdinary = !isException && code < book.codeCount();
        levels.push_back(
            {code, roundToStored(block->decoded[lab.element]).value, isOrdinary ? book.use(code) : CodeUse::Level});
    }
    return levels;
}

std::vector<double> boundsOf(const LabBlock& lab, const std::vector<Codebook>& books, const FormatSpec& spec)
{
    std::vector<double> bounds;
    const ElementTrace& element = lab.trace.elements[lab.element];
    const bool isPlain = spec.encoder.id == EncoderId::Search && !spec.mix && !element.exception
        && element.book < books.size() && element.scale > 0 && !spec.stochasticSeed;
    const bool isMoved = std::any_of(lab.bits.begin(), lab.bits.end(),
        [](const StoredBit& bit) { return bit.isFlipped && bit.kind != StoredBitKind::Code; });
    if (!isPlain || isMoved || lab.trace.bad)
        return bounds;
    const Codebook& book = books[element.book];
    for (std::size_t rank = 0; rank + 1 < book.sortedLevels().size(); ++rank)
        bounds.push_back(book.upperBound(rank) * element.scale + element.offset);
    return bounds;
}

void refuse(const std::string& what, const std::string& remedy)
{
    throw Error("block", what, remedy, ErrorKind::Refused);
}

void refuseLong(std::size_t length)
{
    if (length > kLabElements)
        refuse("has " + std::to_string(length) + " elements, too many to show bit by bit",
            "take a format with blocks of at most " + std::to_string(kLabElements));
}

}  // namespace

LabInput labInput(const FormatSpec& spec, std::vector<float> values)
{
    if (values.empty())
        refuse("has no values", "give at least one");
    refuseLong(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!std::isfinite(values[i]))
            refuse("value " + std::to_string(i) + " is no number", "give a finite number");
    if (spec.encoder.id == EncoderId::Phase)
        refuse("this format takes values in pairs of rows", "take a block of a tensor, or another format");
    if (isGguf(spec.encoder.id))
        if (const auto refusal = ggufRowRefusal(spec.encoder.id, values.size()))
            refuse(refusal->what, refusal->remedy);
    LabInput input;
    input.spec = resolved(spec, values.size());
    if (values.size() > static_cast<std::size_t>(input.spec.geometry.block))
        refuse(std::to_string(values.size()) + " values are more than a block of "
                + std::to_string(input.spec.geometry.block),
            "give fewer values, or make the block larger");
    input.values = std::move(values);
    Tensor tensor;
    tensor.info.shape = {input.values.size()};
    tensor.info.elements = input.values.size();
    tensor.values = std::make_shared<const std::vector<float>>(input.values);
    input.parameters = tensorParameters(input.spec, BlockView(tensor, -1, input.spec.geometry.block), {1, {}});
    return input;
}

LabInput labInput(const PreparedTensor& prepared, std::uint64_t block)
{
    const BlockView& view = prepared.view;
    if (block >= view.blocks())
        refuse("there is no block " + std::to_string(block), "choose another one");
    refuseLong(view.length(block));
    std::vector<float> room;
    const std::span<const float> values = view.values(block, room);
    return {prepared.spec, prepared.parameters, view.place(block), {values.begin(), values.end()}};
}

LabBlock examineBlock(const LabInput& input, std::span<const std::size_t> flips, std::size_t element)
{
    const std::unique_ptr<BlockEncoder> encoder = makeBlockEncoder(input.spec, input.parameters);
    const EncodedBlock& encoded = encoder->encode(input.values, input.place);
    const StoredBlock stored(input.spec);
    const auto count = static_cast<std::size_t>(stored.bitsOf(encoded));
    Bytes bytes((count + 7) / 8, 0);
    BitWriter writer(bytes);
    stored.write(writer, encoded);

    LabBlock lab;
    lab.trace = traceValues(input.spec, input.parameters, input.values, input.place);
    for (const MetaField& field : stored.fields())
        lab.metaNames.push_back(field.name);
    lab.bits = storedBits(input.spec, bytes, count, input.values.size());
    for (const std::size_t place : flips) {
        if (place >= count)
            refuse("there is no bit " + std::to_string(place), "bits are 0 to " + std::to_string(count - 1));
        flip(bytes, place);
        lab.bits[place].isSet = !lab.bits[place].isSet;
        lab.bits[place].isFlipped = !lab.bits[place].isFlipped;
    }
    lab.element = std::min(element, input.values.size() - 1);

    const LabDecoder decoder(input, encoded.bad && !stored.marksBad());
    const std::optional<EncodedBlock> now = decoder.decode(bytes);
    lab.isReadable = now.has_value();
    for (std::size_t i = 0; i < input.values.size(); ++i)
        lab.decoded.push_back(now ? roundToStored(now->decoded[i]).value : std::numeric_limits<float>::quiet_NaN());
    if (now) {
        lab.meta = metadataOf(FieldReader(input.spec).read(bytes, input.values.size()), stored.fields(), input.spec);
        for (std::size_t s = 0; s < lab.trace.scales.size(); ++s)
            lab.scaleText.push_back(scaleText(now->scales[s]));
    }
    lab.books = booksNow(lab, input.spec);
    if (now && !lab.trace.bad) {
        lab.levels = levelsOf(lab, decoder, bytes, encoder->books());
        lab.bounds = boundsOf(lab, encoder->books(), input.spec);
    }
    return lab;
}

}  // namespace nanoscope
