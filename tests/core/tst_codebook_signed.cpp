#include "core/format/codebook.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace nanoscope;

/// Integers that are read in other ways, and tables (oracles: worked examples of catalogue 3.2, 3.11 and 3.16, and the
/// definitions written once more).
class TestCodebookSigned : public QObject {
    Q_OBJECT

private slots:
    void bipolarBitsAreWorthPlusOrMinusTwoToTheI();
    void bipolarZeroIsATieOfTheInnerLevels();
    void nestedIntegersRoundTwice_data();
    void nestedIntegersRoundTwice();
    void doubleRoundingIsTheWorkedExample();
    void hotCodesAreSumsOfPowersOfTwo_data();
    void hotCodesAreSumsOfPowersOfTwo();
    void aNestedCodeMayBeReadAsHotOnes();
    void fixedPointSaturatesOrWraps();
    void tablesFollowTheTieRule_data();
    void tablesFollowTheTieRule();
    void aLevelThatIsWrittenTwiceHasOneCode();
    void twosComplementReachesAsFarForEveryTieRule();
};

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

ElementBook integerBook(int bits, int lsb = 0)
{
    ElementBook book;
    book.kind = BookKind::Integer;
    book.bits = bits;
    book.lsb = lsb;
    book.twosComplement = true;
    return book;
}

ElementBook bipolarBook(int bits)
{
    ElementBook book = integerBook(bits);
    book.twosComplement = false;
    book.midRise = true;
    return book;
}

ElementBook tableBook(std::vector<double> levels)
{
    ElementBook book;
    book.kind = BookKind::Table;
    book.levels = std::move(levels);
    return book;
}

ElementBook nestedBook(int bits, int stored, ReadRule rule)
{
    ElementBook book = integerBook(bits);
    book.nested = Nested{stored, rule};
    return book;
}

}  // namespace

void TestCodebookSigned::bipolarBitsAreWorthPlusOrMinusTwoToTheI()
{
    for (const int bits : {1, 2, 4, 8}) {
        const Codebook book(bipolarBook(bits), TieRule::Even);
        for (std::uint32_t code = 0; code < book.codeCount(); ++code) {
            double value = 0.0;
            for (int i = 0; i < bits; ++i)
                value += (code >> i & 1U) != 0 ? std::ldexp(1.0, i) : -std::ldexp(1.0, i);
            QCOMPARE(book.level(code), value);
            QCOMPARE(book.nearest(value), code);
        }
        QCOMPARE(book.structuralVacancies(), std::size_t{0});
        QVERIFY(!book.hasZero());
    }
    QCOMPARE(Codebook(bipolarBook(2), TieRule::Even).sortedLevels(), (std::vector<double>{-3, -1, 1, 3}));
}

void TestCodebookSigned::bipolarZeroIsATieOfTheInnerLevels()
{
    for (const auto& [tie, level] : {std::pair{TieRule::Up, 1.0}, {TieRule::Down, -1.0}}) {
        const Codebook book(bipolarBook(2), tie);
        QCOMPARE(book.level(book.nearest(0.0)), level);
        QCOMPARE(book.level(book.nearest(1e-9)), 1.0);
        QCOMPARE(book.level(book.nearest(-1e-9)), -1.0);
    }
    const Codebook book(bipolarBook(2), TieRule::Even);
    QVERIFY(!book.isClipped(4.0) && book.isClipped(4.1) && book.isClipped(-4.1));
}

void TestCodebookSigned::nestedIntegersRoundTwice_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<int>("stored");
    QTest::addColumn<int>("rule");
    for (const auto& [bits, stored] : {std::pair{2, 8}, {3, 8}, {4, 8}, {6, 8}, {8, 8}, {4, 16}})
        for (const ReadRule rule : {ReadRule::Round, ReadRule::Floor})
            QTest::newRow(qPrintable(QString("INT%1 in INT%2, %3")
                                         .arg(bits)
                                         .arg(stored)
                                         .arg(rule == ReadRule::Round ? "rounded" : "leading bits")))
                << bits << stored << static_cast<int>(rule);
}

