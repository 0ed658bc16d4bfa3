#include "core/analysis/block_percentiles.h"
#include "core/analysis/report.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace nanoscope;

/// Percentiles of the blocks' SQNR (oracle: the decibels of all blocks in double, sorted).
class TestBlockPercentiles : public QObject {
    Q_OBJECT

private slots:
    void theyAreThoseOfTheSortedBlocks_data();
    void theyAreThoseOfTheSortedBlocks();
    void exactBlocksAreTheBest();
    void blocksWithoutSqnrHaveNone();
};

namespace {

double percentile(std::vector<double> decibels, double percent)
{
    std::sort(decibels.begin(), decibels.end());
    const double position = percent / 100 * static_cast<double>(decibels.size() - 1);
    const auto low = static_cast<std::size_t>(position);
    const double upper = decibels[std::min(low + 1, decibels.size() - 1)];
    return decibels[low] + (upper - decibels[low]) * (position - static_cast<double>(low));
}

}  // namespace

void TestBlockPercentiles::theyAreThoseOfTheSortedBlocks_data()
{
    QTest::addColumn<int>("blocks");
    QTest::addColumn<double>("spread");  // of the SQNR, dB
    QTest::addColumn<double>("unit");    // of the values
    QTest::newRow("one block") << 1 << 5.0 << 1.0;
    QTest::newRow("two blocks") << 2 << 5.0 << 1.0;
    QTest::newRow("many") << 50000 << 5.0 << 1.0;
    QTest::newRow("nearly the same") << 50000 << 1e-3 << 1.0;
    QTest::newRow("far apart") << 5000 << 200.0 << 1.0;
    QTest::newRow("all the same") << 300 << 0.0 << 1.0;
    QTest::newRow("large values") << 1000 << 5.0 << 0x1p120;
    QTest::newRow("small values") << 1000 << 5.0 << 0x1p-120;
}

void TestBlockPercentiles::theyAreThoseOfTheSortedBlocks()
{
    QFETCH(int, blocks);
    QFETCH(double, spread);
    QFETCH(double, unit);
    constexpr unsigned kSeed = 23;
    qInfo("seed %u", kSeed);
    std::mt19937_64 random(kSeed);
    std::normal_distribution<double> normal(20, spread);
    CompactDoubles errors;
    CompactDoubles powers;
    std::vector<double> decibels;
    for (int i = 0; i < blocks; ++i) {
        const double power = unit * unit * (1 + static_cast<double>(random() % 1000) / 7);
        const double error = spread > 0 ? power * std::pow(10, -normal(random) / 10) : power / 3;
        powers.push_back(power);
        errors.push_back(error);
        decibels.push_back(10 * std::log10(power / error));
    }
    const auto result = blockSqnrPercentiles(errors, powers);
    QCOMPARE(result.size(), kBlockPercentiles.size());
    for (std::size_t i = 0; i < result.size(); ++i) {
        QCOMPARE(result[i].first, kBlockPercentiles[i]);
        const double expected = percentile(decibels, kBlockPercentiles[i]);
        QVERIFY2(std::fabs(result[i].second - expected) <= 1.1e-6, qPrintable(QString::number(expected, 'g', 12)));
    }
}

void TestBlockPercentiles::exactBlocksAreTheBest()
{
    const auto result = blockSqnrPercentiles({0, 1, 0, 1, 1}, {4, 10, 2, 100, 1000});
    QVERIFY(std::fabs(result[3].second - 30) < 1e-9);  // the median of 10, 20, 30 and two exact ones
    QVERIFY(std::fabs(result[2].second - 20) < 1e-9);
    QVERIFY(result[4].second > 3000 && std::isfinite(result[4].second));
}

void TestBlockPercentiles::blocksWithoutSqnrHaveNone()
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    QVERIFY(blockSqnrPercentiles({}, {}).empty());
    QVERIFY(blockSqnrPercentiles({0, nan}, {0, nan}).empty());
    const auto result = blockSqnrPercentiles({0, nan, 1, nan}, {0, nan, 10, nan});
    for (const auto& [percent, decibel] : result)
        QVERIFY(std::fabs(decibel - 10) < 1e-9);
    QCOMPARE(result.size(), kBlockPercentiles.size());
}

QTEST_APPLESS_MAIN(TestBlockPercentiles)
#include "tst_block_percentiles.moc"
