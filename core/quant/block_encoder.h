#pragma once

#include "core/format/codebook.h"
#include "core/format/format_spec.h"
#include "core/format/scale_codec.h"
#include "core/quant/effective_scale.h"
#include "core/quant/encoded_block.h"

#include <memory>
#include <span>
#include <vector>

namespace nanoscope {

/// The reference quantizer: one search loop for every format, in double, one block at a time.
/// Compiled once from a spec; each thread needs its own, because it owns its scratch memory.
class BlockEncoder {
public:
    /// @param spec  validated
    BlockEncoder(const FormatSpec& spec, const TensorScale& tensorScale);
    ~BlockEncoder();
    BlockEncoder(BlockEncoder&&) noexcept;
    BlockEncoder& operator=(BlockEncoder&&) noexcept;

    /// Quantizes one block of at most spec.geometry.block elements. The result lives until the next call.
    const EncodedBlock& encode(std::span<const float> values);

    /// An element beyond the outermost level that it could take, by more than half of the outermost step.
    /// @param isException  it is one of block.exceptions
    [[nodiscard]] bool isClipped(std::size_t book, double scaled, bool isException) const;

    [[nodiscard]] const std::vector<Codebook>& books() const;
    [[nodiscard]] const ScaleCodec& codec() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace nanoscope