void TestCodebookSigned::nestedIntegersRoundTwice()
{
    QFETCH(int, bits);
    QFETCH(int, stored);
    QFETCH(int, rule);
    const Codebook book(nestedBook(bits, stored, static_cast<ReadRule>(rule)), TieRule::Even);
    const double most = std::ldexp(1.0, bits - 1);
    const double storedMost = std::ldexp(1.0, stored - 1);
    const double steps = std::ldexp(1.0, stored - bits);
    for (double scaled = -most - 1; scaled <= most + 1; scaled += 1.0 / 64 / steps) {
        const double code = std::clamp(std::nearbyint(scaled * steps), -storedMost, storedMost - 1);
        const double read
            = static_cast<ReadRule>(rule) == ReadRule::Round ? std::nearbyint(code / steps) : std::floor(code / steps);
        const double expected = std::clamp(read, -most, most - 1);
        const std::uint32_t actual = book.nearest(scaled);
        if (book.level(actual) != expected)
            QFAIL(qPrintable(
                QString("%1 reads %2, expected %3").arg(scaled, 0, 'g', 17).arg(book.level(actual)).arg(expected)));
        QCOMPARE(actual, static_cast<std::uint32_t>(static_cast<int>(expected)) & ((1U << bits) - 1));
        if (stored == 16)
            scaled += 37.0 / 64 / steps;  // a sample of the longer list
    }
}

void TestCodebookSigned::doubleRoundingIsTheWorkedExample()
{
    // Catalogue 11: [.5 -.3 .26 .1] as INT8 is 127 -76 66 25; INT4 of that is 7 -5 4 2, or 7 -5 4 1 by leading bits.
    const std::vector<double> values{.5, -.3, .26, .1};
    const Codebook rounded(nestedBook(4, 8, ReadRule::Round), TieRule::Even);
    const Codebook floored(nestedBook(4, 8, ReadRule::Floor), TieRule::Even);
    const std::vector<double> expected{7, -5, 4, 2};
    const std::vector<double> leading{7, -5, 4, 1};
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double scaled = values[i] / (.5 / 7.9375);
        QCOMPARE(rounded.level(rounded.nearest(scaled)), expected[i]);
        QCOMPARE(floored.level(floored.nearest(scaled)), leading[i]);
    }
    // 8.5 / 16 is stored as 8, the even one, and read as 0; rounded once it would be 1.
    QCOMPARE(rounded.level(rounded.nearest(8.5 / 16)), 0.0);
}

void TestCodebookSigned::hotCodesAreSumsOfPowersOfTwo_data()
{
    QTest::addColumn<int>("hot");
    QTest::addColumn<double>("value");
    QTest::addColumn<double>("level");
    QTest::newRow("7 with one") << 1 << 7.0 << 8.0;
    QTest::newRow("5 with one") << 1 << 5.0 << 4.0;
    QTest::newRow("6 with one: the smaller one of a tie") << 1 << 6.0 << 4.0;
    QTest::newRow("-7 with one") << 1 << -7.0 << -8.0;
    QTest::newRow("7 with two: 8 - 1") << 2 << 7.0 << 7.0;
    QTest::newRow("11 with two: 8 + 2") << 2 << 11.0 << 10.0;
    QTest::newRow("100 with one: beyond the largest integer") << 1 << 100.0 << 128.0;
    QTest::newRow("-100 with one") << 1 << -100.0 << -128.0;
    QTest::newRow("127 with two: 128 - 1") << 2 << 127.0 << 127.0;
    QTest::newRow("all") << 8 << 85.0 << 85.0;
}

void TestCodebookSigned::hotCodesAreSumsOfPowersOfTwo()
{
    QFETCH(int, hot);
    QFETCH(double, value);
    QFETCH(double, level);
    ElementBook element = integerBook(8);
    element.hotBits = hot;
    const Codebook book(element, TieRule::Even);
    QCOMPARE(book.level(book.nearest(value)), level);
    if (hot > 1)
        return;
    for (const double written : book.sortedLevels())
        QVERIFY(written == 0.0 || std::ldexp(1.0, std::ilogb(written)) == std::fabs(written));
    QCOMPARE(book.sortedLevels().size(), std::size_t{1 + 8 + 8});  // 0, 1 to 128, -1 to -128
}

void TestCodebookSigned::aNestedCodeMayBeReadAsHotOnes()
{
    // Four bits of a stored twelve, one power of two of them: every code of the stored range has its level.
    ElementBook element = nestedBook(4, 12, ReadRule::Floor);
    element.hotBits = 1;
    const Codebook book(element, TieRule::Even);
    QCOMPARE(book.sortedLevels(), (std::vector<double>{-8, -4, -2, -1, 0, 1, 2, 4, 8}));
    QCOMPARE(book.level(book.nearest(7.9)), 8.0);
    QCOMPARE(book.nearest(1e9), 7U);  // the code of 7, which has no level of its own
    QCOMPARE(book.level(book.nearest(5.9)), 4.0);
    QCOMPARE(book.level(book.nearest(-7.9)), -8.0);
}

