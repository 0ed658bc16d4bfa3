#include "made_tensor.h"

#include "core/analysis/analyze.h"
#include "core/analysis/report_json.h"
#include "core/error.h"
#include "core/format/preset.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

using namespace nanoscope;

/// Reports (oracle: the definitions of the figures on cases done by hand).
class TestAnalyze : public QObject {
    Q_OBJECT

private slots:
    void figuresAreTheSameToTheLastBitForOneAndTwoThreads();
    void worstBlockIsTheFirstOfThoseWithTheLargestError();
    void nonFiniteBlocksAreCountedAndLeftOut();
    void zeroErrorHasNoSqnr();
    void zeroTensorHasNoRelativeFigures();
    void clippedElementsAreThoseBeyondHalfAStep();
    void zerosAndUnderflowAreToldApart();
    void levelCountsAndVacanciesAreAsCountedByHand();
    void choicesAreSharesOfBlocks();
    void percentilesSurviveExtremeValues_data();
    void percentilesSurviveExtremeValues();
    void emptyTensorHasAReport_data();
    void emptyTensorHasAReport();
    void histogramsHoldEveryElement();
    void stoppingThrowsCancelled();
};

namespace {

const float kNan = std::numeric_limits<float>::quiet_NaN();
const float kInfinite = std::numeric_limits<float>::infinity();

Report reportOf(const Tensor& tensor, const char* format, unsigned threads = 0)
{
    const NamedFormat named = parseFormat(format);
    AnalyzeOptions options;
    options.threads = threads;
    return analyze(tensor, viewOf(tensor, named.spec), named, options);
}

/// Every figure as text with all its digits; the time it took left out.
std::string textOf(Report report)
{
    report.seconds = 0.0;
    nlohmann::json json = toJson(report);
    for (const LevelCount& level : report.levels)
        json["level_errors"].push_back(level.squaredError);
    for (const MagnitudeBin& bin : report.magnitudes)
        json["magnitudes"].push_back({bin.lowest, bin.count, bin.squaredError, bin.power});
    for (const Density& density : report.density)
        json["density"].push_back(density.counts);
    json["worst_block"] = report.worstBlock;
    json["block_errors"] = report.blockSquaredError.codes();
    return json.dump();
}

std::uint64_t countOf(const Report& report, double level)
{
    for (const LevelCount& count : report.levels)
        if (count.level == level && !count.isStructurallyVacant())
            return count.count;
    return 0;
}

}  // namespace

void TestAnalyze::figuresAreTheSameToTheLastBitForOneAndTwoThreads()
{
    constexpr std::uint64_t kChunk = 1 << 16;  // elements that one worker measures at a time
    constexpr int kRepetitions = 20;
    const Tensor tensor = madeTensor({8, kChunk + 96}, gaussian(8 * (kChunk + 96), 3));
    const Report alone = reportOf(tensor, "NxFP4", 1);
    QCOMPARE(alone.chunksByWorker.size(), std::size_t{1});
    QVERIFY(alone.chunksByWorker[0] >= 8);
    const std::string expected = textOf(alone);
    bool bothWorked = false;
    for (int i = 0; i < kRepetitions; ++i) {
        const Report together = reportOf(tensor, "NxFP4", 2);
        QCOMPARE(together.chunksByWorker.size(), std::size_t{2});
        QCOMPARE(together.chunksByWorker[0] + together.chunksByWorker[1], alone.chunksByWorker[0]);
        bothWorked = bothWorked || (together.chunksByWorker[0] > 0 && together.chunksByWorker[1] > 0);
        QVERIFY(textOf(together) == expected);
    }
    QVERIFY(bothWorked);
}

