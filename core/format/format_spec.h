#pragma once

#include "core/format/element_book.h"
#include "core/format/scale_spec.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace nanoscope {

/// The unit a choice is made for and stored with.
enum class Unit { Block, Subgroup, Tensor };

/// How a tensor is cut. Blocks never cross rows; a short last block stays short.
struct Geometry {
    int axis = -1;           ///< the blocked axis; negative counts from the end
    int block = 32;          ///< elements that share a scale; meaningless where wholeRow is true
    bool wholeRow = false;   ///< true: a row is a block, whatever its length
    int tileRows = 1;        ///< a block covers this many rows (2-D tiles): block / tileRows columns of each
    std::optional<int> sub;  ///< elements that share a micro-scale; must divide the block; the block if absent

    [[nodiscard]] int subgroup() const { return sub.value_or(block); }
    /// Subgroups of a whole block.
    [[nodiscard]] int subgroups() const { return block / subgroup(); }
    bool operator==(const Geometry&) const = default;
};

/// How a micro-scale is found.
enum class MicroRule {
    Search,          ///< every value tried, the first smallest error wins
    MaximumRound,    ///< nearest to (block maximum) / (scale * largest level)
    MaximumCeil,     ///< smallest that is not below it
    MantissaFloor,   ///< leading mantissa bits of the block maximum
    MantissaRound,   ///< the same, rounded
    MaximumExponent  ///< shared microexponent: 2^-(exponents that the subgroup lies below the block)
};

/// A micro-scale beside the shared scale: NanoMantissa (per block, arXiv 2412.19821), subgroup extra mantissa
/// (arXiv 2601.19213) or shared microexponent (SMX). Values 1 + i/2^bits; for MaximumExponent 2^-i.
struct MicroSpec {
    Unit unit = Unit::Block;
    int bits = 2;
    MicroRule rule = MicroRule::Search;

    [[nodiscard]] std::vector<double> grid() const;
    bool operator==(const MicroSpec&) const = default;
};

/// How the codebook of a block or subgroup is chosen.
enum class ChooserRule {
    Search,  ///< every codebook tried, the first smallest error wins (Adaptive Microexponent)
    Mxffp    ///< by counts of exponents near the maximum (MXFFP activations, mx_family section 7)
};

struct ChooserSpec {
    Unit unit = Unit::Block;
    ChooserRule rule = ChooserRule::Search;
    /// Selector bits stored as metadata; absent: all that the number of codebooks needs. One fewer means that a bit
    /// rides in the unused sign bit of the scale code.
    std::optional<int> bits;
    bool operator==(const ChooserSpec&) const = default;
};

/// An element that is stored more finely than its neighbours.
enum class SpecialKind {
    BlockMaximum,  ///< MX+ and MX++ (arXiv 2510.14557): the exponent bits of the block maximum become mantissa
    Top1,          ///< M2XFP activations (arXiv 2601.19213): metadata refine the largest element of each subgroup
    TopN,          ///< OPAL (arXiv 2409.05902): the largest `count` of a block stay BF16, the next one sets the scale
    Sparse,        ///< SqueezeLLM: the `share` of largest elements of the tensor stay FP16 beside the dense codes
    Columns        ///< LLM.int8() (arXiv 2208.07339): columns with an element of at least `threshold` stay FP16
};

/// MX++: how the exponent of all other elements follows from the second-largest one.
enum class OthersRule { NoClip, Floor };

struct SpecialSpec {
    SpecialKind kind = SpecialKind::BlockMaximum;
    int mantissaBits = 3;                        ///< BlockMaximum: mantissa bits of the exception
    int othersBits = 0;                          ///< BlockMaximum: bits that lower the others' exponent (MX++); 0: none
    OthersRule othersRule = OthersRule::NoClip;  ///< BlockMaximum
    int bits = 2;                                ///< Top1: metadata bits per subgroup
    ElementBook fine;                            ///< Top1: the finer ladder, 2^bits steps per code
    int count = 4;                               ///< TopN: exceptions per block
    double share = 0.0045;                       ///< Sparse: share of the tensor's elements
    double threshold = 6.0;                      ///< Columns
    bool relative = false;                       ///< Columns: the threshold is in multiples of the tensor's RMS
    bool operator==(const SpecialSpec&) const = default;
};

/// What a search minimises over a block (in the order of the reference).
enum class Objective { SquaredError, AbsoluteError, MaximumError };

/// What happens to an element exactly between two levels.
enum class TieRule {
    Even,  ///< the even magnitude code
    Away,  ///< the larger magnitude
    Zero,  ///< the smaller magnitude
    Down,  ///< the lower level (BitMoD, NF4)
    Up     ///< the upper level (ANT, OliVe, IQ4)
};

/// An offset that a block stores beside its scale (catalogue 3.1).
enum class OffsetKind {
    ZeroPoint,  ///< integer code of zero, as wide as an element: x^ = (code - z) s
    Minimum     ///< FP16 minimum: x^ = code s + minimum
};

struct OffsetSpec {
    OffsetKind kind = OffsetKind::ZeroPoint;
    bool includeZero = false;  ///< the range is widened to hold zero (GPTQ, AWQ)
    bool operator==(const OffsetSpec&) const = default;
};

/// What is done to a tensor before it is cut into blocks, and undone in `/dequantized`.
struct TransformSpec {
    int hadamard = 0;                       ///< size of the block-diagonal Hadamard rotation; 0: none
    std::optional<std::uint32_t> signSeed;  ///< seed of random signs before the rotation; absent: none
    bool sortColumns = false;               ///< columns by descending norm (K-sort)
    bool operator==(const TransformSpec&) const = default;
};

