#include "made_tensor.h"
#include "packed_of.h"
#include "refusal.h"

#include "core/format/codebook.h"
#include "core/format/format_text.h"
#include "core/format/preset.h"
#include "core/format/scale_codec.h"
#include "core/quant/cast.h"

#include <QTest>

#include <cmath>
#include <functional>

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
    void subgroupThatNoLongerDividesTheBlockGoes();
    void limitsDoNotOutliveTheirCodec();
    void tensorScaleFitsTheNewCodec();
    void finerLadderFollowsTheElement();
};

namespace {

using Edit = std::function<FormatSpec(const FormatSpec&)>;

struct NamedEdit {
    QString name;
    Edit edit;
    std::function<bool(const FormatSpec&)> shows;  ///< the control shows the value that was chosen
};

std::vector<NamedEdit> allEdits()
{
    std::vector<NamedEdit> edits;
    for (int bits = 2; bits <= 8; ++bits)
        edits.push_back(
            {QString("bits %1").arg(bits), [bits](const FormatSpec& spec) { return withCodeBits(spec, bits); },
                [bits](const FormatSpec& spec) { return spec.codeBits() == bits; }});
    for (int block = 8; block <= 1024; block *= 2)
        edits.push_back(
            {QString("block %1").arg(block), [block](const FormatSpec& spec) { return withBlock(spec, block); },
                [block](const FormatSpec& spec) { return spec.geometry.block == block; }});
    for (const auto& entry : kScaleCodecNames)
        edits.push_back({QString("codec %1").arg(QString::fromStdString(std::string(entry.text))),
            [codec = entry.value](const FormatSpec& spec) { return withScaleCodec(spec, codec); },
            [codec = entry.value](const FormatSpec& spec) { return spec.scale.codec == codec; }});
    for (int bits = 0; bits <= 3; ++bits)
        edits.push_back(
            {QString("micro bits %1").arg(bits), [bits](const FormatSpec& spec) { return withMicroBits(spec, bits); },
                [bits](const FormatSpec& spec) { return (spec.micro ? spec.micro->bits : 0) == bits; }});
    for (const bool on : {false, true}) {
        edits.push_back({QString("adaptive %1").arg(on),
            [on](const FormatSpec& spec) { return withAdaptiveMicroexponent(spec, on); },
            [on](const FormatSpec& spec) { return spec.chooser.has_value() == on; }});
        edits.push_back(
            {QString("recycling %1").arg(on), [on](const FormatSpec& spec) { return withCodeRecycling(spec, on); },
                [on](const FormatSpec& spec) { return spec.elements.front().recycle.has_value() == on; }});
    }
    return edits;
}

/// Edits that a preset cannot take, with the reason that the control shows.
struct KnownRefusal {
    const char* preset;
    const char* edit;
    const char* reason;
};

// A ladder two bits finer than a code of 7 or 8 bits has more than the 8 bits of any codebook.
constexpr KnownRefusal kRefusals[]{
    {"M2XFP_act", "bits 7", "special.fine.e + m + sign: value 9 is refused; allowed: 2 to 8"},
    {"M2XFP_act", "bits 8", "special.fine.m: value 7 is refused; allowed: 0 to 6"},
};

QString knownRefusal(const QString& preset, const QString& edit)
{
    for (const KnownRefusal& refusal : kRefusals)
        if (preset == refusal.preset && edit == refusal.edit)
            return refusal.reason;
    return {};
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
    const Tensor tensor = madeTensor({3, 45}, gaussian(135, 7));
    for (const NamedEdit& named : allEdits()) {
        FormatSpec edited;
        const auto refusal = refusalOf([&] { return edited = named.edit(spec); });
        QCOMPARE(lineOf(refusal), knownRefusal(preset, named.name));
        if (refusal)
            continue;
        QVERIFY2(named.shows(edited), qPrintable(preset + ", " + named.name));
        QVERIFY2(validated(edited) == edited, qPrintable(preset + ", " + named.name));
        const CastTensor cast = castTensor(tensor, viewOf(tensor, edited), edited);
        QCOMPARE(decodePacked(packedOf(cast)), cast.dequantized);
        double error = 0.0;
        double power = 0.0;
        for (std::size_t i = 0; i < cast.dequantized.size(); ++i) {
            const double w = static_cast<double>((*tensor.values)[i]);
            error += std::pow(static_cast<double>(cast.dequantized[i]) - w, 2);
            power += w * w;
        }
        // A codec without a tensor scale may not reach down to the block's scale; everything is zero then.
        const double worst = named.name.startsWith("codec") ? 1.0 : 0.9;
        QVERIFY2(
            error <= worst * power, qPrintable(QString("%1, %2: NMSE %3").arg(preset, named.name).arg(error / power)));
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
    QVERIFY(withBlock(spec, spec.geometry.block) == spec);
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

void TestFormatEdit::subgroupThatNoLongerDividesTheBlockGoes()
{
    const FormatSpec spec = findPreset("M2XFP_weight")->spec;
    QCOMPARE(withBlock(spec, 16).geometry.sub, std::optional<int>(8));
    QCOMPARE(withBlock(spec, 8).geometry.sub, std::optional<int>());
    QCOMPARE(withBlock(spec, 4).geometry.sub, std::optional<int>());
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

void TestFormatEdit::finerLadderFollowsTheElement()
{
    const FormatSpec spec = withCodeBits(findPreset("M2XFP_act")->spec, 5);
    QCOMPARE(spec.special->fine.id, std::string("E2M4"));
    QCOMPARE(spec.special->fine.codeBits(), 7);
}

QTEST_APPLESS_MAIN(TestFormatEdit)
#include "tst_format_edit.moc"
