#include "core/analysis/error_share.h"
#include "core/error.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

using namespace nanoscope;

/// The cumulative share of the squared error (oracle: blocks sorted by comparison and summed one by one).
class TestErrorShare : public QObject {
    Q_OBJECT

private slots:
    void curveIsTheSumOverTheWorstBlocks_data();
    void curveIsTheSumOverTheWorstBlocks();
    void marksOfFourBlocksByHand();
    void equalBlocksGiveADiagonal();
    void blocksWithNaNAreLeftOut();
    void withoutErrorThereIsNoCurve();
    void aStopEndsIt();
};

namespace {

/// Block numbers, worst first; of equal ones the first first.
std::vector<std::uint64_t> plainOrder(const std::vector<double>& errors)
{
    std::vector<std::uint64_t> order(errors.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return errors[a] > errors[b]; });
    return order;
}

double plainShare(const std::vector<double>& errors, const std::vector<std::uint64_t>& order, std::uint64_t rank)
{
    double sum = 0.0;
    double all = 0.0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        sum += i < rank ? errors[order[i]] : 0.0;
        all += errors[order[i]];
    }
    return sum / all;
}

}  // namespace

void TestErrorShare::curveIsTheSumOverTheWorstBlocks_data()
{
    QTest::addColumn<int>("blocks");
    QTest::addColumn<int>("values");  // few values: many ties
    QTest::newRow("one block") << 1 << 1000;
    QTest::newRow("every block has a point") << 90 << 1000;
    QTest::newRow("thinned out") << 20000 << 1000000;
    QTest::newRow("ties") << 5000 << 4;
}

void TestErrorShare::curveIsTheSumOverTheWorstBlocks()
{
    QFETCH(int, blocks);
    QFETCH(int, values);
    constexpr unsigned kSeed = 11;
    qInfo("seed %u", kSeed);
    std::mt19937_64 random(kSeed);
    CompactDoubles kept;
    for (int i = 0; i < blocks; ++i) {
        const double value = static_cast<double>(1 + random() % static_cast<std::uint64_t>(values)) / values;
        kept.push_back(i % 11 == 3 ? 0.0 : value * value * 1e-9);
    }
    const std::vector<double> errors(kept.values().begin(), kept.values().end());
    const std::vector<std::uint64_t> order = plainOrder(errors);
    const ErrorShare result = errorShare(kept);
    QCOMPARE(result.blocks, errors.size());
    QCOMPARE(result.exact, static_cast<std::uint64_t>(std::count(errors.begin(), errors.end(), 0.0)));
    QVERIFY(!result.curve.empty());
    QVERIFY(result.curve.size() <= 1000);
    QCOMPARE(result.curve.front().rank, std::uint64_t{1});
    QCOMPARE(result.curve.back().rank, result.blocks);
    for (std::size_t i = 0; i < result.curve.size(); i += std::max<std::size_t>(1, result.curve.size() / 40)) {
        const ErrorSharePoint& point = result.curve[i];
        QVERIFY(i == 0 || point.rank > result.curve[i - 1].rank);
        QCOMPARE(point.block, order[point.rank - 1]);
        QCOMPARE(*errorRank(kept, point.block), point.rank);
        QVERIFY(std::fabs(point.share - plainShare(errors, order, point.rank)) < 1e-12);
    }
    for (const auto& [mark, share] : {std::pair(*result.half, 0.5), std::pair(*result.ninety, 0.9)}) {
        QCOMPARE(mark.block, order[mark.rank - 1]);
        QVERIFY(plainShare(errors, order, mark.rank) >= share - 1e-12);
        QVERIFY(plainShare(errors, order, mark.rank - 1) < share + 1e-12);
    }
    QCOMPARE(result.steps.size(), kErrorShareSteps.size());
    for (std::size_t i = 0; i < result.steps.size(); ++i) {
        QCOMPARE(result.steps[i].rank, static_cast<std::uint64_t>(std::ceil(kErrorShareSteps[i] * blocks)));
        QVERIFY(std::fabs(result.steps[i].share - plainShare(errors, order, result.steps[i].rank)) < 1e-12);
    }
}

void TestErrorShare::marksOfFourBlocksByHand()
{
    const ErrorShare result = errorShare({1, 6, 0, 3});
    QCOMPARE(result.squaredError, 10.0);
    QCOMPARE(result.exact, std::uint64_t{1});
    QCOMPARE(result.half->rank, std::uint64_t{1});  // 6 of 10
    QCOMPARE(result.half->block, std::uint64_t{1});
    QCOMPARE(result.half->share, 0.6);
    QCOMPARE(result.ninety->rank, std::uint64_t{2});  // 6 + 3
    QCOMPARE(result.ninety->block, std::uint64_t{3});
    QCOMPARE(result.curve.size(), std::size_t{4});
    QCOMPARE(result.curve[2].block, std::uint64_t{0});
    QCOMPARE(result.curve[3].block, std::uint64_t{2});
    QCOMPARE(result.curve[3].share, 1.0);
}

void TestErrorShare::equalBlocksGiveADiagonal()
{
    const ErrorShare result = errorShare(CompactDoubles(std::vector<double>(100, 0.25)));
    for (const ErrorSharePoint& point : result.curve)
        QCOMPARE(point.share, static_cast<double>(point.rank) / 100);
    QCOMPARE(result.half->rank, std::uint64_t{50});
    QCOMPARE(result.ninety->rank, std::uint64_t{90});
}

void TestErrorShare::blocksWithNaNAreLeftOut()
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const CompactDoubles errors{nan, 2, nan, 2, 4};
    QVERIFY(!errorRank(errors, 2));
    const ErrorShare result = errorShare(errors);
    QCOMPARE(result.blocks, std::uint64_t{3});
    QCOMPARE(result.curve.front().block, std::uint64_t{4});
    QCOMPARE(result.curve.front().share, 0.5);
    QCOMPARE(result.curve.back().block, std::uint64_t{3});
}

void TestErrorShare::withoutErrorThereIsNoCurve()
{
    for (const CompactDoubles& errors : {CompactDoubles{}, CompactDoubles{0, 0, -0.0}}) {
        const ErrorShare result = errorShare(errors);
        QCOMPARE(result.blocks, errors.size());
        QCOMPARE(result.exact, errors.size());
        QVERIFY(result.curve.empty() && result.steps.empty() && !result.half && !result.ninety);
    }
}

void TestErrorShare::aStopEndsIt()
{
    std::stop_source source;
    source.request_stop();
    QVERIFY_EXCEPTION_THROWN(
        (void)errorShare(CompactDoubles(std::vector<double>(100, 1.0)), source.get_token()), Cancelled);
}

QTEST_APPLESS_MAIN(TestErrorShare)
#include "tst_error_share.moc"
