#include "made_tensor.h"

#include "core/analysis/analyze.h"
#include "core/analysis/quick_sweep.h"
#include "core/error.h"
#include "core/fast/worker_pool.h"
#include "core/format/format_by_name.h"

#include <QTest>

#include <cmath>

using namespace nanoscope;

namespace {

/// Rows that end in a short block, with zeros and a block of them.
std::vector<float> mixedValues()
{
    std::vector<float> values = gaussian(40 * 1000, 7);
    for (std::size_t i = 0; i < values.size(); i += 41)
        values[i] *= 20.0F;
    for (std::size_t i = 0; i < values.size(); i += 13)
        values[i] = 0.0F;
    std::fill(values.begin() + 2000, values.begin() + 2064, 0.0F);
    return values;
}

SweepRow rowOf(const std::vector<double>& decibels)
{
    SweepRow row;
    for (const double decibel : decibels) {
        SweepFigures figures;
        figures.measured = figures.elements = 10;
        figures.power = 10.0;
        figures.squaredError = 10.0 * std::pow(10.0, -decibel / 10);
        figures.nmse = figures.squaredError / figures.power;
        if (std::isfinite(decibel))
            figures.sqnrDecibel = decibel;
        row.figures.push_back(figures);
    }
    return row;
}

}  // namespace

/// Figures of many tensors (oracle: the whole report of each).
class TestModelSweep : public QObject {
    Q_OBJECT

private slots:
    void figuresAreThoseOfTheReport_data();
    void figuresAreThoseOfTheReport();
    void badBlocksAreLeftOutEitherWay();
    void statisticsDoNotDependOnThreads();
    void refusalsAreFigures();
    void stopsAreCancellations();
    void progressGrowsToOne();
    void worstComesFirst();
    void totalsLeaveRefusalsOut();
};

void TestModelSweep::figuresAreThoseOfTheReport_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"MXFP4", "NVFP4", "NxFP4", "M2XFP_weight", "INT4_g32", "NF4", "MXFP8_E4M3", "BFP4",
             "RaZeR_NVFP4", "MXFP4+", "NVFP4_4over6", "INT4_channel_asym"})
        QTest::newRow(name) << name;
}

void TestModelSweep::figuresAreThoseOfTheReport()
{
    QFETCH(const QString, name);
    const Tensor tensor = madeTensor({40, 1000}, mixedValues());
    const NamedFormat format = parseFormat(name.toStdString(), {});
    const Report report = analyze(tensor, BlockView(tensor, -1, 1), format);
    const SweepFigures exact = sweepFigures(tensor, format);
    QCOMPARE(exact.sqnrDecibel, report.error.sqnrDecibel);
    QCOMPARE(exact.nmse, report.error.nmse);
    WorkerPool pool(1);
    const TensorStatistics statistics = tensorStatistics(tensor.values);
    const SweepFigures quick = quickSweepFigures(tensor, format, statistics, pool);
    QVERIFY(std::fabs(*quick.sqnrDecibel - *report.error.sqnrDecibel) < 1e-9);
    QVERIFY(std::fabs(quick.power / exact.power - 1) < 1e-12);
    for (const SweepFigures& figures : {exact, quick}) {
        QVERIFY(figures.refusal.empty());
        QCOMPARE(figures.bitsPerElement, report.bitsPerElement);
        QCOMPARE(figures.maximumError, report.error.maximum);
        QCOMPARE(figures.structuralVacant, report.vacant.structural);
        QCOMPARE(figures.tensorVacant, report.vacant.tensor);
        QCOMPARE(figures.utilisation, report.utilisation);
        QCOMPARE(figures.measured, report.elements - report.excluded);
        QCOMPARE(figures.elements, report.elements);
    }
}

void TestModelSweep::badBlocksAreLeftOutEitherWay()
{
    std::vector<float> values = mixedValues();
    values[5000] = std::nanf("");
    const Tensor tensor = madeTensor({40, 1000}, std::move(values));
    const NamedFormat format = parseFormat("MXFP4", {});
    WorkerPool pool(1);
    const SweepFigures quick = quickSweepFigures(tensor, format, tensorStatistics(tensor.values), pool);
    const Report report = analyze(tensor, BlockView(tensor, -1, 1), format);
    QCOMPARE(quick.sqnrDecibel, report.error.sqnrDecibel);
    QCOMPARE(quick.measured, report.elements - report.excluded);
    QCOMPARE(quick.elements - quick.measured, std::uint64_t{32});
}

