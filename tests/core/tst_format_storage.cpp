#include "nominal_bits.h"

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
    void whatATensorStoresOnceIsCounted_data();
    void whatATensorStoresOnceIsCounted();
    void metadataFieldsAreInTheOrderOfThePackedStream_data();
    void metadataFieldsAreInTheOrderOfThePackedStream();
};

namespace {

FormatSpec spec(const QString& format)
{
    return parseFormat(format.toStdString()).spec;
}

}  // namespace

void TestFormatStorage::nominalBitsEqualTheTable_data()
{
    QTest::addColumn<double>("bits");
    for (const NominalBits& row : kNominalBits)
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
    for (const NominalBits& row : kNominalBits)
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
    row("INT4_g128_asym", 128, 16 + 4);
    row("INT4_g128_minimum", 7, 16 + 16);
    row("HAWQ_INT4", 100, 39);
    row("ShiftQuant", 100, 2);
    row("BF16", 32, 0);
    row("ANT", 100, 32);                              // the tensor says which codebook
    row("BitMoD4_UINT8", 128, 8 + 2);                 // a scale in steps of the tensor's, one of four codebooks
    row("SqueezeLLM_3", 100, 8 * 16);                 // eight levels of its own
    row("INT4_2of4", 128, 16 + 64 * 2);               // positions of the 64 kept
    row("INT4_2of4", 6, 16 + 4 * 2);                  // two of the first four, two of the other two
    row("MX_OPAL", 128, 8 + 4 * (7 + 16));            // four exceptions
    row("LLM_int8:geometry.block=128", 128, 16 + 8);  // how many exceptions, 0 to 128
    row("Q4_K", 256, 16 + 16 + 8 * (6 + 6));
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
    row("SMX6", 16, 12);           // Quark's MX6 block
    row("M2XFP_weight", 40, 24);   // 16 + 128 + 8 + 2 + 32 = 186 bits
    row("NVFP4", 64, 36);          // ggml's block_nvfp4
    row("INT4_channel", 100, 52);  // 16 + 400 bits
    row("INT4_2of4", 128, 50);     // 16 + 64 * (4 + 2) bits
    row("SqueezeLLM_4", 100, 82);  // 16 * 16 + 400 bits
    row("Fairy2i_3", 100, 38);     // 300 bits
    row("Q4_0", 64, 36);
    row("Q6_K", 512, 420);
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
    QCOMPARE(storedBitsPerElement(spec("DFP8"), 1, 16), 8.0 + 8.0 / 16);
    QCOMPARE(storedBitsPerElement(spec("LloydMax_2"), 2, 64), 2.0 + 4 * 32.0 / 128);
}

void TestFormatStorage::whatATensorStoresOnceIsCounted_data()
{
    QTest::addColumn<quint64>("bits");
    const auto row = [](const char* format, quint64 bits) { QTest::newRow(format) << bits; };
    row("MXFP4", 0);
    row("NVFP4", 32);
    row("DFP8", 8);                           // one exponent
    row("Fixed_4_2", 0);                      // the exponent is the format's
    row("DFP8:tensor_scale.exponent=-3", 0);  // the same
    row("ANT", 8);                            // which codebook
    row("Diffusion_FP4", 32 + 8);             // and a scale
    row("LloydMax_4", 16 * 32);               // the levels, float32
    row("SqueezeLLM_4", 0);                   // the levels are the rows'
    row("iFairy", 4 * 32);                    // two scales for each of two matrices
    row("Fairy2i_3", 3 * 4 * 32);
    row("ARCQuant", 32);  // the parts share one
    row("COMET", 0);
}

void TestFormatStorage::whatATensorStoresOnceIsCounted()
{
    QFETCH(quint64, bits);
    QCOMPARE(static_cast<quint64>(tensorBits(spec(QTest::currentDataTag()))), bits);
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
    QTest::newRow("zero point") << "INT4_g128_asym" << QStringList{"offset 4 block"};
    QTest::newRow("minimum") << "INT4_g128_minimum" << QStringList{"offset 16 block"};
    QTest::newRow("fitted codebook and sparse outliers")
        << "SqueezeLLM_3_sparse"
        << QStringList{"levels 16 level", "exceptions 8 block", "index 7 exception", "exception value 16 exception"};
    QTest::newRow("columns of a block") << "LLM_int8:geometry.block=128"
                                        << QStringList{"exceptions 8 block", "index 7 exception",
                                               "exception value 16 exception"};
    QTest::newRow("largest of a block") << "MX_OPAL"
                                        << QStringList{"index 7 exception", "exception value 16 exception"};
    QTest::newRow("two of four") << "INT4_2of4" << QStringList{"kept 2 kept"};
    QTest::newRow("codebook of the tensor") << "ANT" << QStringList{};
    QTest::newRow("Q4_K") << "Q4_K"
                          << QStringList{
                                 "super-block minimum 16 block", "sub-block scale 6 sub", "sub-block minimum 6 sub"};
}

void TestFormatStorage::metadataFieldsAreInTheOrderOfThePackedStream()
{
    QFETCH(QString, format);
    QFETCH(QStringList, fields);
    const QMap<MetaUnit, QString> unitNames{{MetaUnit::Block, "block"}, {MetaUnit::Subgroup, "sub"},
        {MetaUnit::Exception, "exception"}, {MetaUnit::Kept, "kept"}, {MetaUnit::Flagged, "flagged"},
        {MetaUnit::Level, "level"}};
    QStringList actual;
    for (const MetaField& field : metaFields(resolved(spec(format), 100)))
        actual << QString("%1 %2 %3")
                      .arg(QString::fromStdString(field.name))
                      .arg(field.storedBits())
                      .arg(unitNames.value(field.unit));
    QCOMPARE(actual, fields);
}

QTEST_APPLESS_MAIN(TestFormatStorage)
#include "tst_format_storage.moc"
