#include "fitting_shape.h"
#include "made_tensor.h"
#include "packed_of.h"
#include "refusal.h"

#include "core/format/codebook.h"
#include "core/format/format_text.h"
#include "core/format/preset.h"
#include "core/format/scale_codec.h"
#include "core/quant/cast.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace nanoscope;

/// The edits behind the window's controls: every preset under every value of every control (oracle: validated(), the
/// round trip through packed bits, and the formats' definitions).
class TestFormatEdit : public QObject {
    Q_OBJECT

private slots:
    void editsKeepTheSpecValid_data();
    void editsKeepTheSpecValid();
    void editsThatChangeNothingReturnTheSameSpec_data();
    void editsThatChangeNothingReturnTheSameSpec();
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
    void refusedEditsSayWhatToDo_data();
    void refusedEditsSayWhatToDo();
    void finerLadderFollowsTheElement();
};

namespace {

enum class Control { Bits, Block, Codec, Micro, Adaptive, Recycling };

/// One control of the window set to one value.
struct NamedEdit {
    QString name;
    Control control;
    int value = 0;
};

std::vector<NamedEdit> allEdits()
{
    std::vector<NamedEdit> edits;
    for (int bits = 2; bits <= 8; ++bits)
        edits.push_back({QString("bits %1").arg(bits), Control::Bits, bits});
    for (int block = 8; block <= 1024; block *= 2)
        edits.push_back({QString("block %1").arg(block), Control::Block, block});
    for (const auto& entry : kScaleCodecNames)
        edits.push_back({QString("codec %1").arg(QString::fromStdString(std::string(entry.text))), Control::Codec,
            static_cast<int>(entry.value)});
    for (int bits = 0; bits <= 3; ++bits)
        edits.push_back({QString("micro bits %1").arg(bits), Control::Micro, bits});
    for (const int on : {0, 1}) {
        edits.push_back({QString("adaptive %1").arg(on), Control::Adaptive, on});
        edits.push_back({QString("recycling %1").arg(on), Control::Recycling, on});
    }
    return edits;
}

FormatSpec edited(const FormatSpec& spec, const NamedEdit& edit)
{
    switch (edit.control) {
    case Control::Bits:
        return withCodeBits(spec, edit.value);
    case Control::Block:
        return withBlock(spec, edit.value);
    case Control::Codec:
        return withScaleCodec(spec, static_cast<ScaleCodecId>(edit.value));
    case Control::Micro:
        return withMicroBits(spec, edit.value);
    case Control::Adaptive:
        return withAdaptiveMicroexponent(spec, edit.value == 1);
    case Control::Recycling:
        break;
    }
    return withCodeRecycling(spec, edit.value == 1);
}

/// The control shows the value that was chosen.
bool shows(const FormatSpec& spec, const NamedEdit& edit)
{
    switch (edit.control) {
    case Control::Bits:
        return spec.codeBits() == edit.value;
    case Control::Block:
        return !spec.geometry.wholeRow && spec.geometry.block == edit.value;
    case Control::Codec:
        return spec.scale.codec == static_cast<ScaleCodecId>(edit.value);
    case Control::Micro:
        return (spec.micro ? spec.micro->bits : 0) == edit.value;
    case Control::Adaptive:
        return spec.chooser.has_value() == (edit.value == 1);
    case Control::Recycling:
        break;
    }
    return spec.elements.front().recycle.has_value() == (edit.value == 1);
}

bool anyBook(const FormatSpec& spec, bool (*matches)(const ElementBook&))
{
    return std::any_of(spec.elements.begin(), spec.elements.end(), matches);
}

bool isFitted(const ElementBook& book)
{
    return book.kind == BookKind::Fitted;
}

bool isTable(const ElementBook& book)
{
    return book.kind == BookKind::Table;
}

/// The code of minus zero stands for something, or there is none to recycle.
bool usesMinusZero(const ElementBook& book)
{
    return (book.kind != BookKind::Float && book.kind != BookKind::Integer) || book.midRise
        || (book.kind == BookKind::Float && book.top == TopCodes::Fnuz);
}

bool readsCodes(const ElementBook& book)
{
    return book.nested || book.hotBits > 0 || book.overflow == Overflow::Wrap;
}

/// A mean magnitude times a level, where a power of two follows from the largest magnitude.
bool scalesByMean(const FormatSpec& spec)
{
    const bool isOfTensor = spec.scale.codec == ScaleCodecId::None && spec.tensorScale;
    const ScaleStatistic statistic = isOfTensor ? spec.tensorScale->statistic : spec.scale.statistic;
    return statistic == ScaleStatistic::MeanAbsolute || statistic == ScaleStatistic::Survivors;
}

/// The field whose refusal an edit must come to, empty for an edit that must be taken (from the definitions: what a
/// named encoder, a mix, a table, a fitted codebook and an offset leave free).
QString refusedField(const FormatSpec& spec, const NamedEdit& edit)
{
    const bool isNamed = spec.encoder.id != EncoderId::Search;
    const bool isMicroScopiQ = spec.encoder.id == EncoderId::MicroScopiQ;
    const bool isBlock = edit.control == Control::Block;
    const bool isBits = edit.control == Control::Bits;
    if (spec.mix ? edit.control == Control::Codec : shows(spec, edit))
        return spec.mix ? "mix.rule" : "";
    if (spec.mix)
        return isBlock || shows(spec, edit) ? "" : "mix.rule";
    if (isNamed)
        return isMicroScopiQ && (isBits || isBlock) ? "" : "encoder.id";
    switch (edit.control) {
    case Control::Bits:
        if (anyBook(spec, isTable))
            return "elements";
        return spec.elements.front().kind == BookKind::Posit && edit.value < 3 ? "elements.0.bits" : "";
    case Control::Block:
        return anyBook(spec, isFitted) && spec.geometry.wholeRow ? "geometry.block" : "";
    case Control::Codec:
        if (anyBook(spec, isFitted))
            return "scale.codec";
        return isPowerOfTwoCodec(static_cast<ScaleCodecId>(edit.value)) && scalesByMean(spec) ? "scale.stat" : "";
    case Control::Micro:
        return anyBook(spec, isFitted) ? "micro.bits" : spec.offset ? "offset.kind" : "";
    case Control::Adaptive:
        if (edit.value == 0)
            return "";
        if (anyBook(spec, isFitted))
            return "chooser";
        if (spec.codeBits() < 2 || spec.codeBits() > 16)
            return "elements.1.bits";
        if (spec.elements.front().kind == BookKind::Float && spec.elements.front().exponentBits == 8)
            return "elements.1.lsb";  // uniform steps in the octave of float32's largest value
        return spec.offset ? "offset.kind" : "";
    case Control::Recycling:
        break;
    }
    if (edit.value == 0)
        return "";
    if (anyBook(spec, usesMinusZero))
        return "elements.";
    return anyBook(spec, readsCodes) ? "elements.0.twos" : spec.offset ? "offset.kind" : "";
}

}  // namespace

