#pragma once

#include "core/format/format_spec.h"

#include <string>
#include <vector>

namespace nanoscope {

/// How stored codes become what the multiplier takes.
enum class CodeDecode {
    Direct,           ///< float fields or an integer as stored
    Posit,            ///< run-length decoder, then a float
    FixedCodebook,    ///< constant table, then an integer
    WritableCodebook  ///< table held in flip-flops once per array, one read port per lane
};

/// How a stored shared scale is undone in the unit.
enum class ScaleUse {
    None,        ///< no scale in the unit (or one per tensor)
    Exponent,    ///< a power of two: an exponent addition
    Minifloat,   ///< narrow float: exponent addition and a multiplication of the partial sum
    FloatFactor  ///< FP16 or FP32: a float multiplier, used once per block
};

/// One operand of the dot product as the datapath sees it. Integers are two's complement. Signed float elements: sign,
/// shift max(e,1)-1, significand of mantissaBits + 1 bits; subnormals cost nothing.
struct Operand {
    bool isFloat = true;   ///< false: an integer of `width` bits
    int exponentBits = 2;  ///< float
    int mantissaBits = 1;  ///< float
    int width = 4;         ///< integer: width that enters the multiplier
    int codeBits = 4;      ///< stored bits of a code
    CodeDecode decode = CodeDecode::Direct;
    int tableEntries = 0;  ///< codebooks

    bool adaptive = false;        ///< Adaptive Microexponent: a second reading of the code chosen per block
    int adaptiveSignificand = 0;  ///< significand bits of the wider reading
    bool recycled = false;        ///< the code of minus zero carries a value
    int recycledShift = 0;        ///< by how many bits that value widens the range
    int recycledSignificand = 0;  ///< significand bits of that value
    int block = 32;               ///< elements of a shared scale; 0: the whole row
    ScaleUse scale = ScaleUse::Exponent;
    int scaleExponentBits = 8;
    int scaleMantissaBits = 0;       ///< Minifloat
    int scaleBits = 8;               ///< register bits of one scale
    int nanoBits = 0;                ///< NanoMantissa per block
    int selectorBits = 0;            ///< codebook choice per block, or per selectorGroup elements
    int selectorGroup = 0;           ///< elements that share a codebook choice; 0: the block
    int subgroup = 0;                ///< elements of a micro-scale; 0: none
    int subgroupBits = 0;            ///< extra mantissa per subgroup
    int microexponentBits = 0;       ///< shared microexponent per subgroup
    int top1Bits = 0;                ///< extra mantissa bits of a subgroup's largest element (M2XFP)
    int blockMaximumIndex = 0;       ///< bits that name the block maximum (MX+); 0: none
    bool isWhole = true;             ///< false: the unit lacks a part of the format, as a note says
    std::vector<std::string> notes;  ///< what of the format is not priced, in one clause each

    /// Bits of the significand that enters the multiplier, all features included.
    [[nodiscard]] int significand() const;
    /// Shifts that the exponent can ask for, a recycled code included.
    [[nodiscard]] int mostShift() const;
    /// Magnitude bits of the element as a fixed-point number: mantissaBits + 2^exponentBits - 1, recycled code
    /// included.
    [[nodiscard]] int fixedWidth() const;
    /// Significand bits of the shared scale; 0 where it is a power of two or a float factor.
    [[nodiscard]] int scaleSignificand() const;
    /// Significand bits of the NanoMantissa; 0 without one.
    [[nodiscard]] int nanoSignificand() const { return nanoBits > 0 ? nanoBits + 1 : 0; }
    /// A recycled code as in NxFP: half of the smallest level, not a stated value.
    [[nodiscard]] bool hasCodeRecycling() const { return recycled && recycledSignificand == 0; }
    bool operator==(const Operand&) const = default;
};

/// The operand that a format makes. Formats that the datapath cannot express are priced by their nearest part, with a
/// note: mixed formats by their widest part, named encoders by their codebook.
/// @throws Error (Refused) for element codes beyond 32 bits or 8 exponent bits
[[nodiscard]] Operand operandOf(const FormatSpec& spec);

/// The same operand without Adaptive Microexponent, Code Recycling and NanoMantissa.
[[nodiscard]] Operand withoutFeatures(Operand operand);

}  // namespace nanoscope
