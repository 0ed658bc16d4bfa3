#pragma once

#include "core/format/codebook.h"
#include "core/quant/affine_code.h"
#include "core/quant/prepared_tensor.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace nanoscope {

/// The levels that every element of a tensor can take once its blocks are quantized: scales, codebooks, micro-scales
/// and offsets are those of the direct cast and stay fixed, so that a method may choose other codes in any order.
class FixedGrid {
public:
    /// @throws Error (Refused) for formats whose elements have no such grid: exceptions, pruning, scales by sign,
    /// random
    ///     rounding, mixed blocks and named encoders; Cancelled
    explicit FixedGrid(const PreparedTensor& prepared, const PassOptions& options = {});

    /// The level nearest to `value`, with the format's tie rule, in double; scale included.
    /// @param position  of the element: row * row length + column, in the basis of the format
    [[nodiscard]] double nearest(std::uint64_t position, double value) const;

private:
    std::vector<Codebook> m_books;
    std::vector<double> m_scales;          // by position; 0: the element is 0
    std::vector<std::uint8_t> m_book;      // by position
    std::vector<std::uint32_t> m_offsets;  // by position; empty without offsets
    std::optional<AffineCode> m_affine;
};

}  // namespace nanoscope
