#include "core/format/format_json.h"
#include "core/format/format_storage.h"
#include "core/format/preset.h"

#include <QTest>

#include <cmath>

using namespace nanoscope;

/// Stored bits (oracle: the published or derived bits per element of every preset, and sums by hand).
class TestFormatStorage : public QObject {
    Q_OBJECT

private slots:
    void nominalBitsEqualTheTable_data();
    void nominalBitsEqualTheTable();
    void theTableNamesEveryPreset();
    void headerBitsAreScaleAndMetadata_data();
    void headerBitsAreScaleAndMetadata();
    void aRowIsPaddedToAByte_data();
    void aRowIsPaddedToAByte();
    void storedBitsCountTheTensorScaleAndThePadding();
    void metadataFieldsAreInTheOrderOfThePackedStream_data();
    void metadataFieldsAreInTheOrderOfThePackedStream();
};

namespace {

struct Row {
    const char* preset;
    double bits;
};

/// Bits per element of whole blocks, without a tensor scale.
constexpr Row kTable[]{
    {"MXFP8_E5M2", 8.25},
    {"MXFP8_E4M3", 8.25},
    {"MXFP8_E4M3_rceil", 8.25},
    {"MXFP6_E3M2", 6.25},
    {"MXFP6_E2M3", 6.25},
    {"MXFP5_E2M2", 5.25},
    {"MXFP4", 4.25},
    {"MXFP4_rceil", 4.25},
    {"MXFP4_ceil", 4.25},
    {"MXFP4_even", 4.25},
    {"MXFP4_rtn_max", 4.25},
    {"MXFP4_rtn_pow", 4.25},
    {"MXFP4_half_away", 4.25},
    {"MXFP4_ggml", 4.25},
    {"MXFP4_modelopt", 4.25},
    {"MXINT8", 8.25},
    {"MXINT8_asym", 8.25},
    {"MXINT6", 6.25},
    {"MXINT4", 4.25},
    {"MXINT4_rceil", 4.25},
    {"MSFP12", 4.5},
    {"MSFP16", 8.5},
    {"SMX4", 4},
    {"SMX6", 6},
    {"SMX9", 9},
    {"MXFP4+", 4.5},
    {"MXFP6+", 6.5},
    {"MXFP8+", 8.5},
    {"MXFP4++", 4.5},
    {"NVFP4", 4.5},
    {"NVFP4_modelopt", 4.5},
    {"NVFP4_torchao", 4.5},
    {"NVFP4_4over6", 4.5},
    {"NVINT4", 4.5},
    {"FP4_UE5M3", 4.5},
    {"IF4", 4.5},
    {"AMXFP4_pot", 4.5},
    {"AMXFP4_fp8", 4.5},
    {"RaZeR_NVFP4", 4.5625},
    {"RaZeR_MXFP4", 4.3125},
    {"MXFFP4_w", 4.28125},
    {"MXFFP4_a", 4.28125},
    {"M2XFP_weight", 4.5},
    {"M2XFP_weight_fixed", 4.5},
    {"M2XFP_act", 4.5},
    {"M2_NVFP4_weight", 5},
    {"NxFP4", 4.34375},
    {"NxFP4_NM", 4.3125},
    {"NxFP4_AM", 4.28125},
    {"NxFP4_CR", 4.25},
    {"NxFP5", 5.34375},
    {"NxFP5_NM", 5.3125},
    {"NxFP5_AM", 5.28125},
    {"NxFP5_CR", 5.25},
    {"NxFP6", 6.34375},
    {"NxFP6_NM", 6.3125},
    {"NxFP6_AM", 6.28125},
    {"NxFP6_CR", 6.25},
    {"NxFP4_E5", 4.25},
    {"NxFP5_E5", 5.25},
    {"NxFP6_E5", 6.25},
    {"NxFP4_NM_amax", 4.3125},
    {"NxFP4_NM_mant", 4.3125},
    {"NxFP4_NM_free", 4.3125},
    {"NxFP4_NM_wide", 4.3125},
};

FormatSpec spec(const QString& format)
{
    return parseFormat(format.toStdString()).spec;
}

}  // namespace

void TestFormatStorage::nominalBitsEqualTheTable_data()
{
    QTest::addColumn<double>("bits");
    for (const Row& row : kTable)
        QTest::newRow(row.preset) << row.bits;
}

void TestFormatStorage::nominalBitsEqualTheTable()
{
    QFETCH(double, bits);
    QCOMPARE(nominalBitsPerElement(spec(QTest::currentDataTag())), bits);
}

void TestFormatStorage::theTableNamesEveryPreset()
{
    QStringList named;
    for (const Row& row : kTable)
        named << row.preset;
    for (const Preset& preset : loadPresets())
        QVERIFY2(named.contains(QString::fromStdString(preset.name)), preset.name.c_str());
}

