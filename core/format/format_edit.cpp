#include "core/format/format_spec.h"

#include "core/format/codebook.h"
#include "core/format/scale_codec.h"

#include <algorithm>
#include <limits>

namespace nanoscope {
namespace {

/// The same kind of book with another width: floats change their mantissa, integers keep their largest octave.
void setBookBits(ElementBook& book, int bits)
{
    if (book.kind == BookKind::Float) {
        const bool hasStandardId = book.id == book.standardId();
        if (bits - 1 < book.exponentBits)
            book.exponentBits = bits - 1;
        if (book.exponentBits == 1)  // too few codes to spend one on NaN
            book.top = TopCodes::Finite;
        book.mantissaBits = bits - 1 - book.exponentBits;
        if (hasStandardId)
            book.id = book.standardId();
        return;
    }
    const std::string oldDigits = std::to_string(book.bits);
    if (book.id.ends_with(oldDigits))
        book.id.replace(book.id.size() - oldDigits.size(), oldDigits.size(), std::to_string(bits));
    book.lsb += book.bits - bits;
    book.bits = bits;
}

/// The uniform book that Adaptive Microexponent sets beside a float book: as wide, with the same top octave
/// (mx_family 1.2: 0 .. 2^(b-1)-1 times 2^(4-b) beside E2Mx).
ElementBook uniformBeside(const ElementBook& book)
{
    ElementBook uniform;
    uniform.kind = BookKind::Integer;
    uniform.bits = book.codeBits();
    uniform.id = "BFP" + std::to_string(uniform.bits);
    const int largestExponent = book.kind == BookKind::Float
        ? (1 << book.exponentBits) - 1 - book.bias() - (book.top == TopCodes::Ieee ? 1 : 0)
        : book.bits - 2 + book.lsb;
    uniform.lsb = largestExponent - (uniform.bits - 2);
    uniform.recycle = book.recycle;
    return uniform;
}

}  // namespace

FormatSpec withCodeBits(FormatSpec spec, int bits)
{
    for (ElementBook& book : spec.elements)
        setBookBits(book, bits);
    if (spec.special && spec.special->kind == SpecialKind::BlockMaximum)
        spec.special->mantissaBits = bits - 1;
    if (spec.special && spec.special->kind == SpecialKind::Top1) {
        spec.special->fine = spec.elements.front();
        setBookBits(spec.special->fine, bits + spec.special->bits);
    }
    return validated(std::move(spec));
}

FormatSpec withBlock(FormatSpec spec, int block)
{
    // A subgroup that no longer divides the block becomes the whole block.
    if (spec.geometry.sub && (block < *spec.geometry.sub || block % *spec.geometry.sub != 0))
        spec.geometry.sub.reset();
    spec.geometry.block = block;
    return validated(std::move(spec));
}

FormatSpec withScaleCodec(FormatSpec spec, ScaleCodecId codec)
{
    const bool powerOfTwo = isPowerOfTwoCodec(codec);
    if (codec != spec.scale.codec) {  // limits belong to their codec
        spec.scale.minimum.reset();
        spec.scale.maximum.reset();
    }
    spec.scale.codec = codec;
    if (powerOfTwo) {
        if (spec.scale.rule == ScaleRule::Maximum)
            spec.scale.rule = ScaleRule::Floor;
        spec.scale.targets.clear();
        spec.tensorScale.reset();
        if (spec.arithmetic != Arithmetic::Float32)
            spec.arithmetic = Arithmetic::Exact;
    } else {
        // A tensor scale for a codec that reaches further would push every block's scale beyond the last one.
        if (spec.tensorScale) {
            const double largest = ScaleCodec(codec).encode(std::numeric_limits<float>::max()).value;
            const double reach = largest * Codebook(spec.elements.front(), spec.tie).target();
            spec.tensorScale->target = std::min(spec.tensorScale->target, reach);
        }
        spec.scale.offsets = {0};
        if (spec.special && spec.special->kind == SpecialKind::BlockMaximum)
            spec.special.reset();
        if (spec.chooser && spec.chooser->rule == ChooserRule::Mxffp)
            spec.chooser->rule = ChooserRule::Search;
    }
    if (spec.chooser && !ScaleCodec(codec).hasSpareSign())
        spec.chooser->bits.reset();
    return validated(std::move(spec));
}

FormatSpec withMicroBits(FormatSpec spec, int bits)
{
    if (bits == 0) {
        spec.micro.reset();
        return validated(std::move(spec));
    }
    if (!spec.micro) {
        spec.micro = MicroSpec{};
        if (spec.chooser)  // MXFFP's rule knows no micro-scale
            spec.chooser->rule = ChooserRule::Search;
        spec.scale.splitSign = false;
        spec.special.reset();
        // The other float32 orders multiply by a reciprocal and leave no place for a micro-scale.
        if (spec.arithmetic != Arithmetic::Exact)
            spec.arithmetic = Arithmetic::Float32;
    }
    spec.micro->bits = bits;
    return validated(std::move(spec));
}

FormatSpec withAdaptiveMicroexponent(FormatSpec spec, bool on)
{
    if (!on) {
        spec.chooser.reset();
        spec.elements.resize(1);
    } else if (!spec.chooser) {
        spec.elements.push_back(uniformBeside(spec.elements.front()));
        spec.chooser = ChooserSpec{};
        spec.scale.splitSign = false;
        spec.special.reset();
    }
    return validated(std::move(spec));
}

FormatSpec withCodeRecycling(FormatSpec spec, bool on)
{
    for (ElementBook& book : spec.elements) {
        if (on && !book.recycle) {
            book.recycle = Recycle{};
            book.twosComplement = false;
        } else if (!on) {
            book.recycle.reset();
        }
    }
    if (on)
        spec.special.reset();
    return validated(std::move(spec));
}

}  // namespace nanoscope
