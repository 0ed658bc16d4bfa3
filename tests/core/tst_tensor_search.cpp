#include "made_tensor.h"
#include "packed_of.h"

#include "core/format/preset.h"
#include "core/quant/cast.h"
#include "core/quant/prepared_tensor.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace nanoscope;

/// What a format finds once for the whole tensor (oracle: every candidate tried one by one; worked examples of
/// catalogue 3.3 and 11).
class TestTensorSearch : public QObject {
    Q_OBJECT

private slots:
    void oneExponentForTheTensor_data();
    void oneExponentForTheTensor();
    void qfxTakesTheBestExponent_data();
    void qfxTakesTheBestExponent();
    void ofEqualExponentsTheFirstIsTaken();
    void clipOfTheTensorIsTheBestOfTheList_data();
    void clipOfTheTensorIsTheBestOfTheList();
    void codebookOfTheTensorHasTheSmallestError_data();
    void codebookOfTheTensorHasTheSmallestError();
    void antTakesTheTypeThatFitsTheDistribution();
    void diffusionSearchesTypeAndClipTogether();
    void meanMagnitudeIsTheTensorScale();
    void aTensorsOwnCodebookIsThatOfItsValues();
    void blocksWithNanTakeNoPart();
    void threadsDoNotChangeTheChoice_data();
    void threadsDoNotChangeTheChoice();
};

namespace {

CastTensor castOf(const Tensor& tensor, const FormatSpec& spec, unsigned threads = 0)
{
    CastOptions options;
    options.threads = threads;
    return castTensor(tensor, viewOf(tensor, spec), spec, options);
}

CastTensor castOf(const Tensor& tensor, const char* format)
{
    return castOf(tensor, parseFormat(format).spec);
}

double squaredError(const CastTensor& cast, const Tensor& tensor)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < cast.dequantized.size(); ++i)
        sum += std::pow(static_cast<double>(cast.dequantized[i]) - static_cast<double>(tensor.values[i]), 2);
    return sum;
}

enum class Tails { None, Normal, Heavy, VeryHeavy };

/// Values of a distribution with the given tails.
std::vector<float> valuesOf(Tails tails, std::size_t count)
{
    std::vector<float> values = gaussian(count, 29);
    for (float& value : values) {
        const auto x = static_cast<double>(value);
        const double shaped = tails == Tails::None ? std::erf(x / std::sqrt(2.0))
            : tails == Tails::Normal               ? x
            : tails == Tails::Heavy                ? x * std::fabs(x)
                                                   : x * x * x * std::fabs(x);
        value = static_cast<float>(shaped);
    }
    return values;
}

/// Integers of `bits` bits in steps of `step`, nearest with ties to even, saturating.
double integerError(const std::vector<float>& values, int bits, double step)
{
    const double most = std::ldexp(1.0, bits - 1);
    double sum = 0.0;
    for (const float value : values) {
        const double code = std::clamp(std::nearbyint(static_cast<double>(value) / step), -most, most - 1);
        sum += std::pow(code * step - static_cast<double>(value), 2);
    }
    return sum;
}

double maximumOf(const std::vector<float>& values)
{
    double maximum = 0.0;
    for (const float value : values)
        maximum = std::max(maximum, std::fabs(static_cast<double>(value)));
    return maximum;
}

/// The format with one codebook of several, taken for granted.
FormatSpec withBook(FormatSpec spec, std::size_t book)
{
    spec.elements = {spec.elements[book]};
    spec.chooser.reset();
    return validated(spec);
}

}  // namespace

void TestTensorSearch::oneExponentForTheTensor_data()
{
    QTest::addColumn<std::vector<float>>("values");
    QTest::addColumn<int>("exponent");
    QTest::addColumn<std::vector<int>>("codes");
    QTest::newRow("catalogue 3.3") << std::vector<float>{.75F, -.1F, .001F} << -7 << std::vector<int>{96, -13, 0};
    QTest::newRow("catalogue 11") << std::vector<float>{-1.125F, -.3125F, 0, .625F, .75F, 1.75F, .125F, -.0625F} << -6
                                  << std::vector<int>{-72, -20, 0, 40, 48, 112, 8, -4};
    QTest::newRow("a power of two begins its octave") << std::vector<float>{1, -1} << -6 << std::vector<int>{64, -64};
}