/// N:M pruning: the `keep` largest of every `of` consecutive elements keep their codes, the others are 0.
struct PruneSpec {
    int keep = 2;
    int of = 4;
    bool operator==(const PruneSpec&) const = default;
};

/// Order of code bits in `/packed`.
enum class CodeLayout {
    Elements,  ///< code after code
    Split4,    ///< the bits above the lowest four of all codes of a block, then the lowest four (FP6 4+2)
    Planes     ///< bit by bit of all codes of a block, lowest plane first
};

/// Encoders that are procedures rather than a choice of fields, under their own names
/// (catalogue 3.8, 3.12, 3.14, 3.19).
enum class EncoderId {
    Search,  ///< the general one: everything else in the spec applies
    OliVe,
    MicroScopiQ,
    Phase,
    Q4_0,
    Q4_1,
    Q5_0,
    Q5_1,
    Q8_0,
    Q2_K,
    Q3_K,
    Q4_K,
    Q5_K,
    Q6_K,
    IQ4_NL,
    IQ4_XS,
    TQ2_0,
    Q1_0,
    Q2_0
};

struct EncoderSpec {
    EncoderId id = EncoderId::Search;
    int bits = 4;         ///< MicroScopiQ: inlier width
    double sigmas = 3.0;  ///< MicroScopiQ: outliers lie beyond that many standard deviations
    int stages = 1;       ///< Phase: residual stages
    bool operator==(const EncoderSpec&) const = default;
};

struct FormatSpec;

/// How blocks get one of several formats of their own.
enum class MixRule {
    WidestOfRow,     ///< the `share` of each row's blocks with the widest range take the second format
    OutlierColumns,  ///< block columns whose maximum exceeds `threshold` times the median column maximum take the
                     ///< second
    ErrorThreshold,  ///< each block column takes the first format whose relative error is at most `threshold`
    ResidualColumns  ///< the `share` of block columns with the largest error are quantized once more on their residual
};

/// Blocks of different formats in one tensor (catalogue 3.15, 3.18, 4.6). The parts share the geometry of the whole.
struct MixSpec {
    MixRule rule = MixRule::WidestOfRow;
    double share = 0.1;
    double threshold = 5.0;
    std::vector<FormatSpec> parts;
    bool operator==(const MixSpec&) const;
};

/// One nested loop of the search; the order of the loops decides ties.
enum class Candidate { Offset, Target, Book, Micro };

/// Operation order and rounding of scales and quotients (mx_family 6.1).
enum class Arithmetic {
    Exact,                    ///< double throughout
    Float32,                  ///< every step rounded to float32
    TransformerEngine,        ///< reciprocal, two-step block scale (TE four-over-six, fouroversix)
    TransformerEngineFolded,  ///< the same with the division by 6 folded into the tensor scale (TE NVFP4)
    Torchao,
    ModelOpt
};

/// A block number format as an immutable value: everything that the quantizer needs to know.
/// Reconstruction: x^ = t * s[block] * r[block or subgroup] * book[f][code] (+ exception), DESIGN section 3.
struct FormatSpec {
    Geometry geometry;
    std::vector<ElementBook> elements{ElementBook{}};
    bool alignToFirstBook = false;  ///< true: the exponent of every book follows from the first one's (`align: ref`)
    ScaleSpec scale;
    std::optional<TensorScaleSpec> tensorScale;
    std::optional<MicroSpec> micro;
    std::optional<ChooserSpec> chooser;
    std::optional<SpecialSpec> special;
    std::optional<OffsetSpec> offset;
    std::optional<TransformSpec> transform;
    std::optional<PruneSpec> prune;
    std::optional<MixSpec> mix;
    EncoderSpec encoder;
    CodeLayout layout = CodeLayout::Elements;
    Objective objective = Objective::SquaredError;
    std::vector<Candidate> order{Candidate::Offset, Candidate::Target, Candidate::Book, Candidate::Micro};
    TieRule tie = TieRule::Even;
    std::optional<std::uint32_t> stochasticSeed;  ///< rounding to either neighbour at random, unbiased
    Arithmetic arithmetic = Arithmetic::Exact;

    /// Bits of an element code, sign included; of the first part where blocks are mixed.
    [[nodiscard]] int codeBits() const;
    bool operator==(const FormatSpec&) const = default;
};

/// A spec that can be quantized with, with what depends on another field settled: codebooks beyond the first are
/// dropped where nothing chooses among them, and codecs that are no power of two take the rule Maximum.
/// @throws Error (Refused) that names the field, the value and what is allowed
[[nodiscard]] FormatSpec validated(FormatSpec spec);

/// The spec for rows of this length: a block that is a whole row gets its length, parts of a mix the geometry of the
/// whole. What the quantizer works with; never written to a file.
[[nodiscard]] FormatSpec resolved(FormatSpec spec, std::uint64_t rowLength);

/// @name Edits that keep a spec valid: what one control of the window changes
/// @{
[[nodiscard]] FormatSpec withCodeBits(FormatSpec spec, int bits);
/// The exponent of a float codebook takes so many of its bits, the mantissa the rest: the width stays.
[[nodiscard]] FormatSpec withExponentBits(FormatSpec spec, std::size_t book, int bits);
[[nodiscard]] FormatSpec withBlock(FormatSpec spec, int block);
[[nodiscard]] FormatSpec withScaleCodec(FormatSpec spec, ScaleCodecId codec);
[[nodiscard]] FormatSpec withMicroBits(FormatSpec spec, int bits);
[[nodiscard]] FormatSpec withAdaptiveMicroexponent(FormatSpec spec, bool on);
[[nodiscard]] FormatSpec withCodeRecycling(FormatSpec spec, bool on);
/// @}

}  // namespace nanoscope
