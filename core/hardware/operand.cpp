#include "core/hardware/operand.h"

#include "core/error.h"
#include "core/format/format_storage.h"
#include "core/format/named_format.h"
#include "core/hardware/gate_area.h"
#include "core/hardware/operand_notes.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace nanoscope {
namespace {

constexpr int kWidestCode = 32;
constexpr int kMostExponentBits = 8;
constexpr int kTableWidth = 8;  // bits that levels without a common step are rounded to

/// Width of a two's complement integer that holds every level as a multiple of a common power of two; kTableWidth when
/// there is none so narrow.
int integerWidth(const std::vector<double>& levels)
{
    double most = 0.0;
    for (const double level : levels)
        most = std::max(most, std::abs(level));
    for (int exponent = 10; exponent > -20; --exponent) {
        const auto whole = [exponent](double level) {
            const double scaled = std::ldexp(level, -exponent);
            return scaled == std::floor(scaled);
        };
        if (most > 0.0 && std::all_of(levels.begin(), levels.end(), whole)) {
            const double largest = std::ldexp(most, -exponent);
            if (largest < 128.0)
                return 1 + static_cast<int>(std::bit_width(static_cast<unsigned>(largest)));
        }
    }
    return kTableWidth;
}

/// Multiples of the smallest positive level that a recycled value is, cut to whole ones.
unsigned recycledSteps(const ElementBook& book)
{
    const double step = std::ldexp(book.gain, 1 - book.bias() - book.mantissaBits);
    return static_cast<unsigned>(std::min(65535.0, std::abs(book.recycle->value) / step));
}

void readRecycling(const std::vector<ElementBook>& books, Operand& operand)
{
    for (const ElementBook& book : books) {
        if (!book.recycle)
            continue;
        operand.recycled = true;
        if (book.recycle->mode == RecycleMode::HalfOfSmallest || book.kind != BookKind::Float) {
            operand.recycledShift = std::max(operand.recycledShift, 1);
            continue;
        }
        const unsigned steps = std::max(1U, recycledSteps(book));
        const int wide = static_cast<int>(std::bit_width(steps));
        const int fixed = book.mantissaBits + (1 << book.exponentBits) - 1;
        operand.recycledShift = std::max(operand.recycledShift, wide - fixed);
        operand.recycledSignificand
            = std::max(operand.recycledSignificand, wide - static_cast<int>(std::countr_zero(steps)));
    }
}

bool isPlain(const ElementBook& book)
{
    return book.kind == BookKind::Float || book.kind == BookKind::Integer;
}

/// Significand bits of a plain book read as a float.
int significandOf(const ElementBook& book)
{
    return book.kind == BookKind::Float ? book.mantissaBits + 1 : std::max(1, book.bits - 1);
}

bool isInteger(const ElementBook& book)
{
    return book.kind == BookKind::Integer;
}

/// Plain books with a float among them: the float of most exponent bits, and the others as second readings of its
/// codes.
void readFloats(const std::vector<ElementBook>& books, Operand& operand)
{
    const auto exponentOf = [](const ElementBook& book) { return isInteger(book) ? 0 : book.exponentBits; };
    const ElementBook& widest = *std::max_element(books.begin(), books.end(),
        [&](const ElementBook& a, const ElementBook& b) { return exponentOf(a) < exponentOf(b); });
    operand.exponentBits = widest.exponentBits;
    operand.mantissaBits = widest.mantissaBits;
    for (const ElementBook& book : books) {
        operand.adaptiveSignificand = std::max(operand.adaptiveSignificand, significandOf(book));
        operand.adaptive = operand.adaptive || isInteger(book) || book.exponentBits != widest.exponentBits
            || book.mantissaBits != widest.mantissaBits;
    }
}

void readTable(const std::vector<ElementBook>& books, bool isFitted, Operand& operand)
{
    operand.isFloat = false;
    operand.decode = isFitted ? CodeDecode::WritableCodebook : CodeDecode::FixedCodebook;
    operand.width = 2;
    for (const ElementBook& book : books) {
        operand.tableEntries += 1 << book.codeBits();
        const int width = book.kind == BookKind::Table ? integerWidth(book.levels)
            : book.kind == BookKind::Integer           ? book.bits
                                                       : kTableWidth;
        operand.width = std::max(operand.width, width);
    }
}

void readPosit(const ElementBook& book, Operand& operand)
{
    operand.decode = CodeDecode::Posit;
    operand.isFloat = true;
    operand.mantissaBits = std::max(0, book.bits - 3);
    const int largestScale = (book.bits - 2) << std::min(book.exponentBits, 4);
    operand.exponentBits = std::clamp(ceilLog2(2 * largestScale + 1), 2, kMostExponentBits);
}

void readElements(const FormatSpec& spec, Operand& operand)
{
    const std::vector<ElementBook>& books = spec.elements;
    const ElementBook& first = books.front();
    operand.codeBits = spec.codeBits();
    const bool isFitted = first.kind == BookKind::Fitted;
    if (first.kind == BookKind::Posit) {
        readPosit(first, operand);
    } else if (!std::all_of(books.begin(), books.end(), isPlain)) {
        readTable(books, isFitted, operand);
    } else if (std::all_of(books.begin(), books.end(), isInteger)) {
        operand.isFloat = false;
        operand.width = 0;
        for (const ElementBook& book : books)
            operand.width = std::max(operand.width, book.midRise ? book.bits + 1 : book.bits);
    } else {
        readFloats(books, operand);
    }
    readRecycling(books, operand);
    if (operand.codeBits > kWidestCode || operand.width > kWidestCode || operand.exponentBits > kMostExponentBits)
        throw Error({}, "elements of " + std::to_string(operand.codeBits) + " bits have no datapath here",
            "price codes of at most 32 bits with at most 8 exponent bits", ErrorKind::Refused);
}

void readScale(const FormatSpec& spec, Operand& operand)
{
    // Of a two-dimensional tile, a row of it runs along the dot product.
    operand.block = spec.geometry.wholeRow ? 0 : std::max(1, spec.geometry.block / std::max(1, spec.geometry.tileRows));
    const auto minifloat = [&operand](int exponentBits, int mantissaBits) {
        operand.scale = ScaleUse::Minifloat;
        operand.scaleExponentBits = exponentBits;
        operand.scaleMantissaBits = mantissaBits;
        operand.scaleBits = exponentBits + mantissaBits;
    };
    const auto floatFactor = [&operand](int bits) {
        operand.scale = ScaleUse::FloatFactor;
        operand.scaleBits = bits;
    };
    switch (spec.scale.codec) {
    case ScaleCodecId::E8M0:
        return;
    case ScaleCodecId::E5M0:
        operand.scaleExponentBits = operand.scaleBits = 5;
        return;
    case ScaleCodecId::SHIFT2:
        operand.scaleExponentBits = operand.scaleBits = 2;
        return;
    case ScaleCodecId::E8M1:
        return minifloat(8, 1);
    case ScaleCodecId::E8M2:
        return minifloat(8, 2);
    case ScaleCodecId::E8M3:
        return minifloat(8, 3);
    case ScaleCodecId::E4M3:
        return minifloat(4, 3);
    case ScaleCodecId::UE5M3:
        return minifloat(5, 3);
    case ScaleCodecId::E5M2:
        return minifloat(5, 2);
    case ScaleCodecId::E3M3:
        return minifloat(3, 3);
    case ScaleCodecId::UINT8:
        return minifloat(0, 8);
    case ScaleCodecId::FP16:
    case ScaleCodecId::BF16:
        return floatFactor(16);
    case ScaleCodecId::FP32:
    case ScaleCodecId::DYADIC:
        return floatFactor(32);
    case ScaleCodecId::None:
        operand.scale = ScaleUse::None;
        operand.scaleBits = 0;
        operand.block = 0;
        return;
    }
}

void readMetadata(const FormatSpec& spec, Operand& operand)
{
    operand.selectorBits = selectorBits(spec);
    if (spec.chooser && spec.chooser->unit == Unit::Subgroup)
        operand.selectorGroup = spec.geometry.subgroup();
    if (spec.micro && spec.micro->rule == MicroRule::MaximumExponent) {
        operand.microexponentBits = spec.micro->bits;
        operand.subgroup = spec.geometry.subgroup();
    } else if (spec.micro && spec.micro->unit == Unit::Subgroup) {
        operand.subgroupBits = spec.micro->bits;
        operand.subgroup = spec.geometry.subgroup();
    } else if (spec.micro) {
        operand.nanoBits = spec.micro->bits;
    }
    if (!spec.special)
        return;
    if (spec.special->kind == SpecialKind::Top1) {
        operand.top1Bits = spec.special->bits;
        operand.subgroup = spec.geometry.subgroup();
    } else if (spec.special->kind == SpecialKind::BlockMaximum) {
        operand.blockMaximumIndex = ceilLog2(std::max(2, spec.geometry.block));
    } else {
        operand.isWhole = false;
        operand.notes.emplace_back("exceptions kept at 16 bits are not priced");
    }
}

const FormatSpec& widestPart(const MixSpec& mix)
{
    return *std::max_element(mix.parts.begin(), mix.parts.end(),
        [](const FormatSpec& a, const FormatSpec& b) { return a.codeBits() < b.codeBits(); });
}

}  // namespace

