#include "made_tensor.h"

#include "core/analysis/analyze.h"
#include "core/analysis/pareto.h"
#include "core/error.h"
#include "core/format/format_storage.h"
#include "core/preview/format_merit.h"

#include <QTest>

#include <limits>

using namespace nanoscope;

/// Fronts and figures of merit (oracles: the definition by comparing all pairs; the whole report of the tensor).
class TestPareto : public QObject {
    Q_OBJECT

private slots:
    void frontIsWhatNothingBeats_data();
    void frontIsWhatNothingBeats();
    void frontOfFewPointsByHand();
    void smallTensorsAreMeasuredWhole_data();
    void smallTensorsAreMeasuredWhole();
    void largeTensorsAgreeWithinTheirError_data();
    void largeTensorsAgreeWithinTheirError();
    void stripsComeFromAllOverTheTensor();
    void everyBlockLengthHasItsSample();
    void stripsThatAreAllRowsAreTheWhole();
    void nothingFiniteIsNotWithoutError();
    void axisIsThatOfTheRows();
    void refusalsGiveTheReason();
    void noErrorIsNoFigure();
    void aStopEndsAMeasurement();

private:
    WorkerPool m_pool{1};
};

namespace {

bool beats(const CostAndMerit& a, const CostAndMerit& b)
{
    return a.cost <= b.cost && a.merit >= b.merit && (a.cost < b.cost || a.merit > b.merit);
}

/// Heavy tails, as weights have them.
std::vector<float> heavyTailed(std::size_t count)
{
    std::vector<float> values = gaussian(count, 5);
    for (std::size_t i = 0; i < count; ++i)
        values[i] *= i % 97 == 0 ? 12.0F : 1.0F + static_cast<float>(i / 4096 % 7);
    return values;
}

}  // namespace

void TestPareto::frontIsWhatNothingBeats_data()
{
    QTest::addColumn<int>("levels");  // few levels: many ties
    for (const int levels : {2, 5, 30, 1000000})
        QTest::addRow("%d levels", levels) << levels;
}

void TestPareto::frontIsWhatNothingBeats()
{
    QFETCH(int, levels);
    std::mt19937 random(11);
    for (int round = 0; round < 200; ++round) {
        std::vector<CostAndMerit> points(random() % 40);
        for (CostAndMerit& point : points) {
            point = {static_cast<double>(random() % static_cast<unsigned>(levels)),
                static_cast<double>(random() % static_cast<unsigned>(levels))};
            if (random() % 20 == 0)
                point.merit = std::numeric_limits<double>::quiet_NaN();
        }
        std::vector<bool> expected(points.size());
        for (std::size_t i = 0; i < points.size(); ++i)
            expected[i] = !std::isnan(points[i].merit)
                && std::none_of(
                    points.begin(), points.end(), [&](const CostAndMerit& other) { return beats(other, points[i]); });
        const std::vector<std::size_t> front = paretoFront(points);
        std::vector<bool> found(points.size());
        for (const std::size_t i : front)
            found[i] = true;
        QCOMPARE(found, expected);
        for (std::size_t i = 1; i < front.size(); ++i)
            QVERIFY(points[front[i - 1]].cost <= points[front[i]].cost);
    }
}

void TestPareto::frontOfFewPointsByHand()
{
    const std::vector<CostAndMerit> points{{4.25, 18}, {4.5, 21}, {4.25, 16}, {8, 40}, {4.5, 21}, {6, 20}};
    QCOMPARE(paretoFront(points), (std::vector<std::size_t>{0, 1, 4, 3}));
    QVERIFY(paretoFront({}).empty());
}

void TestPareto::smallTensorsAreMeasuredWhole_data()
{
    QTest::addColumn<QString>("format");
    for (const char* format : {"MXFP4", "NxFP4", "NVFP4", "RaZeR_NVFP4", "Q4_K", "SqueezeLLM_3", "INT4_g32", "NF4"})
        QTest::newRow(format) << QString(format);
}

