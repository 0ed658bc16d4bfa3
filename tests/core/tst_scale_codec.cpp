#include "core/format/format_text.h"
#include "core/format/scale_codec.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <utility>

using namespace nanoscope;

/// Scale codecs (oracles: the definitions of the number formats, and a brute-force nearest code).
class TestScaleCodec : public QObject {
    Q_OBJECT

private slots:
    void codesReadAsTheFormatsSay_data();
    void codesReadAsTheFormatsSay();
    void everyScaleRoundTrips_data();
    void everyScaleRoundTrips();
    void encodeTakesTheNearestScale_data();
    void encodeTakesTheNearestScale();
    void encodeSaturates_data();
    void encodeSaturates();
    void exponentsAreClampedToTheCodec_data();
    void exponentsAreClampedToTheCodec();
    void notANumberIsTold_data();
    void notANumberIsTold();
    void theTopExponentOfExponentCodecsIsNoScale();
    void float32IsTakenAsItIs();
    void aDyadicScaleHas31Bits_data();
    void aDyadicScaleHas31Bits();
    void dyadicScalesAreTheNearest();
    void powersOfTwoAreTold();

private:
    static void addCodecs();
};

namespace {

ScaleCodecId idOf(const QString& name)
{
    return *valueOf(kScaleCodecNames, name.toStdString());
}

/// Codes that a scale may have: no sign, no NaN, no infinity.
std::vector<std::uint32_t> scaleCodes(const ScaleCodec& codec)
{
    std::vector<std::uint32_t> codes;
    const int bits = codec.bits() - (codec.hasSpareSign() ? 1 : 0);
    for (std::uint32_t code = 0; code < 1U << bits; ++code)
        if (!codec.isNan(code) && std::isfinite(codec.decode(code)))
            codes.push_back(code);
    return codes;
}

}  // namespace

void TestScaleCodec::addCodecs()
{
    QTest::addColumn<QString>("name");
    for (const auto& entry : kScaleCodecNames)
        if (entry.value != ScaleCodecId::FP32 && entry.value != ScaleCodecId::DYADIC)  // too many codes to try them all
            QTest::newRow(std::string(entry.text).c_str()) << QString::fromStdString(std::string(entry.text));
}

void TestScaleCodec::codesReadAsTheFormatsSay_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<quint64>("code");
    QTest::addColumn<double>("value");
    const auto row = [](const char* name, quint64 code, double value) {
        QTest::newRow(qPrintable(QString("%1 %2").arg(name).arg(code, 0, 16))) << QString(name) << code << value;
    };
    row("E8M0", 0, std::ldexp(1.0, -127));
    row("E8M0", 127, 1.0);
    row("E8M0", 254, std::ldexp(1.0, 127));
    row("E5M0", 0, std::ldexp(1.0, -15));
    row("E5M0", 31, 65536.0);
    row("E8M1", 0, std::ldexp(1.0, -127));
    row("E8M1", 255, 1.5);
    row("E8M1", 254 * 2 + 1, std::ldexp(1.5, 127));
    row("E8M2", 127 * 4 + 3, 1.75);
    row("E8M3", 128 * 8 + 1, 2.25);
    row("E4M3", 0, 0.0);
    row("E4M3", 1, std::ldexp(1.0, -9));
    row("E4M3", 0x38, 1.0);
    row("E4M3", 0x7E, 448.0);
    row("UE5M3", 1, std::ldexp(1.0, -17));
    row("UE5M3", 0x78, 1.0);
    row("UE5M3", 0xFE, 114688.0);
    row("E5M2", 1, std::ldexp(1.0, -16));
    row("E5M2", 0x7B, 57344.0);
    row("E3M3", 1, std::ldexp(1.0, -5));
    row("E3M3", 0x3E, 28.0);
    row("FP16", 1, std::ldexp(1.0, -24));
    row("FP16", 0x3C00, 1.0);
    row("FP16", 0x7BFF, 65504.0);
    row("BF16", 1, std::ldexp(1.0, -133));
    row("BF16", 0x3F80, 1.0);
    row("BF16", 0x7F7F, std::ldexp(255.0, 120));
    row("FP32", 0x3F800000, 1.0);
    row("FP32", 1, std::ldexp(1.0, -149));
    row("UINT8", 0, 0.0);
    row("UINT8", 255, 255.0);
    row("SHIFT2", 0, 0.125);
    row("SHIFT2", 3, 1.0);
    row("none", 0, 1.0);
    // A dyadic scale is a 31-bit integer of the top half of its range times 2^(e - 160 - 31), e above it.
    row("DYADIC", 0, 0.0);
    row("DYADIC", quint64{161} << 31U | quint64{1} << 30U, 1.0);
    row("DYADIC", quint64{160} << 31U | quint64{3} << 29U, 0.75);
}

