#include "made_tensor.h"
#include "packed_of.h"

#include "core/format/format_storage.h"
#include "core/format/preset.h"
#include "core/half.h"
#include "core/quant/cast.h"
#include "core/quant/set_aside.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace nanoscope;

/// Elements that are stored beside the codes, or not at all (oracles: worked examples of catalogue 3.13 and 11, and the
/// definitions of SqueezeLLM's sparse part, LLM.int8() and N:M pruning written once more).
class TestSetAside : public QObject {
    Q_OBJECT

private slots:
    void opalIsTheWorkedExample();
    void opalTakesTheFirstOfEqualMagnitudes();
    void opalKeepsWholeShortBlocks();
    void opalWithoutExceptionsIsBlockFloatingPoint();
    void theScaleDoesNotSeeExceptions();
    void sparseOutliersAreTheShareOfTheTensor_data();
    void sparseOutliersAreTheShareOfTheTensor();
    void aSparseCodebookIsFittedToTheRest();
    void outlierColumnsStayInEveryRow();
    void aRelativeThresholdIsInMultiplesOfTheRms();
    void twoOfFourKeepsTheLargest_data();
    void twoOfFourKeepsTheLargest();
    void prunedElementsAreZeroForEveryFormat_data();
    void prunedElementsAreZeroForEveryFormat();
    void exceptionsRoundToTheirSixteenBits_data();
    void exceptionsRoundToTheirSixteenBits();
};

namespace {

const float kNan = std::numeric_limits<float>::quiet_NaN();

CastTensor castOf(const Tensor& tensor, const char* format)
{
    const FormatSpec spec = parseFormat(format).spec;
    return castTensor(tensor, viewOf(tensor, spec), spec);
}

/// Values of one metadata field.
std::vector<std::uint32_t> metaOf(const CastTensor& cast, const char* name)
{
    const std::vector<MetaField> fields = metaFields(cast.spec);
    for (std::size_t f = 0; f < fields.size(); ++f)
        if (fields[f].name == name)
            return cast.meta[f];
    return {};
}

float bfloat(float value)
{
    return static_cast<float>(storedException(SpecialKind::TopN, static_cast<double>(value)).value);
}

}  // namespace

void TestSetAside::opalIsTheWorkedExample()
{
    // Catalogue 3.13: the scale comes from .3, the third largest; .9 and -.6 are BF16.
    std::vector<float> values(16, 0.0F);
    const std::vector<float> first{.9F, -.1F, .05F, -.6F, .02F, .3F};
    std::copy(first.begin(), first.end(), values.begin());
    const CastTensor cast = castOf(madeRow(values), "MX_OPAL:geometry.block=16,special.count=2");
    const std::vector<float> expected{.8984375F, -.125F, .0625F, -.6015625F, 0, .3125F};
    for (std::size_t i = 0; i < values.size(); ++i)
        QCOMPARE(cast.dequantized[i], i < expected.size() ? expected[i] : 0.0F);
    QCOMPARE(metaOf(cast, kExceptionIndex), (std::vector<std::uint32_t>{0, 3}));
    QCOMPARE(metaOf(cast, kExceptionValue), (std::vector<std::uint32_t>{0x3F66, 0xBF1A}));
    // (14 codes of 4 bits, two times 4 + 16 bits, 8 of the scale) = 104 bits
    QCOMPARE(cast.packed.size(), std::size_t{13});
    QCOMPARE(decodePacked(packedOf(cast)), cast.dequantized);
}

void TestSetAside::opalTakesTheFirstOfEqualMagnitudes()
{
    const CastTensor cast = castOf(madeRow({1, -1, 1, 1}), "MX_OPAL:geometry.block=4,special.count=2");
    QCOMPARE(metaOf(cast, kExceptionIndex), (std::vector<std::uint32_t>{0, 1}));
    QCOMPARE(cast.dequantized, (std::vector<float>{1, -1, 1, 1}));
}

