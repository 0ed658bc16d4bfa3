#include "core/analysis/block_sqnr.h"
#include "core/error.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace nanoscope;

/// The spread of the blocks' SQNR (oracle: every block's ratio counted between the edges of each bin).
class TestBlockSqnr : public QObject {
    Q_OBJECT

private slots:
    void binsHoldTheBlocksBetweenTheirEdges();
    void widerBinsAreSums_data();
    void widerBinsAreSums();
    void farWorseBlocksCountInTheFirstBin();
    void exactAndExcludedBlocksHaveNoBin();
    void aStopEndsIt();

private:
    struct Blocks {
        CompactDoubles error;
        CompactDoubles power;
        std::vector<double> decibel;
    };
    static Blocks someBlocks();
};

/// From -3 to 40 dB or so.
TestBlockSqnr::Blocks TestBlockSqnr::someBlocks()
{
    constexpr unsigned kSeed = 5;
    qInfo("seed %u", kSeed);
    std::mt19937_64 random(kSeed);
    std::normal_distribution<double> normal(18, 6);
    Blocks blocks;
    for (int i = 0; i < 4000; ++i) {
        const double power = std::exp2(static_cast<double>(random() % 20));
        blocks.power.push_back(power);
        blocks.error.push_back(power * std::pow(10.0, -normal(random) / 10));
        const std::size_t block = blocks.decibel.size();
        blocks.decibel.push_back(10 * std::log10(blocks.power[block] / blocks.error[block]));
    }
    return blocks;
}

void TestBlockSqnr::binsHoldTheBlocksBetweenTheirEdges()
{
    const Blocks blocks = someBlocks();
    const BlockSqnrSpread figures = blockSqnrSpread(blocks.error, blocks.power);
    QCOMPARE(figures.blocks, blocks.error.size());
    QVERIFY(figures.counts.front() > 0 && figures.counts.back() > 0);
    std::uint64_t all = 0;
    for (std::size_t bin = 0; bin < figures.counts.size(); ++bin) {
        const auto number = figures.firstBin + static_cast<std::int64_t>(bin);
        const auto isIn = [&](double decibel) {
            return static_cast<std::int64_t>(std::floor(decibel / BlockSqnrSpread::kBinWidth)) == number;
        };
        const auto count = std::count_if(blocks.decibel.begin(), blocks.decibel.end(), isIn);
        QCOMPARE(figures.counts[bin], static_cast<std::uint64_t>(count));
        if (count > 0)
            QCOMPARE(figures.firstBlock[bin],
                static_cast<std::uint64_t>(
                    std::find_if(blocks.decibel.begin(), blocks.decibel.end(), isIn) - blocks.decibel.begin()));
        all += figures.counts[bin];
    }
    QCOMPARE(all, figures.blocks);
}

void TestBlockSqnr::widerBinsAreSums_data()
{
    QTest::addColumn<int>("per");
    for (const int per : {1, 5, 50, 200})
        QTest::addRow("%d", per) << per;
}

void TestBlockSqnr::widerBinsAreSums()
{
    QFETCH(int, per);
    const Blocks blocks = someBlocks();
    const BlockSqnrSpread figures = blockSqnrSpread(blocks.error, blocks.power);
    const double width = per * BlockSqnrSpread::kBinWidth;
    const double lowest = *std::min_element(blocks.decibel.begin(), blocks.decibel.end());
    const auto first = static_cast<std::int64_t>(std::floor(lowest / width));
    const auto count = static_cast<std::size_t>(80 / width);
    const std::vector<double> shares = figures.shares(per, first, count);
    for (std::size_t bin = 0; bin < count; ++bin) {
        const double left = static_cast<double>(first + static_cast<std::int64_t>(bin)) * width;
        const auto found = std::count_if(blocks.decibel.begin(), blocks.decibel.end(),
            [&](double decibel) { return decibel >= left - 1e-9 && decibel < left + width - 1e-9; });
        QVERIFY(std::fabs(shares[bin] - static_cast<double>(found) / 4000) < 1e-12);
    }
}

void TestBlockSqnr::farWorseBlocksCountInTheFirstBin()
{
    const CompactDoubles power{1e12, 1e12, 1e12, 1e12};
    const CompactDoubles error{1.0, 1e11, 1e-3, 1e13};  // 120, 10, 150, -10 dB
    const BlockSqnrSpread figures = blockSqnrSpread(error, power);
    QCOMPARE(figures.counts.size(), std::size_t{8001});
    QCOMPARE(figures.counts.front(), std::uint64_t{2});
    QCOMPARE(figures.firstBlock.front(), std::uint64_t{1});
    QCOMPARE(figures.counts.back(), std::uint64_t{1});
    QCOMPARE(figures.firstBlock.back(), std::uint64_t{2});
}

void TestBlockSqnr::exactAndExcludedBlocksHaveNoBin()
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const BlockSqnrSpread figures = blockSqnrSpread({0, nan, 1, 0, 1}, {4, nan, 10, 0, 0});
    QCOMPARE(figures.exact, std::uint64_t{2});
    QCOMPARE(figures.blocks, std::uint64_t{3});  // the last has an error on nothing
    QCOMPARE(figures.counts, std::vector<std::uint64_t>{1});
    QCOMPARE(figures.firstBlock, std::vector<std::uint64_t>{2});
    QCOMPARE(figures.shares(100, 10, 2), (std::vector<double>{1.0 / 3, 0.0}));
    const BlockSqnrSpread none = blockSqnrSpread({0}, {0});
    QVERIFY(none.counts.empty());
    QCOMPARE(none.shares(1, 0, 1), std::vector<double>{0.0});
}

void TestBlockSqnr::aStopEndsIt()
{
    std::stop_source source;
    source.request_stop();
    const CompactDoubles ones(std::vector<double>(10, 1.0));
    QVERIFY_EXCEPTION_THROWN((void)blockSqnrSpread(ones, ones, source.get_token()), Cancelled);
}

QTEST_APPLESS_MAIN(TestBlockSqnr)
#include "tst_block_sqnr.moc"
