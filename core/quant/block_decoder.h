#pragma once

#include "core/format/codebook.h"
#include "core/format/format_spec.h"
#include "core/format/scale_codec.h"
#include "core/quant/effective_scale.h"
#include "core/quant/encoded_block.h"
#include "core/quant/exception_element.h"
#include "core/quant/packed_block.h"
#include "core/quant/tensor_parameters.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace nanoscope {

/// Turns stored scales, metadata and codes back into values. Knows nothing of how they were found.
class BlockDecoder {
public:
    /// @param spec        resolved
    /// @param parameters  what is stored of them: tensor scale, codebook, values
    BlockDecoder(const FormatSpec& spec, const TensorParameters& parameters);

    /// The layout that blocks are read with.
    [[nodiscard]] const PackedBlock& packed() const { return m_packed; }

    /// Fills block.decoded from a block that packed().read() filled; NaN where the scale says so.
    void decode(EncodedBlock& block, const BlockPlace& place = {}) const;

private:
    [[nodiscard]] std::uint32_t metaAt(const EncodedBlock& block, std::size_t field, std::size_t element) const;
    [[nodiscard]] std::size_t bookOf(const EncodedBlock& block, std::size_t element) const;
    [[nodiscard]] double scaleOf(const EncodedBlock& block, std::size_t element) const;
    [[nodiscard]] double ordinaryValue(const EncodedBlock& block, std::size_t element) const;
    void decodeBlockMaximum(EncodedBlock& block) const;
    void decodeTop1Elements(EncodedBlock& block) const;

    void decodeSetAside(EncodedBlock& block) const;

    FormatSpec m_spec;
    TensorParameters m_parameters;
    TensorScale m_tensorScale;
    ScaleCodec m_codec;
    PackedBlock m_packed;
    std::vector<Codebook> m_books;
    std::vector<double> m_bookFactors;
    std::vector<double> m_grid;
    std::optional<Codebook> m_fine;
    std::optional<ExceptionLadder> m_ladder;
    std::optional<std::size_t> m_bookField;
    std::optional<std::size_t> m_microField;
    std::optional<std::size_t> m_offsetField;
    std::optional<std::size_t> m_levelsField;
};

}  // namespace nanoscope
