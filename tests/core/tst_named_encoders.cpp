// Many cases, one subject: one table of encoders serves all of them.
#include "made_tensor.h"
#include "packed_of.h"
#include "plain_olive.h"
#include "refusal.h"

#include "core/quant/block_encoder.h"
#include "core/quant/microscopiq_encoder.h"
#include "core/quant/olive_encoder.h"
#include "core/quant/phase_encoder.h"

#include <QTest>

#include <bit>
#include <limits>

using namespace nanoscope;

/// OliVe, MicroScopiQ and phase codes, block by block. Oracles: the worked examples of the reference, the definitions
/// written out once more in their plainest form, and the reference's figures on normal values. (The comparison with
/// the reference on whole tensors is the golden test's.)
class TestNamedEncoders : public QObject {
    Q_OBJECT

private slots:
    void victimIsZeroAndMarksItsPartnerAsOutlier();
    void leftOneOfTwoOutliersIsKept();
    void lastElementOfAnOddRowIsNoOutlier();
    void oliveScaleIsTheFirstBestOfTheCandidates();
    void microScopiQMatchesTheWorkedExample();
    void outliersTakeTheSlotsOfTheSmallestInliers();
    void atMostHalfOfAMicroBlockAreOutliers();
    void outliersWithoutEnoughInliersArePruned();
    void microScopiQTakesTheBitsOfTheAccounting();
    void phasesMatchTheWorkedExample();
    void matrixOfTheWorkedExampleBecomesItsTwoComplexParts();
    void widelyLinearFormIsLossless();
    void complexLayerHasNoSecondPart();
    void oddMatrixIsRefused();
    void stagesReachTheReferencesFigures_data();
    void stagesReachTheReferencesFigures();
    void packedBitsDecodeToTheSameValues_data();
    void packedBitsDecodeToTheSameValues();
    void decodedIsLevelTimesScale_data();
    void decodedIsLevelTimesScale();
    void zeroBlocksDecodeToPlainZeros_data();
    void zeroBlocksDecodeToPlainZeros();
};

namespace {

FormatSpec named(EncoderId id)
{
    FormatSpec spec;
    spec.encoder.id = id;
    if (id == EncoderId::MicroScopiQ) {
        spec.geometry.block = 128;
        spec.geometry.sub = 8;
    }
    return validated(spec);
}

FormatSpec phases(int stages)
{
    FormatSpec spec;
    spec.encoder.id = EncoderId::Phase;
    spec.encoder.stages = stages;
    return validated(spec);
}

/// One row as one block.
EncodedBlock encoded(FormatSpec spec, const std::vector<float>& values, const TensorParameters& parameters = {})
{
    if (spec.geometry.wholeRow)
        spec.geometry.block = static_cast<int>(values.size());
    return makeBlockEncoder(spec, parameters)->encode(values, {});
}

/// Gaussian values, one in 50 of them twenty times as large.
std::vector<float> withOutliers(std::size_t count, std::uint64_t seed)
{
    std::vector<float> values = gaussian(count, seed);
    for (std::size_t i = 7; i < count; i += 50)
        values[i] *= 20.0F;
    return values;
}

void addFormats()
{
    QTest::addColumn<int>("encoder");
    QTest::addColumn<int>("variant");
    QTest::newRow("OliVe") << static_cast<int>(EncoderId::OliVe) << 0;
    for (const int bits : {2, 4, 8})
        QTest::addRow("MicroScopiQ, %d bits", bits) << static_cast<int>(EncoderId::MicroScopiQ) << bits;
    for (const int stages : {1, 2, 4})
        QTest::addRow("phase, %d stages", stages) << static_cast<int>(EncoderId::Phase) << stages;
}

FormatSpec fetchedFormat(int encoder, int variant)
{
    FormatSpec spec = named(static_cast<EncoderId>(encoder));
    if (spec.encoder.id == EncoderId::MicroScopiQ)
        spec.encoder.bits = variant;
    if (spec.encoder.id == EncoderId::Phase)
        spec.encoder.stages = variant;
    return validated(spec);
}

bool sameBits(const std::vector<float>& a, const std::vector<float>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](float x, float y) {
        return (std::isnan(x) && std::isnan(y)) || std::bit_cast<std::uint32_t>(x) == std::bit_cast<std::uint32_t>(y);
    });
}