void TestTensorSearch::oneExponentForTheTensor()
{
    QFETCH(std::vector<float>, values);
    QFETCH(int, exponent);
    QFETCH(std::vector<int>, codes);
    const CastTensor cast = castOf(madeRow(values), "DFP8");
    QCOMPARE(cast.tensorScale, std::ldexp(1.0F, exponent));
    for (std::size_t i = 0; i < codes.size(); ++i)
        QCOMPARE(cast.codes[i], static_cast<std::uint32_t>(codes[i]) & 0xFFU);
    // A given exponent is taken as it is.
    QCOMPARE(castOf(madeRow(values), "DFP8:tensor_scale.exponent=-3").tensorScale, 0.125F);
}

void TestTensorSearch::qfxTakesTheBestExponent_data()
{
    QTest::addColumn<QString>("preset");
    QTest::addColumn<int>("bits");
    QTest::addColumn<std::vector<float>>("values");
    QTest::addColumn<int>("offset");
    const auto withOutlier = [](float outlier) {
        std::vector<float> values = valuesOf(Tails::Normal, 5000);
        values[7] = outlier;
        return values;
    };
    for (const Tails tails : {Tails::None, Tails::Normal, Tails::Heavy, Tails::VeryHeavy})
        QTest::addRow("tails %d", static_cast<int>(tails)) << "QFX_8" << 8 << valuesOf(tails, 5000) << 0;
    QTest::newRow("saturating one element is worth half the step") << "QFX_6" << 6 << withOutlier(40) << -1;
    QTest::newRow("a maximum right above a power of two") << "QFX_6" << 6 << withOutlier(4.02F) << -1;
    QTest::newRow("eight bits") << "QFX_8" << 8 << withOutlier(-300) << -1;
    // 1.999 is 127.9 steps of 1/64, which saturate, but 64 steps of 1/32.
    QTest::newRow("all right below a power of two") << "QFX_8" << 8 << std::vector<float>(5000, 1.999F) << 1;
}

void TestTensorSearch::qfxTakesTheBestExponent()
{
    QFETCH(QString, preset);
    QFETCH(int, bits);
    QFETCH(std::vector<float>, values);
    QFETCH(int, offset);
    const FormatSpec spec = findPreset(preset.toStdString())->spec;
    const int largest = std::ilogb(maximumOf(values)) - (bits - 2);
    double least = HUGE_VAL;
    int best = 0;
    for (const int tried : spec.tensorScale->offsets) {
        const double error = integerError(values, bits, std::ldexp(1.0, largest + tried));
        if (error < least) {
            least = error;
            best = tried;
        }
    }
    QCOMPARE(best, offset);  // the rows are worth the search
    const Tensor tensor = madeTensor({50, 100}, values);
    const CastTensor cast = castOf(tensor, spec);
    QCOMPARE(cast.tensorScale, std::ldexp(1.0F, largest + best));
    QVERIFY(std::fabs(squaredError(cast, tensor) - least) <= 1e-9 * least);
    QCOMPARE(decodePacked(packedOf(cast)), cast.dequantized);
}

void TestTensorSearch::ofEqualExponentsTheFirstIsTaken()
{
    // Every candidate from 2 down to 1 / 16 holds these exactly; the first in the list is the largest.
    QCOMPARE(castOf(madeRow({64, -32, 0}), "QFX_8").tensorScale, 2.0F);
    QCOMPARE(castOf(madeRow({0, 0, 0}), "QFX_8").dequantized, (std::vector<float>{0, 0, 0}));
}

void TestTensorSearch::clipOfTheTensorIsTheBestOfTheList_data()
{
    QTest::addColumn<int>("tails");
    for (const Tails tails : {Tails::None, Tails::Normal, Tails::Heavy, Tails::VeryHeavy})
        QTest::addRow("tails %d", static_cast<int>(tails)) << static_cast<int>(tails);
}

