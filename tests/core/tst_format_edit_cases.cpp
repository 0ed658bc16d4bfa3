#include "refusal.h"

#include "core/format/codebook.h"
#include "core/format/format_json.h"
#include "core/format/preset.h"

#include <QTest>

using namespace nanoscope;

/// What an edit takes along, case by case (oracle: presets that differ in what was edited, and the formats'
/// definitions).
class TestFormatEditCases : public QObject {
    Q_OBJECT

private slots:
    void bitsOfAFloatBookAreMantissaBits();
    void bitsOfAnIntegerBookKeepTheLargestOctave();
    void uniformBookHasTheTopOctaveOfTheFloatBook_data();
    void uniformBookHasTheTopOctaveOfTheFloatBook();
    void techniquesOnMxfp4AddUpToNxfp4();
    void widthsOfOneFamilyAreEditsOfEachOther_data();
    void widthsOfOneFamilyAreEditsOfEachOther();
    void subgroupThatNoLongerDividesTheBlockGoes();
    void microScopiQKeepsItsMicroBlocks();
    void limitsDoNotOutliveTheirCodec();
    void tensorScaleFitsTheNewCodec();
    void scaleCodecsThatCountTheTensorScaleBringOne();
    void scaleOfTheTensorMovesToTheBlocks();
    void finerLadderFollowsTheElement();
};

void TestFormatEditCases::bitsOfAFloatBookAreMantissaBits()
{
    const FormatSpec spec = findPreset("MXFP4")->spec;
    const std::vector<std::string> names{"E1M0", "E2M0", "E2M1", "E2M2", "E2M3", "E2M4", "E2M5"};
    for (int bits = 2; bits <= 8; ++bits)
        QCOMPARE(withCodeBits(spec, bits).elements.front().id, names[static_cast<std::size_t>(bits - 2)]);
}

void TestFormatEditCases::bitsOfAnIntegerBookKeepTheLargestOctave()
{
    const FormatSpec spec = withCodeBits(findPreset("MXINT8")->spec, 4);
    QVERIFY(spec.elements == findPreset("MXINT4")->spec.elements);
    const FormatSpec six = withCodeBits(findPreset("NxFP4")->spec, 6);
    QVERIFY(six == findPreset("NxFP6")->spec);
    QVERIFY(withCodeBits(six, 4) == findPreset("NxFP4")->spec);
}

void TestFormatEditCases::uniformBookHasTheTopOctaveOfTheFloatBook_data()
{
    QTest::addColumn<QString>("preset");
    for (const char* preset : {"MXFP4", "MXFP5_E2M2", "MXFP6_E2M3", "MXFP6_E3M2", "MXFP8_E4M3", "MXFP8_E5M2", "MXINT8"})
        QTest::newRow(preset) << QString(preset);
}

void TestFormatEditCases::uniformBookHasTheTopOctaveOfTheFloatBook()
{
    QFETCH(QString, preset);
    const FormatSpec spec = withAdaptiveMicroexponent(findPreset(preset.toStdString())->spec, true);
    const Codebook first(spec.elements[0], spec.tie);
    const Codebook uniform(spec.elements[1], spec.tie);
    QCOMPARE(uniform.largestExponent(), first.largestExponent());
    QCOMPARE(uniform.codeBits(), first.codeBits());
}

void TestFormatEditCases::techniquesOnMxfp4AddUpToNxfp4()
{
    FormatSpec spec = findPreset("MXFP4")->spec;
    spec = withMicroBits(spec, 2);
    QVERIFY(spec == findPreset("NxFP4_NM")->spec);
    spec = withAdaptiveMicroexponent(spec, true);
    spec = withCodeRecycling(spec, true);
    QVERIFY(spec == findPreset("NxFP4")->spec);
    QVERIFY(withCodeRecycling(withAdaptiveMicroexponent(withMicroBits(spec, 0), false), false)
        == findPreset("MXFP4")->spec);
    QVERIFY(withAdaptiveMicroexponent(findPreset("MXFP4")->spec, true) == findPreset("NxFP4_AM")->spec);
    QVERIFY(withCodeRecycling(findPreset("MXFP4")->spec, true) == findPreset("NxFP4_CR")->spec);
    QVERIFY(withScaleCodec(findPreset("NxFP4")->spec, ScaleCodecId::E5M0) == findPreset("NxFP4_E5")->spec);
}

void TestFormatEditCases::widthsOfOneFamilyAreEditsOfEachOther_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<int>("bits");
    QTest::addColumn<QString>("to");
    const auto row = [](const char* from, int bits, const char* to) {
        QTest::newRow(qPrintable(QString("%1 to %2").arg(from, to))) << QString(from) << bits << QString(to);
    };
    row("INT4_g128", 8, "INT8_g128");
    row("INT8_g128", 3, "INT3_g128");
    row("INT4_g128_full", 8, "INT8_g128_full");
    row("INT8_channel_full", 4, "INT4_channel_full");
    row("INT4_channel_asym", 8, "INT8_channel_asym");
    row("HAWQ_INT8", 4, "HAWQ_INT4");
    row("DFP16", 8, "DFP8");
    row("QFX_8", 6, "QFX_6");
    row("DoubleRounding_6", 2, "DoubleRounding_2");
    row("DoubleRounding_3", 4, "DoubleRounding_4");
    row("PMPD_2", 3, "PMPD_3");
    row("Bipolar_INT4", 2, "Bipolar_INT2");
    row("Posit8_1", 6, "Posit6_1");
    row("LloydMax_2", 4, "LloydMax_4");
    row("SqueezeLLM_3", 4, "SqueezeLLM_4");
    row("MicroScopiQ", 2, "MicroScopiQ_2");
    row("FP5_E2M2_g128", 4, "FP4_g128");
    row("BF16", 13, "BF16_E8M4");
}

