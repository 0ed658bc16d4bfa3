// The fields of the element codebooks: which kind each is, and what all kinds share.

#include "widgets/format_fields_book.h"

#include "core/format/codebook.h"
#include "core/format/scale_codec.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

constexpr std::size_t kShownBooks = 8;  // the shipped presets have up to five

/// Entries of the choice of a codebook: exponent bits of a float, or one of these.
enum OtherBook { IntegerBook = 0, PositBook = -1, TableBook = -2, FittedBook = -3 };

constexpr int kMostExponentBits = 8;
constexpr int kMostMantissaBits = 10;
constexpr int kMostPositBits = 16;
constexpr int kMostFittedBits = 8;

/// Texts of this file are translated with those of the view that shows them.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::FormatEditor)
};

/// What the top exponent of the OCP 8-bit floats means by their standard.
TopCodes standardTopCodes(int exponentBits, int mantissaBits)
{
    if (exponentBits == 4 && mantissaBits == 3)
        return TopCodes::OneNan;
    if (exponentBits == 5 && mantissaBits == 2)
        return TopCodes::Ieee;
    return TopCodes::Finite;
}

/// The levels of a codebook by code, for a table that starts where the book was. Codes without a number become 0.
std::vector<double> levelsOf(const ElementBook& book, TieRule tie)
{
    const Codebook levels(book, tie);
    std::vector<double> values;
    for (std::uint32_t code = 0; code < levels.codeCount(); ++code)
        values.push_back(std::isfinite(levels.level(code)) ? levels.level(code) / book.gain + 0.0 : 0.0);
    return values;
}

/// Another kind of codebook of the same width; what it shares with the old one stays.
ElementBook otherBook(const ElementBook& old, int choice, TieRule tie)
{
    const int bits = old.codeBits();
    ElementBook book;
    book.gain = old.gain;
    book.target = old.target;
    switch (choice) {
    case IntegerBook:
        book.kind = BookKind::Integer;
        book.bits = bits;
        book.lsb = std::clamp(Codebook(old, tie).largestExponent() - (bits - 2), -60, 60);
        break;
    case PositBook:
        book.kind = BookKind::Posit;
        book.bits = bits;
        book.exponentBits = 1;
        break;
    case TableBook:
        book.kind = BookKind::Table;
        book.levels = levelsOf(old, tie);
        break;
    case FittedBook:
        book.kind = BookKind::Fitted;
        book.bits = bits;
        break;
    default:
        book.exponentBits = choice;
        book.mantissaBits = bits - 1 - choice;
        book.top = standardTopCodes(book.exponentBits, book.mantissaBits);
        break;
    }
    if (book.kind == BookKind::Float || (book.kind == BookKind::Integer && !old.midRise))
        book.recycle = old.recycle;
    book.id = book.standardId();
    return book;
}

int choiceOf(const ElementBook& book)
{
    switch (book.kind) {
    case BookKind::Float:
        return book.exponentBits;
    case BookKind::Integer:
        return IntegerBook;
    case BookKind::Posit:
        return PositBook;
    case BookKind::Table:
        return TableBook;
    case BookKind::Fitted:
        return FittedBook;
    }
    return IntegerBook;
}

FormatFields::Options bookOptions(const FormatSpec& spec)
{
    const int bits = spec.codeBits();
    FormatFields::Options options;
    for (int e = 1; e <= kMostExponentBits && e <= bits - 1; ++e)
        if (bits - 1 - e <= kMostMantissaBits)
            options.push_back({QStringLiteral("E%1M%2").arg(e).arg(bits - 1 - e), e});
    options.push_back({Text::tr("integer"), IntegerBook});
    if (bits >= 3 && bits <= kMostPositBits)
        options.push_back({Text::tr("posit"), PositBook});
    if (bits <= kMostFittedBits) {
        options.push_back({Text::tr("table"), TableBook});
        if (spec.elements.size() == 1)
            options.push_back({Text::tr("k-means"), FittedBook});
    }
    return options;
}

/// The choices of what the code of -0 stands for.
enum RecycleChoice { Wasted, PositiveHalf, NegativeHalf, StatedValue };

int recycleChoice(const ElementBook& book)
{
    if (!book.recycle)
        return Wasted;
    if (book.recycle->mode == RecycleMode::Value)
        return StatedValue;
    return book.recycle->sign > 0 ? PositiveHalf : NegativeHalf;
}

void setRecycleChoice(ElementBook& book, int choice)
{
    Recycle recycle;
    recycle.sign = choice == NegativeHalf ? -1 : 1;
    if (choice == StatedValue) {
        // Start where the half of the smallest level was, so that the choice alone changes no level.
        const double smallest = Codebook(book, TieRule::Even).magnitudes()[1];
        recycle.mode = RecycleMode::Value;
        recycle.value = book.recycle && book.recycle->sign < 0 ? -smallest / 2 : smallest / 2;
        recycle.sign = 1;
    }
    book.recycle = choice == Wasted ? std::nullopt : std::optional(recycle);
}

