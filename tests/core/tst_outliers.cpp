#include "made_tensor.h"

#include "core/analysis/analyze.h"
#include "core/analysis/block_trace.h"
#include "core/analysis/outliers.h"
#include "core/error.h"
#include "core/format/preset.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

using namespace nanoscope;

/// Outliers (oracles: all elements sorted by comparison; blocks as traceBlock() explains them, of the tensor as it is
/// and of one in which the outlier is 0).
class TestOutliers : public QObject {
    Q_OBJECT

private slots:
    void theLargestAreListedFirst_data();
    void theLargestAreListedFirst();
    void blocksAreMeasuredWithAndWithoutTheirOutlier_data();
    void blocksAreMeasuredWithAndWithoutTheirOutlier();
    void anOutlierByHand();
    void twoEqualOnesSetNoScaleAlone();
    void blocksWithNaNAreLeftOut();
    void longBlocksAreNotTried();
    void threadsDoNotChangeTheList();
    void aStopEndsIt();
};

namespace {

constexpr std::size_t kColumns = 250;  // the last block of a row is short
constexpr std::size_t kRows = 40;

/// Heavy tails, as weights have them.
std::vector<float> heavyTailed()
{
    std::vector<float> values = gaussian(kRows * kColumns, 8);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] *= i % 97 == 0 ? 12.0F : 1.0F + static_cast<float>(i / 1024 % 5);
    return values;
}

struct Bench {
    Tensor tensor;
    Report report;

    Bench(const char* format, std::vector<float> values, Shape shape)
        : tensor(madeTensor(std::move(shape), std::move(values)))
        , report(analyze(tensor, viewOf(tensor, parseFormat(format).spec), parseFormat(format)))
    {
    }
    Bench(const char* format, std::vector<float> values)
        : Bench(format, values, Shape{values.size()})
    {
    }
};

struct Plain {
    double multiple = 0.0;
    std::uint64_t block = 0;
    std::uint64_t element = 0;
};

std::vector<Plain> plainList(const Report& report, OutlierMeasure measure)
{
    const BlockView& view = report.prepared->view;
    double power = 0.0;
    for (std::uint64_t block = 0; block < view.blocks(); ++block)
        for (const float value : blockValues(view, block))
            power += static_cast<double>(value) * static_cast<double>(value);
    const double rms = std::sqrt(power / static_cast<double>(report.elements));
    std::vector<Plain> list;
    for (std::uint64_t block = 0; block < view.blocks(); ++block) {
        const std::vector<float> values = blockValues(view, block);
        double own = 0.0;
        for (const float value : values)
            own += static_cast<double>(value) * static_cast<double>(value);
        own = std::sqrt(own / static_cast<double>(values.size()));
        for (std::size_t i = 0; i < values.size(); ++i)
            list.push_back(
                {std::fabs(static_cast<double>(values[i])) / (measure == OutlierMeasure::TensorRms ? rms : own), block,
                    i});
    }
    std::sort(list.begin(), list.end(), [](const Plain& a, const Plain& b) {
        return std::tuple(-a.multiple, a.block, a.element) < std::tuple(-b.multiple, b.block, b.element);
    });
    return list;
}

double errorOfOthers(const BlockTrace& trace, std::uint64_t element)
{
    double sum = 0.0;
    for (const ElementTrace& each : trace.elements)
        sum += each.index == element ? 0.0 : each.error * each.error;
    return sum;
}

}  // namespace

void TestOutliers::theLargestAreListedFirst_data()
{
    QTest::addColumn<int>("measure");
    QTest::newRow("RMS of the tensor") << static_cast<int>(OutlierMeasure::TensorRms);
    QTest::newRow("RMS of the block") << static_cast<int>(OutlierMeasure::BlockRms);
}

void TestOutliers::theLargestAreListedFirst()
{
    QFETCH(int, measure);
    const Bench bench("MXFP4", heavyTailed(), {kRows, kColumns});
    const auto wanted = static_cast<OutlierMeasure>(measure);
    const OutlierStudy study = outlierStudy(bench.report, wanted);
    const std::vector<Plain> plain = plainList(bench.report, wanted);
    QCOMPARE(study.outliers.size(), std::size_t{200});
    for (std::size_t i = 0; i < study.outliers.size(); ++i) {
        const Outlier& outlier = study.outliers[i];
        QVERIFY(std::fabs(outlier.multiple / plain[i].multiple - 1) < 1e-12);
        QCOMPARE(outlier.block, plain[i].block);
        QCOMPARE(outlier.element, plain[i].element);
        QCOMPARE(outlier.value, blockValues(bench.report.prepared->view, outlier.block)[outlier.element]);
    }
}

