#include "core/format/codebook.h"
#include "core/format/edit_refusal.h"
#include "core/format/format_spec.h"
#include "core/format/scale_codec.h"

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

void setFloatBits(ElementBook& book, int bits)
{
    if (bits - 1 < book.exponentBits) {
        book.exponentBits = bits - 1;
        book.givenBias.reset();  // it belonged to another range
    }
    if (book.exponentBits == 1)  // too few codes to spend one on NaN
        book.top = TopCodes::Finite;
    book.mantissaBits = bits - 1 - book.exponentBits;
    if (book.exponentBits + book.mantissaBits < 2)  // too few levels to do without one
        book.subnormals = true;
}

/// @param keepsStep  true: the step stays (a real-valued scale makes up for the range); false: the largest octave stays
void setIntegerBits(ElementBook& book, int bits, bool keepsStep)
{
    if (!keepsStep)
        book.lsb += book.bits - bits;
    if (book.target && book.nested)
        book.target = std::ldexp(*book.target, bits - book.bits);
    else if (book.target && keepsStep)  // the same distance from the end of the codes
        *book.target += (std::ldexp(1.0, bits - 1) - std::ldexp(1.0, book.bits - 1)) * book.gain;
    book.bits = bits;
    if (book.nested)
        book.nested->bits = std::max(book.nested->bits, bits);
}

/// The same kind of book with another width: floats change their mantissa.
void setBookBits(ElementBook& book, int bits, bool keepsStep)
{
    const bool hasStandardId = book.id == book.standardId();
    const int oldBits = book.codeBits();
    switch (book.kind) {
    case BookKind::Table:
        if (bits != oldBits)
            refuseEdit("elements",
                std::string("the table ")
                    .append(book.id)
                    .append(" has codes of ")
                    .append(std::to_string(oldBits))
                    .append(" bits"),
                "write another table to its levels, or take a codebook of another kind");
        return;
    case BookKind::Float:
        setFloatBits(book, bits);
        break;
    case BookKind::Integer:
        setIntegerBits(book, bits, keepsStep);
        break;
    case BookKind::Posit:
    case BookKind::Fitted:
        book.bits = bits;
        break;
    }
    const std::string oldDigits = std::to_string(oldBits);
    if (hasStandardId)
        book.id = book.standardId();
    else if (book.kind != BookKind::Float && book.id.ends_with(oldDigits))
        book.id.replace(book.id.size() - oldDigits.size(), oldDigits.size(), std::to_string(bits));
}

/// Targets of floats follow their largest level; a book whose gain makes that level 1 keeps it there.
void keepReach(ElementBook& book, double oldLargest, double newLargest)
{
    constexpr double kRounding = 1e-9;
    if (book.kind != BookKind::Float || oldLargest == newLargest)
        return;
    if (book.gain != 1.0 && std::fabs(oldLargest - 1.0) < kRounding)
        book.gain *= oldLargest / newLargest;
    else if (book.target)
        *book.target *= newLargest / oldLargest;
}

/// What stands for the largest level elsewhere in the spec follows it, from `before` to `spec`.
void keepTargets(FormatSpec& spec, const FormatSpec& before)
{
    const Codebook oldBook(before.elements.front(), before.tie);
    const Codebook newBook(spec.elements.front(), spec.tie);
    const double ratio = newBook.largest() / oldBook.largest();
    for (double& target : spec.scale.targets)
        target = target / oldBook.largest() * newBook.largest();
    if (!spec.tensorScale || ratio == 1.0)
        return;
    TensorScaleSpec& scale = *spec.tensorScale;
    const int octaves = newBook.largestExponent() - oldBook.largestExponent();
    const bool isMean = scale.statistic == ScaleStatistic::MeanAbsolute;
    const bool isPowerOfTwo = scale.codec == TensorScaleCodec::E8M0;
    if (isMean && isPowerOfTwo)  // the mean keeps its level
        for (int& offset : scale.offsets)
            offset += octaves;
    else if (!isMean)
        scale.target
            = isPowerOfTwo ? std::ldexp(scale.target, octaves) : scale.target / oldBook.largest() * newBook.largest();
}

}  // namespace

FormatSpec withCodeBits(FormatSpec spec, int bits)
{
    if (bits == spec.codeBits())
        return spec;
    if (!spec.mix && spec.encoder.id == EncoderId::MicroScopiQ) {
        spec.encoder.bits = bits;
        return validated(std::move(spec));
    }
    requirePlain(spec, "code bits");
    const FormatSpec before = spec;
    const bool isRealValued
        = !isPowerOfTwoCodec(spec.scale.codec) && (spec.scale.codec != ScaleCodecId::None || spec.tensorScale);
    const bool keepsStep = isRealValued && spec.elements.size() == 1;
    for (ElementBook& book : spec.elements)
        setBookBits(book, bits, keepsStep);
    if (spec.special && spec.special->kind == SpecialKind::BlockMaximum)
        spec.special->mantissaBits = bits - 1;
    if (spec.special && spec.special->kind == SpecialKind::Top1) {
        spec.special->fine = spec.elements.front();
        setBookBits(spec.special->fine, bits + spec.special->bits, false);
    }
    spec = validated(std::move(spec));  // no codebook is made of a width that is refused
    for (std::size_t i = 0; i < spec.elements.size(); ++i)
        keepReach(spec.elements[i], Codebook(before.elements[i], spec.tie).largest(),
            Codebook(spec.elements[i], spec.tie).largest());
    keepTargets(spec, before);
    return validated(std::move(spec));
}

FormatSpec withExponentBits(FormatSpec spec, std::size_t book, int bits)
{
    requirePlain(spec, "exponent bits");
    const std::string field = std::string("elements.").append(std::to_string(book)).append(".e");
    if (book >= spec.elements.size() || spec.elements[book].kind != BookKind::Float)
        refuseEdit(field, "only codebooks of floats have an exponent", "take another codebook");
    const FormatSpec before = spec;
    ElementBook& changed = spec.elements[book];
    if (bits == changed.exponentBits)
        return spec;
    const int width = changed.codeBits();
    if (bits < 1 || bits > width - 1)
        refuseEdit(field,
            std::string("an element of ").append(std::to_string(width)).append(" bits has no such exponent"),
            std::string("take 1 to ").append(std::to_string(width - 1)));
    const bool hasStandardId = changed.id == changed.standardId();
    changed.exponentBits = bits;
    changed.mantissaBits = width - 1 - bits;
    changed.givenBias.reset();  // it belonged to another range
    if (bits == 1)
        changed.top = TopCodes::Finite;
    if (hasStandardId)
        changed.id = changed.standardId();
    spec = validated(std::move(spec));
    if (book < spec.elements.size())
        keepReach(spec.elements[book], Codebook(before.elements[book], spec.tie).largest(),
            Codebook(spec.elements[book], spec.tie).largest());
    if (book == 0)
        keepTargets(spec, before);
    return validated(std::move(spec));
}

}  // namespace nanoscope