void TestFormatEdit::editsKeepTheSpecValid_data()
{
    QTest::addColumn<QString>("preset");
    for (const Preset& preset : loadPresets())
        QTest::newRow(preset.name.c_str()) << QString::fromStdString(preset.name);
}

void TestFormatEdit::editsKeepTheSpecValid()
{
    QFETCH(QString, preset);
    const FormatSpec spec = findPreset(preset.toStdString())->spec;
    const Shape shape = fittingShape(spec, {3, 45});
    const Tensor tensor = madeTensor(shape, gaussian(elementCount(shape), 7));
    for (const NamedEdit& edit : allEdits()) {
        const QString name = preset + ", " + edit.name;
        FormatSpec result;
        const auto refusal = refusalOf([&] { return result = edited(spec, edit); });
        const QString field = refusedField(spec, edit);
        QVERIFY2(refusal.has_value() == !field.isEmpty(), qPrintable(name + ": " + lineOf(refusal) + " " + field));
        if (refusal) {
            QVERIFY2(refusal->kind() == ErrorKind::Refused, qPrintable(name));
            QVERIFY2(lineOf(refusal).startsWith(field), qPrintable(name + ": " + lineOf(refusal)));
            QVERIFY2(!refusal->problem().empty() && !refusal->remedy().empty(), qPrintable(name));
            continue;
        }
        QVERIFY2(shows(result, edit), qPrintable(name));
        QVERIFY2(validated(result) == result, qPrintable(name));
        const CastTensor cast = castTensor(tensor, viewOf(tensor, result), result);
        QVERIFY2(decodePacked(packedOf(cast)) == cast.dequantized, qPrintable(name));
        double error = 0.0;
        double power = 0.0;
        for (std::size_t i = 0; i < cast.dequantized.size(); ++i) {
            const double w = static_cast<double>((*tensor.values)[i]);
            error += std::pow(static_cast<double>(cast.dequantized[i]) - w, 2);
            power += w * w;
        }
        // Wrapping, random rounding and leading bits may do worse than zeros; so may a codec that does not reach down
        // to the block's scale without a tensor scale, but then everything is zero.
        const bool isRough = result.stochasticSeed || readsCodes(result.elements.front());
        const double worst = edit.control == Control::Codec ? 1.0 : 0.9;
        QVERIFY2(isRough || error <= worst * power, qPrintable(QString("%1: NMSE %2").arg(name).arg(error / power)));
    }
}

