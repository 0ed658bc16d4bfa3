#include "made_tensor.h"

#include "core/analysis/l_mul.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <utility>

using namespace nanoscope;

/// Products by integer addition (oracles: catalogue table T6 and its worked examples).
class TestLMul : public QObject {
    Q_OBJECT

private slots:
    void significandsAreAdded_data();
    void significandsAreAdded();
    void errorsOfGaussianPairsAreThoseOfTheCatalogue();
    void pairsFollowTheSeed();
    void whatIsNoNumberIsLeftOut();
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

std::vector<double> normals(std::size_t count, std::uint64_t seed)
{
    const std::vector<float> values = gaussian(count, seed);
    return {values.begin(), values.end()};
}

}  // namespace

void TestLMul::significandsAreAdded_data()
{
    QTest::addColumn<double>("x");
    QTest::addColumn<double>("y");
    QTest::addColumn<int>("bits");
    QTest::addColumn<double>("product");
    QTest::newRow("1.5 * 1.5") << 1.5 << 1.5 << 3 << 2.125;
    QTest::newRow("1.25 * 1.25") << 1.25 << 1.25 << 3 << 1.625;
    QTest::newRow("1.75 * 1.75, 4 bits") << 1.75 << 1.75 << 4 << 2.625;
    QTest::newRow("signs") << -1.25 << 3.0 << 4 << -3.75;
    QTest::newRow("both negative") << -1.5 << -1.5 << 3 << 2.125;
    QTest::newRow("a significand rounds up to 2") << 1.99 << 1.0 << 2 << 2.5;
    QTest::newRow("more than 4 bits") << 1.0 << 1.0 << 10 << 1.0625;
    QTest::newRow("zero") << 0.0 << 3.0 << 4 << 0.0;
    QTest::newRow("subnormal") << std::ldexp(1.0, -149) << 1.0 << 4 << std::ldexp(1.125, -149);
}

void TestLMul::significandsAreAdded()
{
    QFETCH(double, x);
    QFETCH(double, y);
    QFETCH(int, bits);
    QFETCH(double, product);
    QCOMPARE(lMulProduct(x, y, bits), product);
}

void TestLMul::errorsOfGaussianPairsAreThoseOfTheCatalogue()
{
    const LMulStudy study = lMulErrors(normals(400000, 1), normals(400000, 2));
    struct Row {
        int bits;
        double meanSquare;
        double bias;
    };
    for (const Row& row : {Row{2, 0.02119, 0.0904}, Row{3, 0.00664, 0.0030}, Row{4, 0.00608, -0.0046},
             Row{5, 0.00640, -0.0416}, Row{7, 0.00664, -0.0443}, Row{10, 0.00673, -0.0451}}) {
        const LMulPoint& point = study.points[static_cast<std::size_t>(row.bits - kFewestLMulBits)];
        QCOMPARE(point.mantissaBits, row.bits);
        QVERIFY2(isNear(point.error.relativeMeanSquare, row.meanSquare, 0.02),
            textOf(point.error.relativeMeanSquare, row.meanSquare));
        QVERIFY2(std::fabs(point.error.bias - row.bias) < 0.0006, textOf(point.error.bias, row.bias));
    }
    QCOMPARE(study.references.size(), std::size_t{2});
    const RoundedProducts& e5m2 = study.references[0];
    const RoundedProducts& e4m3 = study.references[1];
    QCOMPARE(e5m2.format, std::string("E5M2"));
    for (const auto& [found, expected] :
        {std::pair(e5m2.exact, 0.00556), {e5m2.rounded, 0.00776}, {e4m3.exact, 0.00139}, {e4m3.rounded, 0.00197}})
        QVERIFY2(isNear(found.relativeMeanSquare, expected, 0.03), textOf(found.relativeMeanSquare, expected));
}

void TestLMul::pairsFollowTheSeed()
{
    const std::vector<float> values = gaussian(5000, 4);
    LMulOptions options;
    const double first = lMulStudy(values, options).points[0].error.relativeMeanSquare;
    QCOMPARE(lMulStudy(values, options).points[0].error.relativeMeanSquare, first);
    options.seed = 2;
    QVERIFY(lMulStudy(values, options).points[0].error.relativeMeanSquare != first);

    // Errors are relative: powers of two change nothing.
    std::vector<float> scaled = values;
    for (float& value : scaled)
        value = std::ldexp(value, -30);
    options.seed = 1;
    QCOMPARE(lMulStudy(scaled, options).points[0].error.relativeMeanSquare, first);
    QVERIFY(isNear(lMulStudy(scaled, options).references[0].rounded.relativeMeanSquare, 0.00776, 0.1));
}

void TestLMul::whatIsNoNumberIsLeftOut()
{
    std::vector<float> values{1.5F, kNan, 1.5F, std::numeric_limits<float>::infinity()};
    const LMulStudy study = lMulStudy(values);
    QCOMPARE(study.pairs, std::uint64_t{2});
    QCOMPARE(study.points[1].error.bias, 2.125 / 2.25 - 1);
    QCOMPARE(lMulStudy({}).pairs, std::uint64_t{0});
    QCOMPARE(lMulStudy(std::vector<float>(10, 0.0F)).points[0].error.relativeMeanSquare, 0.0);
    LMulOptions few;
    few.mostPairs = 100;
    QCOMPARE(lMulStudy(gaussian(1000, 1), few).pairs, std::uint64_t{100});
}

QTEST_APPLESS_MAIN(TestLMul)
#include "tst_l_mul.moc"
