#include "gguf_blocks.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <utility>

using namespace nanoscope;

/// What the definitions of the GGUF types say about every block, on blocks of many kinds.
class TestGgufBlocks : public QObject {
    Q_OBJECT

private slots:
    void storedBitsDecodeToTheSameValues_data();
    void storedBitsDecodeToTheSameValues();
    void kTypesTakeTheNearestLevelOfTheirStoredScale_data();
    void kTypesTakeTheNearestLevelOfTheirStoredScale();
    void zeroBlocksDecodeToZeros_data();
    void zeroBlocksDecodeToZeros();
    void hugeBlocksStayFinite_data();
    void hugeBlocksStayFinite();
    void undefinedBlocksAreBad_data();
    void undefinedBlocksAreBad();
    void signedExtremeTakesTheOutermostLevel_data();
    void signedExtremeTakesTheOutermostLevel();
    void constantBlocksOfOneSignAreExact_data();
    void constantBlocksOfOneSignAreExact();
    void someCodesAreNeverWritten();

private:
    static void addTypes();
};

namespace {

constexpr std::uint32_t kSeed = 20240611;

/// Blocks of many kinds, as many elements as a whole number of all types' blocks.
Values variedValues()
{
    constexpr std::size_t kKind = 2048;
    std::mt19937 random(kSeed);
    std::normal_distribution<double> normal(0.0, 0.02);
    std::student_t_distribution<double> heavy(3.0);
    std::uniform_real_distribution<double> uniform(0.0, 1.0);
    Values values;
    const auto add = [&values](auto next) {
        for (std::size_t i = 0; i < kKind; ++i)
            values.push_back(static_cast<float>(next(i)));
    };
    add([&](std::size_t) { return normal(random); });
    add([&](std::size_t) { return 0.02 * heavy(random); });
    add([&](std::size_t) { return uniform(random); });
    add([&](std::size_t) { return -0.1 - uniform(random); });
    add([&](std::size_t) { return uniform(random) < 0.01 ? normal(random) : 0.0; });
    add([&](std::size_t i) { return 0.01 * static_cast<double>(i / 16 % 7) - 0.03; });
    add([&](std::size_t) { return std::floor(65.0 * uniform(random) - 32.0) / 64.0; });
    add([&](std::size_t i) { return i % 256 == 77 ? -300.0 : normal(random); });
    add([&](std::size_t i) { return normal(random) * std::exp2(static_cast<double>(i / 16 % 40) - 30.0); });
    add([&](std::size_t) { return 1e-7 * normal(random); });
    add([&](std::size_t) { return 1e-15 * normal(random); });
    add([&](std::size_t) { return 1e-40 * normal(random); });
    return values;
}

bool sameBits(const std::vector<double>& a, const std::vector<double>& b)
{
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

}  // namespace

void TestGgufBlocks::addTypes()
{
    QTest::addColumn<QString>("name");
    int types = 0;
    for (const auto& entry : kEncoderNames)
        if (isGguf(entry.value)) {
            const std::string name(entry.text);
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
            ++types;
        }
    QCOMPARE(types, 15);
}

void TestGgufBlocks::storedBitsDecodeToTheSameValues_data()
{
    addTypes();
}

void TestGgufBlocks::storedBitsDecodeToTheSameValues()
{
    QFETCH(QString, name);
    const EncoderId id = idOf(name);
    const std::vector<MetaField> fields = ggufMetaFields(id);
    const ElementBook book = ggufBook(id);
    forEachBlock(id, variedValues(), [&](std::span<const float> values, const EncodedBlock& block) {
        QVERIFY(!block.bad);
        QCOMPARE(block.length, values.size());
        QCOMPARE(block.meta.size(), fields.size());
        QVERIFY(block.scales[0].code <= 0xFFFF);
        for (std::size_t f = 0; f < fields.size(); ++f) {
            const std::size_t count = fields[f].unit == MetaUnit::Block ? 1 : ggufType(id).subgroups();
            QCOMPARE(block.meta[f].size(), count);
            for (const std::uint32_t value : block.meta[f])
                QVERIFY(value < 1U << fields[f].bits);
        }
        for (const std::uint32_t code : block.codes)
            QVERIFY(code < 1U << book.codeBits());
        for (std::size_t i = 0; i < block.length; ++i) {
            QVERIFY(std::isfinite(block.scaled[i]) && std::isfinite(block.decoded[i]));
            QVERIFY(block.decoded[i] != 0 || !std::signbit(block.decoded[i]));
        }

        EncodedBlock stored;
        stored.length = block.length;
        stored.scales[0].code = block.scales[0].code;
        stored.meta = block.meta;
        stored.codes = block.codes;
        decodeGgufBlock(id, stored);
        QVERIFY(sameBits(stored.decoded, block.decoded));
        QCOMPARE(stored.scales[0].value, block.scales[0].value);
    });
}

void TestGgufBlocks::kTypesTakeTheNearestLevelOfTheirStoredScale_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K"})
        QTest::newRow(name) << QString(name);
}

void TestGgufBlocks::kTypesTakeTheNearestLevelOfTheirStoredScale()
{
    QFETCH(QString, name);
    const EncoderId id = idOf(name);
    const ElementBook book = ggufBook(id);
    forEachBlock(id, variedValues(), [&book](std::span<const float> values, const EncodedBlock& block) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double scale = block.effectiveScale[i];
            const double minimum = scale * book.levels[block.codes[i]] - block.decoded[i];
            const double value = static_cast<double>(values[i]);
            double nearest = std::numeric_limits<double>::infinity();
            for (const double level : book.levels)
                nearest = std::min(nearest, std::fabs(scale * level - minimum - value));
            // float32 rounding of the quotient and of the value may turn a near tie
            const double slack = 1e-5 * (std::fabs(scale) + std::fabs(minimum) + std::fabs(value));
            QVERIFY(std::fabs(block.decoded[i] - value) <= nearest + slack);
        }
    });
}