void TestSetAside::opalKeepsWholeShortBlocks()
{
    // A last block of three elements is all exceptions: no code is stored, the scale is that of an all-zero block.
    const std::vector<float> values = gaussian(128 + 3, 3);
    const CastTensor cast = castOf(madeRow(values), "MX_OPAL");
    for (std::size_t i = 128; i < values.size(); ++i)
        QCOMPARE(cast.dequantized[i], bfloat(values[i]));
    QCOMPARE(cast.scales[1], std::uint64_t{0});
    QCOMPARE(metaOf(cast, kExceptionIndex).size(), std::size_t{4 + 3});
    QCOMPARE(decodePacked(packedOf(cast)), cast.dequantized);
}

void TestSetAside::opalWithoutExceptionsIsBlockFloatingPoint()
{
    const Tensor tensor = madeTensor({3, 200}, gaussian(600, 5));
    const CastTensor none = castOf(tensor, "MX_OPAL:special.count=0");
    const CastTensor plain = castOf(tensor, "BFP12");
    QCOMPARE(none.dequantized, plain.dequantized);
    QCOMPARE(none.packed, plain.packed);
}

void TestSetAside::theScaleDoesNotSeeExceptions()
{
    for (const char* format :
        {"MX_OPAL:geometry.block=8,special.count=1", "INT4_g128:geometry.block=8,special.kind=sparse,special.share=0.1",
            "INT4_g128:geometry.block=8,special.kind=columns,special.threshold=50"}) {
        const CastTensor cast = castOf(madeRow({7, 6, 5, 4, 100, -3, -2, 0}), format);
        QVERIFY2(cast.dequantized == (std::vector<float>{7, 6, 5, 4, 100, -3, -2, 0}), format);
        QVERIFY2(cast.codes[4] == 0U, format);  // the exception's ordinary code
        QVERIFY2(decodePacked(packedOf(cast)) == cast.dequantized, format);
    }
}

void TestSetAside::sparseOutliersAreTheShareOfTheTensor_data()
{
    QTest::addColumn<double>("share");
    QTest::addColumn<int>("count");
    // The threshold is the quantile of the magnitudes, between neighbours by interpolation.
    QTest::newRow("none") << 0.0 << 0;
    QTest::newRow("the largest") << 0.0001 << 1;
    QTest::newRow("1 %") << 0.01 << 10;
    QTest::newRow("half") << 0.5 << 500;
}

void TestSetAside::sparseOutliersAreTheShareOfTheTensor()
{
    QFETCH(double, share);
    QFETCH(int, count);
    std::vector<float> values(1000);
    for (std::size_t i = 0; i < values.size(); ++i)  // 1 to 1000 in some order and either sign
        values[i] = static_cast<float>((i * 387) % 1000 + 1) * (i % 2 == 0 ? 1.0F : -1.0F);
    const Tensor tensor = madeTensor({10, 100}, values);
    const QString format = QString("INT8_channel:special.kind=sparse,special.share=%1").arg(share);
    const CastTensor cast = castOf(tensor, qPrintable(format));
    const std::vector<std::uint32_t> counts = metaOf(cast, kExceptionCount);
    QCOMPARE(counts.size(), std::size_t{10});  // one per row
    int total = 0;
    for (const std::uint32_t here : counts)
        total += static_cast<int>(here);
    QCOMPARE(total, count);
    for (std::size_t i = 0; i < values.size(); ++i)
        if (std::fabs(values[i]) > 1000.0F * (1.0F - static_cast<float>(share)) + 1.0F)
            QCOMPARE(cast.dequantized[i], values[i]);  // whole numbers up to 1000 are FP16 numbers
    QCOMPARE(decodePacked(packedOf(cast)), cast.dequantized);
}

