// The fields of codebooks that belong to one kind of them.

#include "widgets/format_fields_book.h"

#include "core/format/scale_codec.h"

#include <QCoreApplication>

namespace nanoscope {
namespace {

constexpr int kShortCode = 4;  // bits; shorter floats rarely differ in more than exponent and mantissa

/// Texts of this file are translated with those of the view that shows them.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::FormatEditor)
};

bool isFloat(const FormatSpec& /*spec*/, const ElementBook& book)
{
    return book.kind == BookKind::Float;
}

bool isInteger(const FormatSpec& /*spec*/, const ElementBook& book)
{
    return book.kind == BookKind::Integer;
}

bool isTwosComplement(const FormatSpec& /*spec*/, const ElementBook& book)
{
    return book.kind == BookKind::Integer && book.twosComplement;
}

bool isTable(const FormatSpec& /*spec*/, const ElementBook& book)
{
    return book.kind == BookKind::Table;
}

/// Integers that are read from a wider code, or sum few powers of two, have their levels given in the wider code.
bool readsCodes(const ElementBook& book)
{
    return book.nested || book.hotBits > 0;
}

void setLevels(ElementBook& book, std::vector<double> levels)
{
    if (levels == book.levels)
        return;
    book.levels = std::move(levels);
    book.id = book.standardId();  // a name such as NF4 no longer says what it is
}

}  // namespace

void BookFields::addFloat()
{
    const auto isLong = [](const ElementBook& book) { return book.codeBits() > kShortCode; };
    m_fields.addChoiceAt(info(
                             "topCodes", Text::tr("Top codes"),
                             Text::tr("What the codes of the highest exponent mean: numbers like all others, or NaN "
                                      "and infinity; fnuz: only the code of −0 is NaN"),
                             [isLong](const FormatSpec& spec, const ElementBook& book) {
                                 return isFloat(spec, book) && (isLong(book) || book.top != TopCodes::Finite);
                             },
                             isFloat),
        {FormatFields::option(Text::tr("numbers"), TopCodes::Finite),
            FormatFields::option(Text::tr("last is NaN"), TopCodes::OneNan),
            FormatFields::option(Text::tr("infinity, NaN"), TopCodes::Ieee),
            FormatFields::option(Text::tr("−0 is NaN (fnuz)"), TopCodes::Fnuz)},
        at(&ElementBook::top));
    m_fields.addOptionalInteger(
        info(
            "exponentBias", Text::tr("Exponent bias"),
            Text::tr("Moves all levels by a power of two; empty: the standard one, 2^(e−1) − 1"),
            [](const FormatSpec& spec, const ElementBook& book) {
                return isFloat(spec, book) && (book.givenBias || spec.scale.codec == ScaleCodecId::None);
            },
            isFloat),
        Text::tr("standard"), get<std::optional<int>>([](const ElementBook& book) { return book.givenBias; }),
        set<std::optional<int>>([](ElementBook& book, std::optional<int> bias) { book.givenBias = bias; }));
    m_fields.addSwitchAt(info(
                             "subnormals", Text::tr("Subnormals"),
                             Text::tr("The smallest exponent holds levels of its own; without them it means zero"),
                             [isLong](const FormatSpec& spec, const ElementBook& book) {
                                 return isFloat(spec, book) && (isLong(book) || !book.subnormals);
                             },
                             isFloat),
        at(&ElementBook::subnormals));
}

void BookFields::addInteger()
{
    m_fields.addIntegerAt(
        info("step", Text::tr("Step exponent"), Text::tr("Uniform levels lie 2^this apart"), isInteger), -60, 60,
        at(&ElementBook::lsb));
    m_fields.addSwitchAt(
        info("twosComplement", Text::tr("Two’s complement"), Text::tr("One more negative level in place of −0"),
            [](const FormatSpec& spec, const ElementBook& book) {
                return isInteger(spec, book) && !book.recycle && !book.midRise;
            }),
        at(&ElementBook::twosComplement));
    m_fields.addSwitch(info(
                           "midRise", Text::tr("Mid-rise"),
                           Text::tr("Levels at odd half steps: as many positive as negative ones, none at zero"),
                           [](const FormatSpec&, const ElementBook& book) { return book.midRise; },
                           [](const FormatSpec& spec, const ElementBook& book) {
                               return isInteger(spec, book) && !readsCodes(book) && !book.recycle;
                           }),
        get<bool>([](const ElementBook& book) { return book.midRise; }), set<bool>([](ElementBook& book, bool on) {
            book.midRise = on;
            book.twosComplement = book.twosComplement && !on;
            if (book.id.starts_with("INT") || book.id.starts_with("bipolar"))
                book.id = book.standardId();
        }));
    m_fields.addChoiceAt(info(
                             "overflow", Text::tr("Overflow"),
                             Text::tr("What becomes of a value beyond the outermost level: it takes that level, or its "
                                      "code wraps around to the other end"),
                             [](const FormatSpec&, const ElementBook& book) { return book.overflow == Overflow::Wrap; },
                             [](const FormatSpec& spec, const ElementBook& book) {
                                 return isTwosComplement(spec, book) && !readsCodes(book);
                             }),
        {FormatFields::option(Text::tr("saturates"), Overflow::Saturate),
            FormatFields::option(Text::tr("wraps around"), Overflow::Wrap)},
        at(&ElementBook::overflow));
}