double sqnr(const std::vector<float>& values, const std::vector<float>& decoded)
{
    double power = 0.0;
    double error = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto w = static_cast<double>(values[i]);
        const double e = static_cast<double>(decoded[i]) - w;
        power += w * w;
        error += e * e;
    }
    return 10 * std::log10(power / error);
}

}  // namespace

void TestNamedEncoders::victimIsZeroAndMarksItsPartnerAsOutlier()
{
    std::vector<float> values = gaussian(64, 1);
    values[10] = 0.3F;
    values[11] = -30.0F;
    const EncodedBlock block = encoded(named(EncoderId::OliVe), values);
    QCOMPARE(block.codes[10], kVictimCode);
    QCOMPARE(block.decoded[10], 0.0);
    QCOMPARE(block.unitBook[5], std::uint8_t(1));
    QVERIFY(block.codes[11] > kVictimCode);  // a sign and one of seven magnitudes
    QVERIFY(block.decoded[11] < -28 * block.scales[0].value);
    for (std::size_t i = 0; i < values.size(); ++i)
        QVERIFY(i == 10 || block.codes[i] != kVictimCode);
}

void TestNamedEncoders::leftOneOfTwoOutliersIsKept()
{
    std::vector<float> values = gaussian(4096, 2);  // long, so that two outliers do not raise the scale
    values[20] = 25.0F;
    values[21] = 30.0F;
    const EncodedBlock block = encoded(named(EncoderId::OliVe), values);
    QVERIFY(block.decoded[20] > 28 * block.scales[0].value);
    QCOMPARE(block.decoded[21], 0.0);
    QCOMPARE(block.codes[21], kVictimCode);
}

void TestNamedEncoders::lastElementOfAnOddRowIsNoOutlier()
{
    std::vector<float> values = gaussian(65, 3);
    values[64] = 30.0F;
    const EncodedBlock block = encoded(named(EncoderId::OliVe), values);
    QCOMPARE(block.codes[64], 7U);
    QCOMPARE(block.unitBook[32], std::uint8_t(0));
    QCOMPARE(block.decoded[64], 28 * block.scales[0].value);
}

void TestNamedEncoders::oliveScaleIsTheFirstBestOfTheCandidates()
{
    for (const std::uint64_t seed : {4U, 5U, 6U, 7U}) {
        const std::vector<float> values = withOutliers(400, seed);
        const EncodedBlock block = encoded(named(EncoderId::OliVe), values);
        double best = 0.0;
        double bestError = std::numeric_limits<double>::infinity();
        for (int percent = 75; percent < 250; percent += 2) {
            const double scale = threeSigmaScale(values) * percent / 100;
            const double error = plainError(values, plainOlive(values, scale));
            if (error < bestError) {
                bestError = error;
                best = scale;
            }
        }
        QVERIFY(std::fabs(block.scales[0].value / best - 1) < 1e-6);
        const std::vector<double> plain = plainOlive(values, block.scales[0].value);
        for (std::size_t i = 0; i < values.size(); ++i)
            QCOMPARE(block.decoded[i] + 1.0, plain[i] + 1.0);  // QCOMPARE of doubles is relative
    }
}

void TestNamedEncoders::microScopiQMatchesTheWorkedExample()
{
    FormatSpec spec = named(EncoderId::MicroScopiQ);
    spec.geometry.block = 16;
    const EncodedBlock block
        = encoded(spec, {.11F, -.2F, .07F, 9.F, .3F, -.05F, .15F, .02F, .1F, -.1F, .1F, -.1F, .1F, -.1F, .1F, -.1F});
    const std::vector<double> expected{.125, -.1875, .0625, 9., .3125, -.0625, .125, 0.};
    QVERIFY(std::equal(expected.begin(), expected.end(), block.decoded.begin()));
    QCOMPARE(block.meta[0], (std::vector<std::uint32_t>{1, 0}));
    QCOMPARE(block.exceptions, (std::vector<std::size_t>{3}));
    QCOMPARE(block.meta[2].front() & 63U, 3U + (7U << 3));  // outlier in slot 3, victim in slot 7
    QCOMPARE(block.meta[3].front(), 72U);                   // 9 = 72 * 2^-3: +72 of 127
}

