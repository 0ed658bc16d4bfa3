#pragma once

#include "core/format/scale_codec.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace nanoscope {

/// One block after quantization.
struct EncodedBlock {
    std::size_t length = 0;
    bool bad = false;                     ///< holds NaN or infinity: nothing below is meaningful but the NaN scale
    std::array<StoredScale, 2> scales{};  ///< second one only with a scale per sign (then: positive, other)
    std::vector<std::uint32_t> codes;     ///< per element
    std::vector<double> scaled;           ///< per element: what was compared with the levels
    std::vector<double> effectiveScale;   ///< per element: multiplier of the level, tensor scale included
    std::vector<double> decoded;          ///< per element, double; exceptions refined
    std::vector<std::uint8_t> unitBook;   ///< per subgroup: index of the codebook
    std::vector<std::uint8_t> unitMicro;  ///< per subgroup: index into the micro grid
    std::vector<std::size_t> exceptions;  ///< positions of elements stored more finely than their neighbours, ascending
    int offset = 0;                       ///< index into scale.offsets
    int target = 0;                       ///< index into scale.targets or scale.clips
    /// Per field of metaFields(spec): its values. How many follows from the field's unit; for MetaUnit::Exception and
    /// MetaUnit::Flagged from the block itself.
    std::vector<std::vector<std::uint32_t>> meta;
    /// Fitted codebooks only: the block's own level of each code, before scaling; else empty.
    std::vector<double> ownLevels;
};

}  // namespace nanoscope
