#include "refusal.h"

#include "core/format/format_json.h"
#include "core/format/preset.h"

#include <QTest>

using namespace nanoscope;

/// What validated() refuses, and what it settles by itself (oracle: format_spec.h and the formats' definitions).
class TestValidate : public QObject {
    Q_OBJECT

private slots:
    void aRefusalNamesFieldValueAndWhatIsAllowed_data();
    void aRefusalNamesFieldValueAndWhatIsAllowed();
    void everyPresetIsValidAndUnchanged();
    void codebooksWithoutChooserAreDropped();
    void codecsBeyondPowersOfTwoTakeTheMaximumRule();
    void whatMeansTheSameIsWrittenTheSame_data();
    void whatMeansTheSameIsWrittenTheSame();
};

void TestValidate::aRefusalNamesFieldValueAndWhatIsAllowed_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("allowed");
    const auto row = [](const char* format, const char* field, const char* value, const char* allowed) {
        QTest::newRow(format) << format << field << value << allowed;
    };
    row("MXFP4:geometry.block=0", "geometry.block", "0", "1 to 1048576");
    row("MXFP4:geometry.block=1048577", "geometry.block", "1048577", "1 to 1048576");
    row("MXFP4:geometry.axis=99", "geometry.axis", "99", "-32 to 31");
    row("MXFP4:geometry.sub=5", "geometry.sub", "5", "a divisor of geometry.block = 32");
    row("MXFP4:geometry.sub=64", "geometry.sub", "64", "a divisor of geometry.block = 32");
    row("MXFP4:geometry.sub=-8", "geometry.sub", "-8", "a divisor of geometry.block = 32");

    row("MXFP4:elements.0.e=0", "elements.0.e", "0", "1 to 5");
    row("MXFP4:elements.0.e=6", "elements.0.e", "6", "1 to 5");
    row("MXFP4:elements.0.m=-1", "elements.0.m", "-1", "0 to 6");
    row("MXFP4:elements.0.e=5,elements.0.m=3", "elements.0.e + m + sign", "9", "2 to 8");
    row("MXFP4:elements.0.e=1,elements.0.top=ieee", "elements.0.top", "ieee", "finite nan1 for a 1-bit exponent");
    row("MXFP4:elements.0.e=1,elements.0.m=0,elements.0.top=nan1", "elements.0.top", "nan1", "finite for E1M0");
    row("MXINT8:elements.0.bits=9", "elements.0.bits", "9", "2 to 8");
    row("MXINT8:elements.0.bits=1", "elements.0.bits", "1", "2 to 8");
    row("MXINT8:elements.0.lsb=61", "elements.0.lsb", "61", "-60 to 60");
    row("MXFP4:elements.0.gain=0", "elements.0.gain", "0", "a positive number that float32 holds");
    row("MXFP4:elements.0.gain=1e300", "elements.0.gain", "1e+300", "a positive number that float32 holds");
    row("NVFP4:elements.0.target=-1", "elements.0.target", "-1", "a positive number that float32 holds");
    row("NxFP4:elements.0.m=2", "elements.1", "4 bits", "5 bits, as elements.0 has");
    row(R"(MXINT8_asym:elements.0.recycle={"mode":"half_min"})", "elements.0.recycle", "half_min",
        "null for a two's complement book");
    row("NxFP4:elements.0.recycle.sign=0", "elements.0.recycle.sign", "0", "1 -1");
    row(R"(MXFP4:elements.0.recycle={"mode":"value","value":0})", "elements.0.recycle.value", "0",
        "a number other than 0");
    row(R"(MXFP4:elements.0.recycle={"mode":"value","value":-1e60})", "elements.0.recycle.value", "-1e+60",
        "a number other than 0 that float32 holds");

    row("MXFP4:scale.rule=max", "scale.rule", "max", "floor ceil rceil even rtn_max rtn_pow for scale.codec E8M0");
    row("MXFP4:scale.offsets=[]", "scale.offsets", "[]", "1 to 64 integers");
    row("MXFP4:scale.offsets=[0,-1,0]", "scale.offsets", "[0,-1,0]", "different integers");
    row("MXFP4:scale.offsets=[0,65]", "scale.offsets", "65", "-64 to 64");
    row("NVFP4:scale.offsets=[0,1]", "scale.offsets", "[0,1]", "[0] for scale.codec E4M3, which is no power of two");
    row("MXFP4:scale.targets=[6,4]", "scale.targets", "[6,4]", "null for the power-of-two scale.codec E8M0");
    row("NVFP4:scale.targets=[6,0]", "scale.targets", "0", "a positive number that float32 holds");
    row("MXFP4:scale.min=0.5", "scale.min", "0.5", "null for the power-of-two scale.codec E8M0");
    row("MXFP4:scale.max=2", "scale.max", "2", "null for the power-of-two scale.codec E8M0");
    row("NVFP4:scale.max=500", "scale.max", "500", "0.001953125 to 448 for scale.codec E4M3");
    row("NVFP4:scale.max=1e-3", "scale.max", "0.001", "0.001953125 to 448 for scale.codec E4M3");
    row("NVFP4:scale.min=-1", "scale.min", "-1", "0.001953125 to 448 for scale.codec E4M3");
    row("NVFP4:scale.min=4,scale.max=2", "scale.min", "4", "at most scale.max = 2");
    row(R"(MXFP4:tensor_scale={"target":6})", "tensor_scale.target", "6",
        "no tensor_scale for the power-of-two scale.codec E8M0");
    row("NVFP4:tensor_scale.target=0", "tensor_scale.target", "0", "a positive number that float32 holds");
    row("AMXFP4_pot:micro.bits=2", "scale.split_sign", "true", "false beside micro, chooser or special");

    row("NxFP4:micro.bits=7", "micro.bits", "7", "1 to 6");
    row("NxFP4:micro.bits=-1", "micro.bits", "-1", "1 to 6");
    row("NxFP4:micro.rule=max_exp", "micro.unit", "block", "sub for micro.rule max_exp");
    row("NxFP4:micro.unit=sub,micro.rule=amax_ceil", "micro.unit", "sub", "block for micro.rule amax_ceil");
    row("NVFP4:micro.bits=2", "arith", "te_fold", "exact f32 modelopt beside micro");

    row("NxFP4:elements.1=null", "chooser.rule", "search", "chooser null for a single element codebook");
    row("NxFP4:chooser.bits=0", "chooser.bits", "0", "1 for 2 codebooks");
    row("NxFP4:chooser.bits=2", "chooser.bits", "2", "1 for 2 codebooks");
    row("IF4:chooser.bits=2", "chooser.bits", "2", "0 1");
    row("IF4:chooser.unit=sub", "chooser.bits", "0", "1 for 2 codebooks");
    row("NVFP4:elements.1.kind=int,chooser.unit=sub", "chooser.unit", "sub",
        "block, or scale.targets so that all codebooks share one scale");
    row("NxFP4:chooser.rule=mxffp", "chooser.rule", "mxffp",
        "search, or two codebooks, a power-of-two scale.codec and no micro");

    row("MXFP4+:special.mant_bits=4", "special.mant_bits", "4", "1 to 3");
    row("MXFP4+:special.nbm_bits=7", "special.nbm_bits", "7", "0 to 6");
    row("MXFP4+:scale.codec=E4M3", "special.kind", "block_max", "top1, or a power-of-two scale.codec");
    row("MXFP4+:micro.bits=2", "special.kind", "block_max", "special null beside micro or several codebooks");
    row(R"(M2XFP_act:elements.0.recycle={"mode":"half_min"})", "special.kind", "top1",
        "special null beside a recycled or two's complement code");
    row("M2XFP_act:special.bits=5", "special.bits", "5", "1 to 4");
    row("M2XFP_act:special.bits=1", "special.fine.m", "3", "2, which follows from elements.0 and special.bits");
    row("M2XFP_act:special.fine.e=1", "special.fine.e", "1", "2, which follows from elements.0 and special.bits");
    row("M2XFP_act:special.fine.top=ieee", "special.fine.top", "ieee", "finite as elements.0 has");
    row("M2XFP_act:special.fine.gain=2", "special.fine.gain", "2", "1 as elements.0 has");

    row(R"(MXFP4:order=["offset","target","book"])", "order", "[offset,target,book]",
        "each of offset target book micro once");
    row(R"(MXFP4:order=["offset","target","book","book"])", "order", "[offset,target,book,book]",
        "each of offset target book micro once");
    row("MXFP4:arith=te", "arith", "te", "exact f32 without tensor_scale");
    row("NVFP4:tensor_scale=null", "arith", "te_fold", "exact f32 without tensor_scale");
}