void TestScaleCodec::codesReadAsTheFormatsSay()
{
    QFETCH(QString, name);
    QFETCH(quint64, code);
    QFETCH(double, value);
    QCOMPARE(ScaleCodec(idOf(name)).decode(code), value);
}

void TestScaleCodec::everyScaleRoundTrips_data()
{
    addCodecs();
}

void TestScaleCodec::everyScaleRoundTrips()
{
    QFETCH(QString, name);
    const ScaleCodec codec(idOf(name));
    double last = -1.0;
    for (const std::uint32_t code : scaleCodes(codec)) {
        const double value = codec.decode(code);
        QVERIFY(value > last);  // codes ascend with their values
        last = value;
        const StoredScale stored = codec.isPowerOfTwo() ? codec.encodeExponent(std::ilogb(value)) : codec.encode(value);
        QCOMPARE(stored.code, code);
        QCOMPARE(stored.value, value);
    }
}

void TestScaleCodec::encodeTakesTheNearestScale_data()
{
    addCodecs();
}

void TestScaleCodec::encodeTakesTheNearestScale()
{
    QFETCH(QString, name);
    const ScaleCodec codec(idOf(name));
    if (codec.isPowerOfTwo())
        return;
    const std::vector<std::uint32_t> codes = scaleCodes(codec);
    for (std::size_t i = 0; i + 1 < codes.size(); ++i) {
        const double middle = (codec.decode(codes[i]) + codec.decode(codes[i + 1])) / 2;  // exact in double
        const double infinity = std::numeric_limits<double>::infinity();
        QCOMPARE(codec.encode(std::nextafter(middle, 0.0)).code, codes[i]);
        QCOMPARE(codec.encode(std::nextafter(middle, infinity)).code, codes[i + 1]);
        QCOMPARE(codec.encode(middle).code, codes[i] % 2 == 0 ? codes[i] : codes[i + 1]);  // ties to even
    }
}

void TestScaleCodec::encodeSaturates_data()
{
    addCodecs();
}

void TestScaleCodec::encodeSaturates()
{
    QFETCH(QString, name);
    const ScaleCodec codec(idOf(name));
    if (codec.isPowerOfTwo())
        return;
    const std::vector<std::uint32_t> codes = scaleCodes(codec);
    const double largest = codec.decode(codes.back());
    for (const double value : {largest * 1.001, largest * 1e6, std::numeric_limits<double>::max()})
        QCOMPARE(codec.encode(value).code, codes.back());
    QCOMPARE(codec.encode(0.0).code, codes.front());
    QCOMPARE(codec.encode(1e-300).code, codes.front());
}

