#include "core/format/codebook.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace nanoscope;

/// Floats beyond those of MX (oracles: the formats' published ranges, and rounding to m mantissa bits by arithmetic).
class TestCodebookFloats : public QObject {
    Q_OBJECT

private slots:
    void floatsTakeDirectedTies();
    void fnuzHasOneNanAndNoMinusZero_data();
    void fnuzHasOneNanAndNoMinusZero();
    void wideFloatsRoundAsTheHardwareDoes_data();
    void wideFloatsRoundAsTheHardwareDoes();
    void withoutSubnormalsFieldZeroIsZero();
    void aGivenBiasScalesTheLevels();
};

namespace {

ElementBook floatBook(int e, int m, TopCodes top = TopCodes::Finite)
{
    ElementBook book;
    book.exponentBits = e;
    book.mantissaBits = m;
    book.top = top;
    return book;
}

}  // namespace

void TestCodebookFloats::floatsTakeDirectedTies()
{
    const Codebook down(floatBook(2, 1), TieRule::Down);
    const Codebook up(floatBook(2, 1), TieRule::Up);
    const std::vector<double> levels{0, .5, 1, 1.5, 2, 3, 4, 6};
    for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
        const double middle = (levels[i] + levels[i + 1]) / 2;
        QCOMPARE(down.level(down.nearest(middle)), levels[i]);
        QCOMPARE(down.level(down.nearest(-middle)), -levels[i + 1]);
        QCOMPARE(up.level(up.nearest(middle)), levels[i + 1]);
        QCOMPARE(up.level(up.nearest(-middle)), i == 0 ? 0.0 : -levels[i]);
    }
    QCOMPARE(down.nearest(-0.0), 0U);
    QCOMPARE(down.largest(), 6.0);
    ElementBook special = floatBook(2, 1);  // BitMoD's special value is a level like the others
    special.recycle = Recycle{RecycleMode::Value, 1, 5.0};
    const Codebook bitmod(special, TieRule::Down);
    QCOMPARE(bitmod.level(bitmod.nearest(4.5)), 4.0);
    QCOMPARE(bitmod.level(bitmod.nearest(5.5)), 5.0);
    QCOMPARE(bitmod.nearest(5.0), 8U);
}

void TestCodebookFloats::fnuzHasOneNanAndNoMinusZero_data()
{
    QTest::addColumn<int>("e");
    QTest::addColumn<int>("m");
    QTest::addColumn<double>("largest");
    QTest::addColumn<double>("smallest");
    QTest::newRow("E4M3FNUZ") << 4 << 3 << 240.0 << std::ldexp(1.0, -10);
    QTest::newRow("E5M2FNUZ") << 5 << 2 << 57344.0 << std::ldexp(1.0, -17);
}

void TestCodebookFloats::fnuzHasOneNanAndNoMinusZero()
{
    QFETCH(int, e);
    QFETCH(int, m);
    QFETCH(double, largest);
    QFETCH(double, smallest);
    const Codebook book(floatBook(e, m, TopCodes::Fnuz), TieRule::Even);
    QCOMPARE(book.largest(), largest);
    QCOMPARE(book.level(1), smallest);
    QVERIFY(book.use(0x80) == CodeUse::NotANumber);
    QCOMPARE(book.structuralVacancies(), std::size_t{1});
    QCOMPARE(book.nearest(-0.0), 0U);
    QCOMPARE(book.nearest(-smallest / 2), 0U);
    QCOMPARE(book.level(book.nearest(1e9)), largest);
}

void TestCodebookFloats::wideFloatsRoundAsTheHardwareDoes_data()
{
    QTest::addColumn<int>("e");
    QTest::addColumn<int>("m");
    QTest::addColumn<quint64>("vacancies");
    // Minus zero, and two signs of a top exponent with 2^m codes.
    QTest::newRow("FP16") << 5 << 10 << quint64{1 + 2 * 1024};
    QTest::newRow("BF16") << 8 << 7 << quint64{1 + 2 * 128};
    QTest::newRow("TF32") << 8 << 10 << quint64{1 + 2 * 1024};
}

void TestCodebookFloats::wideFloatsRoundAsTheHardwareDoes()
{
    QFETCH(int, e);
    QFETCH(int, m);
    QFETCH(quint64, vacancies);
    const Codebook book(floatBook(e, m, TopCodes::Ieee), TieRule::Even);
    QCOMPARE(static_cast<quint64>(book.structuralVacancies()), vacancies);
    const int largestExponent = (1 << (e - 1)) - 1;
    const int smallestNormal = 1 - largestExponent;
    QCOMPARE(book.largest(), std::ldexp(2.0 - std::ldexp(1.0, -m), largestExponent));
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> exponents(smallestNormal - m - 3, largestExponent);
    for (int i = 0; i < 20000; ++i) {
        const auto value = static_cast<double>(static_cast<float>(std::exp2(exponents(random))));
        const int step = std::max(std::ilogb(value), smallestNormal) - m;
        const double rounded = std::min(std::ldexp(std::nearbyint(std::ldexp(value, -step)), step), book.largest());
        QCOMPARE(book.level(book.nearest(value)), rounded);
        QCOMPARE(book.level(book.nearest(-value)), rounded == 0.0 ? 0.0 : -rounded);
    }
}

void TestCodebookFloats::withoutSubnormalsFieldZeroIsZero()
{
    ElementBook element = floatBook(4, 3);
    element.subnormals = false;
    const Codebook book(element, TieRule::Even);
    const double smallest = std::ldexp(1.0, -6);
    for (std::uint32_t mantissa = 1; mantissa < 8; ++mantissa)
        for (const std::uint32_t code : {mantissa, mantissa + 128}) {
            QCOMPARE(book.level(code), 0.0);
            QVERIFY(book.use(code) == CodeUse::Redundant);
        }
    QCOMPARE(book.structuralVacancies(), std::size_t{1 + 2 * 7});
    QCOMPARE(book.level(8), smallest);
    QCOMPARE(book.nearest(smallest), 8U);
    QCOMPARE(book.nearest(-smallest), 136U);
    QCOMPARE(book.nearest(std::nextafter(smallest / 2, 0.0)), 0U);
    QCOMPARE(book.nearest(std::nextafter(smallest / 2, 1.0)), 8U);
    QCOMPARE(book.nearest(-smallest / 4), 0U);
    QCOMPARE(book.largest(), 480.0);
}

void TestCodebookFloats::aGivenBiasScalesTheLevels()
{
    ElementBook element = floatBook(2, 1);
    element.givenBias = 3;
    const Codebook book(element, TieRule::Even);
    const Codebook standard(floatBook(2, 1), TieRule::Even);
    for (std::uint32_t code = 0; code < 16; ++code)
        QCOMPARE(book.level(code), standard.level(code) / 4);
    QCOMPARE(book.largestExponent(), 0);
}

QTEST_APPLESS_MAIN(TestCodebookFloats)
#include "tst_codebook_floats.moc"