int Operand::significand() const
{
    int bits = mantissaBits + 1;
    if (adaptive)
        bits = std::max(bits, adaptiveSignificand);
    if (recycled)
        bits = std::max(bits, recycledSignificand);
    return bits;
}

int Operand::mostShift() const
{
    return (1 << exponentBits) - 2 + (recycled ? recycledShift : 0);
}

int Operand::fixedWidth() const
{
    return mantissaBits + 1 + mostShift();
}

int Operand::scaleSignificand() const
{
    if (scale != ScaleUse::Minifloat)
        return 0;
    return scaleExponentBits > 0 ? scaleMantissaBits + 1 : scaleMantissaBits;
}

Operand operandOf(const FormatSpec& spec)
{
    if (spec.mix) {
        FormatSpec part = widestPart(*spec.mix);
        part.geometry = spec.geometry;
        Operand operand = operandOf(part);
        operand.isWhole = false;
        operand.notes.emplace_back("mixed format: priced as its widest part");
        return operand;
    }
    Operand operand;
    const FormatSpec settled = settledByEncoder(spec);
    readElements(settled, operand);
    readScale(settled, operand);
    readMetadata(settled, operand);
    detail::addNotes(spec, operand);
    return operand;
}

Operand withoutFeatures(Operand operand)
{
    if (operand.adaptive || operand.recycled)
        operand.selectorBits = 0;  // what is chosen is one of the two
    operand.adaptive = false;
    operand.recycled = false;
    operand.nanoBits = 0;
    return operand;
}

}  // namespace nanoscope
