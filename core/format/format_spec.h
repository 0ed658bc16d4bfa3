#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace nanoscope {

/// The unit a choice is made for and stored with.
enum class Unit { Block, Subgroup };

/// How an element codebook gets its levels.
enum class BookKind {
    Float,   ///< sign, exponent, mantissa (ExMy)
    Integer  ///< uniform steps of 2^lsb
};

/// What the codes of the top exponent mean in a float codebook.
enum class TopCodes {
    Finite,  ///< every code is a number (OCP FP4 and FP6)
    OneNan,  ///< the all-ones magnitude is NaN (E4M3)
    Ieee     ///< the whole top exponent is infinity and NaN (E5M2)
};

/// Which value the otherwise wasted code of minus zero carries (Code Recycling, arXiv 2412.19821).
enum class RecycleMode {
    HalfOfSmallest,  ///< sign * (smallest positive level) / 2
    Value            ///< a stated level (RaZeR, arXiv 2501.04052)
};

struct Recycle {
    RecycleMode mode = RecycleMode::HalfOfSmallest;
    int sign = 1;        ///< +1 or -1; only for HalfOfSmallest
    double value = 0.0;  ///< only for Value
    bool operator==(const Recycle&) const = default;
};

/// One element codebook: the levels that a code can stand for, before scaling.
/// Float levels: M/2^m * 2^(1-bias) for exponent field 0, else (1+M/2^m) * 2^(E-bias), bias = 2^(e-1)-1 (1 for e = 1).
/// Integer levels: 0 .. 2^(bits-1)-1 times 2^lsb, either sign; two's complement adds -2^(bits-1).
/// Source: OCP Microscaling Formats v1.0 section 5.3; mx_family 0.2.
struct ElementBook {
    std::string id = "E2M1";
    BookKind kind = BookKind::Float;
    int exponentBits = 2;             ///< Float
    int mantissaBits = 1;             ///< Float
    TopCodes top = TopCodes::Finite;  ///< Float
    int bits = 4;                     ///< Integer: width with sign
    int lsb = 0;                      ///< Integer: exponent of the step
    bool twosComplement = false;      ///< Integer: one more negative level
    double gain = 1.0;                ///< multiplies every level
    std::optional<double> target;  ///< what a real-valued scale maps the block maximum to; the largest level if absent
    std::optional<Recycle> recycle;  ///< what the code of minus zero stands for; nothing if absent

    /// Width of a code in bits, sign included.
    [[nodiscard]] int codeBits() const { return kind == BookKind::Float ? 1 + exponentBits + mantissaBits : bits; }
    /// The field's name for a book of this kind and width: "E2M1", "INT4".
    [[nodiscard]] std::string standardId() const;
    /// Exponent bias of a float book (derived).
    [[nodiscard]] int bias() const { return exponentBits <= 1 ? 1 : (1 << (exponentBits - 1)) - 1; }
    bool operator==(const ElementBook&) const = default;
};

/// How a tensor is cut. Blocks never cross rows; a short last block stays short.
struct Geometry {
    int axis = -1;           ///< the blocked axis; negative counts from the end
    int block = 32;          ///< elements that share a scale
    std::optional<int> sub;  ///< elements that share a micro-scale; must divide the block; the block if absent

    [[nodiscard]] int subgroup() const { return sub.value_or(block); }
    /// Subgroups of a whole block.
    [[nodiscard]] int subgroups() const { return block / subgroup(); }
    bool operator==(const Geometry&) const = default;
};

/// How a shared scale is stored. E8M1..3 are an E8M0 exponent with mantissa bits, 1.m normalised.
enum class ScaleCodecId { E8M0, E5M0, E8M1, E8M2, E8M3, E4M3, UE5M3, E5M2, E3M3, FP16, BF16, FP32 };

/// How a power-of-two scale follows from the block maximum (mx_family 3.2); Maximum is the only rule of other codecs.
enum class ScaleRule { Floor, Ceil, RoundCeil, Even, RoundMaximum, RoundPower, Maximum };

/// Which scale an all-zero block stores.
enum class ZeroScale { Smallest, One };

struct ScaleSpec {
    ScaleCodecId codec = ScaleCodecId::E8M0;
    ScaleRule rule = ScaleRule::Floor;
    std::vector<int> offsets{0};    ///< exponent offsets tried, in order; power-of-two codecs only
    std::vector<double> targets;    ///< targets tried, in order; empty: the codebook's own; other codecs only
    std::optional<double> minimum;  ///< smallest scale stored (before the tensor scale)
    std::optional<double> maximum;  ///< largest scale stored (before the tensor scale)
    ZeroScale zero = ZeroScale::Smallest;
    bool splitSign = false;  ///< one scale for positive, one for other elements (AMXFP4, arXiv 2411.09909)
    bool operator==(const ScaleSpec&) const = default;
};

/// One float32 scale for the tensor: tensor maximum / target (NVFP4, arXiv 2509.25149 appendix B).
struct TensorScaleSpec {
    double target = 2688.0;
    bool operator==(const TensorScaleSpec&) const = default;
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
    Top1           ///< M2XFP activations (arXiv 2601.19213): metadata refine the largest element of each subgroup
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
    bool operator==(const SpecialSpec&) const = default;
};

/// What a search minimises over a block (in the order of the reference).
enum class Objective { SquaredError, AbsoluteError, MaximumError };

/// What happens to an element exactly between two levels, by magnitude code.
enum class TieRule { Even, Away, Zero };

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
    Objective objective = Objective::SquaredError;
    std::vector<Candidate> order{Candidate::Offset, Candidate::Target, Candidate::Book, Candidate::Micro};
    TieRule tie = TieRule::Even;
    Arithmetic arithmetic = Arithmetic::Exact;

    /// Bits of an element code, sign included.
    [[nodiscard]] int codeBits() const { return elements.front().codeBits(); }
    bool operator==(const FormatSpec&) const = default;
};

/// A spec that can be quantized with, with what depends on another field settled: codebooks beyond the first are
/// dropped where nothing chooses among them, and codecs that are no power of two take the rule Maximum.
/// @throws Error (Refused) that names the field, the value and what is allowed
[[nodiscard]] FormatSpec validated(FormatSpec spec);

/// @name Edits that keep a spec valid: what one control of the window changes
/// @{
[[nodiscard]] FormatSpec withCodeBits(FormatSpec spec, int bits);
[[nodiscard]] FormatSpec withBlock(FormatSpec spec, int block);
[[nodiscard]] FormatSpec withScaleCodec(FormatSpec spec, ScaleCodecId codec);
[[nodiscard]] FormatSpec withMicroBits(FormatSpec spec, int bits);
[[nodiscard]] FormatSpec withAdaptiveMicroexponent(FormatSpec spec, bool on);
[[nodiscard]] FormatSpec withCodeRecycling(FormatSpec spec, bool on);
/// @}

}  // namespace nanoscope