void addBookCount(FormatFields& fields)
{
    fields.addInteger(
        {QStringLiteral("bookCount"), Text::tr("Codebooks"),
            Text::tr("How many codebooks there are to choose from; a new one starts as a copy of the last"),
            [](const FormatSpec& spec) { return spec.chooser.has_value(); }, {}},
        2, static_cast<int>(kShownBooks), [](const FormatSpec& spec) { return static_cast<int>(spec.elements.size()); },
        [](FormatSpec spec, int count) {
            spec.elements.resize(static_cast<std::size_t>(count), ElementBook(spec.elements.back()));
            spec.chooser->bits.reset();
            return spec;
        });
}

}  // namespace

FieldInfo BookFields::info(
    const char* id, const QString& label, const QString& tip, BookTest matters, BookTest isPossible) const
{
    const auto onBook = [index = m_index](BookTest test) -> SpecTest {
        if (!test)
            return {};
        return [index, test = std::move(test)](
                   const FormatSpec& spec) { return index < spec.elements.size() && test(spec, spec.elements[index]); };
    };
    const QString number = m_index == 0 ? QString() : QString::number(m_index + 1);
    return {QString::fromLatin1(id) + number, number.isEmpty() ? label : label + u' ' + number, tip,
        onBook(std::move(matters)), onBook(std::move(isPossible))};
}

void BookFields::add()
{
    addKind();
    addFloat();
    addInteger();
    addStoredCode();
    addPosit();
    addTable();
    addRealNumbers();
    addRecycle();
}

void BookFields::addKind()
{
    m_fields.addChoice(info("codebook", Text::tr("Codebook"),
                           Text::tr("Where the levels come from: a float of these exponent and mantissa bits, uniform "
                                    "steps, a posit, a table of your own, or k-means of the values themselves"),
                           [](const FormatSpec&, const ElementBook&) { return true; }),
        bookOptions, get<int>(choiceOf), [index = m_index](FormatSpec spec, int choice) {
            ElementBook& book = spec.elements[index];
            if (choiceOf(book) != choice)
                book = otherBook(book, choice, spec.tie);
            return spec;
        });
}

void BookFields::addRealNumbers()
{
    const auto isNotFitted = [](const FormatSpec&, const ElementBook& book) { return book.kind != BookKind::Fitted; };
    m_fields.addNumber(info(
                           "gain", Text::tr("Level gain"), Text::tr("Multiplies every level of the codebook"),
                           [](const FormatSpec& spec, const ElementBook& book) {
                               return book.gain != 1.0
                                   || (&book != &spec.elements.front() && book.kind != BookKind::Table);
                           },
                           isNotFitted),
        QStringLiteral("1"),
        get<std::optional<double>>([](const ElementBook& book) { return std::optional(book.gain); }),
        set<std::optional<double>>(
            [](ElementBook& book, std::optional<double> gain) { book.gain = gain.value_or(1.0); }));
    m_fields.addNumberAt(info(
                             "target", Text::tr("Maximum maps to"),
                             Text::tr("What the scale maps the block maximum to; the largest level if empty"),
                             [](const FormatSpec& spec, const ElementBook& book) {
                                 return book.target.has_value()
                                     || (!isPowerOfTwoCodec(spec.scale.codec) && spec.scale.targets.empty()
                                         && spec.scale.codec != ScaleCodecId::None);
                             },
                             isNotFitted),
        Text::tr("largest level"), at(&ElementBook::target));
}

void BookFields::addRecycle()
{
    const auto hasMinusZero = [](const ElementBook& book) {
        return (book.kind == BookKind::Float && book.top != TopCodes::Fnuz)
            || (book.kind == BookKind::Integer && !book.twosComplement && !book.midRise);
    };
    m_fields.addChoice(
        info("recycled", Text::tr("Recycled level"), Text::tr("The level that the code of −0 stands for"),
            [hasMinusZero](const FormatSpec& spec, const ElementBook& own) {
                return hasMinusZero(own)
                    && std::any_of(spec.elements.begin(), spec.elements.end(),
                        [](const ElementBook& book) { return book.recycle.has_value(); });
            }),
        FormatFields::Options{{Text::tr("+½ smallest level"), PositiveHalf},
            {Text::tr("−½ smallest level"), NegativeHalf}, {Text::tr("a value"), StatedValue},
            {Text::tr("wasted"), Wasted}},
        get<int>(recycleChoice), set<int>(setRecycleChoice));
    m_fields.addReal(info("recycledValue", Text::tr("Recycled value"), Text::tr("The recycled level, before scaling"),
                         [](const FormatSpec&, const ElementBook& book) {
                             return book.recycle && book.recycle->mode == RecycleMode::Value;
                         }),
        get<double>([](const ElementBook& book) { return book.recycle->value; }),
        set<double>([](ElementBook& book, double value) { book.recycle->value = value; }));
}

void addBookFields(FormatFields& fields)
{
    fields.setScope(isGeneral);
    fields.addHeading(Text::tr("Codebooks"));
    addBookCount(fields);
    for (std::size_t i = 0; i < kShownBooks; ++i)
        BookFields(fields, i).add();
    fields.addSwitch(
        {QStringLiteral("alignBooks"), Text::tr("Align to first codebook"),
            Text::tr("The exponent of every codebook follows from the first one's largest level"),
            [](const FormatSpec& spec) { return spec.elements.size() > 1; }, {}},
        [](const FormatSpec& spec) { return spec.alignToFirstBook; },
        [](FormatSpec spec, bool on) {
            spec.alignToFirstBook = on;
            return spec;
        });
}

}  // namespace nanoscope
