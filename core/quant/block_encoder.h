#pragma once

#include "core/format/codebook.h"
#include "core/format/format_spec.h"
#include "core/format/format_storage.h"
#include "core/format/scale_codec.h"
#include "core/quant/effective_scale.h"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace nanoscope {

/// One block after quantization.
struct EncodedBlock {
    std::size_t length = 0;
    bool bad = false;                       ///< holds NaN or infinity: nothing below is meaningful but the NaN scale
    std::array<StoredScale, 2> scales {};   ///< second one only with a scale per sign (then: positive, other)
    std::vector<std::uint32_t> codes;       ///< per element
    std::vector<double> scaled;             ///< per element: what was compared with the levels
    std::vector<double> effectiveScale;     ///< per element: multiplier of the level, tensor scale included
    std::vector<double> decoded;            ///< per element, double; exceptions refined
    std::vector<std::uint8_t> unitBook;     ///< per subgroup: index of the codebook
    std::vector<std::uint8_t> unitMicro;    ///< per subgroup: index into the micro grid
    std::vector<std::size_t> exceptions;    ///< positions of elements stored more finely than their neighbours
    int offset = 0;                         ///< index into scale.offsets
    int target = 0;                         ///< index into scale.targets
    std::vector<std::vector<std::uint32_t>> meta;  ///< per metadata field: value per unit
};

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
