#include "made_tensor.h"
#include "mixed_formats.h"
#include "packed_of.h"
#include "refusal.h"

#include "core/quant/block_encoder.h"
#include "core/quant/mix_parts.h"
#include "core/quant/mixed_block.h"

#include <QTest>

#include <bit>
#include <limits>

using namespace nanoscope;

/// Formats whose blocks differ. Only the 2-bit blocks with a few 4-bit ones have a reference; the rules of COMET,
/// MicroMix and ARCQuant are ours and stand in mix_parts.h: these tests are their properties.
class TestMixed : public QObject {
    Q_OBJECT

private slots:
    void widestBlocksOfEveryRowTakeTheSecondFormat();
    void shareIsRoundedHalfToEven_data();
    void shareIsRoundedHalfToEven();
    void blocksThatAreNoNumberComeLast();
    void columnsOfOutliersTakeTheSecondFormat();
    void sortedColumnsNeedFewerWideBlocks();
    void everyColumnTakesTheFirstFormatThatWillDo();
    void lowerThresholdNeverMakesAFormatCheaper();
    void worstColumnsAreQuantizedTwice();
    void secondQuantizationIsThatOfTheResidual();
    void moreResidualColumnsNeverRaiseTheError();
    void blockOfAPartIsWhatThePartAloneMakesOfIt_data();
    void blockOfAPartIsWhatThePartAloneMakesOfIt();
    void threadsDoNotMatter_data();
    void threadsDoNotMatter();
    void packedBitsDecodeToTheSameValues_data();
    void packedBitsDecodeToTheSameValues();
    void storedBitsFollowTheParts();
    void partsWithExceptionsAreNotQuantizedTwice();
};

namespace {

void addRules()
{
    QTest::addColumn<int>("rule");
    QTest::newRow("2-bit with 4-bit blocks") << static_cast<int>(MixRule::WidestOfRow);
    QTest::newRow("COMET") << static_cast<int>(MixRule::OutlierColumns);
    QTest::newRow("MicroMix") << static_cast<int>(MixRule::ErrorThreshold);
    QTest::newRow("ARCQuant") << static_cast<int>(MixRule::ResidualColumns);
}

/// Decoded values, block after block.
std::vector<std::vector<double>> decodedBlocks(
    const FormatSpec& spec, const BlockView& view, const TensorParameters& parameters)
{
    const auto encoder = makeBlockEncoder(spec, parameters);
    std::vector<std::vector<double>> blocks;
    for (std::uint64_t index = 0; index < view.blocks(); ++index)
        blocks.push_back(encoder->encode(blockValues(view, index), view.place(index)).decoded);
    return blocks;
}

double squaredError(std::span<const float> values, const std::vector<double>& decoded)
{
    double sum = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i)
        sum += (decoded[i] - static_cast<double>(values[i])) * (decoded[i] - static_cast<double>(values[i]));
    return sum;
}

double power(std::span<const float> values)
{
    return squaredError(values, std::vector<double>(values.size(), 0.0));
}

double totalError(const FormatSpec& spec, const BlockView& view)
{
    const auto decoded = decodedBlocks(spec, view, mixedParameters(spec, view));
    double sum = 0.0;
    for (std::uint64_t index = 0; index < view.blocks(); ++index)
        sum += squaredError(blockValues(view, index), decoded[index]);
    return sum;
}

bool sameBits(const std::vector<float>& a, const std::vector<float>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](float x, float y) {
        return (std::isnan(x) && std::isnan(y)) || std::bit_cast<std::uint32_t>(x) == std::bit_cast<std::uint32_t>(y);
    });
}

}  // namespace

void TestMixed::widestBlocksOfEveryRowTakeTheSecondFormat()
{
    const Tensor tensor = uneven(20, 20 * kBlock, 1);
    const BlockView view(tensor, -1, kBlock);
    const std::vector<std::uint8_t> parts = mixParts(fewFourBits(0.15), view);
    const auto range = [&view](std::uint64_t index) {
        const std::vector<float> values = blockValues(view, index);
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        return *high - *low;
    };
    for (std::uint64_t row = 0; row < view.rows(); ++row) {
        const auto begin = parts.begin() + static_cast<std::ptrdiff_t>(row * 20);
        QCOMPARE(std::count(begin, begin + 20, std::uint8_t(1)), 3);
        for (std::uint64_t a = row * 20; a < (row + 1) * 20; ++a)
            for (std::uint64_t b = row * 20; b < (row + 1) * 20; ++b)
                QVERIFY(parts[a] <= parts[b] || range(a) >= range(b));
    }
}

