#include "core/format/format_json.h"
#include "editor_bench.h"
#include "spec_paths.h"

#include <nlohmann/json.hpp>

#include <QRegularExpression>

using namespace nanoscope;
using namespace nanoscope::test;

class TestFormatFields : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void controlChangesExactlyOneThing_data()
    {
        QTest::addColumn<QString>("start");
        QTest::addColumn<QString>("control");
        QTest::addColumn<QString>("input");
        QTest::addColumn<QString>("allowed");  // what may change, as a regular expression on JSON paths
        const auto row = [](const char* start, const char* control, const char* input, const char* allowed) {
            QTest::addRow("%s %s", start, control) << QString::fromUtf8(start) << QString::fromUtf8(control)
                                                   << QString::fromUtf8(input) << QString::fromUtf8(allowed);
        };
        row("NxFP4", "bits", "5", "/elements/./(m|bits|lsb|id)");
        row("NxFP4", "blockSize", "64", "/geometry/block");
        row("NxFP4", "scaleCodec", "E5M0", "/scale/codec");
        row("NxFP4", "nanoMantissaBits", "3", "/micro/bits");
        row("NxFP4", "nanoMantissaBits", "0", "/micro(/.*)?");
        row("NxFP4", "adaptiveMicroexponent", "false", "/(elements/1|chooser)(/.*)?");
        row("MXFP4", "adaptiveMicroexponent", "true", "/(elements/1|chooser)(/.*)?");
        row("NxFP4", "codeRecycling", "false", "/elements/./recycle(/.*)?");
        row("MXFP4", "codeRecycling", "true", "/elements/./recycle(/.*)?");
        row("NxFP4", "searchOffsets", "-1, 0, 1", "/scale/offsets/.");
        row("NxFP4", "codebook", "E3M0", "/elements/0/(e|m|id)");
        row("NxFP4", "codebook2", "E2M1", "/elements/1/(?!recycle).*");
        row("NxFP4", "step2", "-1", "/elements/1/lsb");
        row("NxFP4", "gain2", "0.5", "/elements/1/gain");
        row("NxFP4", "recycled", "−½ smallest level", "/elements/0/recycle/sign");
        row("NxFP4", "recycled", "a value", "/elements/0/recycle/.*");
        row("NxFP4", "recycled2", "wasted", "/elements/1/recycle(/.*)?");
        row("NxFP4", "alignBooks", "true", "/align");
        row("NxFP4", "scaleRule", "ceil", "/scale/rule");
        row("NxFP4", "microRule", "nearest to maximum", "/micro/rule");
        row("NxFP4", "objective", "absolute error", "/objective");
        row("NxFP4", "searchOrder", "micro, book, target, offset", "/order/.");
        row("NxFP4", "rounding", "away from zero", "/rounding/elem");
        row("NxFP4", "chooserUnit", "subgroup", "/chooser/unit");
        row("MXFFP4_w", "chooserRule", "counts (MXFFP)", "/chooser/rule");
        row("MXFP4", "splitSign", "true", "/scale/split_sign");
        row("MXFP4", "exception", "top 1 (M2XFP)", "/special(/.*)?");
        row("M2XFP_act", "exception", "none", "/special(/.*)?");
        row("M2XFP_weight", "microUnit", "block", "/micro/unit");
        row("M2XFP_weight", "subgroupSize", "16", "/geometry/sub");
        row("M2XFP_act", "top1Bits", "3", "/special/(bits|fine/.*)");
        row("MXFP4++", "exceptionMantissa", "2", "/special/mant_bits");
        row("MXFP4++", "othersBits", "2", "/special/nbm_bits");
        row("MXFP4++", "othersRule", "floor", "/special/nbm_rule");
        row("MXINT8", "twosComplement", "true", "/elements/0/twos");
        row("MXFP8_E4M3", "topCodes", "numbers", "/elements/0/top");
        row("NVFP4", "scaleTargets", "6, 4", "/scale/targets(/.)?");
        row("NVFP4", "scaleMinimum", "0.015625", "/scale/min");
        row("NVFP4", "scaleMaximum", "", "/scale/max");
        row("NVFP4", "zeroScale", "scale of 1", "/scale/zero");
        row("NVFP4", "tensorScaleTarget", "1536", "/tensor_scale/target");
        row("NVFP4", "arithmetic", "float32 steps", "/arith");
        row("NVFP4", "target", "4", "/elements/0/target");
        row("FP4_UE5M3", "tensorScale", "true", "/tensor_scale(/.*)?");
        row("RaZeR_NVFP4", "recycledValue3", "7", "/elements/2/recycle/value");
        row("RaZeR_NVFP4", "selectorInSign", "false", "/chooser/bits");
    }

    void controlChangesExactlyOneThing()
    {
        QFETCH(QString, start);
        QFETCH(QString, control);
        QFETCH(QString, input);
        QFETCH(QString, allowed);
        Bench bench(qPrintable(start));
        QVERIFY2(bench.isShown(control), "a control that matters is not shown");
        const FormatSpec before = bench.editor.format().spec;
        bench.set(control, input);
        QVERIFY2(bench.editor.problem().isEmpty(), qPrintable(bench.editor.problem()));
        QCOMPARE(bench.edits.size(), std::size_t{1});
        QCOMPARE(bench.controls, QStringList{QStringLiteral("A.") + control});
        QCOMPARE(bench.edits.front().name, (start + QStringLiteral(" (edited)")).toStdString());

        const QStringList changed = changedPaths(before, bench.edits.front().spec);
        QVERIFY(!changed.isEmpty());
        const QRegularExpression expected(QRegularExpression::anchoredPattern(allowed));
        for (const QString& path : changed)
            QVERIFY2(expected.match(path).hasMatch(), qPrintable(path));
    }

    void parametersThatDoNotMatterAreHidden()
    {
        Bench bench("MXFP4");
        for (const char* id : {"codebook2", "tensorScale", "scaleTargets", "microRule", "chooserRule", "othersBits",
                 "top1Bits", "subgroupSize", "objective", "recycled", "arithmetic", "step", "topCodes"})
            QVERIFY2(!bench.isShown(QLatin1String(id)), id);
        bench.editor.setFormat(preset("NVFP4"));
        QVERIFY(!bench.isShown(QStringLiteral("searchOffsets")));
        QVERIFY(!bench.isShown(QStringLiteral("scaleRule")));
    }
};

QTEST_MAIN(TestFormatFields)
#include "tst_format_fields.moc"
