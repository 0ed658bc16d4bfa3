#include "core/format/codebook.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace nanoscope;

/// Element codebooks (oracles: the level tables of the standards, and a brute-force nearest level).
class TestCodebook : public QObject {
    Q_OBJECT

private slots:
    void magnitudesEqualTheTables_data();
    void magnitudesEqualTheTables();
    void largestAndSmallestLevelsEqualTheStandards_data();
    void largestAndSmallestLevelsEqualTheStandards();
    void codesAreSignAndMagnitude();
    void twosComplementCodesReadAsIntegers();
    void codesThatAreNoNumbersAreStructurallyVacant_data();
    void codesThatAreNoNumbersAreStructurallyVacant();
    void tiesFollowTheRule_data();
    void tiesFollowTheRule();
    void nearestEqualsBruteForce_data();
    void nearestEqualsBruteForce();
    void infinityTakesTheOutermostOrdinaryLevel_data() { nearestEqualsBruteForce_data(); }
    void infinityTakesTheOutermostOrdinaryLevel();
    void recycledZeroIsHalfOfTheSmallestLevel();
    void recycledLevelWinsOnlyWhenStrictlyCloser();
    void recycledLevelThatRepeatsAnotherIsNeverWritten();
    void zeroOfEitherSignIsCodeZero();
    void clippingBeginsHalfAStepBeyondTheOutermostLevel();
};

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

ElementBook floatBook(int e, int m, TopCodes top = TopCodes::Finite)
{
    ElementBook book;
    book.exponentBits = e;
    book.mantissaBits = m;
    book.top = top;
    return book;
}

ElementBook integerBook(int bits, int lsb, bool twosComplement = false)
{
    ElementBook book;
    book.kind = BookKind::Integer;
    book.bits = bits;
    book.lsb = lsb;
    book.twosComplement = twosComplement;
    return book;
}

ElementBook recycled(ElementBook book, double value)
{
    book.recycle = Recycle{RecycleMode::Value, 1, value};
    return book;
}

ElementBook recycledHalf(ElementBook book, int sign)
{
    book.recycle = Recycle{RecycleMode::HalfOfSmallest, sign, 0.0};
    return book;
}

/// Magnitude code of an ordinary code: what the tie rule looks at.
std::uint32_t magnitudeCode(const ElementBook& book, std::uint32_t code)
{
    const std::uint32_t signBit = 1U << (book.codeBits() - 1);
    if (code < signBit)
        return code;
    return book.twosComplement ? 2 * signBit - code : code - signBit;
}

/// The nearest of all codes by distance alone, ties as the rule says.
std::uint32_t nearestByBruteForce(const Codebook& book, TieRule tie, double scaled)
{
    std::uint32_t best = 0;
    long double bestDistance = std::fabs(static_cast<long double>(scaled));
    for (std::uint32_t code = 1; code < book.codeCount(); ++code) {
        if (book.use(code) != CodeUse::Level)
            continue;
        const long double distance
            = std::fabs(static_cast<long double>(scaled) - static_cast<long double>(book.level(code)));
        const std::uint32_t mine = magnitudeCode(book.element(), code);
        const std::uint32_t theirs = magnitudeCode(book.element(), best);
        const bool winsTie = tie == TieRule::Even ? mine % 2 == 0
            : tie == TieRule::Away                ? mine > theirs
                                                  : mine < theirs;
        if (distance < bestDistance || (distance == bestDistance && winsTie)) {
            best = code;
            bestDistance = distance;
        }
    }
    for (std::uint32_t code = 0; code < book.codeCount(); ++code)
        if (book.use(code) == CodeUse::Recycled
            && std::fabs(static_cast<long double>(scaled) - static_cast<long double>(book.level(code))) < bestDistance)
            best = code;
    return best;
}

const std::vector<std::pair<const char*, TieRule>> kTies{
    {"even", TieRule::Even}, {"away", TieRule::Away}, {"zero", TieRule::Zero}};

}  // namespace