void TestMixed::shareIsRoundedHalfToEven_data()
{
    QTest::addColumn<double>("share");
    QTest::addColumn<int>("blocks");
    QTest::newRow("2.5 of 10") << 0.25 << 2;
    QTest::newRow("7.5 of 10") << 0.75 << 8;
    QTest::newRow("0.4 of 10") << 0.04 << 0;
    QTest::newRow("all") << 1.0 << 10;
}

void TestMixed::shareIsRoundedHalfToEven()
{
    QFETCH(double, share);
    QFETCH(int, blocks);
    const Tensor tensor = madeTensor({1, 10 * kBlock}, std::vector<float>(10 * kBlock, 1.0F));
    const std::vector<std::uint8_t> parts = mixParts(fewFourBits(share), BlockView(tensor, -1, kBlock));
    for (int i = 0; i < 10; ++i)  // all alike, so the first ones
        QCOMPARE(int(parts[static_cast<std::size_t>(i)]), i < blocks ? 1 : 0);
}

void TestMixed::blocksThatAreNoNumberComeLast()
{
    std::vector<float> values = gaussian(4 * kBlock, 2);
    values[3] = std::numeric_limits<float>::infinity();
    const Tensor tensor = madeTensor({1, 4 * kBlock}, values);
    const std::vector<std::uint8_t> parts = mixParts(fewFourBits(0.75), BlockView(tensor, -1, kBlock));
    QCOMPARE(parts, (std::vector<std::uint8_t>{0, 1, 1, 1}));
}

void TestMixed::columnsOfOutliersTakeTheSecondFormat()
{
    std::vector<float> values(6 * 64, 1.0F);
    values[2 * 64 + 20] = -7.0F;                                    // in block column 1
    values[4 * 64 + 63] = std::numeric_limits<float>::quiet_NaN();  // its block has no say
    values[4 * 64 + 60] = 100.0F;
    const Tensor tensor = madeTensor({6, 64}, values);
    const BlockView view(tensor, -1, kBlock);
    const auto expect = [&](double threshold, std::vector<std::uint8_t> columns) {
        const std::vector<std::uint8_t> parts = mixParts(comet(threshold), view);
        for (std::size_t block = 0; block < parts.size(); ++block)
            QCOMPARE(parts[block], columns[block % 4]);
    };
    expect(6.5, {0, 1, 0, 0});
    expect(7.0, {0, 0, 0, 0});  // it must exceed the threshold
}

void TestMixed::sortedColumnsNeedFewerWideBlocks()
{
    const Tensor tensor = uneven(32, 256, 3);
    FormatSpec sorted = comet(4);
    sorted.transform = TransformSpec{0, std::nullopt, true};
    sorted = validated(sorted);
    const auto wide = [&tensor](const FormatSpec& spec) {
        const CastTensor cast = castTensor(tensor, viewOf(tensor, spec), spec);
        return std::count(cast.meta[0].begin(), cast.meta[0].end(), 1U);
    };
    QVERIFY(wide(sorted) > 0);
    QVERIFY(wide(sorted) < wide(comet(4)));
}

void TestMixed::everyColumnTakesTheFirstFormatThatWillDo()
{
    constexpr double kThreshold = 0.016;
    const Tensor tensor = uneven(48, 24 * kBlock + 5, 4);
    const BlockView view(tensor, -1, kBlock);
    const FormatSpec spec = microMix(kThreshold);
    const std::vector<std::uint8_t> parts = mixParts(spec, view);
    std::vector<std::uint64_t> used(3, 0);
    for (std::uint64_t column = 0; column < view.blocksPerRow(); ++column) {
        const std::uint8_t part = parts[column];
        ++used[part];
        for (std::uint8_t tried = 0; tried <= part && tried < 2; ++tried) {
            const auto decoded = decodedBlocks(partsOf(spec)[tried], view, {});
            double error = 0.0;
            double squares = 0.0;
            for (std::uint64_t index = column; index < view.blocks(); index += view.blocksPerRow()) {
                error += squaredError(blockValues(view, index), decoded[index]);
                squares += power(blockValues(view, index));
                QCOMPARE(parts[index], part);
            }
            QCOMPARE(error <= kThreshold * squares, tried == part);
        }
    }
    QVERIFY2(used[0] > 0 && used[1] > 0, "the threshold lies between the parts' errors");
}