void TestFormatEdit::editsThatChangeNothingReturnTheSameSpec_data()
{
    editsKeepTheSpecValid_data();
}

void TestFormatEdit::editsThatChangeNothingReturnTheSameSpec()
{
    QFETCH(QString, preset);
    const FormatSpec spec = findPreset(preset.toStdString())->spec;
    if (!spec.geometry.wholeRow)
        QVERIFY(withBlock(spec, spec.geometry.block) == spec);
    if (!spec.mix)  // the scales are those of its parts
        QVERIFY(withScaleCodec(spec, spec.scale.codec) == spec);
    QVERIFY(withMicroBits(spec, spec.micro ? spec.micro->bits : 0) == spec);
    QVERIFY(withAdaptiveMicroexponent(spec, spec.chooser.has_value()) == spec);
    QVERIFY(withCodeBits(spec, spec.codeBits()) == spec);
    if (spec.elements.front().recycle.has_value() || spec.elements.size() == 1)
        QVERIFY(withCodeRecycling(spec, spec.elements.front().recycle.has_value()) == spec);
}

void TestFormatEdit::bitsOfAFloatBookAreMantissaBits()
{
    const FormatSpec spec = findPreset("MXFP4")->spec;
    const std::vector<std::string> names{"E1M0", "E2M0", "E2M1", "E2M2", "E2M3", "E2M4", "E2M5"};
    for (int bits = 2; bits <= 8; ++bits)
        QCOMPARE(withCodeBits(spec, bits).elements.front().id, names[static_cast<std::size_t>(bits - 2)]);
}

void TestFormatEdit::bitsOfAnIntegerBookKeepTheLargestOctave()
{
    const FormatSpec spec = withCodeBits(findPreset("MXINT8")->spec, 4);
    QVERIFY(spec.elements == findPreset("MXINT4")->spec.elements);
    const FormatSpec six = withCodeBits(findPreset("NxFP4")->spec, 6);
    QVERIFY(six == findPreset("NxFP6")->spec);
    QVERIFY(withCodeBits(six, 4) == findPreset("NxFP4")->spec);
}

void TestFormatEdit::uniformBookHasTheTopOctaveOfTheFloatBook_data()
{
    QTest::addColumn<QString>("preset");
    for (const char* preset : {"MXFP4", "MXFP5_E2M2", "MXFP6_E2M3", "MXFP6_E3M2", "MXFP8_E4M3", "MXFP8_E5M2", "MXINT8"})
        QTest::newRow(preset) << QString(preset);
}

void TestFormatEdit::uniformBookHasTheTopOctaveOfTheFloatBook()
{
    QFETCH(QString, preset);
    const FormatSpec spec = withAdaptiveMicroexponent(findPreset(preset.toStdString())->spec, true);
    const Codebook first(spec.elements[0], spec.tie);
    const Codebook uniform(spec.elements[1], spec.tie);
    QCOMPARE(uniform.largestExponent(), first.largestExponent());
    QCOMPARE(uniform.codeBits(), first.codeBits());
}

void TestFormatEdit::techniquesOnMxfp4AddUpToNxfp4()
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

void TestFormatEdit::widthsOfOneFamilyAreEditsOfEachOther_data()
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

void TestFormatEdit::widthsOfOneFamilyAreEditsOfEachOther()
{
    QFETCH(QString, from);
    QFETCH(int, bits);
    QFETCH(QString, to);
    const FormatSpec edited = withCodeBits(findPreset(from.toStdString())->spec, bits);
    QCOMPARE(QString::fromStdString(canonicalText(edited)),
        QString::fromStdString(canonicalText(findPreset(to.toStdString())->spec)));
}

void TestFormatEdit::subgroupThatNoLongerDividesTheBlockGoes()
{
    const FormatSpec spec = findPreset("M2XFP_weight")->spec;
    QCOMPARE(withBlock(spec, 16).geometry.sub, std::optional<int>(8));
    QCOMPARE(withBlock(spec, 8).geometry.sub, std::optional<int>());
    QCOMPARE(withBlock(spec, 4).geometry.sub, std::optional<int>());
}