void TestAnalyze::worstBlockIsTheFirstOfThoseWithTheLargestError()
{
    // Under the scale 1/4, 1.25 is a tie between 1 and 1.5. Blocks lie in several chunks.
    std::vector<float> values(8U << 16U, 1.0F);
    for (const std::size_t block : {1U, 2040U, 5000U, 12000U})
        values[block * 32] = 1.25F;
    values[1 * 32 + 1] = kNan;
    const std::uint64_t first = 2040;
    for (const unsigned threads : {1U, 2U, 2U, 2U})
        QCOMPARE(reportOf(madeRow(values), "MXFP4", threads).worstBlock, first);
    // Some 10^-11 more: the error map cannot tell, the report does.
    for (const std::size_t block : {5000U, 12000U})
        values[block * 32 + 1] = 0x1p-20F;
    const Report report = reportOf(madeRow(values), "MXFP4");
    QCOMPARE(report.blockSquaredError[5000], report.blockSquaredError[first]);
    QCOMPARE(report.worstBlock, std::uint64_t{5000});
}

void TestAnalyze::nonFiniteBlocksAreCountedAndLeftOut()
{
    // Three blocks of 32: the second holds two NaN and one infinity and is left out whole.
    std::vector<float> values(96, 1.0F);
    values[40] = kNan;
    values[41] = kNan;
    values[50] = -kInfinite;
    values[95] = 1.1F;
    const Report report = reportOf(madeRow(values), "MXFP4");
    QCOMPARE(report.elements, std::uint64_t{96});
    QCOMPARE(report.excluded, std::uint64_t{32});
    QCOMPARE(report.nanCount, std::uint64_t{2});
    QCOMPARE(report.infinityCount, std::uint64_t{1});
    const double error = 1.0 - static_cast<double>(1.1F);
    QCOMPARE(report.error.mse, error * error / 64);
    QCOMPARE(countOf(report, 4.0), std::uint64_t{64});
    QVERIFY(std::isnan(report.blockSquaredError[1]));
    QVERIFY(!std::isnan(report.blockSquaredError[0]));

    const Report none = reportOf(madeRow({kNan, 1.0F}), "NVFP4");
    QCOMPARE(none.excluded, none.elements);
    QCOMPARE(none.error.mse, 0.0);
    QVERIFY(!none.error.nmse && !none.error.sqnrDecibel && !none.error.cosine);
    QCOMPARE(none.tensorScale, 1.0);
}

void TestAnalyze::zeroErrorHasNoSqnr()
{
    const Report report = reportOf(madeRow({1.0F, -2.0F, 4.0F, 0.5F}), "MXFP4");
    QCOMPARE(report.error.mse, 0.0);
    QCOMPARE(report.error.maximum, 0.0);
    QCOMPARE(report.error.nmse, std::optional<double>(0.0));
    QVERIFY(!report.error.sqnrDecibel);
    QCOMPARE(report.error.cosine, std::optional<double>(1.0));
    QCOMPARE(report.blockMaxErrorShare, 0.0);
    QVERIFY(toJson(report)["error"]["sqnr_db"].is_null());
}

void TestAnalyze::zeroTensorHasNoRelativeFigures()
{
    const Report report = reportOf(madeRow(std::vector<float>(40, -0.0F)), "NVFP4");
    QCOMPARE(report.error.mse, 0.0);
    QVERIFY(!report.error.nmse && !report.error.sqnrDecibel && !report.error.cosine && !report.error.gain);
    QCOMPARE(report.zeroFraction, 1.0);
    QCOMPARE(report.underflowFraction, 0.0);
    QVERIFY(report.magnitudes.empty());
    QVERIFY(report.blockSqnrPercentiles.empty());
    QCOMPARE(report.blockMaxRelativeError, 0.0);
}

void TestAnalyze::clippedElementsAreThoseBeyondHalfAStep()
{
    // Scale 1: E2M1 ends at 6 and its outermost step is 2, so clipping begins beyond 7.
    const Report report = reportOf(madeRow({7.5F, -7.25F, 7.0F, 6.5F, 1.0F, 0.0F, -6.9F, 7.1F}), "MXFP4");
    QCOMPARE(report.clippedFraction, 3.0 / 8);
    // MX+ takes the block maximum up to 7.5 in steps of 0.5, so that 7.7 is not clipped; the other element is.
    QCOMPARE(reportOf(madeRow({7.7F, 7.5F}), "MXFP4+").clippedFraction, 1.0 / 2);
    QCOMPARE(reportOf(madeRow({7.8F, 1.0F}), "MXFP4+").clippedFraction, 1.0 / 2);
    // The rule that never clips.
    QCOMPARE(reportOf(madeRow({7.5F, -7.25F, 7.0F}), "MXFP4_rceil").clippedFraction, 0.0);
}