void TestTensorSearch::clipOfTheTensorIsTheBestOfTheList()
{
    QFETCH(int, tails);
    const std::vector<float> values = valuesOf(static_cast<Tails>(tails), 5000);
    const FormatSpec spec = findPreset("INT8_tensor_clip")->spec;
    double least = HUGE_VAL;
    float best = 0.0F;
    for (const double clip : spec.tensorScale->clips) {
        const auto scale = static_cast<float>(clip * maximumOf(values) / 127);
        const double error = integerError(values, 8, static_cast<double>(scale));
        if (error < least) {
            least = error;
            best = scale;
        }
    }
    const Tensor tensor = madeTensor({50, 100}, values);
    const CastTensor cast = castOf(tensor, spec);
    QCOMPARE(cast.tensorScale, best);
    QVERIFY(std::fabs(squaredError(cast, tensor) - least) <= 1e-6 * least);
    QVERIFY(squaredError(cast, tensor) <= squaredError(castOf(tensor, "INT8_tensor"), tensor));
}

void TestTensorSearch::codebookOfTheTensorHasTheSmallestError_data()
{
    QTest::addColumn<QString>("preset");
    QTest::addColumn<int>("tails");
    for (const char* preset : {"ANT", "LLM_FP4", "LLM_FP8"})
        for (const Tails tails : {Tails::None, Tails::Normal, Tails::Heavy, Tails::VeryHeavy})
            QTest::newRow(qPrintable(QString("%1, tails %2").arg(preset).arg(static_cast<int>(tails))))
                << QString(preset) << static_cast<int>(tails);
}

void TestTensorSearch::codebookOfTheTensorHasTheSmallestError()
{
    QFETCH(QString, preset);
    QFETCH(int, tails);
    const Tensor tensor = madeTensor({10, 200}, valuesOf(static_cast<Tails>(tails), 2000));
    const FormatSpec spec = findPreset(preset.toStdString())->spec;
    const CastTensor cast = castOf(tensor, spec);
    double least = HUGE_VAL;
    std::uint32_t best = 0;
    for (std::uint32_t book = 0; book < spec.elements.size(); ++book) {
        const double error = squaredError(castOf(tensor, withBook(spec, book)), tensor);
        if (error < least * (1 - 1e-9)) {
            least = error;
            best = book;
        }
    }
    QCOMPARE(cast.tensorBook, best);
    QCOMPARE(cast.dequantized, castOf(tensor, withBook(spec, best)).dequantized);
    QCOMPARE(decodePacked(packedOf(cast)), cast.dequantized);
}

void TestTensorSearch::antTakesTheTypeThatFitsTheDistribution()
{
    const FormatSpec spec = findPreset("ANT")->spec;
    const auto typeFor = [&spec](const std::vector<float>& values) {
        return spec.elements[castOf(madeTensor({10, 200}, values), spec).tensorBook].id;
    };
    QCOMPARE(typeFor(valuesOf(Tails::None, 2000)), std::string("INT4"));
    QCOMPARE(typeFor(valuesOf(Tails::Heavy, 2000)), std::string("flint4"));
    std::vector<float> powers(2000);
    for (std::size_t i = 0; i < powers.size(); ++i)
        powers[i] = std::ldexp(i % 2 == 0 ? 1.0F : -1.0F, -static_cast<int>(i % 7));
    QCOMPARE(typeFor(powers), std::string("PoT4"));
}

void TestTensorSearch::diffusionSearchesTypeAndClipTogether()
{
    const Tensor tensor = madeTensor({10, 200}, valuesOf(Tails::Heavy, 2000));
    const FormatSpec spec = findPreset("Diffusion_FP4")->spec;
    const CastTensor cast = castOf(tensor, spec);
    double least = HUGE_VAL;
    CastTensor best;
    for (std::size_t book = 0; book < spec.elements.size(); ++book)
        for (const double clip : spec.tensorScale->clips) {
            FormatSpec one = withBook(spec, book);
            one.tensorScale->clips = {clip};
            CastTensor tried = castOf(tensor, one);
            const double error = squaredError(tried, tensor);
            if (error < least * (1 - 1e-9)) {
                least = error;
                best = std::move(tried);
                best.tensorBook = static_cast<std::uint32_t>(book);
            }
        }
    QCOMPARE(cast.tensorBook, best.tensorBook);
    QCOMPARE(cast.tensorScale, best.tensorScale);
    QCOMPARE(cast.dequantized, best.dequantized);
}

