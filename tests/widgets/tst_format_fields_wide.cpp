// The fields of the format editor beyond the block formats of the MX family: every kind of codebook and scale, clips,
// offsets, exceptions, transforms, mixed formats and named encoders.

#include "editor_bench.h"
#include "spec_paths.h"
#include "widgets/level_list_edit.h"
#include "widgets/number_list.h"
#include "widgets/range_button.h"

#include <QClipboard>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>

using namespace nanoscope;
using namespace nanoscope::test;

namespace {

/// A preset as part of a mix with these blocks.
FormatSpec validPart(const char* name, int block)
{
    FormatSpec part = preset(name).spec;
    part.geometry.block = block;
    return part;
}

/// True where the rest of the spec follows from these: nothing else is shown.
bool isFreeOfTheRest(const FormatSpec& spec, const QString& path)
{
    if (spec.encoder.id == EncoderId::Search && !spec.mix)
        return true;
    return path.startsWith(QStringLiteral("/encoder")) || path.startsWith(QStringLiteral("/mix"))
        || path.startsWith(QStringLiteral("/transform"));
}

/// What a format that says nothing special has there; the axis belongs to the tensor's view.
bool isUsual(const QString& path, const nlohmann::json& leaf)
{
    return path == QStringLiteral("/geometry/axis") || leaf.is_null() || leaf == false || leaf == "finite"
        || leaf == "saturate" || (path.endsWith(QStringLiteral("/hot")) && leaf == 0)
        || (path.endsWith(QStringLiteral("/subnormals")) && leaf == true)
        || (path.endsWith(QStringLiteral("/gain")) && leaf == 1.0);
}

}  // namespace

