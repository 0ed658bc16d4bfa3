#pragma once

#include "core/format/format_storage.h"
#include "core/quant/bit_stream.h"
#include "core/quant/block_decoder.h"
#include "core/quant/encoded_block.h"
#include "core/quant/mixed_encoder.h"
#include "core/quant/packed_block.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace nanoscope {

/// The stored bits of the blocks of any format, written.
class StoredBlock {
public:
    explicit StoredBlock(const FormatSpec& spec);

    [[nodiscard]] const std::vector<MetaField>& fields() const;
    [[nodiscard]] std::uint64_t bitsOf(const EncodedBlock& block) const;
    /// True when a stored scale can say that its block is not a number.
    [[nodiscard]] bool marksBad() const { return m_marksBad; }
    void write(BitWriter& out, const EncodedBlock& block) const;

private:
    std::optional<PackedBlock> m_packed;  // one of the two
    std::optional<MixedPacked> m_mixed;
    bool m_marksBad;
};

/// The stored bits of the blocks of any format, read and decoded.
class StoredBlockReader {
public:
    StoredBlockReader(const FormatSpec& spec, const TensorParameters& parameters);

    /// Reads and decodes one block whose length is set.
    /// @return false when the bits end before the block does
    [[nodiscard]] bool read(BitReader& in, EncodedBlock& block, const BlockPlace& place) const;

private:
    std::optional<BlockDecoder> m_decoder;  // either this, or the next two
    std::optional<MixedPacked> m_mixed;
    std::optional<MixedDecoder> m_mixedDecoder;
};

}  // namespace nanoscope