void TestNamedEncoders::outliersTakeTheSlotsOfTheSmallestInliers()
{
    std::vector<float> values(128, 0.0F);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = i % 2 == 0 ? 1.0F : -1.0F;
    values[40] = 60.0F;
    values[42] = -50.0F;
    values[44] = 0.25F;
    values[47] = -0.5F;
    const FormatSpec spec = named(EncoderId::MicroScopiQ);
    const EncodedBlock block = encoded(spec, values);
    QCOMPARE(block.exceptions, (std::vector<std::size_t>{40, 42}));
    QCOMPARE(block.decoded[44], 0.0);
    QCOMPARE(block.decoded[47], 0.0);
    QCOMPARE(block.decoded[45], -1.0);
    std::vector<std::uint8_t> bytes(128, 0);
    BitWriter out(bytes);
    writeMicroScopiQCodes(out, spec, block);
    // 60 and -50 in steps of 2^-1: +120 and -100, high halves in their own slots, low halves in those of 44 and 47.
    QCOMPARE(int(bytes[20]) & 15, 120 >> 4);
    QCOMPARE(int(bytes[22]) & 15, 120 & 15);
    QCOMPARE(int(bytes[21]) & 15, (128 + 100) >> 4);
    QCOMPARE(int(bytes[23]) >> 4, 100 & 15);
}

void TestNamedEncoders::atMostHalfOfAMicroBlockAreOutliers()
{
    std::vector<float> values(128, 0.125F);
    for (std::size_t i = 0; i < 5; ++i)
        values[i] = 100.0F + 8.0F * static_cast<float>(i);
    const EncodedBlock block = encoded(named(EncoderId::MicroScopiQ), values);
    QCOMPARE(block.exceptions, (std::vector<std::size_t>{1, 2, 3, 4}));
    QCOMPARE(block.decoded[0], 0.0);  // the smallest of five
    QCOMPARE(block.decoded[1], 108.0);
    QCOMPARE(block.decoded[4], 132.0);
}

void TestNamedEncoders::outliersWithoutEnoughInliersArePruned()
{
    std::vector<float> values(128, 0.125F);
    for (std::size_t i = 8; i < 14; ++i)
        values[i] = 100.0F + static_cast<float>(i);
    // Six outliers: the four largest (10 to 13) stay, and ask for four victims; there are two inliers, then the
    // outliers from the left, 8 and 9.
    const EncodedBlock block = encoded(named(EncoderId::MicroScopiQ), values);
    QCOMPARE(block.exceptions, (std::vector<std::size_t>{10, 11, 12, 13}));
    for (const std::size_t pruned : {8U, 9U, 14U, 15U})
        QCOMPARE(block.decoded[pruned], 0.0);
    QCOMPARE(block.decoded[13], 113.0);
}

void TestNamedEncoders::microScopiQTakesTheBitsOfTheAccounting()
{
    const FormatSpec spec = named(EncoderId::MicroScopiQ);
    const std::vector<float> values = withOutliers(128 * 64, 8);
    const CastTensor cast = castTensor(madeRow(values), viewOf(madeRow(values), spec), spec);
    const auto flags = static_cast<std::size_t>(std::count(cast.meta[0].begin(), cast.meta[0].end(), 1U));
    QVERIFY(flags > 64);
    // b + 8/128 + 1/8 + flagged * 32/8 bits, b = 4; here in bits of the whole tensor.
    const std::size_t bits = values.size() * 4 + 64 * 8 + values.size() / 8 + flags * 32;
    QCOMPARE(cast.packed.size(), (bits + 7) / 8);
}

