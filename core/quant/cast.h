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
    std::uint64_t rows = 0;        ///< of blocks: strips where blocks are tiles
    std::uint64_t rowLength = 0;
    std::uint64_t blocksPerRow = 0;
    std::vector<float> dequantized;    ///< in the file's order, as the tensor was (any transform undone)
    std::vector<std::uint32_t> codes;  ///< in the file's order; under a transform each at the place of its column
    std::vector<std::uint64_t>
        scales;  ///< raw code per block, row by row; two per block (positive first) where the sign splits
    /// Per field of metaFields(spec): [rows, units per row]; fields of which a block may have any number of values in
    /// one list, block after block.
    std::vector<std::vector<std::uint32_t>> meta;
    float tensorScale = 1.0F;                ///< meaningful where the spec has one
    std::uint32_t tensorBook = 0;            ///< codebook of all blocks, where the tensor chooses it
    std::vector<float> tensorValues;         ///< fitted codebook, scales of phase stages
    std::vector<std::uint32_t> columnOrder;  ///< column of the tensor for each column as quantized; empty: unchanged
    std::vector<std::uint8_t> badBlocks;     ///< 1 for a block that the codec cannot mark; empty when there is none
    std::string source;                      ///< "FILE: TENSOR"
    /// Per row, per block: scale, metadata, codes; each row padded to a byte.
    std::vector<std::uint8_t> packed;
    std::uint64_t packedRowBytes = 0;  ///< of every row; 0 where rows differ
    std::uint64_t saturated = 0;       ///< dequantized values beyond the largest float32
};

/// How to run a cast.
struct CastOptions {
    unsigned threads = 0;                  ///< 0: as many as there are cores
    std::stop_token stop;                  ///< a stop throws Cancelled
    std::function<void(double)> progress;  ///< fraction done, from any worker; may be empty
};

/// Quantizes a whole tensor.
/// @param view  its rows; the block length does not matter
/// @throws Cancelled; Error (Refused) for rows that the format cannot take
[[nodiscard]] CastTensor castTensor(
    const Tensor& tensor, const BlockView& view, const FormatSpec& spec, const CastOptions& options = {});

/// What a cast file needs for its values to come back: the packed bits and how they are to be read.
struct PackedTensor {
    FormatSpec spec;
    Shape shape;                   ///< of the tensor in its file
    std::optional<Shape> reshape;  ///< what it was taken as
    int axis = 0;                  ///< blocked axis, after the reshape
    float tensorScale = 1.0F;
    std::uint32_t tensorBook = 0;
    std::vector<float> tensorValues;
    std::vector<std::uint32_t> columnOrder;
    std::vector<std::uint8_t> packed;     ///< row after row
    std::vector<std::uint8_t> badBlocks;  ///< 1 for a block that the codec cannot mark; empty when there is none
    std::string source;                   ///< "FILE: TENSOR"
};

/// Dequantized values from packed bits alone, in the file's order.
/// @throws Error when the number of bytes does not fit the shape and spec
[[nodiscard]] std::vector<float> decodePacked(const PackedTensor& packed, unsigned threads = 0);

}  // namespace nanoscope
