#pragma once

#include "core/quant/bit_stream.h"
#include "core/quant/block_decoder.h"
#include "core/quant/block_encoder.h"
#include "core/quant/mixed_block.h"
#include "core/quant/packed_block.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace nanoscope {

/// Quantizes each block with the part that `parameters.parts` says, or twice (mixParts()). books() are the parts' books
/// one after another. A block quantized twice has the codes, scales and books of the first quantization; the second
/// one is metadata (MixedLayout).
/// @param spec        with a mix, validated and resolved
/// @param parameters  from mixedParameters()
[[nodiscard]] std::unique_ptr<BlockEncoder> makeMixedEncoder(
    const FormatSpec& spec, const TensorParameters& parameters);

/// The stored bits of a block of a mixed format: which part it has, then all that this part stores, then, for a block
/// that is quantized twice, all that the part stores of the residual.
class MixedPacked {
public:
    explicit MixedPacked(const FormatSpec& spec);

    [[nodiscard]] const MixedLayout& layout() const { return m_layout; }
    /// Bits that write() takes for this block.
    [[nodiscard]] std::uint64_t bitsOf(const EncodedBlock& block) const;

    void write(BitWriter& out, const EncodedBlock& block) const;
    /// Fills scale codes, metadata and codes of `block`, whose length is set.
    void read(BitReader& in, EncodedBlock& block) const;

private:
    MixedLayout m_layout;
    std::vector<PackedBlock> m_packed;  // per part
};

/// Decodes what MixedPacked read.
class MixedDecoder {
public:
    /// @param parameters  what is stored with the tensor
    MixedDecoder(const FormatSpec& spec, const TensorParameters& parameters);

    /// Fills `decoded` and the scales' values from scale codes, metadata and codes.
    void decode(EncodedBlock& block, const BlockPlace& place) const;

private:
    MixedLayout m_layout;
    std::vector<BlockDecoder> m_decoders;  // per part
};

}  // namespace nanoscope