void TestSetAside::aSparseCodebookIsFittedToTheRest()
{
    // Without 1000 the row is two values, which two levels hold exactly; zeros among them are values like the others.
    const std::vector<float> values{1, 0, 1, 0, 1000, 0, 1, 0};
    const CastTensor cast = castOf(madeRow(values), "SqueezeLLM_3_sparse:elements.0.bits=1,special.share=0.1");
    QCOMPARE(cast.dequantized, values);
    QCOMPARE(metaOf(cast, kLevels), (std::vector<std::uint32_t>{0x0000, 0x3C00}));
    QCOMPARE(metaOf(cast, kExceptionIndex), (std::vector<std::uint32_t>{4}));
    QCOMPARE(decodePacked(packedOf(cast)), cast.dequantized);
}

void TestSetAside::outlierColumnsStayInEveryRow()
{
    // Column 1 has a 6.5 in the second row; 5.9 is below the threshold.
    const CastTensor cast = castOf(madeTensor({2, 4}, {1, 0.25F, 1, 5.9F, 2, 6.5F, -1, 0.3F}), "LLM_int8");
    QCOMPARE(metaOf(cast, kExceptionCount), (std::vector<std::uint32_t>{1, 1}));
    QCOMPARE(metaOf(cast, kExceptionIndex), (std::vector<std::uint32_t>{1, 1}));
    QCOMPARE(cast.dequantized[1], 0.25F);
    QCOMPARE(cast.dequantized[5], 6.5F);
    // The second row's scale is that of 2, not of 6.5.
    const double scale = static_cast<double>(halfToFloat(static_cast<std::uint16_t>(cast.scales[1])));
    QVERIFY(std::fabs(scale - 2.0 / 127) < 1e-5);
    QCOMPARE(decodePacked(packedOf(cast)), cast.dequantized);
    // A NaN makes no column an outlier.
    const CastTensor bad = castOf(madeTensor({2, 2}, {kNan, 1, 2, 3}), "LLM_int8");
    QVERIFY(metaOf(bad, kExceptionIndex).empty());
}

void TestSetAside::aRelativeThresholdIsInMultiplesOfTheRms()
{
    // RMS 1 but for one element: 12 times the RMS of the whole is 12.3.
    std::vector<float> values(4096, 1.0F);
    values[70] = 13.0F;
    const CastTensor cast = castOf(madeTensor({64, 64}, values), "LLM_int8_relative");
    const std::vector<std::uint32_t> columns = metaOf(cast, kExceptionIndex);
    QCOMPARE(columns.size(), std::size_t{64});
    QVERIFY(std::all_of(columns.begin(), columns.end(), [](std::uint32_t column) { return column == 6; }));
    values[70] = 11.0F;
    QVERIFY(metaOf(castOf(madeTensor({64, 64}, values), "LLM_int8_relative"), kExceptionIndex).empty());
}

void TestSetAside::twoOfFourKeepsTheLargest_data()
{
    QTest::addColumn<std::vector<float>>("values");
    QTest::addColumn<std::vector<float>>("decoded");
    QTest::addColumn<std::vector<std::uint32_t>>("kept");
    using Kept = std::vector<std::uint32_t>;
    const auto row = [](const char* name, std::vector<float> values, std::vector<float> decoded, Kept kept) {
        QTest::newRow(name) << std::move(values) << std::move(decoded) << std::move(kept);
    };
    row("catalogue 11, times 14/3", {7, 1, -5, .5F}, {7, 0, -5, 0}, {0, 2});
    row("of equal ones the first", {7, -7, 7, 7}, {7, -7, 0, 0}, {0, 1});
    row("zeros are kept where nothing else is", {0, 0, 7, 0}, {0, 0, 7, 0}, {0, 2});
    row("the last group may be short", {1, 2, 3, 7, 5}, {0, 0, 3, 7, 5}, {2, 3, 0});
    row("two groups", {7, 6, 1, 1, 1, 1, 2, 3}, {7, 6, 0, 0, 0, 0, 2, 3}, {0, 1, 2, 3});
}

void TestSetAside::twoOfFourKeepsTheLargest()
{
    QFETCH(std::vector<float>, values);
    QFETCH(std::vector<float>, decoded);
    QFETCH(std::vector<std::uint32_t>, kept);
    const CastTensor cast = castOf(madeRow(values), "INT4_2of4");
    QCOMPARE(cast.dequantized, decoded);
    QCOMPARE(metaOf(cast, kKept), kept);
    QCOMPARE(decodePacked(packedOf(cast)), cast.dequantized);
}

