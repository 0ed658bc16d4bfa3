#include "made_tensor.h"

#include "core/analysis/float_split.h"
#include "core/error.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numeric>

using namespace nanoscope;

/// The sweep over exponent and mantissa bits (oracles: catalogue table T3, and identities between formats).
class TestFloatSplit : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void splitsOfGaussianValuesAreThoseOfTheCatalogue_data();
    void splitsOfGaussianValuesAreThoseOfTheCatalogue();
    void splitsOfLaplacianValuesAreThoseOfTheCatalogue_data();
    void splitsOfLaplacianValuesAreThoseOfTheCatalogue();
    void figuresAreTheSameForOneAndTwoThreads();
    void oneExponentBitIsAnInteger();
    void searchingTheClipNeverHurts();
    void theBestSplitIsTheFirstLargest();
    void longTensorsAreSampledInWholeRows();
    void oneLongRowIsSampledInItsMiddle();
    void anEmptyTensorHasNoFigures();
    void stoppingThrowsCancelled();

private:
    FloatSplitStudy m_gaussian;
    FloatSplitStudy m_laplacian;
};

namespace {

using Numbers = std::vector<double>;

constexpr std::uint64_t kRows = 16;
constexpr std::uint64_t kColumns = 2048;
const SplitBlock kRow{std::nullopt};

/// Independent signs and exponential magnitudes.
std::vector<float> laplacian(std::size_t count, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::exponential_distribution<double> magnitude;
    std::vector<float> values(count);
    for (float& value : values) {
        const double sign = random() % 2 == 0 ? 1.0 : -1.0;
        value = static_cast<float>(sign * magnitude(random));
    }
    return values;
}

FloatSplitStudy studyOf(std::vector<float> values, std::vector<int> bits)
{
    const Tensor tensor = madeTensor({kRows, kColumns}, std::move(values));
    FloatSplitOptions options;
    options.bits = std::move(bits);
    options.blocks = {{16}, {128}, kRow};
    options.mostElements = 0;
    return floatSplitStudy(tensor, BlockView(tensor, -1, 32), options);
}

void compare(const FloatSplitStudy& study, const SplitBlock& block, int bits, const Numbers& expected)
{
    const FloatSplitLine* line = study.line(block, bits);
    QVERIFY(line != nullptr);
    QCOMPARE(line->points.size(), expected.size());
    for (std::size_t e = 0; e < expected.size(); ++e) {
        const FloatSplitPoint& point = line->points[e];
        QCOMPARE(point.exponentBits, static_cast<int>(e));
        QCOMPARE(point.bits(), bits);
        QVERIFY2(std::fabs(*point.clipDecibel - expected[e]) < 0.15,
            qPrintable(QStringLiteral("E%1: %2 dB, not %3").arg(e).arg(*point.clipDecibel).arg(expected[e])));
    }
}

}  // namespace

void TestFloatSplit::initTestCase()
{
    m_gaussian = studyOf(gaussian(kRows * kColumns, 11), {3, 4, 5, 6, 8});
    m_laplacian = studyOf(laplacian(kRows * kColumns, 11), {4, 8});
}

