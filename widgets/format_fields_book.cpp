// The fields of the element codebooks.

#include "core/format/codebook.h"
#include "core/format/scale_codec.h"
#include "widgets/format_fields.h"

#include <QCoreApplication>

#include <algorithm>
#include <string>

namespace nanoscope {
namespace {

constexpr std::size_t kShownBooks = 4;  // as many as any shipped preset has
constexpr int kIntegerBook = 0;         // in a choice: exponent bits, or this

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

/// Another kind of codebook of the same width; what it shares with the old one stays.
ElementBook otherBook(const ElementBook& old, int exponentBits, TieRule tie)
{
    const int bits = old.codeBits();
    ElementBook book;
    book.gain = old.gain;
    book.target = old.target;
    book.recycle = old.recycle;
    if (exponentBits == kIntegerBook) {
        book.kind = BookKind::Integer;
        book.bits = bits;
        book.lsb = Codebook(old, tie).largestExponent() - (bits - 2);
    } else {
        book.exponentBits = exponentBits;
        book.mantissaBits = bits - 1 - exponentBits;
        book.top = standardTopCodes(book.exponentBits, book.mantissaBits);
    }
    book.id = book.standardId();
    return book;
}

std::vector<FormatFields::Option> bookOptions(int bits)
{
    std::vector<FormatFields::Option> options;
    for (int e = 1; e <= 5 && e <= bits - 1; ++e)
        if (bits - 1 - e <= 6)
            options.push_back({QStringLiteral("E%1M%2").arg(e).arg(bits - 1 - e), e});
    options.push_back({Text::tr("integer"), kIntegerBook});
    return options;
}

int choiceOf(const ElementBook& book)
{
    return book.kind == BookKind::Integer ? kIntegerBook : book.exponentBits;
}

/// Adds the fields of one codebook.
class BookFields {
public:
    BookFields(FormatFields& fields, std::size_t index)
        : m_fields(fields)
        , m_index(index)
    {
    }

    void add()
    {
        addKind();
        addInteger();
        addTop();
        addRealNumbers();
        addRecycle();
    }

private:
    using Test = std::function<bool(const FormatSpec&, const ElementBook&)>;

    /// Names of the second book on carry its number.
    FieldInfo info(const char* id, const QString& label, const QString& tip, const Test& matters) const
    {
        const QString number = m_index == 0 ? QString() : QString::number(m_index + 1);
        return {QString::fromLatin1(id) + number, number.isEmpty() ? label : label + u' ' + number, tip,
            [index = m_index, matters](const FormatSpec& spec) {
                return index < spec.elements.size() && matters(spec, spec.elements[index]);
            }};
    }

    template <typename Value>
    std::function<Value(const FormatSpec&)> get(std::function<Value(const ElementBook&)> read) const
    {
        return [index = m_index, read](const FormatSpec& spec) { return read(spec.elements[index]); };
    }

    template <typename Value>
    std::function<FormatSpec(FormatSpec, Value)> set(std::function<void(ElementBook&, Value)> write) const
    {
        return [index = m_index, write](FormatSpec spec, Value value) {
            write(spec.elements[index], value);
            return validated(std::move(spec));
        };
    }

    void addKind()
    {
        m_fields.addChoice(
            info("codebook", Text::tr("Codebook"),
                Text::tr("Exponent and mantissa bits of an element, or uniform steps"),
                [](const FormatSpec&, const ElementBook&) { return true; }),
            [](const FormatSpec& spec) { return bookOptions(spec.codeBits()); }, get<int>(choiceOf),
            [index = m_index](FormatSpec spec, int exponentBits) {
                ElementBook& book = spec.elements[index];
                if (choiceOf(book) != exponentBits)
                    book = otherBook(book, exponentBits, spec.tie);
                return validated(std::move(spec));
            });
    }

    void addInteger()
    {
        m_fields.addInteger(
            info("step", Text::tr("Step exponent"), Text::tr("Uniform levels lie 2^this apart"),
                [](const FormatSpec&, const ElementBook& book) { return book.kind == BookKind::Integer; }),
            -60, 60, get<int>([](const ElementBook& book) { return book.lsb; }),
            set<int>([](ElementBook& book, int lsb) { book.lsb = lsb; }));
        m_fields.addSwitch(
            info("twosComplement", Text::tr("Two’s complement"), Text::tr("One more negative level in place of −0"),
                [](const FormatSpec&, const ElementBook& book) {
                    return book.kind == BookKind::Integer && !book.recycle;
                }),
            get<bool>([](const ElementBook& book) { return book.twosComplement; }),
            set<bool>([](ElementBook& book, bool on) { book.twosComplement = on; }));
    }