void TestAnalyze::zerosAndUnderflowAreToldApart()
{
    const Report report = reportOf(madeRow({4.0F, 0.0F, -0.0F, 0.2F, -0.25F, 0.3F, 1.0F, 1.0F}), "MXFP4");
    QCOMPARE(report.zeroFraction, 4.0 / 8);
    QCOMPARE(report.underflowFraction, 2.0 / 8);
}

void TestAnalyze::levelCountsAndVacanciesAreAsCountedByHand()
{
    // Two blocks of four under scale 1. Block 1 uses 4, 1, 0; block 2 uses -6, 4.
    const Report report = reportOf(madeRow({4, 1, 0, 1, -6, 4, 4, 4}), "MXFP4:geometry.block=4");
    QCOMPARE(report.levels.size(), std::size_t{16});
    QCOMPARE(countOf(report, 4.0), std::uint64_t{4});
    QCOMPARE(countOf(report, 1.0), std::uint64_t{2});
    QCOMPARE(countOf(report, 0.0), std::uint64_t{1});
    QCOMPARE(countOf(report, -6.0), std::uint64_t{1});
    QCOMPARE(report.vacant.structural, std::uint64_t{1});  // the code of minus zero
    QCOMPARE(report.vacant.tensor, std::uint64_t{11});     // 15 levels, 4 of them used
    QCOMPARE(report.vacant.blockMean, (12.0 + 13.0) / 2);
    // Levels above the highest and below the lowest that are used: 6 and seven negative ones; 6.
    QCOMPARE(report.vacant.headroomMean, (8.0 + 1.0) / 2);
    double expected = 0.0;
    for (const double p : {4.0 / 8, 2.0 / 8, 1.0 / 8, 1.0 / 8})
        expected += std::pow(1 - p, 4);
    QVERIFY(std::fabs(report.vacant.blockExpected - (expected + 11)) < 1e-12);
    QCOMPARE(report.entropyBits, 0.5 * 1 + 0.25 * 2 + 2 * 0.125 * 3);
    QCOMPARE(report.utilisation, report.entropyBits / 4);
}

void TestAnalyze::choicesAreSharesOfBlocks()
{
    std::vector<float> values{0.3F, -1.1F, 2.2F, -3.6F, 5.1F, 7.3F, -0.05F, 0.8F};  // E2M1 with NanoMantissa 1
    values.insert(values.end(), {7, 6.1F, 5, -4.1F, 3, 2, -1, 0.2F});               // uniform with NanoMantissa 0
    const Report report = reportOf(madeRow(values), "NxFP4:geometry.block=8");
    QCOMPARE(report.choices.book, (std::vector<double>{0.5, 0.5}));
    QCOMPARE(report.choices.micro, (std::vector<double>{0.5, 0.5, 0, 0}));
    QVERIFY(report.choices.offset.empty());
    QVERIFY(report.choices.target.empty());
    QCOMPARE(report.blocksPerBook, (std::vector<std::uint64_t>{1, 1}));
    const Report searched = reportOf(madeRow(gaussian(3200, 5)), "M2XFP_weight");
    QCOMPARE(searched.choices.offset.size(), std::size_t{3});
    for (const std::vector<double>& shares : {searched.choices.offset, searched.choices.micro})
        QVERIFY(std::fabs(std::accumulate(shares.begin(), shares.end(), 0.0) - 1) < 1e-12);
}