void TestNamedEncoders::phasesMatchTheWorkedExample()
{
    const std::vector<float> u{1.F, .3F, .2F, 2.F, -1.5F, -.5F, .1F, -1.F, .5F, .5F};
    std::vector<float> rows = u;
    rows.resize(2 * u.size(), 0.0F);  // W is zero
    FormatSpec spec = phases(1);
    spec.geometry.block = static_cast<int>(u.size());
    const Tensor tensor = madeTensor({2, u.size()}, rows);
    TensorParameters parameters;
    parameters.values = phaseScales(spec, BlockView(tensor, -1, spec.geometry.block));
    QCOMPARE(parameters.values[0], 1.25F);
    QCOMPARE(parameters.values[1], 3.5F / 3);
    const EncodedBlock block = encoded(spec, u, parameters);
    QCOMPARE(block.codes, (std::vector<std::uint32_t>{1, 0, 0, 1, 3, 0, 0, 3, 0, 1}));  // 1, i, -1, -i, i
    std::vector<std::uint8_t> bytes(2, 0);
    BitWriter out(bytes);
    writePhaseCodes(out, spec, block);
    QCOMPARE(int(bytes[0]), 0 + (1 << 2) + (2 << 4) + (3 << 6));
    QCOMPARE(int(bytes[1]), 1);
}

void TestNamedEncoders::matrixOfTheWorkedExampleBecomesItsTwoComplexParts()
{
    const std::vector<float> pairs = widelyLinear(std::vector<float>{3.F, 1.F, -1.F, 2.F}, 2, 2);
    QCOMPARE(pairs, (std::vector<float>{2.5F, -1.F, .5F, 0.F}));
}

void TestNamedEncoders::widelyLinearFormIsLossless()
{
    std::vector<float> values = gaussian(12 * 10, 9);
    for (float& value : values)
        value = std::round(value * 256) / 256;  // sums are exact
    QCOMPARE(fromWidelyLinear(widelyLinear(values, 12, 10), 12, 10), values);
}

void TestNamedEncoders::complexLayerHasNoSecondPart()
{
    const std::vector<float> re = gaussian(6, 10);
    const std::vector<float> im = gaussian(6, 11);
    std::vector<float> matrix(24);
    for (std::size_t row = 0; row < 2; ++row)
        for (std::size_t column = 0; column < 3; ++column) {
            const std::size_t at = row * 3 + column;
            matrix[row * 6 + column] = matrix[(row + 2) * 6 + column + 3] = re[at];
            matrix[(row + 2) * 6 + column] = im[at];
            matrix[row * 6 + column + 3] = -im[at];
        }
    const std::vector<float> pairs = widelyLinear(matrix, 4, 6);
    for (std::size_t row = 0; row < 2; ++row)
        for (std::size_t column = 0; column < 3; ++column) {
            QCOMPARE(pairs[2 * row * 6 + 2 * column], re[row * 3 + column]);
            QCOMPARE(pairs[2 * row * 6 + 2 * column + 1], im[row * 3 + column]);
            QCOMPARE(pairs[(2 * row + 1) * 6 + 2 * column], 0.0F);
            QCOMPARE(pairs[(2 * row + 1) * 6 + 2 * column + 1], 0.0F);
        }
}

void TestNamedEncoders::oddMatrixIsRefused()
{
    const auto refusal = refusalOf([] { return widelyLinear(std::vector<float>(15, 1.0F), 3, 5); });
    QVERIFY(refusal);
    QVERIFY(refusal->kind() == ErrorKind::Refused);
    QVERIFY2(lineOf(refusal).contains("3 x 5") && lineOf(refusal).contains("--reshape"), qPrintable(lineOf(refusal)));
}

void TestNamedEncoders::stagesReachTheReferencesFigures_data()
{
    QTest::addColumn<int>("stages");
    QTest::addColumn<double>("decibels");
    QTest::newRow("one") << 1 << 4.39;
    QTest::newRow("two") << 2 << 8.83;
    QTest::newRow("three") << 3 << 12.32;
}