void TestSetAside::prunedElementsAreZeroForEveryFormat_data()
{
    QTest::addColumn<QString>("format");
    // Codebooks without a zero too.
    for (const char* format : {"INT8_1of4", "INT4_1of4", "MXFP4:prune.keep=2,prune.of=4",
             "NxFP4:prune.keep=3,prune.of=8", "Bipolar_INT2:prune.keep=2,prune.of=4",
             "Binary_g128:prune.keep=1,prune.of=2", "NF4:prune.keep=2,prune.of=4", "Posit4_1:prune.keep=2,prune.of=4"})
        QTest::newRow(format) << QString(format);
}

void TestSetAside::prunedElementsAreZeroForEveryFormat()
{
    QFETCH(QString, format);
    const FormatSpec spec = parseFormat(format.toStdString()).spec;
    const std::vector<float> values = gaussian(3 * 70, 7);
    const CastTensor cast = castOf(madeTensor({3, 70}, values), qPrintable(format));
    const auto of = static_cast<std::size_t>(spec.prune->of);
    const auto keep = static_cast<std::size_t>(spec.prune->keep);
    for (std::size_t row = 0; row < 3; ++row)
        for (std::size_t start = 0; start < 70; start += of) {
            const std::size_t length = std::min(of, 70 - start);
            const float* group = &values[row * 70 + start];
            std::vector<float> magnitudes;
            for (std::size_t i = 0; i < length; ++i)
                magnitudes.push_back(std::fabs(group[i]));
            std::sort(magnitudes.rbegin(), magnitudes.rend());
            for (std::size_t i = 0; i < length; ++i)
                if (keep < length && std::fabs(group[i]) <= magnitudes[keep])
                    QCOMPARE(cast.dequantized[row * 70 + start + i], 0.0F);
        }
    QCOMPARE(decodePacked(packedOf(cast)), cast.dequantized);
}

void TestSetAside::exceptionsRoundToTheirSixteenBits_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<double>("value");
    QTest::addColumn<int>("bits");
    QTest::addColumn<double>("stored");
    const int bfloats = static_cast<int>(SpecialKind::TopN);
    const int halves = static_cast<int>(SpecialKind::Sparse);
    QTest::newRow("BF16 of 0.9") << bfloats << 0.9 << 0x3F66 << 0.8984375;
    QTest::newRow("BF16 of -0.6") << bfloats << -0.6 << 0xBF1A << -0.6015625;
    QTest::newRow("a tie to the even mantissa") << bfloats << 1.0 + 1.0 / 256 << 0x3F80 << 1.0;
    QTest::newRow("beyond BF16") << bfloats << 3.4028234e38 << 0x7F7F << std::ldexp(255.0, 120);
    QTest::newRow("FP16 of 0.1") << halves << 0.1 << 0x2E66 << 0.0999755859375;
    QTest::newRow("beyond FP16") << halves << -1e6 << 0xFBFF << -65504.0;
    QTest::newRow("too small for FP16") << halves << -1e-9 << 0 << 0.0;
    QTest::newRow("zero") << bfloats << -0.0 << 0 << 0.0;
}

void TestSetAside::exceptionsRoundToTheirSixteenBits()
{
    QFETCH(int, kind);
    QFETCH(double, value);
    QFETCH(int, bits);
    QFETCH(double, stored);
    const StoredException exception = storedException(static_cast<SpecialKind>(kind), value);
    QCOMPARE(static_cast<int>(exception.bits), bits);
    QCOMPARE(exception.value, stored);
    QCOMPARE(exceptionValue(static_cast<SpecialKind>(kind), exception.bits), stored);
    QVERIFY(!std::signbit(exception.value) || exception.value < 0);
}

QTEST_APPLESS_MAIN(TestSetAside)
#include "tst_set_aside.moc"