void TestAnalyze::percentilesSurviveExtremeValues_data()
{
    // Squares of such values leave the range of float32.
    QTest::addColumn<float>("factor");
    QTest::newRow("ordinary") << 1.0F;
    QTest::newRow("large") << std::ldexp(1.0F, 100);
    QTest::newRow("small") << std::ldexp(1.0F, -100);
}

void TestAnalyze::percentilesSurviveExtremeValues()
{
    QFETCH(float, factor);
    std::vector<float> values = gaussian(3200, 13);
    const auto expected = reportOf(madeRow(values), "MXFP4").blockSqnrPercentiles;
    for (float& value : values)
        value *= factor;
    const auto actual = reportOf(madeRow(values), "MXFP4").blockSqnrPercentiles;
    QCOMPARE(actual.size(), kBlockPercentiles.size());
    for (std::size_t i = 0; i < actual.size(); ++i) {
        QCOMPARE(actual[i].first, kBlockPercentiles[i]);
        QVERIFY(std::fabs(actual[i].second - expected[i].second) < 1e-9);  // a power of two changes no ratio
        QVERIFY(i == 0 || actual[i].second >= actual[i - 1].second);
    }
}

void TestAnalyze::emptyTensorHasAReport_data()
{
    QTest::addColumn<Shape>("shape");
    QTest::newRow("no elements") << Shape{0};
    QTest::newRow("no rows") << Shape{0, 256};
    QTest::newRow("rows of nothing") << Shape{4, 0};
}

void TestAnalyze::emptyTensorHasAReport()
{
    QFETCH(Shape, shape);
    for (const Preset& preset : loadPresets()) {
        if (preset.spec.encoder.id == EncoderId::Phase && shape.size() == 1)  // one row; phase codes need two
            continue;
        const Report report = reportOf(madeTensor(shape, {}), preset.name.c_str());
        QCOMPARE(report.elements, std::uint64_t{0});
        QCOMPARE(report.error.mse, 0.0);
        QCOMPARE(report.entropyBits, 0.0);
        QVERIFY(!report.error.sqnrDecibel);
        QVERIFY(report.blockSqnrPercentiles.empty());
        QVERIFY(std::isfinite(report.klDivergenceBits));
        QVERIFY(std::isfinite(report.vacant.blockExpected));
        QVERIFY(!toJson(report).dump().empty());
    }
}

void TestAnalyze::histogramsHoldEveryElement()
{
    std::vector<float> values = gaussian(6400, 17);
    values[5] = 1000.0F;
    values[6] = 0.0F;
    values[7] = std::numeric_limits<float>::denorm_min();
    values[8] = std::numeric_limits<float>::max();
    const Report report = reportOf(madeRow(values), "NxFP4");
    QCOMPARE(report.density.size(), std::size_t{2});
    std::uint64_t elements = 0;
    for (const Density& density : report.density) {
        elements += std::accumulate(density.counts.begin(), density.counts.end(), std::uint64_t{0});
        QVERIFY(density.lowest < 0 && density.highest == -density.lowest);
    }
    QCOMPARE(elements, std::uint64_t{6400});
    std::uint64_t magnitudes = 0;
    double power = 0.0;
    for (const MagnitudeBin& bin : report.magnitudes) {
        magnitudes += bin.count;
        power += bin.power;
        QVERIFY(bin.lowest < bin.highest && bin.count > 0);
    }
    QCOMPARE(magnitudes, std::uint64_t{6399});  // a zero has no magnitude
    QVERIFY(power > 0);
}

void TestAnalyze::stoppingThrowsCancelled()
{
    const Tensor tensor = madeRow(gaussian(1 << 20, 19));
    const NamedFormat format = parseFormat("NxFP4");
    std::stop_source stop;
    AnalyzeOptions options;
    options.stop = stop.get_token();
    options.progress = [&stop](double) { stop.request_stop(); };
    QVERIFY_EXCEPTION_THROWN(analyze(tensor, viewOf(tensor, format.spec), format, options), Cancelled);
}

QTEST_APPLESS_MAIN(TestAnalyze)
#include "tst_analyze.moc"