void TestMixed::lowerThresholdNeverMakesAFormatCheaper()
{
    const Tensor tensor = uneven(32, 20 * kBlock, 5);
    const BlockView view(tensor, -1, kBlock);
    std::vector<std::uint8_t> before(view.blocks(), 0);
    for (const double threshold : {0.03, 0.016, 0.014, 0.001, 1e-5, 1e-12}) {
        const std::vector<std::uint8_t> parts = mixParts(microMix(threshold), view);
        for (std::size_t block = 0; block < parts.size(); ++block)
            QVERIFY(parts[block] >= before[block]);
        before = parts;
    }
    QVERIFY(std::all_of(before.begin(), before.end(), [](std::uint8_t part) { return part == 2; }));
}

void TestMixed::worstColumnsAreQuantizedTwice()
{
    const Tensor tensor = uneven(32, 20 * kBlock, 6);
    const BlockView view(tensor, -1, kBlock);
    const FormatSpec spec = arcQuant(0.15);
    const TensorParameters parameters = mixedParameters(spec, view);
    const auto once = decodedBlocks(partsOf(spec).front(), view, partParameters(partsOf(spec).front(), parameters));
    std::vector<double> errors(20, 0.0);
    for (std::uint64_t index = 0; index < view.blocks(); ++index)
        errors[index % 20] += squaredError(blockValues(view, index), once[index]);
    QCOMPARE(std::count(parameters.parts.begin(), parameters.parts.begin() + 20, std::uint8_t(1)), 3);
    for (std::size_t a = 0; a < 20; ++a)
        for (std::size_t b = 0; b < 20; ++b)
            QVERIFY(parameters.parts[a] <= parameters.parts[b] || errors[a] >= errors[b]);
    for (std::size_t block = 0; block < view.blocks(); ++block)
        QCOMPARE(parameters.parts[block], parameters.parts[block % 20]);
}

void TestMixed::secondQuantizationIsThatOfTheResidual()
{
    const Tensor tensor = uneven(16, 10 * kBlock + 3, 7);
    const BlockView view(tensor, -1, kBlock);
    const FormatSpec spec = arcQuant(0.5);
    const TensorParameters parameters = mixedParameters(spec, view);
    const FormatSpec part = partsOf(spec).front();
    const auto alone = makeBlockEncoder(part, partParameters(part, parameters));
    const auto both = makeBlockEncoder(spec, parameters);
    for (std::uint64_t index = 0; index < view.blocks(); ++index) {
        const std::vector<float> values = blockValues(view, index);
        std::vector<double> sum = alone->encode(values, view.place(index)).decoded;
        if (parameters.parts[index] != 0) {
            std::vector<float> rest;
            for (std::size_t i = 0; i < values.size(); ++i)
                rest.push_back(static_cast<float>(static_cast<double>(values[i]) - sum[i]));
            const EncodedBlock& second = alone->encode(rest, view.place(index));
            for (std::size_t i = 0; i < values.size(); ++i)
                sum[i] += second.decoded[i];
        }
        const EncodedBlock& block = both->encode(values, view.place(index));
        QCOMPARE(block.decoded, sum);
        QCOMPARE(block.exceptions.size(), parameters.parts[index] != 0 ? values.size() : 0);
    }
}

void TestMixed::moreResidualColumnsNeverRaiseTheError()
{
    const Tensor tensor = uneven(32, 20 * kBlock, 8);
    const BlockView view(tensor, -1, kBlock);
    double before = std::numeric_limits<double>::infinity();
    for (const double share : {0.02, 0.1, 0.3, 0.6, 1.0}) {  // 0.02 of 20 blocks are none
        const double error = totalError(arcQuant(share), view);
        QVERIFY(error < before);
        before = error;
    }
    const FormatSpec part = partsOf(arcQuant(0.02)).front();
    const auto once = decodedBlocks(part, view, tensorParameters(part, view));
    double plain = 0.0;
    for (std::uint64_t index = 0; index < view.blocks(); ++index)
        plain += squaredError(blockValues(view, index), once[index]);
    QCOMPARE(totalError(arcQuant(0.02), view), plain);
    QVERIFY(before < plain / 30);  // four more bits
}

void TestMixed::blockOfAPartIsWhatThePartAloneMakesOfIt_data()
{
    addRules();
}