void TestGgufBlocks::zeroBlocksDecodeToZeros_data()
{
    addTypes();
}

void TestGgufBlocks::zeroBlocksDecodeToZeros()
{
    QFETCH(QString, name);
    const EncoderId id = idOf(name);
    const auto encoder = encoderOf(id);
    for (const float zero : {0.0F, -0.0F}) {
        const EncodedBlock& block = encoder->encode(Values(ggufType(id).block, zero), {});
        QVERIFY(!block.bad);
        QCOMPARE(block.scales[0].code, decltype(block.scales[0].code){0});
        QVERIFY(sameBits(block.decoded, std::vector<double>(block.length, 0.0)));
    }
}

void TestGgufBlocks::hugeBlocksStayFinite_data()
{
    addTypes();
}

void TestGgufBlocks::hugeBlocksStayFinite()
{
    QFETCH(QString, name);
    const EncoderId id = idOf(name);
    std::mt19937 random(kSeed);
    std::uniform_real_distribution<float> uniform(-1.0F, 1.0F);
    Values values;
    for (const float scale : {1e5F, 1e8F, 1e12F, 1e18F, 1e25F, 3.4e38F})
        for (std::size_t i = 0; i < 512; ++i)
            values.push_back(scale * uniform(random));
    values[600] = std::numeric_limits<float>::max();
    values[601] = -std::numeric_limits<float>::max();
    forEachBlock(id, values, [](std::span<const float>, const EncodedBlock& block) {
        QVERIFY(!block.bad);
        for (std::size_t i = 0; i < block.length; ++i)
            QVERIFY(std::isfinite(block.decoded[i]) && std::isfinite(block.scaled[i]));
    });
}

void TestGgufBlocks::undefinedBlocksAreBad_data()
{
    addTypes();
}

void TestGgufBlocks::undefinedBlocksAreBad()
{
    QFETCH(QString, name);
    const EncoderId id = idOf(name);
    const auto encoder = encoderOf(id);
    Values values = lcgWeights(ggufType(id).block, true);
    for (const float undefined : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        Values broken = values;
        broken[values.size() / 2] = undefined;
        const EncodedBlock block = encoder->encode(broken, {});
        QVERIFY(block.bad);
        QCOMPARE(block.scales[0].code, decltype(block.scales[0].code){0x7E00});
        QVERIFY(std::isnan(block.scales[0].value));
        QVERIFY(std::all_of(block.codes.begin(), block.codes.end(), [](std::uint32_t code) { return code == 0; }));
        QVERIFY(
            std::all_of(block.decoded.begin(), block.decoded.end(), [](double value) { return std::isnan(value); }));
        EncodedBlock stored = block;
        decodeGgufBlock(id, stored);
        QVERIFY(
            std::all_of(stored.decoded.begin(), stored.decoded.end(), [](double value) { return std::isnan(value); }));
    }
    QVERIFY(!encoder->encode(values, {}).bad);  // nothing of the bad block stays behind
}

void TestGgufBlocks::signedExtremeTakesTheOutermostLevel_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"Q4_0", "Q5_0"})
        QTest::newRow(name) << QString(name);
}

void TestGgufBlocks::signedExtremeTakesTheOutermostLevel()
{
    QFETCH(QString, name);
    forEachBlock(idOf(name), lcgWeights(4096, true), [](std::span<const float> values, const EncodedBlock& block) {
        const auto extreme = std::max_element(
            values.begin(), values.end(), [](float a, float b) { return std::fabs(a) < std::fabs(b); });
        QCOMPARE(block.codes[static_cast<std::size_t>(extreme - values.begin())], 0U);
        QVERIFY(std::signbit(block.scales[0].value) != std::signbit(static_cast<double>(*extreme)));
    });
}

void TestGgufBlocks::constantBlocksOfOneSignAreExact_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"Q4_0", "Q5_0", "Q4_1", "Q5_1", "TQ2_0", "Q1_0", "Q2_0"})
        QTest::newRow(name) << QString(name);
}

void TestGgufBlocks::constantBlocksOfOneSignAreExact()
{
    QFETCH(QString, name);
    const EncoderId id = idOf(name);
    const auto encoder = encoderOf(id);
    for (const float value : {0.25F, -0.25F, 3.0F, -1536.0F}) {
        const EncodedBlock& block = encoder->encode(Values(ggufType(id).block, value), {});
        QVERIFY(sameBits(block.decoded, std::vector<double>(block.length, static_cast<double>(value))));
    }
}

void TestGgufBlocks::someCodesAreNeverWritten()
{
    for (const auto& [name, never] : {std::pair("Q2_0", 3U), std::pair("TQ2_0", 3U), std::pair("Q8_0", 0x80U)})
        forEachBlock(idOf(name), variedValues(), [never = never](std::span<const float>, const EncodedBlock& block) {
            QCOMPARE(std::count(block.codes.begin(), block.codes.end(), never), 0);
        });
}

QTEST_APPLESS_MAIN(TestGgufBlocks)
#include "tst_gguf_blocks.moc"
