#include "gguf_blocks.h"

#include "core/half.h"
#include "core/quant/gguf_half.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

using namespace nanoscope;

/// GGUF types against values that ggml's own quantizers gave (catalogue section 11), and what their tables say.
class TestGguf : public QObject {
    Q_OBJECT

private slots:
    void blocksDecodeAsGgmlDecodesThem_data();
    void blocksDecodeAsGgmlDecodesThem();
    void codesAreGgmls_data();
    void codesAreGgmls();
    void bitsPerElementAreTheTypes_data();
    void bitsPerElementAreTheTypes();
    void halvesRoundToNearest();
    void rowsThatAreNoWholeBlocksAreRefused_data();
    void rowsThatAreNoWholeBlocksAreRefused();
};

namespace {

using Codes = std::vector<quint32>;

void addGolden(const char* name, std::array<double, 4> first, double at60, double sum)
{
    QTest::newRow(name) << QString(name) << std::vector<double>(first.begin(), first.end()) << at60 << sum;
}

}  // namespace

void TestGguf::blocksDecodeAsGgmlDecodesThem_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<std::vector<double>>("first");
    QTest::addColumn<double>("at60");
    QTest::addColumn<double>("sum");
    addGolden("Q4_0", {-0.017452239990234375, 0.0, -0.029087066650390625, 0.005817413330078125}, -0.119873046875,
        -0.059967041015625);
    addGolden("Q5_0", {-0.014543533325195312, 0.0029087066650390625, -0.029087066650390625, 0.005817413330078125},
        -0.119873046875, 0.3214111328125);
    addGolden("Q4_1", {-0.01708221435546875, 0.00412750244140625, -0.02768707275390625, 0.00412750244140625},
        -0.119873046875, 0.1608734130859375);
    addGolden("Q5_1", {-0.015031814575195312, 0.0003604888916015625, -0.027858734130859375, 0.0054912567138671875},
        -0.119873046875, 0.20099830627441406);
    addGolden("Q8_0", {-0.014657974243164062, 0.0014657974243164062, -0.02821660041809082, 0.005130290985107422},
        -0.11984491348266602, 0.1567366123199463);
    addGolden("Q2_K", {-0.0226898193359375, -0.002651214599609375, -0.0226898193359375, -0.002651214599609375},
        -0.1134490966796875, -0.30562591552734375);
    addGolden("Q3_K", {-0.018768310546875, 0.0, -0.0281524658203125, 0.0093841552734375}, -0.1219940185546875,
        0.1691303253173828);
    addGolden("Q4_K", {-0.016460895538330078, -0.0006036758422851562, -0.02703237533569336, 0.004682064056396484},
        -0.12119293212890625, 0.17161989212036133);
    addGolden("Q5_K", {-0.014141321182250977, 0.0014584064483642578, -0.027141094207763672, 0.004058361053466797},
        -0.11858367919921875, 0.22115886211395264);
    addGolden("Q6_K", {-0.014087677001953125, 0.0011739730834960938, -0.02817535400390625, 0.004695892333984375},
        -0.11974525451660156, 0.1717326045036316);
    addGolden("IQ4_NL", {-0.013825416564941406, -0.0003638267517089844, -0.025104045867919922, 0.0036382675170898438},
        -0.11984491348266602, 0.30684518814086914);
    addGolden("IQ4_XS", {-0.014042854309082031, -0.0003695487976074219, -0.02549886703491211, 0.0036954879760742188},
        -0.1220250129699707, 0.25667428970336914);
    addGolden("TQ2_0", {0.0, 0.0, 0.0, 0.0}, 0.0, 0.337158203125);
    addGolden("Q1_0", {-0.0193023681640625, 0.0193023681640625, -0.0193023681640625, 0.0193023681640625},
        -0.0193023681640625, -0.452789306640625);
    addGolden("Q2_0", {0.0, 0.0, 0.0, 0.0}, -0.119873046875, 0.292877197265625);
}

void TestGguf::blocksDecodeAsGgmlDecodesThem()
{
    QFETCH(QString, name);
    QFETCH(std::vector<double>, first);
    QFETCH(double, at60);
    QFETCH(double, sum);
    std::vector<double> decoded;
    forEachBlock(idOf(name), lcgWeights(512, true), [&decoded](std::span<const float>, const EncodedBlock& block) {
        decoded.insert(decoded.end(), block.decoded.begin(), block.decoded.end());
    });
    QCOMPARE(decoded.size(), std::size_t{512});
    for (std::size_t i = 0; i < first.size(); ++i)
        QVERIFY2(decoded[i] == first[i], qPrintable(QString("element %1: %2").arg(i).arg(decoded[i], 0, 'g', 17)));
    QVERIFY2(decoded[60] == at60, qPrintable(QString::number(decoded[60], 'g', 17)));
    double total = 0.0;
    for (const double value : decoded)
        total += value;
    QVERIFY2(std::fabs(total - sum) < 1e-9, qPrintable(QString::number(total, 'g', 17)));
}