void TestPareto::smallTensorsAreMeasuredWhole()
{
    QFETCH(QString, format);
    const Tensor tensor = madeTensor({32, 512}, heavyTailed(std::size_t{32} * 512));
    const NamedFormat named = parseFormat(format.toStdString());
    MeritMeter meter(tensor, BlockView(tensor, -1, 1), m_pool);
    const FormatMerit merit = meter.measure(named, 2, {});
    const Report report = analyze(tensor, viewOf(tensor, named.spec), named);
    QCOMPARE(merit.tier, ReportTier::Exact);
    QVERIFY(merit.refusal.empty());
    QCOMPARE(merit.sqnrDecibel.value(), report.error.sqnrDecibel.value());
    QCOMPARE(merit.bitsPerElement, report.bitsPerElement);
    QVERIFY(!meter.isSlow(named.spec));
}

void TestPareto::largeTensorsAgreeWithinTheirError_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<int>("tier");
    QTest::newRow("MXFP4") << "MXFP4" << static_cast<int>(ReportTier::Pass);
    QTest::newRow("NVFP4") << "NVFP4" << static_cast<int>(ReportTier::Pass);
    QTest::newRow("NxFP4") << "NxFP4" << static_cast<int>(ReportTier::Pass);
    QTest::newRow("RaZeR_NVFP4") << "RaZeR_NVFP4" << static_cast<int>(ReportTier::Pass);
    QTest::newRow("M2_NVFP4_weight") << "M2_NVFP4_weight" << static_cast<int>(ReportTier::Preview);
    QTest::newRow("MXFP6_E2M3") << "MXFP6_E2M3" << static_cast<int>(ReportTier::Preview);
    QTest::newRow("Q4_0") << "Q4_0" << static_cast<int>(ReportTier::Preview);
    QTest::newRow("rotated") << "MXFP4:transform.hadamard=32" << static_cast<int>(ReportTier::Preview);
    QTest::newRow("fitted levels") << "SqueezeLLM_3" << static_cast<int>(ReportTier::Preview);
    QTest::newRow("tiles") << "NVFP4_train_2D" << static_cast<int>(ReportTier::Preview);
}

void TestPareto::largeTensorsAgreeWithinTheirError()
{
    QFETCH(QString, format);
    QFETCH(int, tier);
    static const Tensor tensor = madeTensor({4096, 768}, heavyTailed(std::size_t{4096} * 768));
    const NamedFormat named = parseFormat(format.toStdString());
    MeritMeter meter(tensor, BlockView(tensor, -1, 1), m_pool);
    const FormatMerit merit = meter.measure(named, 2, {});
    const Report report = analyze(tensor, viewOf(tensor, named.spec), named);
    if (static_cast<ReportTier>(tier) != ReportTier::Pass || merit.tier == ReportTier::Pass)
        QCOMPARE(static_cast<int>(merit.tier), tier);
    const double difference = std::fabs(merit.sqnrDecibel.value() - report.error.sqnrDecibel.value());
    if (merit.tier == ReportTier::Preview) {
        QVERIFY2(
            merit.standardError > 0 && merit.standardError < 0.1, qPrintable(QString::number(merit.standardError)));
        QVERIFY2(difference < 5 * merit.standardError, qPrintable(QString::number(difference)));
    } else {
        QVERIFY2(difference < 1e-8, qPrintable(QString::number(difference)));
    }
    QVERIFY(std::fabs(merit.bitsPerElement - report.bitsPerElement) < 1e-12);
}

void TestPareto::stripsComeFromAllOverTheTensor()
{
    constexpr std::size_t kHalf = std::size_t{2048} * 768;
    std::vector<float> values = gaussian(2 * kHalf, 8);
    for (std::size_t i = kHalf; i < 2 * kHalf; ++i)
        values[i] = i % 32 == 0 ? 20 * values[i] : 1e-3F * values[i];  // rotations spread single large values
    const Tensor tensor = madeTensor({4096, 768}, values);
    const NamedFormat named = parseFormat("MXFP4:transform.hadamard=32");
    MeritMeter meter(tensor, BlockView(tensor, -1, 1), m_pool);
    const FormatMerit merit = meter.measure(named, 2, {});
    const Report report = analyze(tensor, viewOf(tensor, named.spec), named);
    QCOMPARE(merit.tier, ReportTier::Preview);
    const double difference = std::fabs(merit.sqnrDecibel.value() - report.error.sqnrDecibel.value());
    QVERIFY2(difference < 5 * merit.standardError && difference < 0.2, qPrintable(QString::number(difference)));
}

