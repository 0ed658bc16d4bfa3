#include "core/format/format_checks.h"

#include <cmath>
#include <cstdlib>
#include <limits>
#include <set>

namespace nanoscope::detail {

void refuse(const std::string& field, const std::string& value, const std::string& allowed)
{
    throw Error(field, "value " + value + " is refused", "allowed: " + allowed, ErrorKind::Refused);
}

void requireRange(const std::string& field, int value, int lowest, int highest)
{
    if (value < lowest || value > highest)
        refuse(field, std::to_string(value), std::to_string(lowest) + " to " + std::to_string(highest));
}

bool fitsFloat(double value)
{
    constexpr auto kLowest = static_cast<double>(std::numeric_limits<float>::min());
    constexpr auto kHighest = static_cast<double>(std::numeric_limits<float>::max());
    return value >= kLowest && value <= kHighest;
}

void requirePositive(const std::string& field, const std::optional<double>& value)
{
    if (value && !fitsFloat(*value))
        refuse(field, numberText(*value), "a positive number that float32 holds");
}

namespace {

void checkFloatBook(const std::string& field, const ElementBook& book)
{
    requireRange(field + ".e", book.exponentBits, 1, 8);
    requireRange(field + ".m", book.mantissaBits, 0, 10);
    if (book.top == TopCodes::Ieee && book.exponentBits < 2)
        refuse(field + ".top", "ieee", "finite nan1 for a 1-bit exponent");
    if (book.top == TopCodes::OneNan && book.exponentBits == 1 && book.mantissaBits == 0)
        refuse(field + ".top", "nan1", "finite for E1M0");
    if (book.givenBias)
        requireRange(field + ".bias", *book.givenBias, -64, 200);
    if (!book.subnormals && book.exponentBits + book.mantissaBits < 2)
        refuse(field + ".subnormals", "false", "true for a book of so few levels");
}

void checkIntegerBook(const std::string& field, const ElementBook& book)
{
    requireRange(field + ".bits", book.bits, book.midRise ? 1 : 2, 16);
    requireRange(field + ".lsb", book.lsb, -60, 60);
    requireRange(field + ".hot", book.hotBits, 0, 8);
    const bool readsCodes = book.nested || book.hotBits > 0 || book.overflow == Overflow::Wrap;
    if (readsCodes && (book.midRise || !book.twosComplement))
        refuse(field + ".twos", "false", "true, without mid_rise, beside nested, hot or overflow wrap");
    if (book.overflow == Overflow::Wrap && (book.nested || book.hotBits > 0))
        refuse(field + ".overflow", "wrap", "saturate beside nested or hot");
    if (book.nested)
        requireRange(field + ".nested.bits", book.nested->bits, book.bits, 16);
    if (book.midRise && book.twosComplement)
        refuse(field + ".twos", "true", "false beside mid_rise");
}

void checkTable(const std::string& field, const ElementBook& book)
{
    if (book.levels.size() < 2 || book.levels.size() > 256)
        refuse(field + ".levels", std::to_string(book.levels.size()) + " levels", "2 to 256 numbers");
    for (const double level : book.levels)
        if (level != 0.0 && !fitsFloat(std::fabs(level)))
            refuse(field + ".levels", numberText(level), "numbers that float32 holds");
    if (std::set<double>(book.levels.begin(), book.levels.end()).size() < 2)
        refuse(field + ".levels", "one value", "at least two different numbers");
}

void checkRecycle(const std::string& field, const ElementBook& book)
{
    const bool hasMinusZero = (book.kind == BookKind::Float && book.top != TopCodes::Fnuz)
        || (book.kind == BookKind::Integer && !book.twosComplement && !book.midRise);
    if (!hasMinusZero)
        refuse(field + ".recycle", std::string(nameOf(kRecycleModeNames, book.recycle->mode)),
            "null for a two's complement book or any other that has no code of minus zero");
    if (book.recycle->mode == RecycleMode::HalfOfSmallest && std::abs(book.recycle->sign) != 1)
        refuse(field + ".recycle.sign", std::to_string(book.recycle->sign), "1 -1");
    if (book.recycle->mode == RecycleMode::Value && !fitsFloat(std::fabs(book.recycle->value)))
        refuse(field + ".recycle.value", numberText(book.recycle->value), "a number other than 0 that float32 holds");
}

}  // namespace

void checkBook(const std::string& field, const ElementBook& book)
{
    switch (book.kind) {
    case BookKind::Float:
        checkFloatBook(field, book);
        requireRange(field + ".e + m + sign", book.codeBits(), 2, 19);
        break;
    case BookKind::Integer:
        checkIntegerBook(field, book);
        break;
    case BookKind::Posit:
        requireRange(field + ".bits", book.bits, 3, 16);
        requireRange(field + ".es", book.exponentBits, 0, 4);
        break;
    case BookKind::Table:
        checkTable(field, book);
        break;
    case BookKind::Fitted:
        requireRange(field + ".bits", book.bits, 1, 8);
        break;
    }
    requirePositive(field + ".gain", book.gain);
    requirePositive(field + ".target", book.target);
    if (book.recycle)
        checkRecycle(field, book);
}

}  // namespace nanoscope::detail