void TestGguf::codesAreGgmls_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<Codes>("codes");
    QTest::newRow("Q4_0") << QString("Q4_0")
                          << Codes{11, 8, 13, 7, 3, 8, 7, 2, 3, 9, 8, 6, 5, 8, 11, 8, 10, 7, 14, 10, 10, 11, 6, 3, 4,
                                 11, 11, 6, 9, 0, 11, 5};
    QTest::newRow("IQ4_NL") << QString("IQ4_NL")
                            << Codes{11, 8, 13, 7, 2, 9, 7, 1, 2, 10, 8, 6, 4, 9, 12, 8, 11, 7, 14, 10, 11, 11, 5, 2, 3,
                                   12, 12, 6, 9, 0, 12, 5};
}

void TestGguf::codesAreGgmls()
{
    QFETCH(QString, name);
    QFETCH(Codes, codes);
    const auto encoder = encoderOf(idOf(name));
    const EncodedBlock& block = encoder->encode(lcgWeights(32, false), {});
    QVERIFY(std::equal(codes.begin(), codes.end(), block.codes.begin(), block.codes.end()));
    QVERIFY(block.scales[0].value < 0);  // the extreme is positive and takes the most negative level
}

void TestGguf::bitsPerElementAreTheTypes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<double>("bits");
    const auto row = [](const char* name, double bits) { QTest::newRow(name) << QString(name) << bits; };
    row("Q4_0", 4.5);
    row("Q4_1", 5.0);
    row("Q5_0", 5.5);
    row("Q5_1", 6.0);
    row("Q8_0", 8.5);
    row("Q2_K", 2.625);
    row("Q3_K", 3.4375);
    row("Q4_K", 4.5);
    row("Q5_K", 5.5);
    row("Q6_K", 6.5625);
    row("IQ4_NL", 4.5);
    row("IQ4_XS", 4.25);
    row("TQ2_0", 2.0625);
    row("Q1_0", 1.125);
    row("Q2_0", 2.25);
}

void TestGguf::bitsPerElementAreTheTypes()
{
    QFETCH(QString, name);
    QFETCH(double, bits);
    const EncoderId id = idOf(name);
    const Geometry geometry = ggufGeometry(id);
    int total = 16 + geometry.block * ggufBook(id).codeBits();
    for (const MetaField& field : ggufMetaFields(id))
        total += field.bits * (field.unit == MetaUnit::Block ? 1 : geometry.subgroups());
    QCOMPARE(static_cast<double>(total) / geometry.block, bits);
}

void TestGguf::halvesRoundToNearest()
{
    for (std::uint32_t code = 1; code < 0x7C00; ++code) {
        const auto half = static_cast<std::uint16_t>(code);
        const float value = halfToFloat(half);
        QCOMPARE(halfBits(value), half);
        QCOMPARE(halfBits(-value), static_cast<std::uint16_t>(half | 0x8000U));
        const float below = halfToFloat(static_cast<std::uint16_t>(code - 1));
        const float middle = (below + value) / 2.0F;  // exact
        QCOMPARE(halfBits(middle), static_cast<std::uint16_t>(code % 2 == 0 ? code : code - 1));
        QCOMPARE(halfBits(std::nextafter(middle, value)), half);
        QCOMPARE(halfBits(std::nextafter(middle, 0.0F)), static_cast<std::uint16_t>(code - 1));
    }
    QCOMPARE(halfBits(-0.0F), std::uint16_t{0});
    QCOMPARE(halfBits(-1e-9F), std::uint16_t{0});
    QCOMPARE(halfBits(65520.0F), std::uint16_t{0x7BFF});
    QCOMPARE(halfBits(-std::numeric_limits<float>::max()), std::uint16_t{0xFBFF});
}

void TestGguf::rowsThatAreNoWholeBlocksAreRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<quint64>("length");
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("remedy");
    const auto row = [](const char* name, quint64 length, const char* what, const char* remedy) {
        QTest::newRow(qPrintable(QString("%1 %2").arg(name).arg(length)))
            << QString(name) << length << QString(what) << QString(remedy);
    };
    row("Q4_K", 512, "", "");
    row("Q4_0", 96, "", "");
    row("Q4_K", 96, "rows of 96 elements are not whole blocks of 256",
        "take Q4_0, or --reshape to rows that are multiples of 256");
    row("Q6_K", 100, "rows of 100 elements are not whole blocks of 256", "--reshape to rows that are multiples of 256");
    row("TQ2_0", 96, "rows of 96 elements are not whole blocks of 256",
        "take Q4_0, or --reshape to rows that are multiples of 256");
    row("Q1_0", 64, "rows of 64 elements are not whole blocks of 128",
        "take Q2_0, or --reshape to rows that are multiples of 128");
}

void TestGguf::rowsThatAreNoWholeBlocksAreRefused()
{
    QFETCH(QString, name);
    QFETCH(quint64, length);
    QFETCH(QString, what);
    QFETCH(QString, remedy);
    const auto refusal = ggufRowRefusal(idOf(name), length);
    QCOMPARE(refusal.has_value(), !what.isEmpty());
    if (refusal) {
        QCOMPARE(QString::fromStdString(refusal->what), what);
        QCOMPARE(QString::fromStdString(refusal->remedy), remedy);
    }
}

QTEST_APPLESS_MAIN(TestGguf)
#include "tst_gguf.moc"