void TestNamedEncoders::stagesReachTheReferencesFigures()
{
    QFETCH(int, stages);
    QFETCH(double, decibels);
    const FormatSpec spec = phases(stages);
    const std::vector<float> values = gaussian(512 * 512, 12);
    const Tensor tensor = madeTensor({512, 512}, values);
    const CastTensor cast = castTensor(tensor, viewOf(tensor, spec), spec);
    QVERIFY(std::fabs(sqnr(values, cast.dequantized) - decibels) < 0.05);
    QCOMPARE(cast.packed.size(), values.size() * static_cast<std::size_t>(stages) / 8);
}

void TestNamedEncoders::packedBitsDecodeToTheSameValues_data()
{
    addFormats();
}

void TestNamedEncoders::packedBitsDecodeToTheSameValues()
{
    QFETCH(int, encoder);
    QFETCH(int, variant);
    const FormatSpec spec = fetchedFormat(encoder, variant);
    std::vector<float> values = withOutliers(40 * 330, 13);  // 330 = 2 * 128 + 74: short blocks and micro-blocks
    values[5 * 330 + 100] = std::numeric_limits<float>::quiet_NaN();
    values[9 * 330 + 329] = -std::numeric_limits<float>::infinity();
    std::fill_n(values.begin() + 20 * 330, 330, 0.0F);
    const Tensor tensor = madeTensor({40, 330}, values);
    const CastTensor cast = castTensor(tensor, viewOf(tensor, spec), spec);
    QVERIFY(sameBits(decodePacked(packedOf(cast)), cast.dequantized));
    const auto lost = std::count_if(
        cast.dequantized.begin(), cast.dequantized.end(), [](float value) { return std::isnan(value); });
    QVERIFY(lost > 0 && lost <= 4 * 330);
}

void TestNamedEncoders::decodedIsLevelTimesScale_data()
{
    addFormats();
}

void TestNamedEncoders::decodedIsLevelTimesScale()
{
    QFETCH(int, encoder);
    QFETCH(int, variant);
    FormatSpec spec = fetchedFormat(encoder, variant);
    spec.geometry.block = 128;
    spec.geometry.wholeRow = false;
    const Tensor tensor = madeTensor({32, 128}, withOutliers(32 * 128, 14));
    const BlockView view(tensor, -1, 128);
    const TensorParameters parameters = tensorParameters(spec, view);
    const auto encode = makeBlockEncoder(spec, parameters);
    const auto sub = static_cast<std::size_t>(spec.geometry.subgroup());
    for (std::uint64_t index = 0; index < view.blocks(); ++index) {
        const EncodedBlock& block = encode->encode(blockValues(view, index), view.place(index));
        for (std::size_t i = 0; i < block.length; ++i) {
            if (std::find(block.exceptions.begin(), block.exceptions.end(), i) != block.exceptions.end())
                continue;
            const Codebook& book = encode->books()[block.unitBook[i / sub]];
            const double value = book.level(block.codes[i]) * block.effectiveScale[i];
            QVERIFY(std::fabs(value - block.decoded[i]) <= 1e-12 * block.effectiveScale[i]);
            QVERIFY(
                std::fabs(block.scaled[i] * block.effectiveScale[i] - static_cast<double>(blockValues(view, index)[i]))
                <= 1e-6);
        }
    }
}

void TestNamedEncoders::zeroBlocksDecodeToPlainZeros_data()
{
    addFormats();
}

void TestNamedEncoders::zeroBlocksDecodeToPlainZeros()
{
    QFETCH(int, encoder);
    QFETCH(int, variant);
    const FormatSpec spec = fetchedFormat(encoder, variant);
    std::vector<float> values(4 * 128, 0.0F);
    for (std::size_t i = 0; i < values.size(); i += 2)
        values[i] = -0.0F;
    const Tensor tensor = madeTensor({4, 128}, values);
    const CastTensor cast = castTensor(tensor, viewOf(tensor, spec), spec);
    for (const float value : cast.dequantized)
        QVERIFY(value == 0.0F && !std::signbit(value));
}

QTEST_APPLESS_MAIN(TestNamedEncoders)
#include "tst_named_encoders.moc"