void TestCodebookSigned::fixedPointSaturatesOrWraps()
{
    // Catalogue 3.2, five bits with two behind the point: 1.3 -> 5, -2.6 -> -10, 5.0 -> 15 or -12.
    ElementBook element = integerBook(5, -2);
    const Codebook saturating(element, TieRule::Even);
    element.overflow = Overflow::Wrap;
    const Codebook wrapping(element, TieRule::Even);
    for (const Codebook* book : {&saturating, &wrapping}) {
        QCOMPARE(book->level(book->nearest(1.3)), 1.25);
        QCOMPARE(book->level(book->nearest(-2.6)), -2.5);
        QCOMPARE(book->level(book->nearest(-4.0)), -4.0);
    }
    QCOMPARE(saturating.level(saturating.nearest(5.0)), 3.75);
    QCOMPARE(wrapping.level(wrapping.nearest(5.0)), -3.0);
    QCOMPARE(wrapping.level(wrapping.nearest(-4.25)), 3.75);
    QCOMPARE(wrapping.level(wrapping.nearest(8.0 + 1.25)), 1.25);
}

void TestCodebookSigned::tablesFollowTheTieRule_data()
{
    QTest::addColumn<int>("tie");
    QTest::addColumn<std::vector<double>>("rounded");  // of the midpoints -3, -0.5, 0.5, 2.5 of -5, -1, 0, 1, 4
    QTest::newRow("down") << static_cast<int>(TieRule::Down) << std::vector<double>{-5, -1, 0, 1};
    QTest::newRow("up") << static_cast<int>(TieRule::Up) << std::vector<double>{-1, 0, 1, 4};
    QTest::newRow("even code") << static_cast<int>(TieRule::Even) << std::vector<double>{-5, 0, 0, 4};
    QTest::newRow("away") << static_cast<int>(TieRule::Away) << std::vector<double>{-5, -1, 1, 4};
    QTest::newRow("zero") << static_cast<int>(TieRule::Zero) << std::vector<double>{-1, 0, 0, 1};
}

void TestCodebookSigned::tablesFollowTheTieRule()
{
    QFETCH(int, tie);
    QFETCH(std::vector<double>, rounded);
    const Codebook book(tableBook({-5, -1, 0, 1, 4}), static_cast<TieRule>(tie));
    const std::vector<double> midpoints{-3, -.5, .5, 2.5};
    for (std::size_t i = 0; i < midpoints.size(); ++i) {
        QCOMPARE(book.level(book.nearest(midpoints[i])), rounded[i]);
        QCOMPARE(book.nearest(std::nextafter(midpoints[i], -kInfinity)), static_cast<std::uint32_t>(i));
        QCOMPARE(book.nearest(std::nextafter(midpoints[i], kInfinity)), static_cast<std::uint32_t>(i + 1));
    }
    QCOMPARE(book.codeBits(), 3);
    QCOMPARE(book.structuralVacancies(), std::size_t{3});  // five levels in eight codes
    QCOMPARE(book.largest(), 5.0);
}

void TestCodebookSigned::aLevelThatIsWrittenTwiceHasOneCode()
{
    // bitsandbytes' FP4 has two codes of zero; the levels need not ascend.
    const Codebook book(tableBook({0, 1, 3, 2, 0, -1, -3, -2}), TieRule::Down);
    QVERIFY(book.use(4) == CodeUse::Redundant);
    QCOMPARE(book.sortedLevels(), (std::vector<double>{-3, -2, -1, 0, 1, 2, 3}));
    QCOMPARE(book.nearest(0.0), 0U);
    QCOMPARE(book.nearest(2.4), 3U);
    QCOMPARE(book.nearest(2.6), 2U);
    QCOMPARE(book.codeOfRank(book.levelRank(6)), 6U);
}

void TestCodebookSigned::twosComplementReachesAsFarForEveryTieRule()
{
    // What a scale maps the maximum to is 7 of -8 to 7, however ties are decided.
    for (const TieRule tie : {TieRule::Even, TieRule::Away, TieRule::Zero, TieRule::Down, TieRule::Up}) {
        const Codebook book(integerBook(4), tie);
        QCOMPARE(book.largest(), 7.0);
        QCOMPARE(book.target(), 7.0);
        QCOMPARE(book.largestExponent(), 2);
        QCOMPARE(book.sortedLevels().front(), -8.0);
    }
    QCOMPARE(Codebook(nestedBook(4, 8, ReadRule::Round), TieRule::Even).largest(), 7.0);
}

QTEST_APPLESS_MAIN(TestCodebookSigned)
#include "tst_codebook_signed.moc"
