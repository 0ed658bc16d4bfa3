#pragma once

#include "core/quant/encoded_block.h"
#include "core/quant/gguf_arithmetic.h"
#include "core/quant/gguf_type.h"

namespace nanoscope {

/// Scale and minimum of one sub-block (of the block where there are none), from the stored bits.
/// @param block  scales[0].code and meta are set
[[nodiscard]] GgufUnit ggufUnit(const GgufType& type, const EncodedBlock& block, std::size_t unit);

/// Fills `decoded` (and scales[0].value) from scales[0].code, meta and codes alone, in float32 steps as ggml takes
/// them: minus zero becomes zero, a scale that is not a number makes the block not a number.
void decodeGgufBlock(const GgufType& type, EncodedBlock& block);

}  // namespace nanoscope
