#include "core/half.h"
#include "core/io/element_decode.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

using namespace nanoscope;

namespace {

// The definition of a small binary float, in double and by ldexp: the oracle for every pattern but NaN.
double valueByDefinition(std::uint32_t bits, int exponentBits, int mantissaBits)
{
    const int bias = (1 << (exponentBits - 1)) - 1;
    const std::uint32_t mantissa = bits & ((1u << mantissaBits) - 1u);
    const int exponent = static_cast<int>((bits >> mantissaBits) & ((1u << exponentBits) - 1u));
    const double sign = (bits >> (mantissaBits + exponentBits)) != 0 ? -1.0 : 1.0;
    if (exponent == (1 << exponentBits) - 1)
        return mantissa == 0 ? sign * std::numeric_limits<double>::infinity() : std::nan("");
    if (exponent == 0)
        return sign * std::ldexp(mantissa, 1 - bias - mantissaBits);
    return sign * std::ldexp(mantissa + (1u << mantissaBits), exponent - bias - mantissaBits);
}

void compareWithDefinition(float (*decode)(std::uint16_t), int exponentBits, int mantissaBits)
{
    for (std::uint32_t bits = 0; bits < 65536; ++bits) {
        const float decoded = decode(static_cast<std::uint16_t>(bits));
        const double expected = valueByDefinition(bits, exponentBits, mantissaBits);
        const bool same = std::isnan(expected)
            ? std::isnan(decoded)
            : double{decoded} == expected && std::signbit(decoded) == std::signbit(expected);
        QVERIFY2(same, qPrintable(QStringLiteral("pattern 0x%1").arg(bits, 4, 16)));
    }
}

std::uint32_t bitsOf(float value)
{
    return std::bit_cast<std::uint32_t>(value);
}

float decodeOne(std::span<const std::uint8_t> bytes, ElementEncoding encoding)
{
    float value = 0;
    decodeElements(std::as_bytes(bytes), encoding, std::span(&value, 1));
    return value;
}

}  // namespace

class TestHalf : public QObject {
    Q_OBJECT

private slots:
    void everyHalfPatternHasItsDefinedValue() { compareWithDefinition(halfToFloat, 5, 10); }

    void everyBfloat16PatternHasItsDefinedValue() { compareWithDefinition(bfloat16ToFloat, 8, 7); }

    void nanPayloadsAndSignsSurvive()
    {
        for (std::uint32_t payload = 1; payload < 1024; ++payload)
            for (const std::uint32_t sign : {0u, 1u}) {
                const auto half = static_cast<std::uint16_t>(sign << 15 | 0x7C00u | payload);
                QCOMPARE(bitsOf(halfToFloat(half)), sign << 31 | 0x7F800000u | payload << 13);
            }
        QCOMPARE(bitsOf(bfloat16ToFloat(0xFFA5)), 0xFFA50000u);
    }

    void bothByteOrdersGiveTheSameValue_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<QByteArray>("bigEndian");
        QTest::addColumn<float>("value");
        QTest::newRow("f16") << int(ElementType::F16) << QByteArray::fromHex("c100") << -2.5f;
        QTest::newRow("f16 smallest subnormal") << int(ElementType::F16) << QByteArray::fromHex("0001") << 0x1p-24f;
        QTest::newRow("bf16") << int(ElementType::Bf16) << QByteArray::fromHex("4049") << 3.140625f;
        QTest::newRow("f32") << int(ElementType::F32) << QByteArray::fromHex("3dcccccd") << 0.1f;
        QTest::newRow("f32 smallest subnormal")
            << int(ElementType::F32) << QByteArray::fromHex("00000001") << 0x1p-149f;
        QTest::newRow("f64") << int(ElementType::F64) << QByteArray::fromHex("3fb999999999999a") << 0.1f;
    }

    void bothByteOrdersGiveTheSameValue()
    {
        QFETCH(const int, type);
        QFETCH(const QByteArray, bigEndian);
        QFETCH(const float, value);
        const auto elementType = static_cast<ElementType>(type);
        std::vector<std::uint8_t> bytes(bigEndian.begin(), bigEndian.end());
        QCOMPARE(bytes.size(), elementBytes(elementType));
        QCOMPARE(bitsOf(decodeOne(bytes, {elementType, std::endian::big})), bitsOf(value));
        std::reverse(bytes.begin(), bytes.end());
        QCOMPARE(bitsOf(decodeOne(bytes, {elementType, std::endian::little})), bitsOf(value));
    }

    void float64IsRoundedToNearestEven_data()
    {
        QTest::addColumn<double>("stored");
        QTest::addColumn<float>("value");
        QTest::newRow("tie to even below") << 1.0 + 0x1p-24 << 1.0f;
        QTest::newRow("tie to even above") << 1.0 + 3 * 0x1p-24 << 1.0f + 0x1p-22f;
        QTest::newRow("above a tie") << 1.0 + 0x1p-24 + 0x1p-50 << 1.0f + 0x1p-23f;
        QTest::newRow("subnormal tie") << 0x1p-150 << 0.0f;
        QTest::newRow("subnormal") << 0x1.8p-150 << 0x1p-149f;
        QTest::newRow("largest that stays finite") << 0x1.fffffefffffffp127 << std::numeric_limits<float>::max();
        QTest::newRow("smallest that overflows") << 0x1.ffffffp127 << std::numeric_limits<float>::infinity();
        QTest::newRow("far overflow") << -1e300 << -std::numeric_limits<float>::infinity();
        QTest::newRow("negative zero") << -0.0 << -0.0f;
    }

    void float64IsRoundedToNearestEven()
    {
        QFETCH(const double, stored);
        QFETCH(const float, value);
        const auto bytes = std::bit_cast<std::array<std::uint8_t, sizeof(double)>>(stored);
        QCOMPARE(bitsOf(decodeOne(bytes, {ElementType::F64, std::endian::native})), bitsOf(value));
    }

    void manyElementsKeepTheirOrder()
    {
        std::vector<std::uint16_t> patterns(1000);
        for (std::size_t i = 0; i < patterns.size(); ++i)
            patterns[i] = static_cast<std::uint16_t>(i * 61);
        std::vector<float> values(patterns.size());
        decodeElements(std::as_bytes(std::span(patterns)), {ElementType::F16, std::endian::native}, values);
        for (std::size_t i = 0; i < patterns.size(); ++i)
            QCOMPARE(bitsOf(values[i]), bitsOf(halfToFloat(patterns[i])));
    }
};

QTEST_APPLESS_MAIN(TestHalf)
#include "tst_half.moc"
