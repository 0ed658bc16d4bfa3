#include "made_tensor.h"
#include "packed_of.h"

#include "core/format/preset.h"
#include "core/format/scale_codec.h"
#include "core/quant/cast.h"
#include "core/quant/random_bits.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace nanoscope;

/// Rounding to either neighbour at random (oracles: the mean and variance that catalogue 4.3 derives; the same seed
/// gives the same result, whatever the machine's threads).
class TestStochastic : public QObject {
    Q_OBJECT

private slots:
    void roundingIsUnbiased_data();
    void roundingIsUnbiased();
    void onlyTheNeighboursAreTaken();
    void offsetsAreRoundedAtRandomToo();
    void levelsStayLevels();
    void valuesBeyondTheLastLevelSaturate();
    void theErrorIsTwiceThatOfTheNearest();
    void theSeedDecides_data();
    void theSeedDecides();
    void elementsAreRoundedIndependently();
    void randomBitsAreEven();
};

namespace {

constexpr std::size_t kCount = 1 << 16;

CastTensor castOf(const Tensor& tensor, const char* format, unsigned threads = 0)
{
    const FormatSpec spec = parseFormat(format).spec;
    CastOptions options;
    options.threads = threads;
    return castTensor(tensor, viewOf(tensor, spec), spec, options);
}

/// Rows of 16 that begin with `largest`, which fixes the scale at 1, and hold `value` otherwise.
Tensor rowsOf(float largest, float value)
{
    std::vector<float> values(kCount, value);
    for (std::size_t i = 0; i < kCount; i += 16)
        values[i] = largest;
    return madeTensor({kCount / 16, 16}, std::move(values));
}

}  // namespace

void TestStochastic::roundingIsUnbiased_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<float>("largest");
    QTest::addColumn<float>("value");
    QTest::addColumn<double>("lower");
    QTest::addColumn<double>("upper");
    const auto row = [](const char* format, float largest, float value, double lower, double upper) {
        QTest::addRow("%s, %g", format, static_cast<double>(value))
            << QString(format) << largest << value << lower << upper;
    };
    row("INT8_tensor_SR", 127, 0.25F, 0, 1);
    row("INT8_tensor_SR", 127, -0.25F, -1, 0);
    row("INT8_tensor_SR", 127, 41.9F, 41, 42);
    row("FP4_UE5M3_SR", 6, 4.5F, 4, 6);
    row("FP4_UE5M3_SR", 6, -2.9F, -3, -2);
    row("FP4_UE5M3_SR", 6, 0.1F, 0, 0.5);
    row("MXINT8_asym:rounding.stochastic=3", 1, -0.99F, -64.0 / 64, -63.0 / 64);
    row("NF4:rounding.stochastic=3", 1, 0.04F, 0, 0.07958029955625534);
    row("Bipolar_INT2:scale.clips=null,rounding.stochastic=3", 3, 0, -1, 1);
}

void TestStochastic::roundingIsUnbiased()
{
    QFETCH(QString, format);
    QFETCH(float, largest);
    QFETCH(float, value);
    QFETCH(double, lower);
    QFETCH(double, upper);
    const CastTensor cast = castOf(rowsOf(largest, value), format.toUtf8().constData());
    double sum = 0.0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < kCount; ++i) {
        if (i % 16 == 0)
            continue;
        const auto decoded = static_cast<double>(cast.dequantized[i]);
        QVERIFY(std::fabs(decoded - lower) < 1e-6 || std::fabs(decoded - upper) < 1e-6);
        sum += decoded;
        ++count;
    }
    const double share = (static_cast<double>(value) - lower) / (upper - lower);
    const double deviation = (upper - lower) * std::sqrt(share * (1 - share) / static_cast<double>(count));
    const double bias = sum / static_cast<double>(count) - static_cast<double>(value);
    QVERIFY2(std::fabs(bias) < 4.5 * deviation, qPrintable(QString("bias of %1 deviations").arg(bias / deviation)));
    QCOMPARE(decodePacked(packedOf(cast)), cast.dequantized);
}

void TestStochastic::onlyTheNeighboursAreTaken()
{
    const std::vector<float> values = gaussian(kCount, 3);
    const CastTensor cast = castOf(madeTensor({kCount / 64, 64}, values), "FP4_UE5M3_SR");
    const CastTensor nearest = castOf(madeTensor({kCount / 64, 64}, values), "FP4_UE5M3");
    QCOMPARE(cast.scales, nearest.scales);
    const std::vector<double> levels{-6, -4, -3, -2, -1.5, -1, -.5, 0, .5, 1, 1.5, 2, 3, 4, 6};
    const ScaleCodec codec(ScaleCodecId::UE5M3);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double scale = codec.decode(cast.scales[i / 16]);
        const double scaled = static_cast<double>(values[i]) / scale;
        const double level = static_cast<double>(cast.dequantized[i]) / scale;
        const auto above = std::upper_bound(levels.begin(), levels.end(), scaled);
        const double upper = above == levels.end() ? levels.back() : *above;
        const double lower = above == levels.begin() ? levels.front() : *(above - 1);
        QVERIFY(std::fabs(level - lower) < 1e-5 || std::fabs(level - upper) < 1e-5);
    }
}