void TestFloatSplit::splitsOfGaussianValuesAreThoseOfTheCatalogue_data()
{
    QTest::addColumn<int>("block");
    QTest::addColumn<int>("bits");
    QTest::addColumn<Numbers>("decibel");
    QTest::newRow("3 bits, row") << 0 << 3 << Numbers{13.3, 13.3, 13.2};
    QTest::newRow("3 bits, 128") << 128 << 3 << Numbers{13.5, 13.5, 13.6};
    QTest::newRow("3 bits, 16") << 16 << 3 << Numbers{15.0, 15.0, 15.3};
    QTest::newRow("4 bits, row") << 0 << 4 << Numbers{18.9, 18.9, 19.1, 14.4};
    QTest::newRow("4 bits, 128") << 128 << 4 << Numbers{19.5, 19.5, 19.7, 14.9};
    QTest::newRow("4 bits, 16") << 16 << 4 << Numbers{21.8, 21.8, 21.3, 16.5};
    QTest::newRow("5 bits, row") << 0 << 5 << Numbers{24.4, 24.4, 25.1, 19.9, 14.4};
    QTest::newRow("5 bits, 16") << 16 << 5 << Numbers{28.1, 28.1, 27.2, 21.6, 16.5};
    QTest::newRow("6 bits, row") << 0 << 6 << Numbers{30.0, 30.0, 31.1, 25.7, 19.9, 14.4};
    QTest::newRow("6 bits, 128") << 128 << 6 << Numbers{31.6, 31.6, 31.6, 26.1, 20.3, 14.9};
    QTest::newRow("6 bits, 16") << 16 << 6 << Numbers{34.3, 34.3, 33.0, 27.5, 21.6, 16.5};
    QTest::newRow("8 bits, row") << 0 << 8 << Numbers{41.7, 41.7, 43.1, 37.6, 31.6, 25.7, 19.9, 14.4};
    QTest::newRow("8 bits, 128") << 128 << 8 << Numbers{43.8, 43.8, 43.7, 37.9, 32.0, 26.1, 20.3, 14.9};
    QTest::newRow("8 bits, 16") << 16 << 8 << Numbers{46.6, 46.6, 45.2, 39.3, 33.2, 27.5, 21.6, 16.5};
}

void TestFloatSplit::splitsOfGaussianValuesAreThoseOfTheCatalogue()
{
    QFETCH(int, block);
    QFETCH(int, bits);
    QFETCH(Numbers, decibel);
    compare(m_gaussian, block > 0 ? SplitBlock{block} : kRow, bits, decibel);
}

void TestFloatSplit::splitsOfLaplacianValuesAreThoseOfTheCatalogue_data()
{
    QTest::addColumn<int>("block");
    QTest::addColumn<int>("bits");
    QTest::addColumn<Numbers>("decibel");
    QTest::newRow("4 bits, row") << 0 << 4 << Numbers{15.7, 15.7, 17.5, 14.4};
    QTest::newRow("4 bits, 128") << 128 << 4 << Numbers{16.7, 16.7, 18.8, 15.2};
    QTest::newRow("4 bits, 16") << 16 << 4 << Numbers{20.2, 20.2, 21.4, 17.2};
    QTest::newRow("8 bits, 128") << 128 << 8 << Numbers{40.9, 40.9, 43.3, 38.2, 32.2, 26.4, 20.6, 15.2};
}

void TestFloatSplit::splitsOfLaplacianValuesAreThoseOfTheCatalogue()
{
    QFETCH(int, block);
    QFETCH(int, bits);
    QFETCH(Numbers, decibel);
    compare(m_laplacian, block > 0 ? SplitBlock{block} : kRow, bits, decibel);
}

void TestFloatSplit::figuresAreTheSameForOneAndTwoThreads()
{
    const Tensor tensor = madeTensor({4, 512}, gaussian(2048, 3));
    FloatSplitOptions options;
    options.bits = {3, 4};
    options.threads = 1;
    const FloatSplitStudy alone = floatSplitStudy(tensor, BlockView(tensor, -1, 32), options);
    options.threads = 2;
    double reported = 0.0;
    std::mutex mutex;
    options.progress = [&](double fraction) {
        const std::lock_guard lock(mutex);
        reported = std::max(reported, fraction);
    };
    const FloatSplitStudy together = floatSplitStudy(tensor, BlockView(tensor, -1, 32), options);
    QCOMPARE(reported, 1.0);
    QCOMPARE(together.lines.size(), alone.lines.size());
    for (std::size_t i = 0; i < alone.lines.size(); ++i)
        for (std::size_t e = 0; e < alone.lines[i].points.size(); ++e)
            QCOMPARE(together.lines[i].points[e].clipDecibel, alone.lines[i].points[e].clipDecibel);
}

