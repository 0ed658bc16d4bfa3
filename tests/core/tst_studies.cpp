#include "made_tensor.h"

#include "core/analysis/analyze.h"
#include "core/analysis/study.h"
#include "core/error.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace nanoscope;

/// Error intervals, spikes and the study of all (oracles: catalogue table T10, moments of known distributions, cases
/// done by hand).
class TestStudies : public QObject {
    Q_OBJECT

private slots:
    void intervalsLieBetweenTheTwoValues();
    void intervalsOfGgufTypesAreThoseOfTheCatalogue_data();
    void intervalsOfGgufTypesAreThoseOfTheCatalogue();
    void blocksWithNanHaveNoIntervals();
    void intervalsAreTheSameForOneAndTwoThreads();
    void spikesStandOutFromTheMedian();
    void theMedianIsThatOfTheSortedMagnitudes();
    void kurtosisTellsDistributionsApart();
    void tensorsWithoutSpreadHaveNoRatios();
    void aStudyHoldsEveryPart();
    void tensorPartsAreTakenFromThePreviousResult();
    void stoppingThrowsCancelled();
};

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

bool isNear(double value, double expected, double relative)
{
    return std::fabs(value - expected) <= relative * std::fabs(expected);
}

QByteArray textOf(double value, double expected)
{
    return QStringLiteral("%1, not %2").arg(value).arg(expected).toUtf8();
}

std::shared_ptr<const StudyResult> studied(
    const Tensor& tensor, const char* format, const std::shared_ptr<const StudyResult>& previous = nullptr)
{
    const NamedFormat named = parseFormat(format);
    const BlockView view = viewOf(tensor, named.spec);
    StudyOptions options;
    options.floatSplit.bits = {4};
    options.floatSplit.blocks = {{32}};
    options.previous = previous;
    const Report report = analyze(tensor, view, named);
    return std::make_shared<const StudyResult>(study(tensor, view, named, report, options));
}

}  // namespace

void TestStudies::intervalsLieBetweenTheTwoValues()
{
    // The first largest and the first smallest are frozen; the second 3 is not.
    const std::vector<float> w{3.0F, 0.25F, 3.0F, -2.0F, 0.5F};
    const std::vector<float> d{2.5F, 0.5F, 2.5F, -2.5F, 0.5F};
    const std::vector<WeightInterval> boxes = blockIntervals(w, d);
    QCOMPARE(boxes[0].width(), 0.0);
    QCOMPARE(boxes[1].lowest, 0.25);
    QCOMPARE(boxes[1].highest, 0.5);
    QCOMPARE(boxes[2].lowest, 2.5);
    QCOMPARE(boxes[2].highest, 3.0);
    QCOMPARE(boxes[3].width(), 0.0);
    QCOMPARE(boxes[4].width(), 0.0);  // exact: nothing between it and its value

    CastTensor cast;
    cast.shape = {5};
    cast.rows = 1;
    cast.rowLength = 5;
    cast.dequantized = d;
    const ErrorIntervalFigures figures = errorIntervals(madeRow(w), cast, 5);
    QCOMPARE(figures.freeShare, 2.0 / 5);
    QCOMPARE(figures.meanFreeWidth, 0.75 / 2);
    QCOMPARE(figures.rms, std::sqrt((9.0 + 0.0625 + 9 + 4 + 0.25) / 5));
    QCOMPARE(figures.largestWidth, 0.5);
    QCOMPARE(figures.widthShares.front(), 3.0 / 5);
    QCOMPARE(figures.widthShares[kWidthBins / 2], 1.0 / 5);
    QCOMPARE(figures.widthShares.back(), 1.0 / 5);
}

void TestStudies::intervalsOfGgufTypesAreThoseOfTheCatalogue_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<double>("freeShare");
    QTest::addColumn<double>("width");
    QTest::newRow("Q2_K") << "Q2_K" << 0.875 << 0.2477;
    QTest::newRow("Q3_K") << "Q3_K" << 0.875 << 0.1283;
    QTest::newRow("Q4_K") << "Q4_K" << 0.938 << 0.0600;
    QTest::newRow("Q5_K") << "Q5_K" << 0.938 << 0.0304;
    QTest::newRow("Q6_K") << "Q6_K" << 0.875 << 0.0152;
    QTest::newRow("Q4_0") << "Q4_0" << 0.938 << 0.0734;
    QTest::newRow("Q8_0") << "Q8_0" << 0.938 << 0.0046;
}