void TestOutliers::blocksAreMeasuredWithAndWithoutTheirOutlier_data()
{
    QTest::addColumn<QString>("format");
    for (const char* format : {"MXFP4", "NxFP4", "NVFP4", "MXFP4+", "M2XFP_weight", "INT4_g128", "INT4_g32_asym",
             "Ternary_absmean", "AMXFP4_pot", "OliVe", "NF4", "SMX6", "MXFP8_E4M3"})
        QTest::newRow(format) << format;
}

void TestOutliers::blocksAreMeasuredWithAndWithoutTheirOutlier()
{
    QFETCH(QString, format);
    const std::string name = format.toStdString();
    const Bench bench(name.c_str(), heavyTailed(), {kRows, kColumns});
    const BlockView& view = bench.report.prepared->view;
    OutlierOptions options;
    options.count = 25;
    const OutlierStudy study = outlierStudy(bench.report, OutlierMeasure::TensorRms, options);
    QCOMPARE(study.retried, options.count);
    for (const Outlier& outlier : study.outliers) {
        const BlockTrace trace = traceBlock(*bench.report.prepared, outlier.block);
        const ElementTrace& element = trace.elements[outlier.element];
        QCOMPARE(outlier.decoded, element.decoded);
        QCOMPARE(outlier.error, element.error);
        QCOMPARE(outlier.isException, element.exception);
        QVERIFY(std::fabs(outlier.blockSquaredError - trace.squaredError) <= 1e-12 * trace.squaredError);
        const double rest = errorOfOthers(trace, outlier.element);
        QVERIFY(std::fabs(outlier.restSquaredError - rest) <= 1e-12 * rest);

        std::vector<float> changed(view.rowValues().toVector());
        changed[view.position(outlier.block) + outlier.element] = 0.0F;
        const auto values = std::make_shared<const std::vector<float>>(changed);
        PreparedTensor without{bench.report.prepared->spec, view.withValues(values), bench.report.prepared->columnOrder,
            bench.report.prepared->parameters};
        const BlockTrace retrace = traceBlock(without, outlier.block);
        const double restWithout = errorOfOthers(retrace, outlier.element);
        QVERIFY(std::fabs(*outlier.restWithout - restWithout) <= 1e-12 * restWithout);
        bool changes = false;
        for (const ElementTrace& each : retrace.elements)
            changes = changes || (each.index != outlier.element && each.scale != trace.elements[each.index].scale);
        QCOMPARE(*outlier.setsScale, changes);
    }
    double held = 0.0;
    std::vector<std::uint64_t> blocks;
    for (const Outlier& outlier : study.outliers)
        if (std::find(blocks.begin(), blocks.end(), outlier.block) == blocks.end())
            blocks.push_back(outlier.block);
    for (const std::uint64_t block : blocks)
        held += traceBlock(*bench.report.prepared, block).squaredError;
    const double all = bench.report.error.mse * static_cast<double>(bench.report.elements);
    QCOMPARE(study.blocks, static_cast<std::uint64_t>(blocks.size()));
    QVERIFY(std::fabs(study.blockErrorShare - held / all) < 1e-9);
}

