#include "made_tensor.h"

#include "core/analysis/analyze.h"
#include "core/format/format_by_name.h"
#include "core/format/preset.h"
#include "core/summary/summary_answer.h"

#include <QTest>

#include <cmath>

using namespace nanoscope;

/// The summary against the full pass (oracle: analyze(), which is checked against the reference model elsewhere).
class TestExactSummary : public QObject {
    Q_OBJECT

private slots:
    void powerOfTwoFormatsAreAnsweredExactly_data();
    void powerOfTwoFormatsAreAnsweredExactly();
    void realScalesAreAnsweredClosely_data();
    void realScalesAreAnsweredClosely();
    void roundedScalesMoveTheBlockMaxima_data();
    void roundedScalesMoveTheBlockMaxima();
    void onlyPlainFormatsAreCovered();
    void threadsDoNotMatter();
    void badBlocksAreLeftOut();
};

namespace {

Tensor heavyTensor()
{
    std::vector<float> values = gaussian(96 * 704, 5);
    std::mt19937 random(7);
    for (float& value : values) {
        const double u = std::uniform_real_distribution<double>(0.01, 1.0)(random);
        value = static_cast<float>(static_cast<double>(value) / std::sqrt(u) * 0.02);
    }
    for (std::size_t i = 0; i < values.size(); i += 97)
        values[i] = 0.0F;
    for (std::size_t i = 0; i < values.size(); i += 31)
        values[i] = std::ldexp(std::nearbyint(std::ldexp(values[i], 9)), -9);  // many on thresholds
    for (std::size_t i = 64; i < 128; ++i)
        values[i] = 0.0F;
    return madeTensor({96, 704}, std::move(values));
}

struct Both {
    Report exact;
    SummaryAnswer answer;
};

std::optional<Both> bothOf(const Tensor& tensor, const FormatSpec& spec)
{
    const auto kind = summaryKindFor(spec);
    if (!kind)
        return std::nullopt;
    const BlockView view(tensor, -1, spec.geometry.block);
    const ExactSummary summary(view, *kind);
    const auto found = SummaryQuery(spec).ask(summary);
    if (!found)
        return std::nullopt;
    return Both{analyze(tensor, view, {"", spec}), *found};
}

}  // namespace

void TestExactSummary::powerOfTwoFormatsAreAnsweredExactly_data()
{
    QTest::addColumn<QString>("format");
    for (const char* format : {"MXFP4", "MXFP6_E2M3", "MXFP6_E3M2", "MXINT8", "BFP3", "BFP4", "BFP6", "BFP4_g16",
             "MXFP4:scale.offsets=[-1]", "MXFP4:scale.offsets=[1]", "MXFP4:scale.offsets=[-3]", "MXFP5_E2M2",
             "MXFP4:geometry.block=128", "MXFP4:elements.0.e=3,elements.0.m=0", "MXFP4:elements.0.e=1,elements.0.m=2",
             "MXFP4:rounding.elem=away", "MXFP4:rounding.elem=zero", "MXFP4:rounding.elem=up",
             "MXFP4:rounding.elem=down", "MXFP4:elements.0.recycle={\"mode\":\"half_min\",\"sign\":-1}", "MXINT8_asym"})
        QTest::newRow(format) << format;
}

void TestExactSummary::powerOfTwoFormatsAreAnsweredExactly()
{
    QFETCH(QString, format);
    const auto both = bothOf(heavyTensor(), parseFormat(format.toStdString()).spec);
    QVERIFY(both.has_value());
    const auto& [exact, found] = *both;
    QVERIFY(found.isExact);
    const auto n = static_cast<double>(exact.elements);
    for (const LevelCount& level : exact.levels)
        QCOMPARE(found.counts[level.code], static_cast<double>(level.count));
    QVERIFY(std::fabs(found.squaredError / n - exact.error.mse) <= 1e-9 * exact.error.mse);
    QVERIFY(std::fabs(found.absoluteError / n - exact.error.meanAbsolute) <= 1e-9 * exact.error.meanAbsolute);
    QVERIFY(std::fabs(found.error / n - exact.error.bias) <= 1e-9 * exact.error.meanAbsolute);
    QVERIFY(std::fabs(found.product / found.power - *exact.error.gain) <= 1e-9);
    QVERIFY(std::fabs(found.zero / n - exact.zeroFraction) <= 1e-12);
    QVERIFY(std::fabs(found.clipped / n - exact.clippedFraction) <= 1e-12);
}

