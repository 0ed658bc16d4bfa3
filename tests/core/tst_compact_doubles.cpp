#include "core/analysis/compact_doubles.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <random>

using namespace nanoscope;

/// Doubles in four bytes (oracle: the doubles themselves).
class TestCompactDoubles : public QObject {
    Q_OBJECT

private slots:
    void everyExponentIsKeptToItsPrecision();
    void valuesWithFewBitsAreKeptExactly_data();
    void valuesWithFewBitsAreKeptExactly();
    void tiesGoToTheEvenNeighbor();
    void whatIsBeyondTheRangeIsItsEnd();
    void zeroInfinityAndNaNStay();
    void codesAreInTheOrderOfTheValues();
};

namespace {

double kept(double value)
{
    return CompactDoubles{value}[0];
}

}  // namespace

void TestCompactDoubles::everyExponentIsKeptToItsPrecision()
{
    constexpr unsigned kSeed = 7;
    qInfo("seed %u", kSeed);
    std::mt19937_64 random(kSeed);
    double worst = 0.0;
    for (int exponent = -511; exponent < 511; ++exponent)
        for (int i = 0; i < 50; ++i) {
            const double value = std::ldexp(1.0 + static_cast<double>(random() >> 12U) * 0x1p-52, exponent);
            const double error = std::fabs(kept(value) - value) / value;
            QVERIFY2(error <= CompactDoubles::kPrecision, qPrintable(QString::number(value)));
            worst = std::max(worst, error);
        }
    QVERIFY(worst > 0.9 * CompactDoubles::kPrecision);  // what is promised is no more than is kept
}

void TestCompactDoubles::valuesWithFewBitsAreKeptExactly_data()
{
    QTest::addColumn<double>("value");
    const double largest = static_cast<double>(std::numeric_limits<float>::max());
    QTest::newRow("one") << 1.0;
    QTest::newRow("22 bits") << 1.0 + 0x1p-22;
    QTest::newRow("square of the smallest float32") << std::ldexp(1.0, -298);
    QTest::newRow("square of the largest float32 in 2^40 places") << kept(std::ldexp(largest * largest, 40));
    QTest::newRow("lower end") << 0x1p-511;
    QTest::newRow("next to it") << 0x1p-511 * (1 + 0x1p-22);
}

void TestCompactDoubles::valuesWithFewBitsAreKeptExactly()
{
    QFETCH(double, value);
    QVERIFY(std::isfinite(value) && value > 0);
    QCOMPARE(kept(value), value);
}

void TestCompactDoubles::tiesGoToTheEvenNeighbor()
{
    QCOMPARE(kept(1 + 0x1p-23), 1.0);
    QCOMPARE(kept(1 + 3 * 0x1p-23), 1 + 0x1p-21);
    QCOMPARE(kept(std::nextafter(1 + 0x1p-23, 2)), 1 + 0x1p-22);
    QCOMPARE(kept(2 - 0x1p-23), 2.0);
}

void TestCompactDoubles::whatIsBeyondTheRangeIsItsEnd()
{
    const double smallest = kept(std::numeric_limits<double>::denorm_min());
    QVERIFY(smallest > 0 && smallest <= 0x1p-511);
    QCOMPARE(kept(0x1p-600), smallest);
    const double largest = kept(std::numeric_limits<double>::max());
    QVERIFY(std::isfinite(largest) && largest >= 0x1p511);
    QCOMPARE(kept(0x1p600), largest);
}

void TestCompactDoubles::zeroInfinityAndNaNStay()
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    const CompactDoubles values{0.0, -0.0, infinity, nan};
    QVERIFY(values[0] == 0 && !std::signbit(values[0]));
    QVERIFY(values[1] == 0 && !std::signbit(values[1]));
    QCOMPARE(values[2], infinity);
    QVERIFY(std::isnan(values[3]));
    CompactDoubles resized = values;
    resized.resize(6);
    QCOMPARE(resized[5], 0.0);
}

void TestCompactDoubles::codesAreInTheOrderOfTheValues()
{
    const double infinity = std::numeric_limits<double>::infinity();
    const CompactDoubles values{0, 0x1p-700, 0x1p-500, 0.9, 1, 1 + 0x1p-22, 2, 1e100, 0x1p700, infinity, std::nan("")};
    for (std::size_t i = 1; i < values.size(); ++i)
        QVERIFY2(values.codes()[i - 1] < values.codes()[i], qPrintable(QString::number(i)));
}

QTEST_APPLESS_MAIN(TestCompactDoubles)
#include "tst_compact_doubles.moc"
