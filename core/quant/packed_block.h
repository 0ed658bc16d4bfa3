#pragma once

#include "core/format/format_storage.h"
#include "core/quant/bit_stream.h"
#include "core/quant/encoded_block.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace nanoscope {

/// The bit of a code that is its sign.
[[nodiscard]] inline std::uint32_t signMask(int codeBits)
{
    return std::uint32_t{1} << (codeBits - 1);
}

/// The stored bits of one block: scale (with a selector bit in its unused sign where the format has one), metadata in
/// the order of metaFields(), then codes. All values least significant bit first. Mixed blocks: see MixedPacked.
class PackedBlock {
public:
    explicit PackedBlock(const FormatSpec& spec);

    [[nodiscard]] const std::vector<MetaField>& fields() const { return m_fields; }
    /// Position of a metadata field; nothing where the format has none of that name.
    [[nodiscard]] std::optional<std::size_t> fieldNamed(std::string_view name) const;
    /// Scales per block.
    [[nodiscard]] std::size_t scaleCount() const { return m_scaleCount; }
    /// Bits that write() takes for this block.
    [[nodiscard]] std::uint64_t bitsOf(const EncodedBlock& block) const;

    void write(BitWriter& out, const EncodedBlock& block) const;
    /// Fills scale codes, metadata and codes of `block`, whose length is set; codes that are not stored are 0. The slot
    /// of an MX+ exception is left in codes as it is stored: sign and finer mantissa.
    void read(BitReader& in, EncodedBlock& block) const;

private:
    /// Code of the element whose slot holds an exception, as stored; nothing for other elements.
    [[nodiscard]] std::optional<std::size_t> exceptionIndex(const EncodedBlock& block) const;
    /// Values of field f in a block whose earlier fields are there.
    [[nodiscard]] std::size_t unitsOf(const EncodedBlock& block, std::size_t f) const;
    /// Positions whose codes are stored, ascending.
    [[nodiscard]] std::vector<std::size_t> storedPositions(const EncodedBlock& block) const;
    [[nodiscard]] std::vector<std::uint32_t> storedSlots(const EncodedBlock& block) const;
    void writeSlots(BitWriter& out, const std::vector<std::uint32_t>& codes) const;
    [[nodiscard]] std::vector<std::uint32_t> readSlots(BitReader& in, std::size_t count) const;

    FormatSpec m_spec;
    int m_codeBits;
    int m_scaleBits;
    std::size_t m_scaleCount;
    std::vector<MetaField> m_fields;
    std::optional<std::size_t> m_slotField;   // MX+: the exception's mantissa
    std::optional<std::size_t> m_riderField;  // the field with bits in the scale's sign
    std::optional<std::size_t> m_countField;  // number of exceptions
    std::optional<std::size_t> m_flagField;
    std::optional<std::size_t> m_keptField;
    std::optional<std::size_t> m_indexField;  // positions of exceptions without a code
};

}  // namespace nanoscope