void TestFormatEdit::microScopiQKeepsItsMicroBlocks()
{
    const FormatSpec spec = withBlock(findPreset("MicroScopiQ")->spec, 64);
    QCOMPARE(spec.geometry.block, 64);
    QCOMPARE(spec.geometry.subgroup(), 8);
    QCOMPARE(lineOf(refusalOf([&] { return withBlock(spec, 12); })),
        QString("geometry.block: MicroScopiQ cuts a block into whole micro-blocks; take a multiple of 8"));
}

void TestFormatEdit::limitsDoNotOutliveTheirCodec()
{
    const FormatSpec spec = withScaleCodec(findPreset("NVFP4_modelopt")->spec, ScaleCodecId::E5M2);
    QVERIFY(!spec.scale.minimum && !spec.scale.maximum);
}

void TestFormatEdit::tensorScaleFitsTheNewCodec()
{
    // NVFP4's tensor scale puts the largest block scale on 448; E3M3 ends at 28.
    const FormatSpec spec = withScaleCodec(findPreset("NVFP4")->spec, ScaleCodecId::E3M3);
    QCOMPARE(spec.tensorScale->target, 28.0 * 6.0);
    QCOMPARE(withScaleCodec(findPreset("NVFP4")->spec, ScaleCodecId::FP16).tensorScale->target, 2688.0);
}

void TestFormatEdit::scaleCodecsThatCountTheTensorScaleBringOne()
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

void TestFormatEdit::scaleOfTheTensorMovesToTheBlocks()
{
    const FormatSpec integers = withScaleCodec(findPreset("INT8_tensor_clip")->spec, ScaleCodecId::FP16);
    QVERIFY(!integers.tensorScale);
    QCOMPARE(integers.scale.clips, findPreset("INT8_tensor_clip")->spec.tensorScale->clips);
    const FormatSpec binary = withScaleCodec(findPreset("BitNet")->spec, ScaleCodecId::FP16);
    QVERIFY(!binary.tensorScale && binary.scale.statistic == ScaleStatistic::MeanAbsolute);
}

void TestFormatEdit::refusedEditsSayWhatToDo_data()
{
    QTest::addColumn<QString>("preset");
    QTest::addColumn<QString>("edit");
    QTest::addColumn<QString>("line");
    const auto row = [](const char* preset, const char* edit, const char* line) {
        QTest::newRow(qPrintable(QString("%1, %2").arg(preset, edit)))
            << QString(preset) << QString(edit) << QString(line);
    };
    row("Q4_0", "bits 5", "encoder.id: Q4_0 has its own code bits; take a preset without a named encoder");
    row("OliVe", "block 64", "encoder.id: OliVe has its own blocks; take a preset without a named encoder");
    row("iFairy", "micro bits 2", "encoder.id: phase has its own scales; take a preset without a named encoder");
    row("COMET", "bits 5",
        "mix.rule: each of the mixed formats has its own code bits; change mix.parts, or take a preset of one format");
    row("NF4", "bits 3",
        "elements: the table NF4 has codes of 4 bits; write another table to its levels, or take a codebook of another "
        "kind");
    row("SqueezeLLM_4", "codec FP16",
        "scale.codec: a codebook fitted to the values has no scale; take a codebook of another kind");
    row("SqueezeLLM_4", "block 64",
        "geometry.block: a row has a fitted codebook of its own; take a codebook of another kind, or one that is "
        "fitted to the whole tensor");
    row("TWN", "codec E8M0",
        "scale.stat: value survivors is refused; allowed: max for the power-of-two scale.codec E8M0");
}

void TestFormatEdit::refusedEditsSayWhatToDo()
{
    QFETCH(QString, preset);
    QFETCH(QString, edit);
    QFETCH(QString, line);
    for (const NamedEdit& named : allEdits())
        if (named.name == edit) {
            const FormatSpec spec = findPreset(preset.toStdString())->spec;
            QCOMPARE(lineOf(refusalOf([&] { return edited(spec, named); })), line);
            return;
        }
    QFAIL("no such edit");
}

void TestFormatEdit::finerLadderFollowsTheElement()
{
    const FormatSpec spec = withCodeBits(findPreset("M2XFP_act")->spec, 5);
    QCOMPARE(spec.special->fine.id, std::string("E2M4"));
    QCOMPARE(spec.special->fine.codeBits(), 7);
}

QTEST_APPLESS_MAIN(TestFormatEdit)
#include "tst_format_edit.moc"