class TestFormatFieldsWide : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void controlChangesExactlyOneThing_data()
    {
        QTest::addColumn<QString>("start");
        QTest::addColumn<QString>("control");
        QTest::addColumn<QString>("input");
        QTest::addColumn<QString>("allowed");  // what may change, as a regular expression on JSON paths
        const auto row = [](const char* start, const char* control, const char* input, const char* allowed) {
            QTest::addRow("%s %s %s", start, control, input) << QString::fromUtf8(start) << QString::fromUtf8(control)
                                                             << QString::fromUtf8(input) << QString::fromUtf8(allowed);
        };
        // Codebooks of every kind.
        row("FP8_E4M3FNUZ", "topCodes", "last is NaN", "/elements/0/top");
        row("FP8_E4M3", "topCodes", "−0 is NaN (fnuz)", "/elements/0/top");
        row("FP16", "exponentBias", "20", "/elements/0/bias");
        row("FP16", "subnormals", "false", "/elements/0/subnormals");
        row("MXFP4", "exponentBias", "2", "/elements/0/bias");
        row("INT4_g128", "midRise", "true", "/elements/0/(mid_rise|id)");
        row("INT4_g128_full", "overflow", "wraps around", "/elements/0/overflow");
        row("QFX_Khot_1", "hotBits", "2", "/elements/0/hot");
        row("DoubleRounding_4", "nestedBits", "6", "/elements/0/nested/bits");
        row("DoubleRounding_4", "nestedRule", "leading bits", "/elements/0/nested/rule");
        row("INT4_g128_full", "nestedBits", "8", "/elements/0/nested(/.*)?");
        row("Posit8_1", "positExponent", "2", "/elements/0/(es|id)");
        row("Posit8_1", "bits", "7", "/elements/0/(bits|id)");
        row("INT4_g128", "codebook", "posit", "/elements/0/.*");
        row("MXFP4", "codebook", "table", "/elements/0/.*");
        row("NF4", "levels", "-1, 0, 0.5, 1", "/elements/0/(levels(/\\d+)?|id)");
        row("NF4", "bookName", "mine", "/elements/0/id");
        row("SqueezeLLM_3", "bits", "4", "/elements/0/(bits|id)");
        row("RaZeR_NVFP4", "bookCount", "3", "/elements/3/.*|/chooser/bits");
        // Blocks.
        row("INT4_g128", "wholeRow", "true", "/geometry/block");
        row("INT4_channel", "wholeRow", "false", "/geometry/block");
        row("NVFP4_train_2D", "tileRows", "8", "/geometry/tile");
        // Scales.
        row("INT4_g128", "scaleStatistic", "mean magnitude", "/scale/stat");
        row("INT4_g128", "clips", "0.8..1..0.05", "/scale/clips(/\\d+)?");
        row("LLM_FP4", "clipKind", "the scale", "/scale/clip_kind");
        row("LLM_FP4", "encodeScale", "the stored scale", "/scale/encode");
        row("INT4_g128", "offset", "minimum", "/(offset(/.*)?|scale/stat|elements/0/twos)");
        row("INT4_g128_asym", "offset", "none", "/(offset(/.*)?|scale/stat)");
        row("INT4_g128_asym", "includeZero", "true", "/offset/include_zero");
        row("INT8_tensor", "tensorScaleStatistic", "mean magnitude", "/tensor_scale/stat");
        row("INT8_tensor", "tensorScaleCodec", "E8M0", "/tensor_scale/codec");
        row("INT8_tensor", "tensorScaleClips", "1, 0.9", "/tensor_scale/clips(/\\d+)?");
        row("QFX_8", "tensorScaleOffsets", "0, -1", "/tensor_scale/offsets(/\\d+)?");
        row("DFP8", "tensorScaleExponent", "-7", "/tensor_scale/exponent");
        row("Ternary_absmean", "tensorScaleMinimum", "0.0001", "/tensor_scale/min");
        row("ANT_group", "chooserUnit", "tensor", "/chooser/unit");
        // Exceptions and pruning.
        row("INT4_g128", "exception", "top n as BF16 (OPAL)", "/special(/.*)?");
        row("INT4_g128", "exception", "sparse FP16 (SqueezeLLM)", "/special(/.*)?");
        row("MX_OPAL", "exceptionCount", "2", "/special/count");
        row("SqueezeLLM_3_sparse", "exceptionShare", "0.01", "/special/share");
        row("LLM_int8", "exceptionThreshold", "4", "/special/threshold");
        row("LLM_int8", "thresholdRelative", "true", "/special/relative");
        row("INT4_2of4", "pruning", "1:8", "/prune/(keep|of)");
        row("INT4_g128", "pruning", "2:4", "/prune(/.*)?");
        // Rounding and storage.
        row("NF4", "rounding", "up", "/rounding/elem");
        row("INT4_g128", "stochastic", "true", "/rounding/stochastic");
        row("INT8_tensor_SR", "stochasticSeed", "4294967295", "/rounding/stochastic");
        row("FlexQ_INT6", "layout", "upper bits, lower four", "/layout");
        // Transforms, also of named encoders.
        row("INT4_g128", "hadamard", "64", "/transform(/.*)?");
        row("INT4_g128_hadamard", "randomSigns", "false", "/transform/signs");
        row("INT4_g128_hadamard", "signSeed", "7", "/transform/signs");
        row("INT4_g128_hadamard", "sortColumns", "true", "/transform/sort");
        row("Q4_0", "hadamard", "32", "/transform(/.*)?");
        row("COMET", "sortColumns", "false", "/transform(/.*)?");
        // Mixed formats and named encoders.
        row("COMET", "mixThreshold", "4", "/mix/threshold");
        row("ARCQuant", "mixShare", "0.2", "/mix/share");
        row("COMET", "mixPart2", "INT6_g128", "/mix/parts/1/.*");
        row("MicroMix", "mixParts", "2", "/mix/parts/2/.*");
        row("COMET", "mix", "residual columns", "/mix/(rule|parts/1/.*)");
        row("MicroScopiQ", "encoderBits", "3", "/(encoder/bits|elements/0/.*)");
        row("MicroScopiQ", "encoderSigmas", "4", "/encoder/sigmas");
        row("Fairy2i_2", "encoderStages", "1", "/(encoder/stages|elements/./levels.*)");
        row("MicroScopiQ", "blockSize", "64", "/geometry/block");
    }

    void controlChangesExactlyOneThing()
    {
        QFETCH(QString, start);
        QFETCH(QString, control);
        QFETCH(QString, input);
        QFETCH(QString, allowed);
        Bench bench(qPrintable(start));
        bench.control<QCheckBox>(QStringLiteral("allParameters"))->setChecked(true);
        QVERIFY2(bench.isShown(control), "a control that matters is not shown");
        const FormatSpec before = bench.editor.format().spec;
        if (auto* levels = bench.control<LevelListEdit>(control))
            levels->setPlainText(input);
        else
            bench.set(control, input);
        QVERIFY2(bench.editor.problem().isEmpty(), qPrintable(bench.editor.problem()));
        QCOMPARE(bench.edits.size(), std::size_t{1});
        QCOMPARE(bench.controls, QStringList{QStringLiteral("A.") + control});
        const QStringList changed = changedPaths(before, bench.edits.front().spec);
        QVERIFY(!changed.isEmpty());
        const QRegularExpression expected(QRegularExpression::anchoredPattern(allowed));
        for (const QString& path : changed)
            QVERIFY2(expected.match(path).hasMatch(), qPrintable(path));
        QVERIFY(validated(bench.edits.front().spec) == bench.edits.front().spec);
    }

    void whatAPresetSaysIsShownWithoutAsking()
    {
        Bench bench("MXFP4");
        for (const Preset& shipped : loadPresets()) {
            bench.editor.setFormat({shipped.name, shipped.spec});
            const nlohmann::json leaves = toJson(shipped.spec).flatten();
            for (const QString& path : changedPaths(FormatSpec{}, shipped.spec)) {
                const auto leaf = leaves.find(path.toStdString());
                if (leaf == leaves.end() || isUsual(path, *leaf) || !isFreeOfTheRest(shipped.spec, path))
                    continue;
                QString id = controlFor(path);
                if (id == QStringLiteral("blockSize") && shipped.spec.geometry.wholeRow)
                    id = QStringLiteral("wholeRow");
                const bool saysNothing = id == QStringLiteral("scaleRule")  // the only one of a real scale
                    || (path.startsWith(QStringLiteral("/scale/")) && shipped.spec.scale.codec == ScaleCodecId::None)
                    || (path.startsWith(QStringLiteral("/tensor_scale/offsets")) && *leaf == 0)
                    || (path == QStringLiteral("/tensor_scale/target") && shipped.spec.tensorScale.value().exponent)
                    || (id == QStringLiteral("othersRule") && leaves["/special/nbm_bits"] == 0)
                    || path == QStringLiteral("/mix/share") || path == QStringLiteral("/mix/threshold")
                    || (path.startsWith(QStringLiteral("/encoder/")) && *leaf == toJson(FormatSpec{})["encoder"]);
                if (!saysNothing)
                    QVERIFY2(!id.isEmpty() && bench.isShown(id),
                        qPrintable(QString::fromStdString(shipped.name) + u' ' + path + u' ' + id));
            }
        }
    }

    void everyLeafOfTheSchemaHasAControl()
    {
        const Bench bench("MXFP4");
        for (const Preset& shipped : loadPresets()) {
            const nlohmann::json leaves = toJson(shipped.spec).flatten();
            for (const auto& [path, value] : leaves.items()) {
                const QString leaf = QString::fromStdString(path);
                if (leaf == QStringLiteral("/geometry/axis"))
                    continue;  // belongs to the tensor's view
                const QString id = controlFor(leaf);
                QVERIFY2(!id.isEmpty() && bench.control<QWidget>(id), qPrintable(leaf + u' ' + id));
                QVERIFY2(!bench.control<QWidget>(id)->toolTip().isEmpty() || id == QStringLiteral("nanoMantissaBits"),
                    qPrintable(id));
            }
        }
    }

    void rareParametersAreShownOnDemand()
    {
        Bench bench("MXFP4");
        auto* all = bench.control<QCheckBox>(QStringLiteral("allParameters"));
        for (const char* id : {"exponentBias", "subnormals", "tileRows", "layout", "mix", "encoder", "pruning"}) {
            QVERIFY2(!bench.isShown(QLatin1String(id)), id);
            all->setChecked(true);
            QVERIFY2(bench.isShown(QLatin1String(id)), id);
            all->setChecked(false);
        }
        QVERIFY(bench.edits.empty());
    }

    void namedEncoderHidesWhatItFixes()
    {
        Bench bench("Q4_K");
        bench.control<QCheckBox>(QStringLiteral("allParameters"))->setChecked(true);
        for (const char* id : {"bits", "blockSize", "scaleCodec", "codebook", "rounding", "exception", "mix"})
            QVERIFY2(!bench.isShown(QLatin1String(id)), id);
        QVERIFY(bench.isShown(QStringLiteral("encoder")));
        QCOMPARE(bench.control<QComboBox>(QStringLiteral("encoder"))->currentText(), QStringLiteral("Q4_K"));
        QVERIFY(bench.isShown(QStringLiteral("hadamard")));
    }

    void leavingANamedEncoderBringsTheFormatBack()
    {
        Bench bench("INT4_g128_asym");
        const FormatSpec before = bench.editor.format().spec;
        bench.control<QCheckBox>(QStringLiteral("allParameters"))->setChecked(true);
        bench.set(QStringLiteral("encoder"), QStringLiteral("Q4_0"));
        QVERIFY(bench.edits.back().spec.encoder.id == EncoderId::Q4_0);
        bench.set(QStringLiteral("encoder"), QStringLiteral("general"));
        QVERIFY(bench.edits.back().spec == before);
    }

    void mixStartsFromTheFormatAndEndsWithItsFirstPart()
    {
        Bench bench("INT4_g128");
        const FormatSpec before = bench.editor.format().spec;
        bench.control<QCheckBox>(QStringLiteral("allParameters"))->setChecked(true);
        bench.set(QStringLiteral("mix"), QStringLiteral("widest of row"));
        QVERIFY2(bench.editor.problem().isEmpty(), qPrintable(bench.editor.problem()));
        const MixSpec& mix = bench.edits.back().spec.mix.value();
        QVERIFY(mix.parts.front() == validPart("INT4_g128", 128));
        QCOMPARE(mix.parts.back().codeBits(), 8);
        QCOMPARE(bench.control<QComboBox>(QStringLiteral("mixPart1"))->currentText(), QStringLiteral("INT4_g128"));
        bench.set(QStringLiteral("mix"), QStringLiteral("none"));
        QVERIFY(bench.edits.back().spec == before);
    }

    void partsAreNamedAfterTheirPresets()
    {
        Bench bench("COMET");
        QCOMPARE(bench.control<QComboBox>(QStringLiteral("mixPart1"))->currentText(), QStringLiteral("INT4_g128"));
        QCOMPARE(bench.control<QComboBox>(QStringLiteral("mixPart2"))->currentText(), QStringLiteral("INT8_g128"));
        QVERIFY(!bench.isShown(QStringLiteral("mixPart3")));
        auto* part = bench.control<QComboBox>(QStringLiteral("mixPart1"));
        for (const char* name : {"COMET", "INT4_channel", "Q4_K", "SqueezeLLM_3", "ANT", "INT4_g128_hadamard"})
            QVERIFY2(part->findText(QLatin1String(name)) < 0, name);  // none of these can be a part
    }

    void pastedLevelsAreTakenAtOnce()
    {
        Bench bench("NF4");
        auto* edit = bench.control<LevelListEdit>(QStringLiteral("levels"));
        QGuiApplication::clipboard()->setText(QStringLiteral("{-1.0f, -0.5f,\n 0.f,\t0.25f; [1.0]\n-0.75 0.5 0.75}"));
        edit->selectAll();
        edit->paste();
        QVERIFY2(bench.editor.problem().isEmpty(), qPrintable(bench.editor.problem()));
        const ElementBook& book = bench.edits.back().spec.elements.front();
        QCOMPARE(book.levels, (std::vector<double>{-1, -0.5, 0, 0.25, 1, -0.75, 0.5, 0.75}));
        QCOMPARE(book.codeBits(), 3);
        QCOMPARE(book.id, std::string("table8"));
        QVERIFY(edit->toPlainText().contains(u'f'));  // stays as pasted
    }

    void wrongLevelIsMarkedAndRefusedWithTheRemedy()
    {
        Bench bench("NF4");
        const NamedFormat before = bench.editor.format();
        auto* edit = bench.control<LevelListEdit>(QStringLiteral("levels"));
        edit->setPlainText(QStringLiteral("-1, zero, 1, 2e400"));
        QVERIFY(bench.editor.problem().contains(QStringLiteral("zero")));
        QVERIFY(bench.editor.problem().contains(QStringLiteral("numbers")));
        QCOMPARE(edit->extraSelections().size(), qsizetype{2});
        QCOMPARE(edit->extraSelections().front().format.underlineStyle(), QTextCharFormat::WaveUnderline);
        QCOMPARE(edit->extraSelections().front().cursor.selectedText(), QStringLiteral("zero"));
        QVERIFY(bench.edits.empty());
        QVERIFY(bench.editor.format() == before);
        edit->setPlainText(QStringLiteral("7"));  // a number, but no codebook
        QVERIFY2(bench.editor.problem().contains(QStringLiteral("2 to 256")), qPrintable(bench.editor.problem()));
        edit->setPlainText(QStringLiteral("-1, 0, 1, 2"));
        QVERIFY(bench.editor.problem().isEmpty());
        QVERIFY(edit->extraSelections().isEmpty());
        QCOMPARE(bench.edits.size(), std::size_t{1});
    }

    void tableStartsWhereTheCodebookWas()
    {
        Bench bench("MXFP4");
        bench.set(QStringLiteral("codebook"), QStringLiteral("table"));
        QCOMPARE(bench.edits.back().spec.elements.front().levels,
            (std::vector<double>{0, 0.5, 1, 1.5, 2, 3, 4, 6, 0, -0.5, -1, -1.5, -2, -3, -4, -6}));
        QVERIFY(!bench.isShown(QStringLiteral("bits")));  // follows from the number of levels
    }

    void rangeButtonFillsInEvenlySpacedNumbers()
    {
        Bench bench("INT4_g128");
        auto* button = bench.control<RangeButton>(QStringLiteral("clipsRange"));
        button->findChild<QDoubleSpinBox*>(button->objectName() + QStringLiteral("From"))->setValue(0.9);
        button->findChild<QDoubleSpinBox*>(button->objectName() + QStringLiteral("To"))->setValue(1.0);
        button->findChild<QDoubleSpinBox*>(button->objectName() + QStringLiteral("Step"))->setValue(0.02);
        button->findChild<QPushButton*>(button->objectName() + QStringLiteral("Apply"))->click();
        QCOMPARE(bench.edits.size(), std::size_t{1});
        QCOMPARE(bench.edits.back().spec.scale.clips, (std::vector<double>{0.9, 0.92, 0.94, 0.96, 0.98, 1.0}));
        QCOMPARE(bench.control<QLineEdit>(QStringLiteral("clips"))->text(), QStringLiteral("0.9..1..0.02"));
    }

    void rangesAreReadAndWritten()
    {
        QCOMPARE(*numbersFromText(QStringLiteral("1..0.8..0.1, 3")), (std::vector<double>{1, 0.9, 0.8, 3}));
        QVERIFY(!numbersFromText(QStringLiteral("1..0.8")));
        QVERIFY(!numbersFromText(QStringLiteral("0..1..0")));
        QVERIFY(!numbersFromText(QStringLiteral("0..1e9..0.001")));
        QCOMPARE(textFromNumbers({1, 2, 3}), QStringLiteral("1, 2, 3"));
        QCOMPARE(textFromNumbers({1, 2, 3, 4, 5, 7}), QStringLiteral("1, 2, 3, 4, 5, 7"));
        for (const char* name : {"LLM_FP4", "ANT", "Bipolar_INT4", "FDB", "INT8_tensor_clip"}) {
            const FormatSpec spec = preset(name).spec;
            const std::vector<double>& clips = spec.scale.clips.empty() ? spec.tensorScale->clips : spec.scale.clips;
            const QString text = textFromNumbers(clips);
            QVERIFY2(text.contains(QStringLiteral("..")), name);
            QCOMPARE(*numbersFromText(text), clips);
        }
    }

    void factsNameTheBasis()
    {
        Bench bench("INT4_g128");
        auto* facts = bench.control<QLabel>(QStringLiteral("facts"));
        QVERIFY(!facts->text().contains(QStringLiteral("basis")));
        bench.set(QStringLiteral("hadamard"), QStringLiteral("16"));
        QVERIFY2(
            facts->text().contains(QStringLiteral("measured in the basis: Hadamard 16")), qPrintable(facts->text()));
    }

    void seedsReachTheLargestAndRefuseMore()
    {
        Bench bench("INT8_tensor_SR");
        bench.set(QStringLiteral("stochasticSeed"), QStringLiteral("4294967296"));
        QVERIFY(bench.editor.problem().contains(QStringLiteral("4294967295")));
        QVERIFY(bench.edits.empty());
    }
};

QTEST_MAIN(TestFormatFieldsWide)
#include "tst_format_fields_wide.moc"
