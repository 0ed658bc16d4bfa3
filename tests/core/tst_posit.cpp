#include "core/format/codebook.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace nanoscope;

/// Posit codebooks (oracles: tables and rounding examples of catalogue 3.10, checked there against Stillwater's
/// universal library, and the definition written once more).
class TestPosit : public QObject {
    Q_OBJECT

private slots:
    void positsHaveTheirLevels_data();
    void positsHaveTheirLevels();
    void halfOfPosit80IsFixedPoint();
    void positCodesSortAsSignedIntegers();
    void positsRoundOnTheEncoding_data();
    void positsRoundOnTheEncoding();
    void positsMeetAtThePositOfOneMoreBit_data();
    void positsMeetAtThePositOfOneMoreBit();
    void positsNeverBecomeZero();
};

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

ElementBook positBook(int bits, int es)
{
    ElementBook book;
    book.kind = BookKind::Posit;
    book.bits = bits;
    book.exponentBits = es;
    return book;
}

/// Value of the bits of a positive posit behind its sign, read from left to right.
double positOf(const QString& bits, int es)
{
    qsizetype run = 1;
    while (run < bits.size() && bits[run] == bits[0])
        ++run;
    const qsizetype regime = bits[0] == '1' ? run - 1 : -run;
    const QString rest = bits.mid(run + 1);
    const int exponent = rest.left(es).leftJustified(es, '0').toInt(nullptr, 2);
    const QString fraction = rest.mid(es);
    const double part = fraction.isEmpty() ? 0.0 : fraction.toInt(nullptr, 2) / std::ldexp(1.0, int(fraction.size()));
    return (1.0 + part) * std::ldexp(1.0, static_cast<int>(regime) * (1 << es) + exponent);
}

double positOf(std::uint32_t code, int bits, int es)
{
    return positOf(QString::number(code, 2).rightJustified(bits - 1, '0'), es);
}

}  // namespace

void TestPosit::positsHaveTheirLevels_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<int>("es");
    QTest::addColumn<std::vector<double>>("positives");
    const auto row = [](int bits, int es, std::vector<double> positives) {
        QTest::newRow(qPrintable(QString("posit(%1,%2)").arg(bits).arg(es))) << bits << es << std::move(positives);
    };
    row(4, 1, {1.0 / 16, 1.0 / 4, 1.0 / 2, 1, 2, 4, 16});
    row(4, 0, {1.0 / 4, 1.0 / 2, 3.0 / 4, 1, 3.0 / 2, 2, 4});
    row(3, 0, {1.0 / 2, 1, 2});
    row(4, 2, {1.0 / 256, 1.0 / 16, 1.0 / 4, 1, 4, 16, 256});
}

void TestPosit::positsHaveTheirLevels()
{
    QFETCH(int, bits);
    QFETCH(int, es);
    QFETCH(std::vector<double>, positives);
    const Codebook book(positBook(bits, es), TieRule::Even);
    std::vector<double> levels;
    for (std::uint32_t code = 1; code < book.codeCount() / 2; ++code)
        levels.push_back(book.level(code));
    QCOMPARE(levels, positives);
    QCOMPARE(book.level(0), 0.0);
    QCOMPARE(book.largest(), positives.back());
}

void TestPosit::halfOfPosit80IsFixedPoint()
{
    const Codebook book(positBook(8, 0), TieRule::Even);
    for (std::uint32_t code = 1; code <= 64; ++code)
        QCOMPARE(book.level(code), code / 64.0);
    QCOMPARE(book.level(127), 64.0);
    const Codebook wide(positBook(16, 1), TieRule::Even);
    QCOMPARE(wide.level(1), std::ldexp(1.0, -28));
    QCOMPARE(wide.largest(), std::ldexp(1.0, 28));
}

void TestPosit::positCodesSortAsSignedIntegers()
{
    const Codebook book(positBook(6, 1), TieRule::Even);
    QCOMPARE(book.structuralVacancies(), std::size_t{1});
    QVERIFY(book.use(32) == CodeUse::NotANumber);  // 100000 is "not a real"
    double last = -kInfinity;
    for (int value = -31; value <= 31; ++value) {
        const auto code = static_cast<std::uint32_t>(value) & 63U;
        QVERIFY(book.level(code) > last);
        last = book.level(code);
        QCOMPARE(book.nearest(last), code);
        QCOMPARE(book.level((64 - code) % 64), value == 0 ? 0.0 : -last);
    }
}

void TestPosit::positsRoundOnTheEncoding_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<double>("rounded");
    QTest::newRow("boundary at 1/8, not at the midpoint 0.156") << .15 << .25;
    QTest::newRow("a tie at 1/8 takes the even code") << .125 << .25;
    QTest::newRow("below it") << .1249 << .0625;
    QTest::newRow("6 is below the boundary 8") << 6.0 << 4.0;
    QTest::newRow("10 is above it") << 10.0 << 16.0;
    QTest::newRow("a tie at 8 takes the even code") << 8.0 << 4.0;
    QTest::newRow("1.5") << 1.5 << 1.0;
    QTest::newRow("0.75") << .75 << 1.0;
    QTest::newRow("smallest") << 1e-30 << .0625;
    QTest::newRow("largest") << 1e30 << 16.0;
    QTest::newRow("infinity") << kInfinity << 16.0;
}

void TestPosit::positsRoundOnTheEncoding()
{
    QFETCH(double, value);
    QFETCH(double, rounded);
    const Codebook book(positBook(4, 1), TieRule::Even);
    QCOMPARE(book.level(book.nearest(value)), rounded);
    QCOMPARE(book.level(book.nearest(-value)), -rounded);
}

void TestPosit::positsMeetAtThePositOfOneMoreBit_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<int>("es");
    for (const auto& [bits, es] : {std::pair{4, 0}, {4, 1}, {6, 1}, {8, 0}, {8, 1}, {8, 2}, {16, 1}})
        QTest::newRow(qPrintable(QString("posit(%1,%2)").arg(bits).arg(es))) << bits << es;
}

void TestPosit::positsMeetAtThePositOfOneMoreBit()
{
    QFETCH(int, bits);
    QFETCH(int, es);
    const Codebook book(positBook(bits, es), TieRule::Even);
    const auto top = static_cast<std::uint32_t>(book.codeCount() / 2 - 1);
    for (std::uint32_t code = 1; code < top; ++code) {
        QCOMPARE(book.level(code), positOf(code, bits, es));
        const double meeting = positOf(2 * code + 1, bits + 1, es);
        const std::uint32_t even = code % 2 == 0 ? code : code + 1;
        QCOMPARE(book.nearest(meeting), even);
        QCOMPARE(book.nearest(std::nextafter(meeting, 0.0)), code);
        QCOMPARE(book.nearest(std::nextafter(meeting, kInfinity)), code + 1);
        QCOMPARE(book.level(book.nearest(-meeting)), -book.level(even));
        QCOMPARE(book.upperBound(book.levelRank(code)), book.lowerBound(book.levelRank(code + 1)));
    }
}

void TestPosit::positsNeverBecomeZero()
{
    const Codebook book(positBook(8, 1), TieRule::Even);
    for (const double value : {std::numeric_limits<double>::denorm_min(), 1e-300, 1e-20, book.level(1) / 2}) {
        QCOMPARE(book.nearest(value), 1U);
        QCOMPARE(book.nearest(-value), 255U);
    }
    QCOMPARE(book.nearest(0.0), 0U);
    QCOMPARE(book.nearest(-0.0), 0U);
}

QTEST_APPLESS_MAIN(TestPosit)
#include "tst_posit.moc"
