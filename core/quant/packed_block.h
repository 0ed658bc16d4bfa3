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
/// the order of metaFields(), then codes. All values least significant bit first.
class PackedBlock {
public:
    explicit PackedBlock(const FormatSpec& spec);

    [[nodiscard]] const std::vector<MetaField>& fields() const { return m_fields; }
    /// Position of a metadata field; nothing where the format has none of that name.
    [[nodiscard]] std::optional<std::size_t> fieldNamed(const char* name) const;
    /// Scales per block.
    [[nodiscard]] std::size_t scaleCount() const { return m_scaleCount; }

    void write(BitWriter& out, const EncodedBlock& block) const;
    /// Fills scale codes, metadata and codes of `block`, whose length is set. The slot of an MX+ exception is left in
    /// codes as it is stored: sign and finer mantissa.
    void read(BitReader& in, EncodedBlock& block) const;

private:
    /// Code of the element whose slot holds an exception, as stored; nothing for other elements.
    [[nodiscard]] std::optional<std::size_t> exceptionIndex(const EncodedBlock& block) const;

    int m_codeBits;
    int m_scaleBits;
    std::size_t m_scaleCount;
    std::size_t m_subgroup;
    std::vector<MetaField> m_fields;
    std::optional<std::size_t> m_slotField;   // MX+: the exception's mantissa
    std::optional<std::size_t> m_riderField;  // the field with bits in the scale's sign
};

}  // namespace nanoscope