void TestStochastic::offsetsAreRoundedAtRandomToo()
{
    // Blocks of -1, 14 and 0.75: steps of 1, a zero point of 1 or a minimum of -1.
    std::vector<float> values(kCount, 0.75F);
    for (std::size_t i = 0; i < kCount; i += 16) {
        values[i] = -1;
        values[i + 1] = 14;
    }
    for (const char* format : {"INT4_g128_asym:geometry.block=16,rounding.stochastic=9",
             "INT4_g128_minimum:geometry.block=16,rounding.stochastic=9"}) {
        const CastTensor cast = castOf(madeTensor({kCount / 16, 16}, values), format);
        double sum = 0.0;
        for (std::size_t i = 0; i < kCount; ++i) {
            const float decoded = cast.dequantized[i];
            if (i % 16 < 2) {
                QCOMPARE(decoded, values[i]);
                continue;
            }
            QVERIFY(decoded == 0.0F || decoded == 1.0F);
            sum += static_cast<double>(decoded);
        }
        const auto count = static_cast<double>(kCount / 16 * 14);
        QVERIFY2(std::fabs(sum / count - 0.75) < 4.5 * std::sqrt(0.75 * 0.25 / count), format);
        QCOMPARE(decodePacked(packedOf(cast)), cast.dequantized);
    }
}

void TestStochastic::levelsStayLevels()
{
    const CastTensor cast = castOf(madeRow({6, 4, -3, 2, 1.5F, -1, 0.5F, 0}), "FP4_UE5M3_SR");
    QCOMPARE(cast.dequantized, (std::vector<float>{6, 4, -3, 2, 1.5F, -1, 0.5F, 0}));
}

void TestStochastic::valuesBeyondTheLastLevelSaturate()
{
    const CastTensor cast = castOf(rowsOf(7.9F, -7.9F), "MXFP4:rounding.stochastic=1");
    for (std::size_t i = 0; i < kCount; ++i)
        QCOMPARE(cast.dequantized[i], i % 16 == 0 ? 6.0F : -6.0F);
}

void TestStochastic::theErrorIsTwiceThatOfTheNearest()
{
    // On a uniform grid of step D the mean squared error is D^2 / 6, that of the nearest level D^2 / 12.
    std::vector<float> values = gaussian(kCount, 5);
    values[0] = 10;
    const auto errorOf = [&values](const char* format) {
        const CastTensor cast = castOf(madeRow(values), format);
        double sum = 0.0;
        for (std::size_t i = 1; i < values.size(); ++i)
            sum += std::pow(static_cast<double>(cast.dequantized[i]) - static_cast<double>(values[i]), 2);
        return sum / static_cast<double>(values.size() - 1);
    };
    const double step = 10.0 / 127;
    QVERIFY(std::fabs(errorOf("INT8_tensor") / (step * step / 12) - 1) < 0.02);
    QVERIFY(std::fabs(errorOf("INT8_tensor_SR") / (step * step / 6) - 1) < 0.02);
}

void TestStochastic::theSeedDecides_data()
{
    QTest::addColumn<QString>("preset");
    for (const char* preset : {"INT8_tensor_SR", "FP4_UE5M3_SR", "NVFP4_train_RHT_SR"})
        QTest::newRow(preset) << QString(preset);
}

void TestStochastic::theSeedDecides()
{
    QFETCH(QString, preset);
    const Tensor tensor = madeTensor({700, 200}, gaussian(700 * 200, 7));
    const CastTensor cast = castOf(tensor, preset.toUtf8().constData(), 1);
    const CastTensor again = castOf(tensor, preset.toUtf8().constData(), 1);
    const CastTensor together = castOf(tensor, preset.toUtf8().constData(), 2);
    const CastTensor other = castOf(tensor, qPrintable(preset + ":rounding.stochastic=2"), 1);
    QVERIFY(again.packed == cast.packed);
    QVERIFY(together.packed == cast.packed);
    QVERIFY(other.packed != cast.packed);
    QVERIFY(other.scales == cast.scales);
    std::size_t differing = 0;
    for (std::size_t i = 0; i < cast.codes.size(); ++i)
        differing += cast.codes[i] != other.codes[i] ? 1U : 0U;
    QVERIFY(differing > cast.codes.size() / 10);
}

void TestStochastic::elementsAreRoundedIndependently()
{
    // Halves between two levels: neighbours in a row and in a column agree half of the time.
    constexpr std::size_t kSide = 256;
    std::vector<float> values(kSide * kSide, 0.5F);
    values[0] = 127;
    const CastTensor cast = castOf(madeTensor({kSide, kSide}, values), "INT8_tensor_SR");
    for (const std::size_t distance : {std::size_t{1}, std::size_t{16}, std::size_t{32}, kSide, kSide + 1}) {
        std::size_t agree = 0;
        for (std::size_t i = 1; i + distance < values.size(); ++i)
            agree += cast.codes[i] == cast.codes[i + distance] ? 1U : 0U;
        const double share = static_cast<double>(agree) / static_cast<double>(values.size() - 1 - distance);
        QVERIFY2(std::fabs(share - 0.5) < 0.01, qPrintable(QString("%1: %2").arg(distance).arg(share)));
    }
}

void TestStochastic::randomBitsAreEven()
{
    std::array<int, 64> ones{};
    for (std::uint64_t position = 0; position < kCount; ++position) {
        const std::uint64_t bits = randomBits(1, position);
        for (std::size_t bit = 0; bit < ones.size(); ++bit)
            ones[bit] += static_cast<int>(bits >> bit & 1U);
        QVERIFY(randomUniform(1, position) >= 0.0 && randomUniform(1, position) < 1.0);
    }
    for (const int count : ones)
        QVERIFY(std::abs(count - static_cast<int>(kCount / 2)) < 5 * 128);  // five deviations of sqrt(n) / 2
    QVERIFY(randomBits(1, 0) != randomBits(2, 0));
}

QTEST_APPLESS_MAIN(TestStochastic)
#include "tst_stochastic.moc"
