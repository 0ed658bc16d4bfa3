#pragma once

#include "core/format/codebook.h"
#include "core/format/format_spec.h"
#include "core/quant/encoded_block.h"
#include "core/quant/tensor_parameters.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace nanoscope {

/// Quantizes the blocks of a tensor under one format. Compiled once from a spec; each thread needs its own, because it
/// owns its scratch memory.
class BlockEncoder {
public:
    virtual ~BlockEncoder() = default;
    BlockEncoder(const BlockEncoder&) = delete;
    BlockEncoder& operator=(const BlockEncoder&) = delete;

    /// Quantizes one block of at most spec.geometry.block elements. The result lives until the next call. A block with
    /// NaN or infinity comes back as `bad`.
    virtual const EncodedBlock& encode(std::span<const float> values, const BlockPlace& place) = 0;

    /// An element beyond the outermost level that it could take, by more than half of the outermost step.
    /// @param isException  it is one of block.exceptions
    [[nodiscard]] virtual bool isClipped(std::size_t book, double scaled, bool isException) const
    {
        return !isException && m_books[book].isClipped(scaled);
    }

    /// The codebooks that EncodedBlock::unitBook refers to.
    [[nodiscard]] const std::vector<Codebook>& books() const { return m_books; }

protected:
    explicit BlockEncoder(std::vector<Codebook> books)
        : m_books(std::move(books))
    {
    }

private:
    std::vector<Codebook> m_books;
};

/// The encoder that a format calls for.
/// @param spec        validated, and resolved for the view
/// @param parameters  tensorParameters() of the same spec
[[nodiscard]] std::unique_ptr<BlockEncoder> makeBlockEncoder(
    const FormatSpec& spec, const TensorParameters& parameters);

}  // namespace nanoscope