void TestMixed::blockOfAPartIsWhatThePartAloneMakesOfIt()
{
    QFETCH(int, rule);
    const FormatSpec spec = ofRule(rule);
    const Tensor tensor = uneven(24, 15 * kBlock + 7, 9);
    const BlockView view(tensor, -1, kBlock);
    const TensorParameters parameters = mixedParameters(spec, view);
    const auto whole = makeBlockEncoder(spec, parameters);
    std::size_t firstBook = 0;
    const std::vector<FormatSpec> parts = partsOf(spec);
    for (std::size_t part = 0; part < parts.size(); ++part) {
        const auto alone = makeBlockEncoder(parts[part], partParameters(parts[part], parameters));
        for (std::uint64_t index = 0; index < view.blocks(); ++index) {
            if (parameters.parts[index] != part)
                continue;
            const EncodedBlock& a = whole->encode(blockValues(view, index), view.place(index));
            const EncodedBlock& b = alone->encode(blockValues(view, index), view.place(index));
            QCOMPARE(a.decoded, b.decoded);
            QCOMPARE(a.codes, b.codes);
            QCOMPARE(a.effectiveScale, b.effectiveScale);
            QCOMPARE(a.meta[0][0], static_cast<std::uint32_t>(part));
            QCOMPARE(std::size_t(a.unitBook.front()), firstBook + b.unitBook.front());
        }
        firstBook += alone->books().size();
    }
    QCOMPARE(whole->books().size(), firstBook);
}

void TestMixed::threadsDoNotMatter_data()
{
    addRules();
}

void TestMixed::threadsDoNotMatter()
{
    QFETCH(int, rule);
    const Tensor tensor = uneven(1500, 200, 10);
    const BlockView view(tensor, -1, kBlock);
    const TensorParameters one = mixedParameters(ofRule(rule), view, {1, {}});
    const TensorParameters four = mixedParameters(ofRule(rule), view, {4, {}});
    QCOMPARE(one.parts, four.parts);
    QCOMPARE(one.scale.value, four.scale.value);
    QCOMPARE(one.parts.size(), view.blocks());
}

void TestMixed::packedBitsDecodeToTheSameValues_data()
{
    addRules();
}

void TestMixed::packedBitsDecodeToTheSameValues()
{
    QFETCH(int, rule);
    const FormatSpec spec = ofRule(rule);
    Tensor tensor = uneven(24, 15 * kBlock + 7, 11);
    std::vector<float> values = tensor.values.toVector();
    values[100] = std::numeric_limits<float>::quiet_NaN();
    values[1017] = std::numeric_limits<float>::infinity();
    tensor = madeTensor(tensor.info.shape, values);
    const CastTensor cast = castTensor(tensor, viewOf(tensor, spec), spec);
    QVERIFY(sameBits(decodePacked(packedOf(cast)), cast.dequantized));
    const auto lost = std::count_if(
        cast.dequantized.begin(), cast.dequantized.end(), [](float value) { return std::isnan(value); });
    QVERIFY(lost > kBlock && lost <= 2 * kBlock);
}

void TestMixed::storedBitsFollowTheParts()
{
    const Tensor tensor = uneven(4, 10 * kBlock, 12);
    const BlockView view(tensor, -1, kBlock);
    // Part, FP16 scale and minimum, codes; two of ten blocks have four bits.
    const FormatSpec groups = fewFourBits(0.2);
    const CastTensor cast = castTensor(tensor, view, groups);
    QCOMPARE(cast.packed.size(), 4U * ((10 * (1 + 32 + 2 * kBlock) + 2 * (2 * kBlock) + 7) / 8));
    // Part, E4M3 scale and codes, and for three of ten columns once more scale and codes.
    const CastTensor twice = castTensor(tensor, view, arcQuant(0.3));
    QCOMPARE(twice.packed.size(), 4U * ((10 * (1 + 8 + 4 * kBlock) + 3 * (8 + 4 * kBlock) + 7) / 8));
}

void TestMixed::partsWithExceptionsAreNotQuantizedTwice()
{
    FormatSpec spec = arcQuant(0.1);
    spec.mix->parts.front() = floats(2, 1);
    spec.mix->parts.front().special = SpecialSpec{};
    const auto refusal = refusalOf([&spec] { return partsOf(spec); });
    QVERIFY(refusal && refusal->kind() == ErrorKind::Refused);
}

QTEST_APPLESS_MAIN(TestMixed)
#include "tst_mixed.moc"
