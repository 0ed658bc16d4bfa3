#include "core/analysis/bounds.h"

#include "made_tensor.h"

#include "core/analysis/analyze.h"
#include "core/analysis/bound_curves.h"
#include "core/error.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace nanoscope;

/// Oracle: catalogue section 9 (Lloyd-Max by computation, Panter-Dite and Shannon in closed form).
class TestBounds : public QObject {
    Q_OBJECT

private slots:
    void knownDistributionsHaveTheirKnownBounds_data();
    void knownDistributionsHaveTheirKnownBounds();
    void fewElementsHaveNoBounds();
    void longTailsDoNotStrayTheCodebook();
    void curvesAreThoseOfReports();
};

namespace {

constexpr std::size_t kBins = 16384;

/// Histogram of `density` on [-reach, reach] as if of 2^40 values.
template <typename Density> std::vector<std::uint64_t> histogramOf(Density density, double reach)
{
    std::vector<std::uint64_t> counts(kBins);
    const double width = 2 * reach / static_cast<double>(kBins);
    for (std::size_t i = 0; i < kBins; ++i)
        counts[i] = static_cast<std::uint64_t>(
            std::ldexp(density(-reach + (static_cast<double>(i) + 0.5) * width) * width, 40));
    return counts;
}

double gaussianDensity(double x)
{
    return std::exp(-x * x / 2) / std::sqrt(2 * M_PI);
}

double laplace(double x)
{
    return std::exp(-std::fabs(x) * M_SQRT2) / M_SQRT2;
}

double uniform(double x)
{
    return std::fabs(x) < std::sqrt(3.0) ? 1 / std::sqrt(12.0) : 0.0;
}

}  // namespace

void TestBounds::knownDistributionsHaveTheirKnownBounds_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("bits");
    QTest::addColumn<double>("lloydMax");
    QTest::addColumn<double>("panterDite");
    QTest::addColumn<double>("shannon");
    QTest::newRow("Gaussian, 2 bits") << "gaussian" << 2 << 9.30 << 12.04 - 4.35 << 12.04;
    QTest::newRow("Gaussian, 4 bits") << "gaussian" << 4 << 20.22 << 24.08 - 4.35 << 24.08;
    QTest::newRow("Gaussian, 6 bits") << "gaussian" << 6 << 31.91 << 36.12 - 4.35 << 36.12;
    QTest::newRow("Laplace, 4 bits") << "laplace" << 4 << 18.13 << 24.08 - 6.53 << 24.71;  // h = log2(e sqrt 2)
    QTest::newRow("uniform, 4 bits") << "uniform" << 4 << 24.08 << 24.08 << 25.61;
}

void TestBounds::knownDistributionsHaveTheirKnownBounds()
{
    QFETCH(QString, name);
    QFETCH(int, bits);
    QFETCH(double, lloydMax);
    QFETCH(double, panterDite);
    QFETCH(double, shannon);
    const double reach = name == "uniform" ? 2.0 : name == "laplace" ? 16.0 : 8.0;
    const auto histogram = histogramOf(name == "gaussian" ? gaussianDensity
            : name == "laplace"                           ? laplace
                                                          : uniform,
        reach);
    const Bounds bounds = boundsFor(histogram, reach, 1.0, bits);
    QVERIFY2(
        std::fabs(*bounds.lloydMaxDecibel - lloydMax) < 0.03, qPrintable(QString::number(*bounds.lloydMaxDecibel)));
    QVERIFY2(std::fabs(*bounds.panterDiteDecibel - panterDite) < 0.03,
        qPrintable(QString::number(*bounds.panterDiteDecibel)));
    QVERIFY2(std::fabs(*bounds.shannonDecibel - shannon) < 0.03, qPrintable(QString::number(*bounds.shannonDecibel)));
}

void TestBounds::fewElementsHaveNoBounds()
{
    std::vector<std::uint64_t> histogram(kBins, 0);
    histogram[100] = kFewestElementsForBounds - 1;
    QVERIFY(!boundsFor(histogram, 1.0, 1.0, 4).shannonDecibel);
}

/// Draws with tails so long that most bins hold one value or none: the codebook stays near Panter and Dite's figure,
/// which is that of many levels.
void TestBounds::longTailsDoNotStrayTheCodebook()
{
    std::vector<float> values = gaussian(250000, 9);
    for (float& value : values)
        value *= std::fabs(value);
    const Tensor tensor = madeTensor({250, 1000}, std::move(values));
    const std::vector<double> bits{4, 6, 8};
    const BoundCurves curves = boundCurves(BlockView(tensor, -1, 1), bits, {});
    double last = 0.0;
    for (const Bounds& at : curves.bounds) {
        QVERIFY2(std::fabs(*at.lloydMaxDecibel - *at.panterDiteDecibel) < 2.5,
            qPrintable(QString("%1 against %2").arg(*at.lloydMaxDecibel).arg(*at.panterDiteDecibel)));
        QVERIFY(*at.lloydMaxDecibel < *at.shannonDecibel);
        QVERIFY(*at.lloydMaxDecibel > last + 10.0);  // 6 dB a bit, nearly
        last = *at.lloydMaxDecibel;
    }
}

void TestBounds::curvesAreThoseOfReports()
{
    const Tensor tensor = madeTensor({200, 128}, gaussian(200 * 128, 5));
    const BlockView rows(tensor, -1, 1);
    std::vector<double> bits{4, 4.25, 8.25};
    const BoundCurves curves = boundCurves(rows, bits, {});
    for (const char* name : {"MXFP4", "MXFP8_E4M3"}) {
        const Report report = analyze(tensor, rows, parseFormat(name));
        const auto at = std::find(bits.begin(), bits.end(), report.bitsPerElement) - bits.begin();
        const Bounds& curve = curves.bounds.at(static_cast<std::size_t>(at));
        QVERIFY(std::fabs(*curve.shannonDecibel - *report.boundsAllIn.shannonDecibel) < 1e-9);
        QVERIFY(std::fabs(*curve.panterDiteDecibel - *report.boundsAllIn.panterDiteDecibel) < 1e-9);
        QCOMPARE(curve.lloydMaxDecibel.has_value(), report.boundsAllIn.lloydMaxDecibel.has_value());
        if (curve.lloydMaxDecibel)
            QVERIFY(std::fabs(*curve.lloydMaxDecibel - *report.boundsAllIn.lloydMaxDecibel) < 1e-9);
    }
    const Tensor few = madeTensor({10, 128}, gaussian(10 * 128, 5));
    QVERIFY(!boundCurves(BlockView(few, -1, 1), bits, {}).bounds.front().shannonDecibel);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY_EXCEPTION_THROWN((void)boundCurves(rows, bits, stop.get_token()), Cancelled);
}

QTEST_APPLESS_MAIN(TestBounds)
#include "tst_bounds.moc"