void TestExactSummary::realScalesAreAnsweredClosely_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<double>("tolerance");
    // The summary knows the scale before it is rounded to FP16: another lattice, whose error differs by chance.
    for (const char* format : {"INT4_g128", "INT4_g128_full", "INT4_g32", "INT6_g128", "NF4", "AF4", "FP4_g128",
             "FP4_g32", "FP6_E2M3_g128", "flint4", "INT4_g32:scale.clips=[0.8]"})
        QTest::newRow(format) << format << 2e-4;
    for (const char* format : {"INT4_g128:scale.codec=FP32", "INT4_g32:scale.codec=FP32", "NF4:scale.codec=FP32",
             "AF4:scale.codec=FP32", "FP4_g32:scale.codec=FP32", "INT4_g32:scale.codec=FP32,scale.clips=[0.83]",
             "MXFP4:elements=[{\"id\":\"T\",\"kind\":\"table\",\"levels\":[-1.0,-0.7,-0.53,-0.39,-0.28,-0.185,-0.09,"
             "0.0,0.08,0.16,0.246,0.338,0.44,0.563,0.723,1.0]}]"})
        QTest::newRow(format) << format << 1e-5;
}

void TestExactSummary::realScalesAreAnsweredClosely()
{
    QFETCH(QString, format);
    QFETCH(double, tolerance);
    const auto both = bothOf(heavyTensor(), parseFormat(format.toStdString()).spec);
    QVERIFY(both.has_value());
    const auto& [exact, found] = *both;
    const auto n = static_cast<double>(exact.elements);
    QVERIFY2(std::fabs(found.squaredError / n - exact.error.mse) <= tolerance * exact.error.mse,
        qPrintable(QString::number(found.squaredError / n / exact.error.mse - 1)));
    double off = 0.0;
    for (const LevelCount& level : exact.levels)
        off += std::fabs(found.counts[level.code] - static_cast<double>(level.count));
    QVERIFY2(off <= 5e-3 * n && off <= 60 * tolerance * n, qPrintable(QString::number(off / n)));
}

void TestExactSummary::roundedScalesMoveTheBlockMaxima_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<double>("unit");  // of the values
    QTest::newRow("BF16") << "INT8_g128:scale.codec=BF16" << 1.0;
    QTest::newRow("BF16, short blocks") << "INT8_g128:scale.codec=BF16,geometry.block=32" << 1.0;
    QTest::newRow("FP16, subnormal scales") << "INT8_g128" << 0x1p-10;
}

void TestExactSummary::roundedScalesMoveTheBlockMaxima()
{
    QFETCH(QString, format);
    QFETCH(double, unit);
    std::vector<float> values = gaussian(std::size_t{1} << 20U, 3);
    for (float& value : values)
        value *= static_cast<float>(unit);
    const Tensor tensor = madeTensor({1024, 1024}, std::move(values));
    FormatSpec spec = parseFormat(format.toStdString()).spec;
    const auto rounded = bothOf(tensor, spec);
    spec.scale.codec = ScaleCodecId::FP32;
    const auto real = bothOf(tensor, spec);
    QVERIFY(rounded && real);
    const double exact = rounded->exact.error.mse * static_cast<double>(rounded->exact.elements);
    const double with = std::fabs(rounded->answer.squaredError / exact - 1);
    const double without = std::fabs(real->answer.squaredError / exact - 1);
    qInfo("off by %.1e with the maxima, %.1e without", with, without);
    QVERIFY(with < without / 4);
}

void TestExactSummary::onlyPlainFormatsAreCovered()
{
    for (const char* format : {"NxFP4", "M2XFP_weight", "NVFP4", "BitMoD4", "MXFP4+", "Q4_0", "INT4_g128_asym", "OliVe",
             "Posit8_0", "MXFP4_rceil", "SqueezeLLM_4", "COMET", "INT4_g16_hadamard"})
        QVERIFY2(!summaryKindFor(parseFormat(format).spec), format);
}

void TestExactSummary::threadsDoNotMatter()
{
    const Tensor tensor = heavyTensor();
    for (const char* format : {"MXFP4", "NF4"}) {
        const FormatSpec spec = parseFormat(format).spec;
        const BlockView view(tensor, -1, spec.geometry.block);
        const auto one = SummaryQuery(spec).ask(ExactSummary(view, *summaryKindFor(spec), {1, {}}));
        const auto four = SummaryQuery(spec).ask(ExactSummary(view, *summaryKindFor(spec), {4, {}}));
        QVERIFY(one && four);
        QVERIFY(one->squaredError == four->squaredError);
        QVERIFY(one->counts == four->counts);
    }
}

void TestExactSummary::badBlocksAreLeftOut()
{
    std::vector<float> values = gaussian(320, 9);
    values[40] = std::nanf("");
    values[100] = HUGE_VALF;
    const Tensor tensor = madeTensor({2, 160}, std::move(values));
    const auto both = bothOf(tensor, parseFormat("MXFP4").spec);
    QVERIFY(both.has_value());
    QCOMPARE(both->exact.excluded, std::uint64_t{64});
    double counted = 0.0;
    for (const double count : both->answer.counts)
        counted += count;
    QCOMPARE(counted, 256.0);
}

QTEST_APPLESS_MAIN(TestExactSummary)
#include "tst_exact_summary.moc"