void TestFormatEditCases::widthsOfOneFamilyAreEditsOfEachOther()
{
    QFETCH(QString, from);
    QFETCH(int, bits);
    QFETCH(QString, to);
    const FormatSpec edited = withCodeBits(findPreset(from.toStdString())->spec, bits);
    QCOMPARE(QString::fromStdString(canonicalText(edited)),
        QString::fromStdString(canonicalText(findPreset(to.toStdString())->spec)));
}

void TestFormatEditCases::subgroupThatNoLongerDividesTheBlockGoes()
{
    const FormatSpec spec = findPreset("M2XFP_weight")->spec;
    QCOMPARE(withBlock(spec, 16).geometry.sub, std::optional<int>(8));
    QCOMPARE(withBlock(spec, 8).geometry.sub, std::optional<int>());
    QCOMPARE(withBlock(spec, 4).geometry.sub, std::optional<int>());
}

void TestFormatEditCases::microScopiQKeepsItsMicroBlocks()
{
    const FormatSpec spec = withBlock(findPreset("MicroScopiQ")->spec, 64);
    QCOMPARE(spec.geometry.block, 64);
    QCOMPARE(spec.geometry.subgroup(), 8);
    QCOMPARE(lineOf(refusalOf([&] { return withBlock(spec, 12); })),
        QString("geometry.block: MicroScopiQ cuts a block into whole micro-blocks; take a multiple of 8"));
}

void TestFormatEditCases::limitsDoNotOutliveTheirCodec()
{
    const FormatSpec spec = withScaleCodec(findPreset("NVFP4_modelopt")->spec, ScaleCodecId::E5M2);
    QVERIFY(!spec.scale.minimum && !spec.scale.maximum);
}

void TestFormatEditCases::tensorScaleFitsTheNewCodec()
{
    // NVFP4's tensor scale puts the largest block scale on 448; E3M3 ends at 28.
    const FormatSpec spec = withScaleCodec(findPreset("NVFP4")->spec, ScaleCodecId::E3M3);
    QCOMPARE(spec.tensorScale->target, 28.0 * 6.0);
    QCOMPARE(withScaleCodec(findPreset("NVFP4")->spec, ScaleCodecId::FP16).tensorScale->target, 2688.0);
}

void TestFormatEditCases::scaleCodecsThatCountTheTensorScaleBringOne()
{
    // UINT8 counts to 255, and the largest level is 6; 2^0 is the largest shift.
    QCOMPARE(withScaleCodec(findPreset("MXFP4")->spec, ScaleCodecId::UINT8).tensorScale->target, 255.0 * 6.0);
    QCOMPARE(withScaleCodec(findPreset("NVFP4")->spec, ScaleCodecId::UINT8).tensorScale->target, 255.0 * 6.0);
    QCOMPARE(withScaleCodec(findPreset("INT4_g128")->spec, ScaleCodecId::SHIFT2).tensorScale->target, 7.0);
    // Four over six: the larger of the two scales is that with 4 for the block maximum.
    QCOMPARE(withScaleCodec(findPreset("NVFP4_4over6")->spec, ScaleCodecId::UINT8).tensorScale->target, 255.0 * 4.0);
    // BitMoD with scales of 8 bits is BitMoD with the codec changed, but for FP16's way with an all-zero block.
    FormatSpec bitmod = withScaleCodec(findPreset("BitMoD3")->spec, ScaleCodecId::UINT8);
    bitmod.scale.zero = ZeroScale::Smallest;
    QCOMPARE(bitmod.tensorScale->target, 255.0 * 4.0);
    FormatSpec published = findPreset("BitMoD3_UINT8")->spec;
    published.tensorScale->target = bitmod.tensorScale->target;
    QCOMPARE(QString::fromStdString(canonicalText(bitmod)), QString::fromStdString(canonicalText(published)));
}

void TestFormatEditCases::scaleOfTheTensorMovesToTheBlocks()
{
    const FormatSpec integers = withScaleCodec(findPreset("INT8_tensor_clip")->spec, ScaleCodecId::FP16);
    QVERIFY(!integers.tensorScale);
    QCOMPARE(integers.scale.clips, findPreset("INT8_tensor_clip")->spec.tensorScale->clips);
    const FormatSpec binary = withScaleCodec(findPreset("BitNet")->spec, ScaleCodecId::FP16);
    QVERIFY(!binary.tensorScale && binary.scale.statistic == ScaleStatistic::MeanAbsolute);
}

void TestFormatEditCases::finerLadderFollowsTheElement()
{
    const FormatSpec spec = withCodeBits(findPreset("M2XFP_act")->spec, 5);
    QCOMPARE(spec.special->fine.id, std::string("E2M4"));
    QCOMPARE(spec.special->fine.codeBits(), 7);
}

QTEST_APPLESS_MAIN(TestFormatEditCases)
#include "tst_format_edit_cases.moc"