void TestTensorSearch::meanMagnitudeIsTheTensorScale()
{
    // Catalogue 11: mean 0.59375.
    const Tensor tensor = madeRow({-1.125F, -.3125F, 0, .625F, .75F, 1.75F, .125F, -.0625F});
    const float s = 0.59375F;
    const CastTensor binary = castOf(tensor, "BitNet");
    QCOMPARE(binary.tensorScale, s);
    QCOMPARE(binary.dequantized, (std::vector<float>{-s, -s, s, s, s, s, s, -s}));
    const CastTensor ternary = castOf(tensor, "Ternary_absmean");
    QCOMPARE(ternary.dequantized, (std::vector<float>{-s, -s, 0, s, s, s, 0, 0}));
    QCOMPARE(castOf(madeRow({0, 0}), "Ternary_absmean").tensorScale, 1e-5F);
}

void TestTensorSearch::aTensorsOwnCodebookIsThatOfItsValues()
{
    // Catalogue 11, k-means of two bits.
    const Tensor tensor = madeTensor({2, 4}, {0, .1F, .11F, .5F, .52F, .9F, 1, -1.2F});
    const CastTensor cast = castOf(tensor, "LloydMax_2");
    QCOMPARE(cast.tensorValues.size(), std::size_t{4});
    const std::vector<float> expected{.07F, .07F, .07F, .51F, .51F, .95F, .95F, -1.2F};
    for (std::size_t i = 0; i < expected.size(); ++i)
        QVERIFY(std::fabs(cast.dequantized[i] - expected[i]) < 1e-6F);
    QCOMPARE(decodePacked(packedOf(cast)), cast.dequantized);
}

void TestTensorSearch::blocksWithNanTakeNoPart()
{
    std::vector<float> values = valuesOf(Tails::Normal, 640);
    const std::vector<float> clean(values.begin() + 32, values.end());
    values[3] = std::numeric_limits<float>::quiet_NaN();
    values[5] = 1e30F;  // in the same block of 32: neither the maximum nor the error sees it
    for (const char* format : {"QFX_8", "INT8_tensor_clip", "Diffusion_FP4"}) {
        const CastTensor cast = castOf(madeRow(values), format);
        const CastTensor rest = castOf(madeRow(clean), format);
        QVERIFY2(cast.tensorScale == rest.tensorScale, format);
        QVERIFY2(cast.tensorBook == rest.tensorBook, format);
        QVERIFY2(std::equal(rest.dequantized.begin(), rest.dequantized.end(), cast.dequantized.begin() + 32), format);
    }
}

void TestTensorSearch::threadsDoNotChangeTheChoice_data()
{
    QTest::addColumn<QString>("preset");
    for (const char* preset : {"QFX_8", "INT8_tensor_clip", "ANT", "Diffusion_FP8", "BitNet", "LloydMax_3"})
        QTest::newRow(preset) << QString(preset);
}

void TestTensorSearch::threadsDoNotChangeTheChoice()
{
    QFETCH(QString, preset);
    const Tensor tensor = madeTensor({300, 500}, valuesOf(Tails::Heavy, 150000));
    const FormatSpec spec = findPreset(preset.toStdString())->spec;
    const CastTensor alone = castOf(tensor, spec, 1);
    const CastTensor together = castOf(tensor, spec, 2);
    QCOMPARE(together.tensorScale, alone.tensorScale);
    QCOMPARE(together.tensorBook, alone.tensorBook);
    QVERIFY(together.tensorValues == alone.tensorValues);
    QVERIFY(together.packed == alone.packed);
}

QTEST_APPLESS_MAIN(TestTensorSearch)
#include "tst_tensor_search.moc"
