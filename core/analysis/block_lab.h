#pragma once

#include "core/analysis/block_trace.h"
#include "core/format/codebook.h"
#include "core/format/format_spec.h"
#include "core/quant/block_view.h"
#include "core/quant/tensor_parameters.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace nanoscope {

/// Elements that a block may have to be shown bit by bit.
inline constexpr std::size_t kLabElements = 256;

/// What one block is quantized from, apart from any file.
struct LabInput {
    FormatSpec spec;              ///< resolved
    TensorParameters parameters;  ///< of the tensor that the block belongs to
    BlockPlace place;             ///< where it lies there
    std::vector<float> values;    ///< in the basis of the format
};

/// Values that are a tensor of their own: one row of one block.
/// @throws Error (Refused) when they are none, not finite, or more than a block or kLabElements; when the format takes
///         no single row of that length
[[nodiscard]] LabInput labInput(const FormatSpec& spec, std::vector<float> values);

/// A block of a prepared tensor; its tensor scale, fitted codebooks and parts stay those of the tensor when its values
/// are changed.
/// @throws Error (Refused) when there is no such block, or it has more than kLabElements elements
[[nodiscard]] LabInput labInput(const PreparedTensor& prepared, std::uint64_t block);

/// What a stored bit is part of.
enum class StoredBitKind {
    Scale,     ///< a shared scale
    Metadata,  ///< a value of a metadata field
    Code,      ///< the code of an element; in MX+'s exception, its sign and finer mantissa
    Unused     ///< nothing that decoding looks at
};

/// One bit of a block as it is packed.
struct StoredBit {
    StoredBitKind kind = StoredBitKind::Unused;
    std::uint32_t field = 0;  ///< Metadata: which field (BlockTrace::meta by name and order of metaFields())
    std::uint32_t unit = 0;   ///< Scale: which one; Metadata: which of the field's values; Code: the element
    int bit = 0;              ///< place in that value; 0 is the least significant
    bool isSet = false;       ///< now
    bool isFlipped = false;   ///< is not as the encoder wrote it
};

/// What one code would make of an element, everything else in the block staying as it is stored now.
struct SlotLevel {
    std::uint32_t code = 0;
    float value = 0.0F;  ///< decoded; NaN where the code is no number
    CodeUse use = CodeUse::Level;
};

/// One block as it is stored and as it decodes, after single bits were flipped.
struct LabBlock {
    BlockTrace trace;                    ///< as the encoder made it
    std::vector<std::string> metaNames;  ///< by StoredBit::field
    std::vector<StoredBit> bits;         ///< in packed order
    std::vector<float> decoded;          ///< from these bits; NaN where the block is no number
    std::vector<std::uint32_t> books;    ///< per element: codebook by these bits
    std::vector<std::string> scaleText;  ///< how the scales read by these bits
    std::vector<MetaTrace> meta;         ///< metadata by these bits
    bool isReadable = true;              ///< false: after the flips the bits end before the block does
    std::size_t element = 0;             ///< what the rest refers to
    std::vector<SlotLevel> levels;       ///< by code; empty where codes are wider than 8 bits or not stored one by one
    /// Values at which the encoder changes from one level to the next, ascending; empty when scale or metadata were
    /// flipped, or for an element that is stored more finely.
    std::vector<double> bounds;
};

/// Quantizes one block with the reference engine, flips stored bits, and decodes what is left.
/// @param flips    places in packed order; one that is named twice is flipped twice; places beyond the end are refused
/// @param element  whose levels are wanted; the last one where there are fewer
/// @throws Error (Refused)
[[nodiscard]] LabBlock examineBlock(
    const LabInput& input, std::span<const std::size_t> flips = {}, std::size_t element = 0);

}  // namespace nanoscope