void TestCodebook::magnitudesEqualTheTables_data()
{
    QTest::addColumn<ElementBook>("book");
    QTest::addColumn<std::vector<double>>("levels");
    const auto row = [](const char* name, const ElementBook& book, std::vector<double> levels) {
        QTest::newRow(name) << book << std::move(levels);
    };
    row("E2M1", floatBook(2, 1), {0, .5, 1, 1.5, 2, 3, 4, 6});
    row("E2M2", floatBook(2, 2), {0, .25, .5, .75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6, 7});
    row("E2M3", floatBook(2, 3),
        {0, .125, .25, .375, .5, .625, .75, .875, 1, 1.125, 1.25, 1.375, 1.5, 1.625, 1.75, 1.875, 2, 2.25, 2.5, 2.75, 3,
            3.25, 3.5, 3.75, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5});
    row("E3M0", floatBook(3, 0), {0, .25, .5, 1, 2, 4, 8, 16});
    row("E1M2", floatBook(1, 2), {0, .25, .5, .75, 1, 1.25, 1.5, 1.75});
    row("E1M0", floatBook(1, 0), {0, 1});
    row("E2M1 with NaN", floatBook(2, 1, TopCodes::OneNan), {0, .5, 1, 1.5, 2, 3, 4});
    row("E2M1 as IEEE", floatBook(2, 1, TopCodes::Ieee), {0, .5, 1, 1.5, 2, 3});
    row("uniform E1M2", integerBook(4, -1), {0, .5, 1, 1.5, 2, 2.5, 3, 3.5});
    row("MXINT4", integerBook(4, -2), {0, .25, .5, .75, 1, 1.25, 1.5, 1.75});
    row("BFP4", integerBook(4, 0), {0, 1, 2, 3, 4, 5, 6, 7});
    row("SMX4 magnitudes", integerBook(3, -1), {0, .5, 1, 1.5});
    ElementBook gained = integerBook(3, 0);
    gained.gain = 6.0 / 7.0;
    row("gain", gained, {0, 6.0 / 7.0, 2 * (6.0 / 7.0), 3 * (6.0 / 7.0)});
}

void TestCodebook::magnitudesEqualTheTables()
{
    QFETCH(ElementBook, book);
    QFETCH(std::vector<double>, levels);
    QCOMPARE(Codebook(book, TieRule::Even).magnitudes(), levels);
}

void TestCodebook::largestAndSmallestLevelsEqualTheStandards_data()
{
    QTest::addColumn<ElementBook>("book");
    QTest::addColumn<int>("largestExponent");
    QTest::addColumn<double>("largest");
    QTest::addColumn<double>("smallest");
    const auto row = [](const char* name, const ElementBook& book, int exponent, double largest, double smallest) {
        QTest::newRow(name) << book << exponent << largest << smallest;
    };
    row("E2M1", floatBook(2, 1), 2, 6, .5);
    row("E2M2", floatBook(2, 2), 2, 7, .25);
    row("E2M3", floatBook(2, 3), 2, 7.5, .125);
    row("E3M2", floatBook(3, 2), 4, 28, .0625);
    row("E4M3", floatBook(4, 3, TopCodes::OneNan), 8, 448, std::ldexp(1.0, -9));
    row("E5M2", floatBook(5, 2, TopCodes::Ieee), 15, 57344, std::ldexp(1.0, -16));
    row("MXINT8", integerBook(8, -6), 0, 127.0 / 64, 1.0 / 64);
    row("MXINT6", integerBook(6, -4), 0, 31.0 / 16, 1.0 / 16);
    row("BFP5", integerBook(5, -1), 2, 7.5, .5);
    row("BFP6", integerBook(6, -2), 2, 7.75, .25);
}

void TestCodebook::largestAndSmallestLevelsEqualTheStandards()
{
    QFETCH(ElementBook, book);
    QFETCH(int, largestExponent);
    QFETCH(double, largest);
    QFETCH(double, smallest);
    const Codebook codebook(book, TieRule::Even);
    QCOMPARE(codebook.largestExponent(), largestExponent);
    QCOMPARE(codebook.largest(), largest);
    QCOMPARE(codebook.magnitudes()[1], smallest);
}

void TestCodebook::codesAreSignAndMagnitude()
{
    const Codebook book(floatBook(2, 1), TieRule::Even);
    QCOMPARE(book.codeCount(), std::size_t{16});
    for (std::uint32_t code = 1; code < 8; ++code) {
        QCOMPARE(book.level(code), book.magnitudes()[code]);
        QCOMPARE(book.level(code + 8), -book.magnitudes()[code]);
        QCOMPARE(book.nearest(book.magnitudes()[code]), code);
        QCOMPARE(book.nearest(-book.magnitudes()[code]), code + 8);
    }
}

void TestCodebook::twosComplementCodesReadAsIntegers()
{
    const Codebook book(integerBook(8, -6, true), TieRule::Even);
    for (int value = -128; value <= 127; ++value) {
        const auto code = static_cast<std::uint32_t>(value) & 0xFFU;
        QCOMPARE(book.level(code), value / 64.0);
        QCOMPARE(book.nearest(value / 64.0), code);
    }
    QCOMPARE(book.structuralVacancies(), std::size_t{0});
}