void BookFields::addStoredCode()
{
    const auto mayRead = [](const FormatSpec& spec, const ElementBook& book) {
        return isTwosComplement(spec, book) && book.overflow == Overflow::Saturate;
    };
    m_fields.addIntegerAt(
        info(
            "hotBits", Text::tr("Powers of two"),
            Text::tr("Keeps only that many powers of two of a code, so that a product takes that many "
                     "shifts (K-hot); 0: all"),
            [](const FormatSpec&, const ElementBook& book) { return book.hotBits > 0; }, mayRead),
        0, 8, at(&ElementBook::hotBits));
    m_fields.addInteger(
        info(
            "nestedBits", Text::tr("Stored code bits"),
            Text::tr("Width of a wider stored code of which only the leading bits are read (Double "
                     "Rounding, bit planes); 0: the code is stored as it is"),
            [](const FormatSpec&, const ElementBook& book) { return book.nested.has_value(); }, mayRead),
        0, 16, get<int>([](const ElementBook& book) { return book.nested ? book.nested->bits : 0; }),
        set<int>([](ElementBook& book, int bits) {
            if (bits == 0) {
                book.nested.reset();
                return;
            }
            Nested nested = book.nested.value_or(Nested{});
            nested.bits = book.nested ? bits : std::max(bits, book.bits);
            book.nested = nested;
        }));
    m_fields.addChoice(info("nestedRule", Text::tr("Read by"),
                           Text::tr("How the wider code becomes the shorter one: the nearest code, or the leading bits "
                                    "as they are"),
                           [](const FormatSpec&, const ElementBook& book) { return book.nested.has_value(); }),
        FormatFields::Options{FormatFields::option(Text::tr("rounding"), ReadRule::Round),
            FormatFields::option(Text::tr("leading bits"), ReadRule::Floor)},
        get<int>([](const ElementBook& book) { return static_cast<int>(book.nested->rule); }),
        set<int>([](ElementBook& book, int rule) { book.nested->rule = static_cast<ReadRule>(rule); }));
}

void BookFields::addPosit()
{
    m_fields.addInteger(info("positExponent", Text::tr("Posit exponent bits"),
                            Text::tr("Bits of the exponent beside the posit’s regime (es): each doubles the octaves "
                                     "that a step of the regime covers"),
                            [](const FormatSpec&, const ElementBook& book) { return book.kind == BookKind::Posit; }),
        0, 4, get<int>([](const ElementBook& book) { return book.exponentBits; }),
        set<int>([](ElementBook& book, int bits) {
            book.exponentBits = bits;
            book.id = book.standardId();
        }));
}

void BookFields::addTable()
{
    m_fields.addLevels(
        info("levels", Text::tr("Levels"),
            Text::tr("The levels by code, the first is that of code 0: 2 to 256 numbers, typed or pasted, "
                     "set apart by commas, blanks or lines; their number makes the bits of a code"),
            isTable),
        get<std::vector<double>>([](const ElementBook& book) { return book.levels; }),
        set<std::vector<double>>([](ElementBook& book, std::vector<double> levels) { setLevels(book, levels); }));
    m_fields.addText(info(
                         "bookName", Text::tr("Table name"), Text::tr("What the views call the codebook"),
                         [](const FormatSpec&, const ElementBook&) { return false; }, isTable),
        Text::tr("table"), get<QString>([](const ElementBook& book) { return QString::fromStdString(book.id); }),
        set<QString>([](ElementBook& book, const QString& name) {
            book.id = name.trimmed().isEmpty() ? book.standardId() : name.trimmed().toStdString();
        }));
}

}  // namespace nanoscope
