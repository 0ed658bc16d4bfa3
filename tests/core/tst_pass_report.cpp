#include "made_tensor.h"

#include "core/analysis/analyze.h"
#include "core/fast/pass_report.h"
#include "core/format/format_by_name.h"
#include "core/quant/prepared_tensor.h"

#include <QTest>

#include <cmath>

using namespace nanoscope;

/// A report refined by a kernel's pass against the reference engine's own.
class TestPassReport : public QObject {
    Q_OBJECT

private slots:
    void figuresAreThoseOfTheWholeReport_data();
    void figuresAreThoseOfTheWholeReport();
    void theRestStays();
};

namespace {

/// Rows that end in a short block, with zeros, a block of zeros and one with NaN.
Tensor mixedTensor()
{
    std::vector<float> values = gaussian(40 * 1000, 3);
    for (std::size_t i = 0; i < values.size(); i += 41)
        values[i] *= 20.0F;
    for (std::size_t i = 0; i < values.size(); i += 13)
        values[i] = 0.0F;
    std::fill(values.begin() + 2000, values.begin() + 2064, 0.0F);
    values[5000] = std::nanf("");
    return madeTensor({40, 1000}, std::move(values));
}

Report refined(const Tensor& tensor, const NamedFormat& format, Report report)
{
    const FormatSpec spec = resolved(format.spec, 1000);
    const BlockView rows(tensor, -1, spec.geometry.block);
    const PreparedTensor prepared = prepare(rows, spec, {});
    const auto pass = FusedPass::forFormat(spec, prepared.parameters);
    const double measured = static_cast<double>(report.elements - report.excluded);
    const double power = report.error.mse * measured / *report.error.nmse;
    report.error.mse = report.error.maximum = std::nan("");
    report.error.sqnrDecibel.reset();
    report.clippedFraction = report.zeroFraction = report.underflowFraction = -1.0;
    report.entropyBits = report.utilisation = -1.0;
    report.vacant.tensor = 99;
    report.vacant.blockMean = report.vacant.headroomMean = -1.0;
    for (LevelCount& level : report.levels)
        level.count = 12345;
    report.choices = {};
    report.blocksPerBook.assign(report.blocksPerBook.size(), 0);
    return refinedByPass(std::move(report), pass->measure(rows), power);
}

}  // namespace

void TestPassReport::figuresAreThoseOfTheWholeReport_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"MXFP4", "BFP4", "NVFP4", "INT4_g32", "NF4", "NxFP4", "M2XFP_weight"})
        QTest::newRow(name) << name;
}

void TestPassReport::figuresAreThoseOfTheWholeReport()
{
    QFETCH(const QString, name);
    const Tensor tensor = mixedTensor();
    const NamedFormat format = parseFormat(name.toStdString(), {});
    const Report whole = analyze(tensor, BlockView(tensor, -1, 1), format);
    const Report report = refined(tensor, format, whole);
    QVERIFY(report.tier == ReportTier::Pass);
    QVERIFY(std::fabs(report.error.mse / whole.error.mse - 1.0) < 1e-12);
    QVERIFY(std::fabs(*report.error.sqnrDecibel - *whole.error.sqnrDecibel) < 1e-9);
    QCOMPARE(report.error.maximum, whole.error.maximum);
    QCOMPARE(report.excluded, whole.excluded);
    QCOMPARE(report.clippedFraction, whole.clippedFraction);
    QCOMPARE(report.zeroFraction, whole.zeroFraction);
    QCOMPARE(report.underflowFraction, whole.underflowFraction);
    QCOMPARE(report.entropyBits, whole.entropyBits);
    QCOMPARE(report.utilisation, whole.utilisation);
    QCOMPARE(report.vacant.tensor, whole.vacant.tensor);
    QCOMPARE(report.vacant.blockMean, whole.vacant.blockMean);
    QCOMPARE(report.vacant.headroomMean, whole.vacant.headroomMean);
    for (std::size_t i = 0; i < whole.levels.size(); ++i)
        QCOMPARE(report.levels[i].count, whole.levels[i].count);
    QCOMPARE(report.choices.book, whole.choices.book);
    QCOMPARE(report.choices.micro, whole.choices.micro);
    QCOMPARE(report.choices.offset, whole.choices.offset);
    if (!whole.choices.book.empty())
        QCOMPARE(report.blocksPerBook, whole.blocksPerBook);
}

void TestPassReport::theRestStays()
{
    const Tensor tensor = mixedTensor();
    const NamedFormat format = parseFormat("MXFP4", {});
    Report whole = analyze(tensor, BlockView(tensor, -1, 1), format);
    whole.sqnrStandardError = 0.1;
    const Report report = refined(tensor, format, whole);
    QVERIFY(!report.sqnrStandardError);
    QCOMPARE(report.error.meanAbsolute, whole.error.meanAbsolute);
    QCOMPARE(report.klDivergenceBits, whole.klDivergenceBits);
    QCOMPARE(report.vacant.blockExpected, whole.vacant.blockExpected);
    QCOMPARE(report.bitsPerElement, whole.bitsPerElement);
}

QTEST_GUILESS_MAIN(TestPassReport)
#include "tst_pass_report.moc"
