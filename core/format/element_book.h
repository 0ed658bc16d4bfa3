#pragma once

#include <optional>
#include <string>
#include <vector>

namespace nanoscope {

/// How an element codebook gets its levels.
enum class BookKind {
    Float,    ///< sign, exponent, mantissa (ExMy)
    Integer,  ///< uniform steps of 2^lsb
    Posit,    ///< posit(n, es): tapered, rounded on the encoding
    Table,    ///< levels written down, code by code
    Fitted    ///< k-means of the values themselves, one table per block (SqueezeLLM, arXiv 2306.07629) or per tensor
};

/// What the codes of the top exponent mean in a float codebook.
enum class TopCodes {
    Finite,  ///< every code is a number (OCP FP4 and FP6)
    OneNan,  ///< the all-ones magnitude is NaN (E4M3)
    Ieee,    ///< the whole top exponent is infinity and NaN (E5M2, FP16, BF16)
    Fnuz     ///< the code of minus zero is the only NaN; the standard bias is one more
};

/// Which value the otherwise wasted code of minus zero carries (Code Recycling, arXiv 2412.19821).
enum class RecycleMode {
    HalfOfSmallest,  ///< sign * (smallest positive level) / 2
    Value            ///< a stated level (RaZeR, arXiv 2501.04052; BitMoD, arXiv 2411.11745)
};

struct Recycle {
    RecycleMode mode = RecycleMode::HalfOfSmallest;
    int sign = 1;        ///< +1 or -1; only for HalfOfSmallest
    double value = 0.0;  ///< only for Value
    bool operator==(const Recycle&) const = default;
};

/// What becomes of an integer code beyond the outermost one.
enum class Overflow { Saturate, Wrap };

/// A wider stored integer code of which fewer bits are read (Double Rounding; AdaBits; bit-plane prefixes).
enum class ReadRule {
    Round,  ///< nearest code, ties to even
    Floor   ///< the leading bits
};

struct Nested {
    int bits = 8;  ///< width of the stored code
    ReadRule rule = ReadRule::Round;
    bool operator==(const Nested&) const = default;
};

/// One element codebook: the levels that a code can stand for, before scaling.
/// Float levels: M/2^m * 2^(1-bias) for exponent field 0, else (1+M/2^m) * 2^(E-bias), bias = 2^(e-1)-1 (1 for e = 1).
/// Integer levels: 0 .. 2^(bits-1)-1 times 2^lsb, either sign; two's complement adds -2^(bits-1); mid-rise: the odd
/// integers -(2^bits-1) .. 2^bits-1 (bipolar-INT). Posit levels: (1+f) 2^(r 2^es + e).
/// Source: OCP Microscaling Formats v1.0 section 5.3; posit standard (2022); catalogue 3.1 to 3.11.
struct ElementBook {
    std::string id = "E2M1";
    BookKind kind = BookKind::Float;
    int exponentBits = 2;             ///< Float; Posit: es
    int mantissaBits = 1;             ///< Float
    TopCodes top = TopCodes::Finite;  ///< Float
    std::optional<int> givenBias;     ///< Float: exponent bias when it is not the standard one
    bool subnormals = true;           ///< Float: false makes exponent field 0 mean zero
    int bits = 4;                     ///< Integer, Posit, Fitted: width of a code
    int lsb = 0;                      ///< Integer: exponent of the step
    bool twosComplement = false;      ///< Integer: one more negative level
    bool midRise = false;             ///< Integer: odd multiples of half a step, no zero
    int hotBits = 0;                  ///< Integer: keep that many powers of two of a code (multiplier-free); 0: all
    Overflow overflow = Overflow::Saturate;  ///< Integer, two's complement
    std::optional<Nested> nested;            ///< Integer, two's complement: the wider code that is stored
    std::vector<double> levels;              ///< Table: by code
    double gain = 1.0;                       ///< multiplies every level
    std::optional<double> target;  ///< what a real-valued scale maps the block maximum to; the largest level if absent
    std::optional<Recycle> recycle;  ///< what the code of minus zero stands for; nothing if absent

    /// Width of a code in bits, sign included.
    [[nodiscard]] int codeBits() const;
    /// The field's name for a book of this kind and width: "E2M1", "INT4", "posit(8,0)".
    [[nodiscard]] std::string standardId() const;
    /// Bias of a float book that gives none: 2^(e-1)-1, 1 for e = 1; one more for Fnuz.
    [[nodiscard]] int standardBias() const;
    [[nodiscard]] int bias() const { return givenBias.value_or(standardBias()); }
    bool operator==(const ElementBook&) const = default;
};

}  // namespace nanoscope