void TestStudies::intervalsOfGgufTypesAreThoseOfTheCatalogue()
{
    QFETCH(QString, format);
    QFETCH(double, freeShare);
    QFETCH(double, width);
    std::vector<float> values = gaussian(std::size_t{32} * 2048, 11);
    for (float& value : values)
        value *= 0.02F;
    const Tensor tensor = madeTensor({32, 2048}, values);
    const FormatSpec spec = parseFormat(format.toStdString()).spec;
    const CastTensor cast = castTensor(tensor, viewOf(tensor, spec), spec);
    const ErrorIntervalFigures figures = errorIntervals(tensor, cast, intervalBlock(spec, 2048));
    QVERIFY2(std::fabs(figures.freeShare - freeShare) < 0.001, textOf(figures.freeShare, freeShare));
    QVERIFY2(isNear(*figures.relativeWidth(), width, 0.015), textOf(*figures.relativeWidth(), width));
    double shares = 0.0;
    for (const double share : figures.widthShares)
        shares += share;
    QVERIFY(isNear(shares, 1.0, 1e-9));
}

void TestStudies::blocksWithNanHaveNoIntervals()
{
    CastTensor cast;
    cast.shape = {4};
    cast.rows = 1;
    cast.rowLength = 4;
    cast.dequantized = {kNan, kNan, 1.0F, 2.0F};
    const ErrorIntervalFigures figures = errorIntervals(madeRow({1.0F, kNan, 1.0F, 2.0F}), cast, 2);
    QCOMPARE(figures.elements, std::uint64_t{2});
    QCOMPARE(figures.freeShare, 0.0);
    QVERIFY(figures.widthShares.empty());
    cast.dequantized.assign(4, kNan);
    QVERIFY(!errorIntervals(madeRow({kNan, kNan, kNan, kNan}), cast, 2).relativeWidth());
}

void TestStudies::intervalsAreTheSameForOneAndTwoThreads()
{
    // Two formats: rows as they lie in the file, and columns in the order of their norms along another axis.
    const Tensor tensor = madeTensor({300, 512}, gaussian(std::size_t{300} * 512, 12));
    for (const char* format : {"MXFP4", "BFP4_sorted:geometry.axis=0"}) {
        const FormatSpec spec = parseFormat(format).spec;
        QVERIFY(hasErrorIntervals(spec));
        const CastTensor cast = castTensor(tensor, viewOf(tensor, spec), spec);
        const ErrorIntervalFigures alone = errorIntervals(tensor, cast, 32, {1, {}});
        const ErrorIntervalFigures together = errorIntervals(tensor, cast, 32, {2, {}});
        QCOMPARE(together.meanFreeWidth, alone.meanFreeWidth);
        QCOMPARE(together.rms, alone.rms);
        QCOMPARE(together.widthShares, alone.widthShares);
        const double blocks = static_cast<double>(tensor.info.elements / cast.rowLength * cast.blocksPerRow);
        const double frozen = 2 * blocks / static_cast<double>(tensor.info.elements);
        QVERIFY2(std::fabs(alone.freeShare - (1 - frozen)) < 0.001, textOf(alone.freeShare, 1 - frozen));
    }
    QVERIFY(!hasErrorIntervals(parseFormat("INT4_g16_hadamard").spec));
}

void TestStudies::spikesStandOutFromTheMedian()
{
    std::vector<float> values(99, 1.0F);
    values[7] = -2.0F;
    values[8] = 0.0F;
    values.push_back(150.0F);
    const SpikeFigures figures = spikeFigures(values);
    QCOMPARE(figures.maximum, 150.0);
    QCOMPARE(figures.median, 1.0);
    QCOMPARE(*figures.maximumOverMedian, 150.0);
    QCOMPARE(figures.rms, std::sqrt((97 + 4 + 22500) / 100.0));
    QCOMPARE(*figures.crestFactor, 150 / figures.rms);
    QCOMPARE(figures.farShare, 0.01);
    QCOMPARE(figures.threshold, kSpikeRatio);
    QVERIFY(figures.isSpiky);
    QVERIFY(!spikeFigures(values, 150.0).isSpiky);

    QCOMPARE(figures.octaves.front().lowest, 1.0);
    QCOMPARE(figures.octaves.front().count, std::uint64_t{97});
    QCOMPARE(figures.octaves[1].count, std::uint64_t{1});
    QCOMPARE(figures.octaves.back().lowest, 128.0);
    QCOMPARE(figures.octaves.size(), std::size_t{8});
}

void TestStudies::theMedianIsThatOfTheSortedMagnitudes()
{
    QCOMPARE(spikeFigures(std::vector<float>{-4.0F, 1.0F, 3.0F, 2.0F}).median, 2.5);
    QCOMPARE(spikeFigures(std::vector<float>{-4.0F}).median, 4.0);
    for (const std::size_t count : {1000U, 1001U}) {
        std::vector<float> values = gaussian(count, count);
        values[3] = std::numeric_limits<float>::denorm_min();
        values[4] = -std::numeric_limits<float>::max();
        const SpikeFigures figures = spikeFigures(values);
        for (float& value : values)
            value = std::fabs(value);
        std::sort(values.begin(), values.end());
        QCOMPARE(figures.median,
            (static_cast<double>(values[(count - 1) / 2]) + static_cast<double>(values[count / 2])) / 2);
        QCOMPARE(figures.maximum, static_cast<double>(std::numeric_limits<float>::max()));
        QCOMPARE(figures.octaves.front().lowest, std::ldexp(1.0, -149));
        QCOMPARE(figures.octaves.back().lowest, std::ldexp(1.0, 127));
        std::uint64_t all = 0;
        for (const OctaveCount& octave : figures.octaves)
            all += octave.count;
        QCOMPARE(all, std::uint64_t{count});
    }
}

