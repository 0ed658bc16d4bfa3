#pragma once

#include "core/quant/block_encoder.h"
#include "core/quant/gguf_type.h"

#include <memory>

namespace nanoscope {

/// The encoder of a GGUF type, bit-exact with ggml's reference quantizers (catalogue 3.19); its blocks are always
/// whole. Two cases that ggml leaves undefined or refuses: a scale beyond FP16 is stored as the largest half, and
/// elements so small that the reciprocal of their scale overflows count as zero. A scale of minus zero is stored as
/// zero.
///
/// In the result scales[0] is the FP16 scale with its sign, which may be negative. `scaled` is in units of ggufBook's
/// levels and, where the type has a minimum, measured from there; 0 in sub-blocks of a K type whose scale is stored as
/// zero. effectiveScale is the multiplier of the level, without the minimum.
/// @param spec  spec.encoder.id is a GGUF type
[[nodiscard]] std::unique_ptr<BlockEncoder> makeGgufEncoder(const FormatSpec& spec);

/// Fills `decoded` and scales[0].value from scales[0].code, meta and codes alone, exactly as encode() fills them.
void decodeGgufBlock(EncoderId id, EncodedBlock& block);

}  // namespace nanoscope