void TestFormatStorage::headerBitsAreScaleAndMetadata_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<quint64>("length");
    QTest::addColumn<quint64>("bits");
    const auto row = [](const char* format, quint64 length, quint64 bits) {
        QTest::newRow(qPrintable(QString("%1, %2 elements").arg(format).arg(length)))
            << QString(format) << length << bits;
    };
    row("MXFP4", 32, 8);
    row("MXFP4", 1, 8);  // a short block has a whole scale
    row("NxFP4", 32, 8 + 2 + 1);
    row("NxFP4_E5", 32, 5 + 2 + 1);
    row("AMXFP4_pot", 32, 16);
    row("M2XFP_weight", 32, 8 + 4 * 2);
    row("M2XFP_weight", 17, 8 + 3 * 2);  // three subgroups, the last of one element
    row("SMX4", 16, 8 + 8);
    row("SMX4", 3, 8 + 2);
    row("MXFP4+", 32, 8 + 5 + 3);
    row("MXFP4+:geometry.block=64", 64, 8 + 6 + 3);
    row("MXFP4++", 32, 8 + 5 + 3);
    row("IF4", 16, 8);  // the selector rides in the scale's sign
    row("IF4:chooser.bits=1", 16, 9);
    row("RaZeR_MXFP4", 32, 8 + 2);
    row("NxFP4:scale.codec=FP32", 32, 32 + 2 + 1);
}

void TestFormatStorage::headerBitsAreScaleAndMetadata()
{
    QFETCH(QString, format);
    QFETCH(quint64, length);
    QFETCH(quint64, bits);
    QCOMPARE(static_cast<quint64>(blockHeaderBits(spec(format), length)), bits);
}

void TestFormatStorage::aRowIsPaddedToAByte_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<quint64>("length");
    QTest::addColumn<quint64>("bytes");
    const auto row = [](const char* format, quint64 length, quint64 bytes) {
        QTest::newRow(qPrintable(QString("%1, %2 elements").arg(format).arg(length)))
            << QString(format) << length << bytes;
    };
    row("MXFP4", 0, 0);
    row("MXFP4", 1, 2);    // 8 + 4 bits
    row("MXFP4", 32, 17);  // ggml's block_mxfp4
    row("MXFP4", 45, 25);  // 2 * 8 + 45 * 4 = 196 bits
    row("NxFP4", 32, 18);  // 11 + 128 = 139 bits
    row("NxFP4", 64, 35);  // blocks follow each other bitwise: 278 bits
    row("MSFP12", 16, 9);
    row("SMX6", 16, 12);          // Quark's MX6 block
    row("M2XFP_weight", 40, 24);  // 16 + 128 + 8 + 2 + 32 = 186 bits
    row("NVFP4", 64, 36);         // ggml's block_nvfp4
}

void TestFormatStorage::aRowIsPaddedToAByte()
{
    QFETCH(QString, format);
    QFETCH(quint64, length);
    QFETCH(quint64, bytes);
    QCOMPARE(static_cast<quint64>(packedRowBytes(spec(format), length)), bytes);
}

void TestFormatStorage::storedBitsCountTheTensorScaleAndThePadding()
{
    QCOMPARE(storedBitsPerElement(spec("MXFP4"), 3, 64), 4.25);
    QCOMPARE(storedBitsPerElement(spec("MXFP4"), 2, 45), 25.0 * 8 / 45);
    QCOMPARE(storedBitsPerElement(spec("NVFP4"), 4, 16), 4.5 + 32.0 / 64);
    QCOMPARE(storedBitsPerElement(spec("NVFP4"), 1, 1), 16.0 + 32.0);
    QCOMPARE(storedBitsPerElement(spec("MXFP4"), 0, 0), 4.25);  // nothing stored: the nominal figure
}

void TestFormatStorage::metadataFieldsAreInTheOrderOfThePackedStream_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QStringList>("fields");
    QTest::newRow("MXFP4") << "MXFP4" << QStringList{};
    QTest::newRow("NxFP4") << "NxFP4" << QStringList{"NanoMantissa 2 block", "codebook 1 block"};
    QTest::newRow("M2XFP_weight") << "M2XFP_weight" << QStringList{"subgroup mantissa 2 sub"};
    QTest::newRow("SMX4") << "SMX4" << QStringList{"microexponent 1 sub"};
    QTest::newRow("IF4") << "IF4" << QStringList{"codebook 0 block"};
    QTest::newRow("MXFP4+") << "MXFP4+"
                            << QStringList{"index 5 block", "reserved 3 block", "exception mantissa 0 block"};
    QTest::newRow("MXFP4++") << "MXFP4++"
                             << QStringList{"index 5 block", "exponent offset of the others 3 block",
                                    "exception mantissa 0 block"};
    QTest::newRow("M2XFP_act") << "M2XFP_act" << QStringList{"top-1 mantissa 2 sub"};
}

void TestFormatStorage::metadataFieldsAreInTheOrderOfThePackedStream()
{
    QFETCH(QString, format);
    QFETCH(QStringList, fields);
    QStringList actual;
    for (const MetaField& field : metaFields(spec(format)))
        actual << QString("%1 %2 %3")
                      .arg(QString::fromStdString(field.name))
                      .arg(field.storedBits())
                      .arg(field.unit == Unit::Block ? "block" : "sub");
    QCOMPARE(actual, fields);
}

QTEST_APPLESS_MAIN(TestFormatStorage)
#include "tst_format_storage.moc"
