#include "core/quant/mixed_encoder.h"

#include <algorithm>
#include <utility>

namespace nanoscope {
namespace {

constexpr std::size_t kPartField = 0;

/// Encoders of the parts, and where each one's books begin among all.
struct PartEncoders {
    std::vector<std::unique_ptr<BlockEncoder>> encoders;
    std::vector<std::size_t> firstBook;
    std::vector<Codebook> books;

    PartEncoders(const std::vector<FormatSpec>& parts, const TensorParameters& parameters)
    {
        for (const FormatSpec& part : parts) {
            encoders.push_back(makeBlockEncoder(part, partParameters(part, parameters)));
            firstBook.push_back(books.size());
            const std::vector<Codebook>& own = encoders.back()->books();
            books.insert(books.end(), own.begin(), own.end());
        }
    }
};

class MixedEncoder : public BlockEncoder {
public:
    MixedEncoder(MixedLayout layout, PartEncoders parts, std::vector<std::uint8_t> choices)
        : BlockEncoder(std::move(parts.books))
        , m_layout(std::move(layout))
        , m_encoders(std::move(parts.encoders))
        , m_firstBook(std::move(parts.firstBook))
        , m_choices(std::move(choices))
    {
    }

    const EncodedBlock& encode(std::span<const float> values, const BlockPlace& place) override
    {
        const std::size_t choice = place.index < m_choices.size() ? m_choices[place.index] : 0;
        const std::size_t part = m_layout.hasResidual() ? 0 : std::min(choice, m_encoders.size() - 1);
        m_layout.wrap(m_block, m_encoders[part]->encode(values, place), part);
        for (std::uint8_t& book : m_block.unitBook)
            book = static_cast<std::uint8_t>(book + m_firstBook[part]);
        if (m_layout.hasResidual() && choice != 0 && !m_block.bad)
            encodeResidual(values, place);
        return m_block;
    }

    /// A block that is quantized twice takes up with the second one what the first one clips.
    [[nodiscard]] bool isClipped(std::size_t book, double scaled, bool isException) const override
    {
        if (m_layout.hasResidual() && isException)
            return false;
        const auto next = std::upper_bound(m_firstBook.begin(), m_firstBook.end(), book);
        const auto part = static_cast<std::size_t>(next - m_firstBook.begin()) - 1;
        return m_encoders[part]->isClipped(book - m_firstBook[part], scaled, isException);
    }

private:
    void encodeResidual(std::span<const float> values, const BlockPlace& place)
    {
        m_residual.resize(values.size());
        for (std::size_t i = 0; i < values.size(); ++i)
            m_residual[i] = static_cast<float>(static_cast<double>(values[i]) - m_block.decoded[i]);
        m_layout.addResidual(m_block, m_encoders.front()->encode(m_residual, place));
    }

    MixedLayout m_layout;
    std::vector<std::unique_ptr<BlockEncoder>> m_encoders;  // per part
    std::vector<std::size_t> m_firstBook;                   // per part
    std::vector<std::uint8_t> m_choices;                    // per block
    EncodedBlock m_block;
    std::vector<float> m_residual;
};

}  // namespace

std::unique_ptr<BlockEncoder> makeMixedEncoder(const FormatSpec& spec, const TensorParameters& parameters)
{
    MixedLayout layout(spec);
    PartEncoders parts(layout.parts(), parameters);
    return std::make_unique<MixedEncoder>(std::move(layout), std::move(parts), parameters.parts);
}

MixedPacked::MixedPacked(const FormatSpec& spec)
    : m_layout(spec)
{
    for (const FormatSpec& part : m_layout.parts())
        m_packed.emplace_back(part);
}

std::uint64_t MixedPacked::bitsOf(const EncodedBlock& block) const
{
    const PackedBlock& packed = m_packed[m_layout.partOf(block)];
    std::uint64_t bits = static_cast<std::uint64_t>(m_layout.fields()[kPartField].bits);
    bits += packed.bitsOf(m_layout.unwrap(block));
    return m_layout.isTwofold(block) ? bits + packed.bitsOf(m_layout.unwrapResidual(block)) : bits;
}

void MixedPacked::write(BitWriter& out, const EncodedBlock& block) const
{
    const PackedBlock& packed = m_packed[m_layout.partOf(block)];
    out.write(block.meta[kPartField][0], m_layout.fields()[kPartField].bits);
    packed.write(out, m_layout.unwrap(block));
    if (m_layout.isTwofold(block))
        packed.write(out, m_layout.unwrapResidual(block));
}

void MixedPacked::read(BitReader& in, EncodedBlock& block) const
{
    const std::uint32_t choice = in.read(m_layout.fields()[kPartField].bits);
    const bool isTwofold = m_layout.hasResidual() && choice != 0;
    const std::size_t part = m_layout.hasResidual() ? 0 : std::min<std::size_t>(choice, m_packed.size() - 1);
    EncodedBlock own;
    own.length = block.length;
    m_packed[part].read(in, own);
    m_layout.wrap(block, own, part);
    if (!isTwofold)
        return;
    EncodedBlock residual;
    residual.length = block.length;
    m_packed[part].read(in, residual);
    m_layout.addResidual(block, residual);
}

MixedDecoder::MixedDecoder(const FormatSpec& spec, const TensorParameters& parameters)
    : m_layout(spec)
{
    for (const FormatSpec& part : m_layout.parts())
        m_decoders.emplace_back(part, partParameters(part, parameters));
}

void MixedDecoder::decode(EncodedBlock& block, const BlockPlace& place) const
{
    const BlockDecoder& decoder = m_decoders[m_layout.partOf(block)];
    EncodedBlock own = m_layout.unwrap(block);
    decoder.decode(own, place);
    block.scales = own.scales;
    block.codes = std::move(own.codes);
    block.decoded = std::move(own.decoded);
    if (!m_layout.isTwofold(block))
        return;
    EncodedBlock residual = m_layout.unwrapResidual(block);
    decoder.decode(residual, place);
    for (std::size_t i = 0; i < block.length; ++i)
        block.decoded[i] += residual.decoded[i];
}

}  // namespace nanoscope
