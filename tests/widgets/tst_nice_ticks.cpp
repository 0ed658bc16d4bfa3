#include "widgets/nice_ticks.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace nanoscope;

class TestNiceTicks : public QObject {
    Q_OBJECT

private slots:
    void stepsAreOneTwoOrFiveTimesAPowerOfTen_data();
    void stepsAreOneTwoOrFiveTimesAPowerOfTen();
    void ticksOfASymmetricRangeAreSymmetric();
    void randomRangesGetTicksInsideAndNoMoreThanAsked();
    void anEmptyRangeHasNoTicks();
    void logTicksAreThinnedToPowersOfTenWhereThereIsNoRoom();
    void logTicksNeverHoldAZero();
    void ceilingAndFloorEncloseTheValue();
};

void TestNiceTicks::stepsAreOneTwoOrFiveTimesAPowerOfTen_data()
{
    QTest::addColumn<double>("lowest");
    QTest::addColumn<double>("highest");
    QTest::addColumn<int>("most");
    QTest::addColumn<QList<double>>("expected");
    QTest::newRow("unit") << 0.0 << 1.0 << 6 << QList<double>{0, 0.2, 0.4, 0.6, 0.8, 1.0};
    QTest::newRow("thirds stay whole") << 0.0 << 15.0 << 5 << QList<double>{0, 5, 10, 15};
    QTest::newRow("between ticks") << -6.4 << 6.4 << 8 << QList<double>{-6, -4, -2, 0, 2, 4, 6};
    QTest::newRow("small") << 1e-9 << 4e-9 << 4 << QList<double>{1e-9, 2e-9, 3e-9, 4e-9};
}

void TestNiceTicks::stepsAreOneTwoOrFiveTimesAPowerOfTen()
{
    QFETCH(double, lowest);
    QFETCH(double, highest);
    QFETCH(int, most);
    QFETCH(QList<double>, expected);
    const NiceTicks ticks = niceTicks(lowest, highest, most);
    QCOMPARE(QList<double>(ticks.values.begin(), ticks.values.end()), expected);
}

void TestNiceTicks::ticksOfASymmetricRangeAreSymmetric()
{
    const std::vector<double> ticks = niceTicks(-7.35, 7.35, 9).values;
    for (std::size_t i = 0; i < ticks.size(); ++i)
        QCOMPARE(ticks[i], -ticks[ticks.size() - 1 - i]);
}

void TestNiceTicks::randomRangesGetTicksInsideAndNoMoreThanAsked()
{
    const unsigned seed = std::random_device{}();
    qInfo("seed %u", seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> exponent(-12, 12);
    std::uniform_real_distribution<double> offset(-3, 3);
    for (int i = 0; i < 2000; ++i) {
        const double width = std::pow(10.0, exponent(random));
        const double lowest = offset(random) * width;
        const int most = 2 + static_cast<int>(random() % 12);
        const NiceTicks ticks = niceTicks(lowest, lowest + width, most);
        QVERIFY(ticks.values.size() <= static_cast<std::size_t>(most));
        for (std::size_t k = 0; k < ticks.values.size(); ++k) {
            QVERIFY(ticks.values[k] >= lowest - 1e-6 * width && ticks.values[k] <= lowest + (1 + 1e-6) * width);
            const double multiple = ticks.values[k] / ticks.step;
            QVERIFY(std::fabs(multiple - std::round(multiple)) < 1e-6);
        }
    }
}

void TestNiceTicks::anEmptyRangeHasNoTicks()
{
    QVERIFY(niceTicks(1, 1, 5).values.empty());
    QVERIFY(niceTicks(2, 1, 5).values.empty());
    QVERIFY(niceTicks(0, std::nan(""), 5).values.empty());
    QVERIFY(niceTicks(0, 1, 0).values.empty());
}

void TestNiceTicks::logTicksAreThinnedToPowersOfTenWhereThereIsNoRoom()
{
    QCOMPARE(logTicks(1, 100, 10), (std::vector<double>{1, 2, 5, 10, 20, 50, 100}));
    QCOMPARE(logTicks(1, 1000, 4), (std::vector<double>{1, 10, 100, 1000}));
    QCOMPARE(logTicks(1e-8, 1e8, 5), (std::vector<double>{1e-6, 1e-3, 1, 1e3, 1e6}));
}

void TestNiceTicks::logTicksNeverHoldAZero()
{
    QVERIFY(logTicks(0, 100, 10).empty());
    QVERIFY(logTicks(-1, 100, 10).empty());
    const std::vector<double> ticks = logTicks(1e-300, 1e300, 6);
    QVERIFY(std::all_of(ticks.begin(), ticks.end(), [](double tick) { return tick > 0; }));
}

void TestNiceTicks::ceilingAndFloorEncloseTheValue()
{
    QCOMPARE(niceCeiling(1), 1.0);
    QCOMPARE(niceFloor(1), 1.0);
    QCOMPARE(niceCeiling(3.1), 5.0);
    QCOMPARE(niceFloor(3.1), 2.0);
    QCOMPARE(niceCeiling(0.0051), 0.01);
    QCOMPARE(niceFloor(0.0051), 0.005);
}

QTEST_APPLESS_MAIN(TestNiceTicks)
#include "tst_nice_ticks.moc"