void TestPareto::everyBlockLengthHasItsSample()
{
    const Tensor tensor = madeTensor({1024, 768}, heavyTailed(std::size_t{1024} * 768));
    MeritMeter meter(tensor, BlockView(tensor, -1, 1), m_pool);
    QCOMPARE(meter.measure(parseFormat("MXFP6_E2M3"), 2, {}).tier, ReportTier::Preview);  // 32
    const FormatMerit after = meter.measure(parseFormat("M2_NVFP4_weight"), 2, {});       // 16
    QCOMPARE(after.tier, ReportTier::Preview);
    MeritMeter fresh(tensor, BlockView(tensor, -1, 1), m_pool);
    QCOMPARE(after.sqnrDecibel.value(), fresh.measure(parseFormat("M2_NVFP4_weight"), 2, {}).sqnrDecibel.value());
}

void TestPareto::stripsThatAreAllRowsAreTheWhole()
{
    const Tensor tensor = madeTensor({1024, 700}, heavyTailed(std::size_t{1024} * 700));
    const NamedFormat named = parseFormat("MXFP4:transform.hadamard=4");
    MeritMeter meter(tensor, BlockView(tensor, -1, 1), m_pool);
    QVERIFY(meter.isSlow(named.spec));
    const FormatMerit merit = meter.measure(named, 2, {});
    QCOMPARE(merit.tier, ReportTier::Exact);
    QCOMPARE(merit.sqnrDecibel.value(), analyze(tensor, viewOf(tensor, named.spec), named).error.sqnrDecibel.value());
}

void TestPareto::nothingFiniteIsNotWithoutError()
{
    const std::size_t count = std::size_t{8} * 32;
    const Tensor tensor = madeTensor({8, 32}, std::vector<float>(count, std::numeric_limits<float>::quiet_NaN()));
    const FormatMerit merit = MeritMeter(tensor, BlockView(tensor, -1, 1), m_pool).measure(parseFormat("MXFP4"), 1, {});
    QVERIFY(!merit.sqnrDecibel);
    QVERIFY(!merit.isLossless);
    const Tensor zeros = madeTensor({8, 32}, std::vector<float>(count, 0.0F));
    QVERIFY(MeritMeter(zeros, BlockView(zeros, -1, 1), m_pool).measure(parseFormat("MXFP4"), 1, {}).isLossless);
}

void TestPareto::axisIsThatOfTheRows()
{
    const Tensor tensor = madeTensor({64, 48}, heavyTailed(std::size_t{64} * 48));
    NamedFormat named = parseFormat("MXFP4");
    MeritMeter meter(tensor, BlockView(tensor, 0, 1), m_pool);
    const double along = meter.measure(named, 1, {}).sqnrDecibel.value();
    named.spec.geometry.axis = 0;
    QCOMPARE(along, analyze(tensor, viewOf(tensor, named.spec), named).error.sqnrDecibel.value());
    named.spec.geometry.axis = -1;
    QVERIFY(along != analyze(tensor, viewOf(tensor, named.spec), named).error.sqnrDecibel.value());
}

void TestPareto::refusalsGiveTheReason()
{
    const Tensor tensor = madeTensor({4, 100}, heavyTailed(400));
    MeritMeter meter(tensor, BlockView(tensor, -1, 1), m_pool);
    const FormatMerit merit = meter.measure(parseFormat("Q4_K"), 1, {});
    QVERIFY(QString::fromStdString(merit.refusal).contains("256"));
    QVERIFY(!merit.sqnrDecibel);
}

void TestPareto::noErrorIsNoFigure()
{
    const Tensor tensor = madeTensor({1, 32}, std::vector<float>(32, 1.0F));
    MeritMeter meter(tensor, BlockView(tensor, -1, 1), m_pool);
    const FormatMerit merit = meter.measure(parseFormat("MXFP4"), 1, {});
    QVERIFY(merit.isLossless);
    QVERIFY(!merit.sqnrDecibel);
}

void TestPareto::aStopEndsAMeasurement()
{
    const Tensor tensor = madeTensor({64, 512}, heavyTailed(std::size_t{64} * 512));
    MeritMeter meter(tensor, BlockView(tensor, -1, 1), m_pool);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_THROWS_EXCEPTION(Cancelled, (void)meter.measure(parseFormat("MXFP4"), 1, stop.get_token()));
}

QTEST_APPLESS_MAIN(TestPareto)
#include "tst_pareto.moc"