void TestCodebook::codesThatAreNoNumbersAreStructurallyVacant_data()
{
    QTest::addColumn<ElementBook>("book");
    QTest::addColumn<quint64>("vacancies");
    QTest::newRow("E2M1: minus zero") << floatBook(2, 1) << quint64{1};
    QTest::newRow("E2M1 recycled: none") << recycledHalf(floatBook(2, 1), 1) << quint64{0};
    QTest::newRow("E4M3: minus zero, two NaN") << floatBook(4, 3, TopCodes::OneNan) << quint64{3};
    QTest::newRow("E5M2: minus zero, two infinities, six NaN") << floatBook(5, 2, TopCodes::Ieee) << quint64{9};
    QTest::newRow("MXINT8: minus zero") << integerBook(8, -6) << quint64{1};
}

void TestCodebook::codesThatAreNoNumbersAreStructurallyVacant()
{
    QFETCH(ElementBook, book);
    QFETCH(quint64, vacancies);
    const Codebook codebook(book, TieRule::Even);
    QCOMPARE(static_cast<quint64>(codebook.structuralVacancies()), vacancies);
    QCOMPARE(codebook.sortedLevels().size(), codebook.codeCount() - vacancies);
    QVERIFY(std::is_sorted(codebook.sortedLevels().begin(), codebook.sortedLevels().end()));
}

void TestCodebook::tiesFollowTheRule_data()
{
    QTest::addColumn<int>("tie");
    QTest::addColumn<std::vector<double>>("rounded");
    QTest::newRow("even") << static_cast<int>(TieRule::Even) << std::vector<double>{0, 1, 1, 2, 2, 4, 4};
    QTest::newRow("away") << static_cast<int>(TieRule::Away) << std::vector<double>{.5, 1, 1.5, 2, 3, 4, 6};
    QTest::newRow("zero") << static_cast<int>(TieRule::Zero) << std::vector<double>{0, .5, 1, 1.5, 2, 3, 4};
}

void TestCodebook::tiesFollowTheRule()
{
    QFETCH(int, tie);
    QFETCH(std::vector<double>, rounded);
    const std::vector<double> midpoints{.25, .75, 1.25, 1.75, 2.5, 3.5, 5};
    const Codebook book(floatBook(2, 1), static_cast<TieRule>(tie));
    for (std::size_t i = 0; i < midpoints.size(); ++i) {
        QCOMPARE(book.level(book.nearest(midpoints[i])), rounded[i]);
        QCOMPARE(book.level(book.nearest(-midpoints[i])), rounded[i] == 0 ? 0.0 : -rounded[i]);
    }
}

void TestCodebook::nearestEqualsBruteForce_data()
{
    QTest::addColumn<ElementBook>("book");
    QTest::addColumn<int>("tie");
    const std::vector<std::pair<const char*, ElementBook>> books{
        {"E2M1", floatBook(2, 1)},
        {"E2M3", floatBook(2, 3)},
        {"E3M2", floatBook(3, 2)},
        {"E4M3", floatBook(4, 3, TopCodes::OneNan)},
        {"E5M2", floatBook(5, 2, TopCodes::Ieee)},
        {"E5M0", floatBook(5, 0)},
        {"E1M0", floatBook(1, 0)},
        {"E1M6", floatBook(1, 6)},
        {"INT2", integerBook(2, 0)},
        {"INT8", integerBook(8, -6)},
        {"INT8 in two's complement", integerBook(8, -6, true)},
        {"INT2 in two's complement", integerBook(2, 3, true)},
        {"E2M1, half recycled", recycledHalf(floatBook(2, 1), 1)},
        {"E2M1, minus half recycled", recycledHalf(floatBook(2, 1), -1)},
        {"E2M1, 5 recycled", recycled(floatBook(2, 1), 5)},
        {"E2M1, -8 recycled", recycled(floatBook(2, 1), -8)},
        {"E2M1, 3 recycled", recycled(floatBook(2, 1), 3)},
        {"BFP4, half recycled", recycledHalf(integerBook(4, 0), 1)},
    };
    for (const auto& [name, book] : books)
        for (const auto& [tieName, tie] : kTies)
            QTest::newRow(qPrintable(QString("%1, ties %2").arg(name, tieName))) << book << static_cast<int>(tie);
}