void TestModelSweep::statisticsDoNotDependOnThreads()
{
    std::vector<float> values = gaussian(300000, 11);  // several chunks
    values[70000] = std::nanf("");
    values[9] = std::numeric_limits<float>::infinity();
    const Tensor tensor = madeRow(std::move(values));
    const TensorStatistics one = tensorStatistics(tensor.values, 1);
    const TensorStatistics three = tensorStatistics(tensor.values, 3);
    QCOMPARE(one.kurtosis, three.kurtosis);
    QCOMPARE(one.power, three.power);
    QCOMPARE(one.outliers, three.outliers);
    QCOMPARE(one.nanCount, std::uint64_t{1});
    QCOMPARE(one.infinityCount, std::uint64_t{1});
    QVERIFY(std::fabs(*one.kurtosis - 3) < 0.1);  // of a normal distribution
    QVERIFY(std::fabs(*one.outliers - 0.0027) < 0.0004);
    QVERIFY(std::fabs(one.deviation - 1) < 0.01);
}

void TestModelSweep::refusalsAreFigures()
{
    const Tensor tensor = madeTensor({4, 40}, gaussian(160, 1));
    const NamedFormat format = parseFormat("Q4_K", {});
    WorkerPool pool(0);
    QVERIFY(sweepFigures(tensor, format).refusal.find("256") != std::string::npos);
    const SweepFigures quick = quickSweepFigures(tensor, format, tensorStatistics(tensor.values), pool);
    QVERIFY(quick.refusal.find("256") != std::string::npos);
    QCOMPARE(quick.elements, std::uint64_t{160});
    SweepOptions options;
    options.axis = 2;
    QVERIFY(!quickSweepFigures(tensor, parseFormat("MXFP4", {}), {}, pool, options).refusal.empty());
}

void TestModelSweep::stopsAreCancellations()
{
    const Tensor tensor = madeRow(gaussian(100000, 1));
    std::stop_source source;
    source.request_stop();
    SweepOptions options;
    options.stop = source.get_token();
    QVERIFY_EXCEPTION_THROWN((void)sweepFigures(tensor, parseFormat("MXFP4", {}), options), Cancelled);
    QVERIFY_EXCEPTION_THROWN((void)tensorStatistics(tensor.values, 1, options.stop), Cancelled);
}

void TestModelSweep::progressGrowsToOne()
{
    const Tensor tensor = madeRow(gaussian(200000, 1));
    std::vector<double> fractions;
    SweepOptions options;
    options.threads = 1;
    options.progress = [&fractions](double fraction) { fractions.push_back(fraction); };
    (void)sweepFigures(tensor, parseFormat("MXFP4", {}), options);
    QVERIFY(fractions.size() > 2);
    QVERIFY(std::is_sorted(fractions.begin(), fractions.end()));
    QCOMPARE(fractions.back(), 1.0);
}

void TestModelSweep::worstComesFirst()
{
    SweepRow unreadable;
    unreadable.refusal = "gone";
    const double exact = std::numeric_limits<double>::infinity();
    const std::vector<SweepRow> rows{unreadable, rowOf({20, 10}), rowOf({exact, 12}), rowOf({15, 11}), rowOf({15, 9})};
    QCOMPARE(worstFirst(rows, 0), (std::vector<std::size_t>{3, 4, 1, 2, 0}));
    QCOMPARE(worstFirst(rows, 1), (std::vector<std::size_t>{4, 1, 3, 2, 0}));
}

void TestModelSweep::totalsLeaveRefusalsOut()
{
    std::vector<SweepRow> rows{rowOf({20}), rowOf({10}), rowOf({0})};
    rows[0].figures[0].bitsPerElement = 4;
    rows[1].figures[0].bitsPerElement = 5;
    rows[1].figures[0].elements = 30;
    rows[2].figures[0].refusal = "no";
    const SweepTotal total = sweepTotal(rows, 0);
    QCOMPARE(total.tensors, std::uint64_t{2});
    QCOMPARE(total.elements, std::uint64_t{40});
    QCOMPARE(total.bitsPerElement, (4.0 * 10 + 5.0 * 30) / 40);
    QVERIFY(std::fabs(*total.nmse - 0.055) < 1e-12);
    QVERIFY(!sweepTotal(rows, 1).sqnrDecibel);
}

QTEST_APPLESS_MAIN(TestModelSweep)
#include "tst_model_sweep.moc"
