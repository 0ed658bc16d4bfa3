#pragma once

#include "core/format/element_book.h"
#include "core/format/format_spec.h"
#include "core/format/format_storage.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nanoscope {

/// What the codes of a GGUF type stand for, in units of the scale.
enum class GgufLevels {
    Shifted,         ///< code - levelShift
    Ternary,         ///< code - 1; code 3 is never written
    TwosComplement,  ///< the code's low bits as a signed number
    Signs,           ///< 0 is -1, 1 is +1
    Iq4              ///< the sixteen levels of IQ4_NL
};

/// How the scales of sub-blocks are stored, in units of the block's FP16 scale.
enum class GgufSubScale {
    None,            ///< no sub-blocks
    Unsigned,        ///< the number itself
    Shifted32,       ///< six bits: number + 32
    TwosComplement8  ///< eight bits
};

/// Minimum that is stored beside the scale.
enum class GgufMinimum {
    None,
    Block,    ///< FP16, added to every element: x^ = scale * level + minimum
    Subgroup  ///< FP16 times one unsigned number per sub-block, subtracted
};

/// One GGUF (ggml) type: everything about it that is not a procedure.
/// Source: catalogue 3.19; bit-exact with ggml's reference quantizers.
struct GgufType {
    EncoderId id = EncoderId::Q4_0;
    std::size_t block = 32;  ///< elements behind one FP16 scale
    std::size_t sub = 32;    ///< elements of a sub-block; the block where there are none
    int bits = 4;            ///< of an element's code
    GgufLevels levels = GgufLevels::Shifted;
    int levelShift = 8;
    GgufSubScale subScale = GgufSubScale::None;
    int subScaleBits = 0;  ///< of each sub-block's scale, and of its minimum where there is one
    GgufMinimum minimum = GgufMinimum::None;
    TieRule tie = TieRule::Up;         ///< what the type does to an element between two levels
    std::optional<EncoderId> shorter;  ///< nearest type with shorter blocks

    [[nodiscard]] std::size_t subgroups() const { return block / sub; }
};

/// True for the encoders that are GGUF types.
[[nodiscard]] bool isGguf(EncoderId id);

/// @param id  a GGUF type
[[nodiscard]] const GgufType& ggufType(EncoderId id);

/// Elements per block and per sub-block.
[[nodiscard]] Geometry ggufGeometry(EncoderId id);

/// The codebook of the codes as stored, in units of the (sub-block) scale. Code 3 of Q2_0 and TQ2_0, which no input
/// produces, has no level there; Q8_0 never writes -128 either.
[[nodiscard]] ElementBook ggufBook(EncoderId id);

/// What the type does to an element exactly between two levels.
[[nodiscard]] TieRule ggufTie(EncoderId id);

/// Metadata behind the block's FP16 scale, in the order in which they are packed.
[[nodiscard]] std::vector<MetaField> ggufMetaFields(EncoderId id);

/// Why a row cannot be cut into blocks, and what to do about it.
struct GgufRowRefusal {
    std::string what;    ///< "rows of 100 elements are not whole blocks of 256"
    std::string remedy;  ///< "take Q4_0, or --reshape to rows that are multiples of 256"
};

/// Nothing when rows of `rowLength` elements are whole blocks: these types have no short ones.
[[nodiscard]] std::optional<GgufRowRefusal> ggufRowRefusal(EncoderId id, std::uint64_t rowLength);

}  // namespace nanoscope