void TestFloatSplit::oneExponentBitIsAnInteger()
{
    for (const FloatSplitLine& line : m_laplacian.lines) {
        QCOMPARE(line.points[1].clipDecibel, line.points[0].clipDecibel);
        QCOMPARE(line.points[1].maximumDecibel, line.points[0].maximumDecibel);
    }
}

void TestFloatSplit::searchingTheClipNeverHurts()
{
    QCOMPARE(m_gaussian.clips.size(), std::size_t{15});
    for (const FloatSplitLine& line : m_gaussian.lines)
        for (const FloatSplitPoint& point : line.points)
            QVERIFY(*point.clipDecibel >= *point.maximumDecibel);
}

void TestFloatSplit::theBestSplitIsTheFirstLargest()
{
    QCOMPARE(m_gaussian.line({16}, 4)->best, std::size_t{0});  // E1 is as good, but comes second
    QCOMPARE(m_gaussian.line(kRow, 4)->best, std::size_t{2});
    QCOMPARE(m_laplacian.line({16}, 4)->best, std::size_t{2});
    QCOMPARE(m_laplacian.line({128}, 8)->best, std::size_t{2});
}

void TestFloatSplit::longTensorsAreSampledInWholeRows()
{
    std::vector<float> values(std::size_t{64} * 100);
    std::iota(values.begin(), values.end(), 1.0F);
    const Tensor tensor = madeTensor({64, 100}, values);
    FloatSplitOptions options;
    options.bits = {4};
    options.mostElements = 1000;
    const FloatSplitStudy study = floatSplitStudy(tensor, BlockView(tensor, -1, 32), options);
    QVERIFY(study.isSampled);
    QCOMPARE(study.elements, std::uint64_t{1000});
    QCOMPARE(study.rowLength, std::uint64_t{100});
    options.mostElements = 0;
    QVERIFY(!floatSplitStudy(tensor, BlockView(tensor, -1, 32), options).isSampled);
}

void TestFloatSplit::oneLongRowIsSampledInItsMiddle()
{
    // Only the middle of the row holds anything: a sample from elsewhere would have no SQNR.
    std::vector<float> values(10000, 0.0F);
    const std::vector<float> middle = gaussian(1000, 2);
    std::copy(middle.begin(), middle.end(), values.begin() + 4500);
    const Tensor tensor = madeRow(values);
    FloatSplitOptions options;
    options.bits = {3};
    options.mostElements = 1000;
    const FloatSplitStudy study = floatSplitStudy(tensor, BlockView(tensor, -1, 32), options);
    QVERIFY(study.isSampled);
    QCOMPARE(study.elements, std::uint64_t{7 * 128});  // whole blocks of the longest block length
    for (const FloatSplitLine& line : study.lines)
        QVERIFY(line.points[0].clipDecibel.has_value());
}

void TestFloatSplit::anEmptyTensorHasNoFigures()
{
    const Tensor tensor = madeTensor({0, 32}, {});
    FloatSplitOptions options;
    options.bits = {4};
    const FloatSplitStudy study = floatSplitStudy(tensor, BlockView(tensor, -1, 32), options);
    QCOMPARE(study.elements, std::uint64_t{0});
    for (const FloatSplitLine& line : study.lines)
        QVERIFY(!line.points[line.best].clipDecibel);
}

void TestFloatSplit::stoppingThrowsCancelled()
{
    std::stop_source source;
    source.request_stop();
    const Tensor tensor = madeRow(gaussian(256, 1));
    FloatSplitOptions options;
    options.stop = source.get_token();
    QVERIFY_EXCEPTION_THROWN((void)floatSplitStudy(tensor, BlockView(tensor, -1, 32), options), Cancelled);
}

QTEST_APPLESS_MAIN(TestFloatSplit)
#include "tst_float_split.moc"
