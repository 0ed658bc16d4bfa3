#include "made_tensor.h"

#include "core/analysis/analyze.h"

#include <QTest>

#include <functional>

using namespace nanoscope;

/// What NxFP's techniques gain over MXFP4 (oracle: the paper's "about 23 %" for NanoMantissa, and the reference
/// implementation on the same distributions).
class TestTechniques : public QObject {
    Q_OBJECT

private slots:
    void nanoMantissaCutsTheErrorOfMxfp4ByAboutAQuarter();
    void allTechniquesCutTheErrorOfMxfp4ByAboutAThird_data();
    void allTechniquesCutTheErrorOfMxfp4ByAboutAThird();
};

namespace {

constexpr std::uint64_t kRows = 20000;
constexpr std::uint64_t kColumns = 64;

/// 20000 rows of 64 independent draws.
Tensor draws(const std::function<double(std::mt19937_64&)>& draw)
{
    constexpr std::uint64_t kSeed = 20250101;
    qInfo("seed %llu", static_cast<unsigned long long>(kSeed));
    std::mt19937_64 random(kSeed);
    std::vector<float> values(kRows * kColumns);
    for (float& value : values)
        value = static_cast<float>(draw(random));
    return madeTensor({kRows, kColumns}, std::move(values));
}

Tensor gaussianDraws()
{
    std::normal_distribution<double> normal;
    return draws([normal](std::mt19937_64& random) mutable { return normal(random); });
}

double errorOf(const Tensor& tensor, const char* format)
{
    const NamedFormat named = parseFormat(format);
    return analyze(tensor, viewOf(tensor, named.spec), named).error.mse;
}

/// By how much the squared error of MXFP4 shrinks.
double cut(const Tensor& tensor, const char* format)
{
    return 1.0 - errorOf(tensor, format) / errorOf(tensor, "MXFP4");
}

}  // namespace

void TestTechniques::nanoMantissaCutsTheErrorOfMxfp4ByAboutAQuarter()
{
    const double saved = cut(gaussianDraws(), "NxFP4_NM");
    QVERIFY2(saved >= 0.22 && saved <= 0.24, qPrintable(QString::number(saved)));
}

void TestTechniques::allTechniquesCutTheErrorOfMxfp4ByAboutAThird_data()
{
    QTest::addColumn<QString>("distribution");
    for (const char* name : {"Gauss", "Student t, 5 degrees", "Laplace"})
        QTest::newRow(name) << QString(name);
}

void TestTechniques::allTechniquesCutTheErrorOfMxfp4ByAboutAThird()
{
    QFETCH(QString, distribution);
    std::student_t_distribution<double> student(5);
    std::exponential_distribution<double> exponential;
    const Tensor tensor = distribution == "Gauss" ? gaussianDraws()
        : distribution == "Laplace"
        ? draws([&](std::mt19937_64& random) { return (random() & 1U ? 1 : -1) * exponential(random); })
        : draws([&](std::mt19937_64& random) { return student(random); });
    const double saved = cut(tensor, "NxFP4");
    QVERIFY2(saved >= 0.29 && saved <= 0.34, qPrintable(QString::number(saved)));
}

QTEST_APPLESS_MAIN(TestTechniques)
#include "tst_techniques.moc"
