#pragma once

#include "core/format/format_spec.h"
#include "core/quant/block_view.h"
#include "core/quant/effective_scale.h"
#include "core/tensor.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace nanoscope {

/// A tensor after quantization: every stored part, and what it decodes to.
struct CastTensor {
    FormatSpec spec;
    Shape shape;                   ///< the file's
    std::optional<Shape> reshape;  ///< what the shape was reinterpreted as
    int axis = 0;                  ///< blocked axis, after the reshape
    std::uint64_t rows = 0;
    std::uint64_t rowLength = 0;
    std::uint64_t blocksPerRow = 0;
    std::vector<float> dequantized;    ///< in the file's order
    std::vector<std::uint16_t> codes;  ///< in the file's order
    std::vector<std::uint32_t>
        scales;  ///< raw code per block, row by row; two per block (positive first) where the sign splits
    std::vector<std::vector<std::uint32_t>> meta;  ///< per field of metaFields(spec): [rows, units per row]
    float tensorScale = 1.0F;                      ///< meaningful where the spec has one
    std::vector<std::uint8_t> badBlocks;  ///< 1 for a block that the codec cannot mark; empty when there is none
    std::string source;                   ///< "FILE: TENSOR"
    std::vector<std::uint8_t> packed;     ///< rows of packedRowBytes(): per block scale, metadata, codes
    std::uint64_t saturated = 0;          ///< dequantized values beyond the largest float32
};

/// How to run a cast.
struct CastOptions {
    unsigned threads = 0;                  ///< 0: as many as there are cores
    std::stop_token stop;                  ///< a stop throws Cancelled
    std::function<void(double)> progress;  ///< fraction done, from any worker; may be empty
};

/// Quantizes a whole tensor.
/// @throws Cancelled
[[nodiscard]] CastTensor castTensor(
    const Tensor& tensor, const BlockView& view, const FormatSpec& spec, const CastOptions& options = {});

/// What a cast file needs for its values to come back: the packed bits and how they are to be read.
struct PackedTensor {
    FormatSpec spec;
    Shape shape;                   ///< of the tensor in its file
    std::optional<Shape> reshape;  ///< what it was taken as
    int axis = 0;                  ///< blocked axis, after the reshape
    std::uint64_t rows = 0;
    std::uint64_t rowLength = 0;
    float tensorScale = 1.0F;
    std::vector<std::uint8_t> packed;     ///< rows of packedRowBytes() bytes
    std::vector<std::uint8_t> badBlocks;  ///< 1 for a block that the codec cannot mark; empty when there is none
    std::string source;                   ///< "FILE: TENSOR"
};

/// Dequantized values from packed bits alone, in the file's order.
/// @throws Error when the number of bytes does not fit the shape and spec
[[nodiscard]] std::vector<float> decodePacked(const PackedTensor& packed, unsigned threads = 0);

}  // namespace nanoscope