void TestStudies::kurtosisTellsDistributionsApart()
{
    const std::vector<float> normal = gaussian(400000, 9);
    QVERIFY2(isNear(*spikeFigures(normal).kurtosis, 3.0, 0.02), textOf(*spikeFigures(normal).kurtosis, 3.0));
    QVERIFY(isNear(*spikeFigures(normal).maximumOverMedian, 4.8 / 0.6745, 0.1));
    QVERIFY(!spikeFigures(normal).isSpiky);

    std::vector<float> uniform(100000);
    for (std::size_t i = 0; i < uniform.size(); ++i)
        uniform[i] = 5.0F + static_cast<float>(i) / 100000.0F;  // the mean does not matter
    QVERIFY(isNear(*spikeFigures(uniform).kurtosis, 1.8, 0.001));
}

void TestStudies::tensorsWithoutSpreadHaveNoRatios()
{
    const SpikeFigures zero = spikeFigures(std::vector<float>(8, 0.0F));
    QVERIFY(!zero.maximumOverMedian && !zero.crestFactor && !zero.kurtosis && !zero.isSpiky);
    QVERIFY(zero.octaves.empty());
    const SpikeFigures sparse = spikeFigures(std::vector<float>{0.0F, 0.0F, 0.0F, 1000.0F});
    QVERIFY(!sparse.maximumOverMedian && !sparse.isSpiky);
    QCOMPARE(*sparse.crestFactor, 2.0);
    const SpikeFigures none = spikeFigures(std::vector<float>{kNan, -std::numeric_limits<float>::infinity()});
    QCOMPARE(none.elements, std::uint64_t{0});
}

void TestStudies::aStudyHoldsEveryPart()
{
    const auto shown = studied(madeTensor({4, 256}, gaussian(1024, 6)), "NxFP4");
    const StudyResult& result = *shown;
    QCOMPARE(result.format.name, std::string("NxFP4"));
    QCOMPARE(result.bitFlips->books.size(), std::size_t{2});
    QCOMPARE(result.bitFlips->pooled.bits.size(), std::size_t{4});
    QCOMPARE(result.bitFlips->scale.bits.size(), std::size_t{8});
    QCOMPARE(result.errorIntervals->block, std::uint64_t{32});
    QCOMPARE(result.lMul->pairs, std::uint64_t{1024});
    QCOMPARE(result.floatSplit->lines.size(), std::size_t{1});
    QCOMPARE(result.spikes->elements, std::uint64_t{1024});
}

void TestStudies::tensorPartsAreTakenFromThePreviousResult()
{
    const Tensor tensor = madeTensor({4, 256}, gaussian(1024, 6));
    const auto first = studied(tensor, "NxFP4");
    auto marked = std::make_shared<StudyResult>(*first);
    marked->spikes->maximum = 1e9;  // a figure that no computation gives
    QCOMPARE(studied(tensor, "MXFP4", marked)->spikes->maximum, 1e9);
    const Tensor other = madeTensor({4, 256}, tensor.values.toVector());
    QVERIFY(studied(other, "MXFP4", marked)->spikes->maximum < 1e9);
    marked->shape = {2, 512};
    QVERIFY(studied(tensor, "MXFP4", marked)->spikes->maximum < 1e9);
}

void TestStudies::stoppingThrowsCancelled()
{
    std::stop_source source;
    source.request_stop();
    const Tensor tensor = madeRow(gaussian(256, 1));
    const NamedFormat named = parseFormat("MXFP4");
    const BlockView view = viewOf(tensor, named.spec);
    const Report report = analyze(tensor, view, named);
    StudyOptions options;
    options.stop = source.get_token();
    QVERIFY_EXCEPTION_THROWN((void)study(tensor, view, named, report, options), Cancelled);
    LMulOptions pairs;
    pairs.stop = source.get_token();
    QVERIFY_EXCEPTION_THROWN((void)lMulStudy(tensor.values.toVector(), pairs), Cancelled);
    QVERIFY_EXCEPTION_THROWN((void)spikeFigures(tensor.values.toVector(), kSpikeRatio, source.get_token()), Cancelled);
}

QTEST_APPLESS_MAIN(TestStudies)
#include "tst_studies.moc"
