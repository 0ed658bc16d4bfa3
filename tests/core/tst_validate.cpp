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

    row("NVFP4_train_2D:geometry.tile=3", "geometry.tile", "3", "1, or a divisor of geometry.block = 256");
    row("INT4_channel:geometry.tile=2", "geometry.tile", "2", "1, or a divisor of geometry.block");

    row("MXFP4:elements.0.e=0", "elements.0.e", "0", "1 to 8");
    row("MXFP4:elements.0.e=9", "elements.0.e", "9", "1 to 8");
    row("MXFP4:elements.0.m=-1", "elements.0.m", "-1", "0 to 10");
    row("MXFP4:elements.0.m=11", "elements.0.m", "11", "0 to 10");
    row("MXFP4:elements.0.bias=201", "elements.0.bias", "201", "-64 to 200");
    row("MXFP4:elements.0.e=1,elements.0.m=0,elements.0.subnormals=false", "elements.0.subnormals", "false",
        "true for a book of so few levels");
    row("MXFP4:elements.0.e=1,elements.0.top=ieee", "elements.0.top", "ieee", "finite nan1 for a 1-bit exponent");
    row("MXFP4:elements.0.e=1,elements.0.m=0,elements.0.top=nan1", "elements.0.top", "nan1", "finite for E1M0");
    row("MXINT8:elements.0.bits=17", "elements.0.bits", "17", "2 to 16");
    row("MXINT8:elements.0.bits=1", "elements.0.bits", "1", "2 to 16");
    row("Bipolar_INT2:elements.0.bits=0", "elements.0.bits", "0", "1 to 16");
    row("Bipolar_INT2:elements.0.twos=true", "elements.0.twos", "true", "false beside mid_rise");
    row("MXINT8:elements.0.hot=9", "elements.0.hot", "9", "0 to 8");
    row("MXINT8:elements.0.hot=2", "elements.0.twos", "false",
        "true, without mid_rise, beside nested, hot or overflow wrap");
    row("MXINT8:elements.0.overflow=wrap", "elements.0.twos", "false",
        "true, without mid_rise, beside nested, hot or overflow wrap");
    row("MXINT8_asym:elements.0.overflow=wrap,elements.0.hot=1", "elements.0.overflow", "wrap",
        "saturate beside nested or hot");
    row("DoubleRounding_4:elements.0.nested.bits=3", "elements.0.nested.bits", "3", "4 to 16");
    row("Posit8_1:elements.0.bits=2", "elements.0.bits", "2", "3 to 16");
    row("Posit8_1:elements.0.es=5", "elements.0.es", "5", "0 to 4");
    row("NF4:elements.0.levels=[1]", "elements.0.levels", "1 levels", "2 to 256 numbers");
    row("NF4:elements.0.levels=[1,1]", "elements.0.levels", "one value", "at least two different numbers");
    row("NF4:elements.0.levels=[1,1e60]", "elements.0.levels", "1e+60", "numbers that float32 holds");
    row("SqueezeLLM_4:elements.0.bits=9", "elements.0.bits", "9", "1 to 8");
    row("SqueezeLLM_4:elements.1.kind=int,chooser.rule=search", "elements.0.kind", "kmeans", "a single codebook");
    row("MXINT8:elements.0.lsb=61", "elements.0.lsb", "61", "-60 to 60");
    row("MXFP4:elements.0.gain=0", "elements.0.gain", "0", "a positive number that float32 holds");
    row("MXFP4:elements.0.gain=1e300", "elements.0.gain", "1e+300", "a positive number that float32 holds");
    row("NVFP4:elements.0.target=-1", "elements.0.target", "-1", "a positive number that float32 holds");
    row("NxFP4:elements.0.m=2", "elements.1", "4 bits", "5 bits, as elements.0 has");
    row(R"(MXINT8_asym:elements.0.recycle={"mode":"half_min"})", "elements.0.recycle", "half_min",
        "null for a two's complement book");
    row(R"(FP8_E4M3FNUZ:elements.0.recycle={"mode":"half_min"})", "elements.0.recycle", "half_min",
        "null for a two's complement book or any other that has no code of minus zero");
    row(R"(NF4:elements.0.recycle={"mode":"half_min"})", "elements.0.recycle", "half_min",
        "null for a two's complement book or any other that has no code of minus zero");
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
    row("MXFP4:scale.stat=mean_abs", "scale.stat", "mean_abs", "max for the power-of-two scale.codec E8M0");
    row("MXFP4:scale.clips=[0.9]", "scale.clips", "1 entries", "null beside scale.targets or with scale.codec E8M0");
    row("NVFP4_4over6:scale.clips=[0.9]", "scale.clips", "1 entries", "null beside scale.targets");
    row("INT4_g128:scale.clips=[0]", "scale.clips", "0", "a positive number that float32 holds");
    row("INT4_g128:scale.clips=[1],scale.clip_kind=bias", "scale.clip_kind", "bias",
        "ratio for codebooks that are not floats");
    row("MXFP4:scale.encode=ideal", "scale.encode", "ideal",
        "stored beside micro, offset, arith, or a scale.codec that is none or a power of two");
    row("INT4_g128:scale.codec=UINT8", "scale.codec", "UINT8",
        "a codec that stands alone, or a tensor_scale beside it");
    row("NVFP4:tensor_scale.stat=range", "tensor_scale.stat", "range", "max mean_abs");
    row("NVFP4:tensor_scale.offsets=[1]", "tensor_scale.offsets", "[1]", "null and [0] for tensor_scale.codec FP32");
    row("NVFP4:tensor_scale.exponent=1", "tensor_scale.exponent", "1", "null and [0] for tensor_scale.codec FP32");
    row("DFP8:tensor_scale.clips=[1]", "tensor_scale.clips", "1 entries", "null for tensor_scale.codec E8M0");
    row("DFP8:tensor_scale.exponent=200", "tensor_scale.exponent", "200", "-126 to 127");
    row("QFX_8:tensor_scale.offsets=[]", "tensor_scale.offsets", "[]", "1 to 64 integers");
    row("NVFP4:tensor_scale.target=0", "tensor_scale.target", "0", "a positive number that float32 holds");
    row("AMXFP4_pot:micro.bits=2", "scale.split_sign", "true", "false beside micro, chooser or special");

    row("Bipolar_INT2:scale.split_sign=true", "scale.split_sign", "true",
        "false, or a float, posit or saturating integer book without recycle");
    row("Fixed_4_2_wrap:scale.split_sign=true", "scale.split_sign", "true",
        "false, or a float, posit or saturating integer book without recycle");

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

    row("INT4_g128:offset.kind=minimum", "offset.kind", "minimum",
        "offset null, or a single two's complement integer book without micro");
    row("INT4_g128_asym:scale.stat=max", "offset.kind", "zero_point",
        "offset null, or scale.stat range with a codec that is no power of two");
    row("INT4_g128_asym:micro.bits=2", "offset.kind", "zero_point",
        "offset null, or a single two's complement integer book without micro");
    row("MXFP4:transform.hadamard=24", "transform.hadamard", "24", "0, or a power of two from 2 to 4096");
    row("MXFP4:transform.hadamard=8192", "transform.hadamard", "8192", "0, or a power of two from 2 to 4096");
    row("MXFP4:prune.keep=4", "prune.keep", "4", "1 to 3");
    row("MXFP4:prune.of=5", "prune.of", "5", "a divisor of geometry.block = 32");
    row("MXFP4+:prune.keep=2", "prune.keep", "2", "prune null beside special, offset or split_sign");
    row("MicroScopiQ:encoder.bits=9", "encoder.bits", "9", "2 to 8");
    row("MicroScopiQ:encoder.sigmas=0", "encoder.sigmas", "0", "a positive number");
    row("MicroScopiQ:geometry.sub=16", "geometry.sub", "16", "2 4 8 for encoder MicroScopiQ");
    row("ARCQuant:mix.parts.0.scale.codec=DYADIC", "mix.parts",
        "a format with exceptions, one scale per sign or dyadic scales", "one that can be quantized twice");
    row("Fairy2i_2:encoder.stages=5", "encoder.stages", "5", "1 to 4");
    row("COMET:mix.share=0", "mix.share", "0", "more than 0, at most 1");
    row("COMET:mix.parts.1=null", "mix.parts", "1 formats", "2 for mix.rule outlier_columns");
    row("COMET:mix.parts.0.transform.sort=true", "mix.parts",
        "a format with a named encoder, mix, transform, whole rows or exceptions", "plain block formats");
    row("COMET:mix.parts.0.elements.0.bits=17", "elements.0.bits", "17", "2 to 16");
    row("COMET:geometry.tile=16", "geometry.tile", "16", "1 beside mix");

    row("MX_OPAL:special.count=128", "special.count", "128", "0 to 127");
    row("MX_OPAL:micro.bits=2", "special.kind", "top_n", "special null beside micro, chooser, offset or prune");
    row("SqueezeLLM_3_sparse:special.share=0.6", "special.share", "0.6", "0 to 0.5");
    row("LLM_int8:special.threshold=0", "special.threshold", "0", "a positive number that float32 holds");
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
    QTest::newRow("micro-blocks of MicroScopiQ") << "MXFP4:geometry.block=128,encoder.id=MicroScopiQ"
                                                 << "MicroScopiQ";
    QTest::newRow("no transform") << "MXFP4:transform.sort=false"
                                  << "MXFP4";
    QTest::newRow("the standard bias") << "MXFP4:elements.0.bias=1"
                                       << "MXFP4";
    QTest::newRow("a fitted codebook has no scale") << "SqueezeLLM_4:scale.codec=FP16"
                                                    << "SqueezeLLM_4";
    QTest::newRow("a row has its own length") << "INT4_channel:geometry.block=row"
                                              << "INT4_channel";
    QTest::newRow("a named encoder settles the rest") << "Q4_0:geometry.block=64,scale.codec=E4M3"
                                                      << "Q4_0";
    QTest::newRow("the parts of a mix say the rest") << "COMET:scale.codec=FP16,micro.bits=2"
                                                     << "COMET";
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