    void addTop()
    {
        m_fields.addChoice(
            info("topCodes", Text::tr("Top codes"), Text::tr("What the codes of the highest exponent mean"),
                [](const FormatSpec&, const ElementBook& book) {
                    return book.kind == BookKind::Float && (book.codeBits() == 8 || book.top != TopCodes::Finite);
                }),
            std::vector<FormatFields::Option>{{Text::tr("numbers"), static_cast<int>(TopCodes::Finite)},
                {Text::tr("last is NaN"), static_cast<int>(TopCodes::OneNan)},
                {Text::tr("infinity, NaN"), static_cast<int>(TopCodes::Ieee)}},
            get<int>([](const ElementBook& book) { return static_cast<int>(book.top); }),
            set<int>([](ElementBook& book, int top) { book.top = static_cast<TopCodes>(top); }));
    }

    void addRealNumbers()
    {
        m_fields.addNumber(info("gain", Text::tr("Level gain"), Text::tr("Multiplies every level of the codebook"),
                               [](const FormatSpec& spec, const ElementBook& book) {
                                   return book.gain != 1.0 || &book != &spec.elements.front();
                               }),
            QStringLiteral("1"),
            get<std::optional<double>>([](const ElementBook& book) -> std::optional<double> { return book.gain; }),
            set<std::optional<double>>(
                [](ElementBook& book, std::optional<double> gain) { book.gain = gain.value_or(1.0); }));
        m_fields.addNumber(info("target", Text::tr("Maximum maps to"),
                               Text::tr("What the scale maps the block maximum to; "
                                        "the largest level if empty"),
                               [](const FormatSpec& spec, const ElementBook& book) {
                                   return book.target.has_value()
                                       || (!isPowerOfTwoCodec(spec.scale.codec) && spec.scale.targets.empty());
                               }),
            Text::tr("largest level"), get<std::optional<double>>([](const ElementBook& book) { return book.target; }),
            set<std::optional<double>>([](ElementBook& book, std::optional<double> target) { book.target = target; }));
    }

    /// The choices of what the code of -0 stands for.
    enum RecycleChoice { Wasted, PositiveHalf, NegativeHalf, StatedValue };

    static int recycleChoice(const ElementBook& book)
    {
        if (!book.recycle)
            return Wasted;
        if (book.recycle->mode == RecycleMode::Value)
            return StatedValue;
        return book.recycle->sign > 0 ? PositiveHalf : NegativeHalf;
    }

    static void setRecycleChoice(ElementBook& book, int choice)
    {
        Recycle recycle;
        recycle.sign = choice == NegativeHalf ? -1 : 1;
        if (choice == StatedValue) {
            // Start where the half of the smallest level was, so that the choice alone changes no level.
            const double smallest = Codebook(book, TieRule::Even).magnitudes()[1];
            recycle.mode = RecycleMode::Value;
            recycle.value = book.recycle && book.recycle->sign < 0 ? -smallest / 2 : smallest / 2;
        }
        book.recycle = choice == Wasted ? std::nullopt : std::optional(recycle);
    }

    void addRecycle()
    {
        m_fields.addChoice(
            info("recycled", Text::tr("Recycled level"), Text::tr("The level that the code of −0 stands for"),
                [](const FormatSpec& spec, const ElementBook&) {
                    return std::any_of(spec.elements.begin(), spec.elements.end(),
                        [](const ElementBook& book) { return book.recycle.has_value(); });
                }),
            std::vector<FormatFields::Option>{{Text::tr("+½ smallest level"), PositiveHalf},
                {Text::tr("−½ smallest level"), NegativeHalf}, {Text::tr("a value"), StatedValue},
                {Text::tr("wasted"), Wasted}},
            get<int>(recycleChoice), set<int>(setRecycleChoice));
        m_fields.addNumber(
            info("recycledValue", Text::tr("Recycled value"), Text::tr("The recycled level, before scaling"),
                [](const FormatSpec&, const ElementBook& book) {
                    return book.recycle && book.recycle->mode == RecycleMode::Value;
                }),
            {}, get<std::optional<double>>([](const ElementBook& book) -> std::optional<double> {
                return book.recycle->value;
            }),
            set<std::optional<double>>(
                [](ElementBook& book, std::optional<double> value) { book.recycle->value = value.value_or(0.0); }));
    }

    FormatFields& m_fields;
    std::size_t m_index;
};

}  // namespace

void addBookFields(FormatFields& fields)
{
    fields.addHeading(Text::tr("Codebooks"));
    for (std::size_t i = 0; i < kShownBooks; ++i)
        BookFields(fields, i).add();
    fields.addSwitch(
        {QStringLiteral("alignBooks"), Text::tr("Align to first codebook"),
            Text::tr("The exponent of every codebook follows from the first one's largest level"),
            [](const FormatSpec& spec) { return spec.elements.size() > 1; }},
        [](const FormatSpec& spec) { return spec.alignToFirstBook; },
        [](FormatSpec spec, bool on) {
            spec.alignToFirstBook = on;
            return validated(std::move(spec));
        });
}

}  // namespace nanoscope