void TestScaleCodec::exponentsAreClampedToTheCodec_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("exponent");
    QTest::addColumn<quint32>("code");
    QTest::addColumn<int>("clamped");
    QTest::newRow("E8M0 low end") << "E8M0" << -127 << quint32{0} << -127;
    QTest::newRow("E8M0 below") << "E8M0" << -128 << quint32{0} << -127;
    QTest::newRow("E8M0 of zero") << "E8M0" << -1000000 << quint32{0} << -127;
    QTest::newRow("E8M0 high end") << "E8M0" << 127 << quint32{254} << 127;
    QTest::newRow("E8M0 above: never the NaN code") << "E8M0" << 128 << quint32{254} << 127;
    QTest::newRow("E5M0 low end") << "E5M0" << -15 << quint32{0} << -15;
    QTest::newRow("E5M0 below") << "E5M0" << -16 << quint32{0} << -15;
    QTest::newRow("E5M0 high end") << "E5M0" << 16 << quint32{31} << 16;
    QTest::newRow("E5M0 above") << "E5M0" << 17 << quint32{31} << 16;
    QTest::newRow("SHIFT2 low end") << "SHIFT2" << -3 << quint32{0} << -3;
    QTest::newRow("SHIFT2 below") << "SHIFT2" << -4 << quint32{0} << -3;
    QTest::newRow("SHIFT2 above") << "SHIFT2" << 1 << quint32{3} << 0;
}

void TestScaleCodec::exponentsAreClampedToTheCodec()
{
    QFETCH(QString, name);
    QFETCH(int, exponent);
    QFETCH(quint32, code);
    QFETCH(int, clamped);
    const StoredScale stored = ScaleCodec(idOf(name)).encodeExponent(exponent);
    QCOMPARE(stored.code, code);
    QCOMPARE(stored.value, std::ldexp(1.0, clamped));
}

void TestScaleCodec::notANumberIsTold_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("nanCode");  // -1: none
    QTest::addColumn<int>("bits");
    QTest::addColumn<bool>("spareSign");
    const auto row = [](const char* name, int nanCode, int bits, bool spareSign) {
        QTest::newRow(name) << QString(name) << nanCode << bits << spareSign;
    };
    row("E8M0", 0xFF, 8, false);
    row("E5M0", -1, 5, false);
    row("E8M1", 0x1FF, 9, false);
    row("E8M2", 0x3FF, 10, false);
    row("E8M3", 0x7FF, 11, false);
    row("E4M3", 0x7F, 8, true);
    row("UE5M3", 0xFF, 8, false);
    row("E5M2", 0x7F, 8, true);
    row("E3M3", 0x3F, 6, false);
    row("FP16", 0x7E00, 16, true);
    row("BF16", 0x7FC0, 16, true);
    row("FP32", 0x7FC00000, 32, true);
    row("UINT8", -1, 8, false);
    row("SHIFT2", -1, 2, false);
    row("DYADIC", -1, 39, false);
    row("none", -1, 0, false);
}

void TestScaleCodec::notANumberIsTold()
{
    QFETCH(QString, name);
    QFETCH(int, nanCode);
    QFETCH(int, bits);
    QFETCH(bool, spareSign);
    const ScaleCodec codec(idOf(name));
    QCOMPARE(codec.bits(), bits);
    QCOMPARE(codec.hasSpareSign(), spareSign);
    QCOMPARE(codec.nanCode().has_value(), nanCode >= 0);
    if (nanCode < 0)
        return;
    QCOMPARE(static_cast<int>(*codec.nanCode()), nanCode);
    QVERIFY(codec.isNan(*codec.nanCode()));
    QVERIFY(std::isnan(codec.decode(*codec.nanCode())));
}

void TestScaleCodec::theTopExponentOfExponentCodecsIsNoScale()
{
    for (const auto& [id, mantissaBits] : {std::pair{ScaleCodecId::E8M0, 0}, std::pair{ScaleCodecId::E8M1, 1},
             std::pair{ScaleCodecId::E8M2, 2}, std::pair{ScaleCodecId::E8M3, 3}}) {
        const ScaleCodec codec(id);
        for (std::uint32_t code = 255U << mantissaBits; code < 256U << mantissaBits; ++code)
            QVERIFY(codec.isNan(code));
        QVERIFY(!codec.isNan((255U << mantissaBits) - 1));
    }
}