void TestValidate::aRefusalNamesFieldValueAndWhatIsAllowed()
{
    QFETCH(QString, format);
    QFETCH(QString, field);
    QFETCH(QString, value);
    QFETCH(QString, allowed);
    const auto refusal = refusalOf([&] { return parseFormat(format.toStdString()); });
    QVERIFY(refusal.has_value());
    QVERIFY(refusal->kind() == ErrorKind::Refused);
    const QString preset = format.section(':', 0, 0);
    const QString start = preset + ": " + field + ": value " + value + " is refused; allowed: " + allowed;
    QVERIFY2(lineOf(refusal).startsWith(start), qPrintable(lineOf(refusal) + "\nexpected " + start));
}

void TestValidate::everyPresetIsValidAndUnchanged()
{
    for (const Preset& preset : loadPresets())
        QVERIFY2(validated(preset.spec) == preset.spec, preset.name.c_str());
}

void TestValidate::codebooksWithoutChooserAreDropped()
{
    FormatSpec spec = findPreset("NxFP4")->spec;
    spec.chooser.reset();
    QCOMPARE(validated(spec).elements.size(), std::size_t{1});
}

void TestValidate::codecsBeyondPowersOfTwoTakeTheMaximumRule()
{
    FormatSpec spec;
    spec.scale.codec = ScaleCodecId::FP16;
    spec.scale.rule = ScaleRule::Ceil;
    QVERIFY(validated(spec).scale.rule == ScaleRule::Maximum);
}

void TestValidate::whatMeansTheSameIsWrittenTheSame_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("same");
    QTest::newRow("subgroup as long as the block") << "MXFP4:geometry.sub=32"
                                                   << "MXFP4";
    QTest::newRow("no NanoMantissa bits") << "NxFP4:micro.bits=0"
                                          << "NxFP4:micro=null";
    QTest::newRow("all selector bits") << "NxFP4:chooser.bits=1"
                                       << "NxFP4";
    QTest::newRow("selector bits beside a spare sign") << "IF4:chooser.bits=1"
                                                       << "IF4:chooser.bits=null";
}

void TestValidate::whatMeansTheSameIsWrittenTheSame()
{
    QFETCH(QString, format);
    QFETCH(QString, same);
    QCOMPARE(QString::fromStdString(canonicalText(parseFormat(format.toStdString()).spec)),
        QString::fromStdString(canonicalText(parseFormat(same.toStdString()).spec)));
}

QTEST_APPLESS_MAIN(TestValidate)
#include "tst_validate.moc"