void TestCodebook::nearestEqualsBruteForce()
{
    QFETCH(ElementBook, book);
    QFETCH(int, tie);
    const Codebook codebook(book, static_cast<TieRule>(tie));
    std::vector<double> probes{0.0, 1e-300, 4e-324, std::ldexp(1.0, 40)};
    const std::vector<double>& levels = codebook.sortedLevels();
    for (std::size_t i = 0; i < levels.size(); ++i) {
        probes.push_back(levels[i]);
        // Thresholds between ordinary levels and those of a recycled level beside them.
        for (std::size_t j = i + 1; j < std::min(levels.size(), i + 3); ++j)
            probes.push_back((levels[i] + levels[j]) / 2);
    }
    const std::size_t exact = probes.size();
    for (std::size_t i = 0; i < exact; ++i)
        for (const double end : {kInfinity, -kInfinity})
            for (double near = probes[i], step = 0; step < 2; ++step)
                probes.push_back(near = std::nextafter(near, end));
    for (const double probe : probes)
        for (const double value : {probe, -probe}) {
            const std::uint32_t expected = nearestByBruteForce(codebook, static_cast<TieRule>(tie), value);
            const std::uint32_t code = codebook.nearest(value);
            if (code != expected)
                QFAIL(qPrintable(
                    QString("%1 takes code %2, expected %3").arg(value, 0, 'g', 17).arg(code).arg(expected)));
        }
}

void TestCodebook::infinityTakesTheOutermostOrdinaryLevel()
{
    QFETCH(ElementBook, book);
    QFETCH(int, tie);
    const Codebook codebook(book, static_cast<TieRule>(tie));
    QCOMPARE(codebook.magnitudeIndex(kInfinity), codebook.magnitudes().size() - 1);
    QCOMPARE(codebook.level(codebook.nearest(kInfinity)), codebook.largest());
    const double lowest = book.twosComplement ? codebook.sortedLevels().front() : -codebook.largest();
    QCOMPARE(codebook.level(codebook.nearest(-kInfinity)), lowest);
}

void TestCodebook::recycledZeroIsHalfOfTheSmallestLevel()
{
    const Codebook positive(recycledHalf(floatBook(2, 1), 1), TieRule::Even);
    QCOMPARE(positive.level(8), 0.25);
    QVERIFY(positive.use(8) == CodeUse::Recycled);
    const Codebook negative(recycledHalf(floatBook(2, 3), -1), TieRule::Even);
    QCOMPARE(negative.level(32), -0.0625);
    const Codebook uniform(recycledHalf(integerBook(5, -1), 1), TieRule::Even);
    QCOMPARE(uniform.level(16), 0.25);
}

void TestCodebook::recycledLevelWinsOnlyWhenStrictlyCloser()
{
    const Codebook book(recycledHalf(floatBook(2, 1), 1), TieRule::Away);
    QCOMPARE(book.nearest(0.125), 0U);  // between 0 and the recycled 0.25
    QCOMPARE(book.nearest(std::nextafter(0.125, 1.0)), 8U);
    QCOMPARE(book.nearest(std::nextafter(0.375, 0.0)), 8U);
    QCOMPARE(book.nearest(0.375), 1U);
    QCOMPARE(book.nearest(-0.25), 9U);  // the negative side has no quarter
}

void TestCodebook::recycledLevelThatRepeatsAnotherIsNeverWritten()
{
    const Codebook book(recycled(floatBook(2, 1), 3), TieRule::Even);
    QVERIFY(book.use(8) == CodeUse::Redundant);
    QCOMPARE(book.nearest(3.0), 5U);
    QCOMPARE(book.structuralVacancies(), std::size_t{1});
}

void TestCodebook::zeroOfEitherSignIsCodeZero()
{
    for (const ElementBook& element : {floatBook(2, 1), integerBook(4, 0, true), recycledHalf(floatBook(2, 1), -1)}) {
        const Codebook book(element, TieRule::Even);
        QCOMPARE(book.nearest(0.0), 0U);
        QCOMPARE(book.nearest(-0.0), 0U);
        QVERIFY(!std::signbit(book.level(book.nearest(-1e-30))));
    }
}

void TestCodebook::clippingBeginsHalfAStepBeyondTheOutermostLevel()
{
    const Codebook book(floatBook(2, 1), TieRule::Even);  // the outermost step is 4 to 6
    QVERIFY(!book.isClipped(7.0));
    QVERIFY(book.isClipped(std::nextafter(7.0, 8.0)));
    QVERIFY(!book.isClipped(-7.0));
    QVERIFY(book.isClipped(-7.1));
    const Codebook special(recycled(floatBook(2, 1), 8), TieRule::Even);  // 6 to 8 above, 4 to 6 below
    QVERIFY(!special.isClipped(9.0));
    QVERIFY(special.isClipped(9.1));
    QVERIFY(special.isClipped(-7.1));
    const Codebook twos(integerBook(4, 0, true), TieRule::Even);
    QVERIFY(!twos.isClipped(-8.5));
    QVERIFY(twos.isClipped(-8.6));
    QVERIFY(twos.isClipped(7.6));
}

QTEST_APPLESS_MAIN(TestCodebook)
#include "tst_codebook.moc"