/// MXFP4: with 12 the scale is 2^(3-2) = 2, and 0.6 becomes 0 or 1; without it it is 2^(-1-2), and 0.6 lies between
/// 0.5 and 0.75.
void TestOutliers::anOutlierByHand()
{
    std::vector<float> values(32, 0.6F);
    values[7] = 12.0F;
    const Bench bench("MXFP4", values);
    OutlierOptions options;
    options.count = 1;
    const OutlierStudy study = outlierStudy(bench.report, OutlierMeasure::BlockRms, options);
    const Outlier& outlier = study.outliers.front();
    const double each = static_cast<double>(0.6F);
    QCOMPARE(outlier.element, std::uint64_t{7});
    QVERIFY(std::fabs(outlier.multiple - 12 / std::sqrt((31 * each * each + 144) / 32)) < 1e-12);
    QCOMPARE(outlier.decoded, 12.0F);
    QCOMPARE(outlier.restShare(), 1.0);
    QVERIFY(std::fabs(outlier.restSquaredError - 31 * (1 - each) * (1 - each)) < 1e-9);
    QVERIFY(std::fabs(*outlier.restWithout - 31 * (each - 0.5) * (each - 0.5)) < 1e-9);
    QVERIFY(*outlier.setsScale);
    QCOMPARE(study.blockErrorShare, 1.0);
}

void TestOutliers::twoEqualOnesSetNoScaleAlone()
{
    std::vector<float> values(32, 0.6F);
    values[3] = 12.0F;
    values[9] = -12.0F;
    const Bench bench("MXFP4", values);
    OutlierOptions options;
    options.count = 3;
    const OutlierStudy study = outlierStudy(bench.report, OutlierMeasure::TensorRms, options);
    QCOMPARE(study.outliers[0].element, std::uint64_t{3});
    QCOMPARE(study.outliers[1].element, std::uint64_t{9});
    for (const Outlier& outlier : study.outliers)
        QCOMPARE(*outlier.setsScale, false);
    QCOMPARE(study.blocks, std::uint64_t{1});
}

void TestOutliers::blocksWithNaNAreLeftOut()
{
    std::vector<float> values = gaussian(96, 3);
    values[40] = 100.0F;
    values[41] = std::numeric_limits<float>::quiet_NaN();
    const Bench bench("MXFP4", values);
    const OutlierStudy study = outlierStudy(bench.report, OutlierMeasure::TensorRms);
    QCOMPARE(study.outliers.size(), std::size_t{64});
    for (const Outlier& outlier : study.outliers)
        QVERIFY(outlier.block != 1);
    double power = 0.0;  // of the two blocks that are left
    double largest = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (i / 32 != 1) {
            power += static_cast<double>(values[i]) * static_cast<double>(values[i]);
            largest = std::max(largest, std::fabs(static_cast<double>(values[i])));
        }
    QVERIFY(std::fabs(study.outliers.front().multiple - largest / std::sqrt(power / 64)) < 1e-9);
}

void TestOutliers::longBlocksAreNotTried()
{
    const Bench bench("MXFP4", gaussian(320, 4));
    OutlierOptions options;
    options.count = 10;
    options.mostRetried = 100;  // three blocks of 32
    const OutlierStudy study = outlierStudy(bench.report, OutlierMeasure::TensorRms, options);
    QCOMPARE(study.retried, std::size_t{3});
    QVERIFY(study.outliers[2].setsScale.has_value() && study.outliers[2].restWithout.has_value());
    QVERIFY(!study.outliers[3].setsScale.has_value() && !study.outliers[3].restWithout.has_value());
}

void TestOutliers::threadsDoNotChangeTheList()
{
    std::vector<float> values = gaussian(1 << 18, 6);
    for (std::size_t i = 0; i < values.size(); i += 3)
        values[i] = 3.0F;  // many ties
    const Bench bench("MXFP4", values, {512, 512});
    OutlierOptions one;
    one.threads = 1;
    OutlierOptions several;
    several.threads = 4;
    const OutlierStudy a = outlierStudy(bench.report, OutlierMeasure::TensorRms, one);
    const OutlierStudy b = outlierStudy(bench.report, OutlierMeasure::TensorRms, several);
    for (std::size_t i = 0; i < a.outliers.size(); ++i)
        QVERIFY(a.outliers[i].block == b.outliers[i].block && a.outliers[i].element == b.outliers[i].element);
}

void TestOutliers::aStopEndsIt()
{
    const Bench bench("MXFP4", gaussian(320, 4));
    std::stop_source source;
    source.request_stop();
    OutlierOptions options;
    options.stop = source.get_token();
    QVERIFY_EXCEPTION_THROWN((void)outlierStudy(bench.report, OutlierMeasure::TensorRms, options), Cancelled);
}

QTEST_APPLESS_MAIN(TestOutliers)
#include "tst_outliers.moc"