void TestScaleCodec::float32IsTakenAsItIs()
{
    const ScaleCodec codec(ScaleCodecId::FP32);
    for (const float value : {0.0F, 1e-45F, 1.1754944e-38F, 0.1F, 1.0F, 3.4028235e38F}) {
        const StoredScale stored = codec.encode(static_cast<double>(value));
        QCOMPARE(stored.value, static_cast<double>(value));
        QCOMPARE(codec.decode(stored.code), static_cast<double>(value));
    }
    QCOMPARE(codec.encode(0.1).value, static_cast<double>(0.1F));
    QCOMPARE(codec.encode(1e300).value, static_cast<double>(std::numeric_limits<float>::max()));
    QVERIFY(codec.isNan(0x7F800001));
}

void TestScaleCodec::aDyadicScaleHas31Bits_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<quint64>("integer");
    QTest::addColumn<int>("exponent");  // of the value as integer * 2^(exponent - 31)
    const quint64 half = quint64{1} << 30U;
    const quint64 most = (quint64{1} << 31U) - 1;
    QTest::newRow("one") << 1.0 << half << 1;
    QTest::newRow("three quarters") << 0.75 << 3 * (half / 2) << 0;
    QTest::newRow("a third") << 1.0 / 3 << quint64{1431655765} << -1;  // round(2^32 / 3)
    QTest::newRow("half a step is rounded up") << 1.0 + std::ldexp(1.0, -31) << half + 1 << 1;
    QTest::newRow("less than half a step") << 1.0 + std::ldexp(0.99, -31) << half << 1;
    QTest::newRow("a carry moves to the next power") << 2.0 - std::ldexp(1.0, -32) << half << 2;
    QTest::newRow("smallest float32") << std::ldexp(1.0, -149) << half << -148;
    QTest::newRow("largest") << std::ldexp(1.0, 95) - std::ldexp(1.0, 64) << most << 95;
    QTest::newRow("beyond the largest") << std::ldexp(1.0, 95) << most << 95;
    QTest::newRow("far beyond the largest") << 1e300 << most << 95;
}

void TestScaleCodec::aDyadicScaleHas31Bits()
{
    QFETCH(double, value);
    QFETCH(quint64, integer);
    QFETCH(int, exponent);
    const ScaleCodec codec(ScaleCodecId::DYADIC);
    const StoredScale stored = codec.encode(value);
    QCOMPARE(static_cast<quint64>(stored.code), static_cast<quint64>(exponent + 160) << 31U | integer);
    QCOMPARE(stored.value, std::ldexp(static_cast<double>(integer), exponent - 31));
    QCOMPARE(codec.decode(stored.code), stored.value);
    QCOMPARE(codec.encode(stored.value).code, stored.code);
}

void TestScaleCodec::dyadicScalesAreTheNearest()
{
    const ScaleCodec codec(ScaleCodecId::DYADIC);
    double last = 0.0;
    for (double value = 1e-40; value < 1e28; value *= 1.0137) {
        const StoredScale stored = codec.encode(value);
        QVERIFY(std::fabs(stored.value - value) <= std::ldexp(value, -31));
        QVERIFY(stored.value > last);
        QCOMPARE(codec.encode(stored.value).code, stored.code);
        last = stored.value;
    }
    QCOMPARE(codec.encode(0.0).value, 0.0);
}

void TestScaleCodec::powersOfTwoAreTold()
{
    for (const auto& entry : kScaleCodecNames) {
        const bool expected = entry.value == ScaleCodecId::E8M0 || entry.value == ScaleCodecId::E5M0
            || entry.value == ScaleCodecId::SHIFT2;
        QCOMPARE(ScaleCodec(entry.value).isPowerOfTwo(), expected);
        QCOMPARE(isPowerOfTwoCodec(entry.value), expected);
    }
}

QTEST_APPLESS_MAIN(TestScaleCodec)
#include "tst_scale_codec.moc"
