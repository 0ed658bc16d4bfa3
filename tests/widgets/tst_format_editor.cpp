#include "core/format/format_json.h"
#include "core/format/preset.h"
#include "widgets/doubling_spin_box.h"
#include "widgets/format_editor.h"
#include "widgets/format_naming.h"
#include "widgets/number_list.h"
#include "widgets/preset_box.h"

#include <nlohmann/json.hpp>

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScrollArea>
#include <QScrollBar>
#include <QSet>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <memory>
#include <set>

using namespace nanoscope;

namespace {

NamedFormat preset(const char* name)
{
    return {name, findPreset(name)->spec};
}

/// An editor that knows all presets and notes what it emits.
struct Bench {
    FormatEditor editor {QStringLiteral("A")};
    std::vector<NamedFormat> edits;
    QStringList controls;

    explicit Bench(const char* name)
    {
        editor.setPresets(loadPresets());
        editor.setFormat(preset(name));
        QObject::connect(&editor, &FormatEditor::formatEdited, &editor, [this](const NamedFormat& format, const QString& id) {
            edits.push_back(format);
            controls << id;
        });
    }

    template <typename Widget> Widget* control(const QString& id) const
    {
        return editor.findChild<Widget*>(QStringLiteral("formatA_") + id);
    }

    bool isShown(const QString& id) const
    {
        const auto* widget = control<QWidget>(id);
        return widget && widget->isVisibleTo(&editor);
    }

    /// Sets a control as a person would: a text or number, the text of a choice, "true" or "false".
    void set(const QString& id, const QString& input)
    {
        auto* widget = control<QWidget>(id);
        QVERIFY2(widget, qPrintable(id));
        if (auto* spin = qobject_cast<QSpinBox*>(widget))
            spin->setValue(input.toInt());
        else if (auto* slider = qobject_cast<QSlider*>(widget))
            slider->setValue(input.toInt());
        else if (auto* box = qobject_cast<QCheckBox*>(widget))
            box->setChecked(input == QStringLiteral("true"));
        else if (auto* edit = qobject_cast<QLineEdit*>(widget))
            edit->setText(input);
        else if (auto* combo = qobject_cast<QComboBox*>(widget)) {
            QVERIFY2(combo->findText(input) >= 0, qPrintable(id + u' ' + input));
            combo->setCurrentIndex(combo->findText(input));
        }
    }
};

/// Paths of the JSON leaves in which two specs differ, without what follows from others.
QStringList changedPaths(const FormatSpec& a, const FormatSpec& b)
{
    const nlohmann::json x = toJson(a).flatten();
    const nlohmann::json y = toJson(b).flatten();
    std::set<std::string> paths;
    for (const auto& [path, value] : x.items())
        if (!y.contains(path) || y[path] != value)
            paths.insert(path);
    for (const auto& [path, value] : y.items())
        if (!x.contains(path))
            paths.insert(path);
    QStringList list;
    for (const std::string& path : paths)
        list << QString::fromStdString(path);
    return list;
}

/// The control that edits a JSON path; empty when none does.
QString controlFor(const QString& path)
{
    static const QRegularExpression book(QStringLiteral("^/elements/(\\d+)/(.*)$"));
    const QRegularExpressionMatch match = book.match(path);
    if (match.hasMatch()) {
        const QString number = match.captured(1) == u'0' ? QString() : QString::number(match.captured(1).toInt() + 1);
        const QString field = match.captured(2);
        const QHash<QString, QString> ids {
            {"lsb", "step"},          {"twos", "twosComplement"}, {"top", "topCodes"},
            {"gain", "gain"},         {"target", "target"},       {"recycle/mode", "recycled"},
            {"recycle/sign", "recycled"}, {"recycle/value", "recycledValue"}, {"recycle", "recycled"}};
        return ids.value(field, QStringLiteral("codebook")) + number;
    }
    const QHash<QString, QString> ids {
        {"/geometry/block", "blockSize"},      {"/geometry/sub", "subgroupSize"},  {"/scale/codec", "scaleCodec"},
        {"/scale/rule", "scaleRule"},          {"/scale/min", "scaleMinimum"},     {"/scale/max", "scaleMaximum"},
        {"/scale/zero", "zeroScale"},          {"/scale/split_sign", "splitSign"}, {"/scale/targets", "scaleTargets"},
        {"/tensor_scale/target", "tensorScaleTarget"}, {"/tensor_scale", "tensorScale"},
        {"/micro/bits", "nanoMantissaBits"},   {"/micro/unit", "microUnit"},       {"/micro/rule", "microRule"},
        {"/chooser/rule", "chooserRule"},      {"/chooser/unit", "chooserUnit"},   {"/chooser/bits", "selectorInSign"},
        {"/special/kind", "exception"},        {"/special/mant_bits", "exceptionMantissa"},
        {"/special/nbm_bits", "othersBits"},   {"/special/nbm_rule", "othersRule"}, {"/special/bits", "top1Bits"},
        {"/objective", "objective"},           {"/rounding/elem", "rounding"},     {"/arith", "arithmetic"},
        {"/align", "alignBooks"}};
    if (ids.contains(path))
        return ids.value(path);
    if (path.startsWith(QStringLiteral("/scale/offsets")))
        return QStringLiteral("searchOffsets");
    if (path.startsWith(QStringLiteral("/scale/targets")))
        return QStringLiteral("scaleTargets");
    if (path.startsWith(QStringLiteral("/special/fine")))
        return QStringLiteral("top1Bits");
    if (path.startsWith(QStringLiteral("/order")))
        return QStringLiteral("searchOrder");
    return {};
}

}  // namespace

class TestFormatEditor : public QObject {
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
        QCOMPARE(bench.edits.size(), std::size_t {1});
        QCOMPARE(bench.controls, QStringList {QStringLiteral("A.") + control});
        QCOMPARE(bench.edits.front().name, (start + QStringLiteral(" (edited)")).toStdString());

        const QStringList changed = changedPaths(before, bench.edits.front().spec);
        QVERIFY(!changed.isEmpty());
        const QRegularExpression expected(QRegularExpression::anchoredPattern(allowed));
        for (const QString& path : changed)
            QVERIFY2(expected.match(path).hasMatch(), qPrintable(path));
    }

    void everyPresetIsShownWithoutChangingIt()
    {
        Bench bench("NxFP4");
        for (const Preset& shipped : loadPresets()) {
            bench.editor.setFormat({shipped.name, shipped.spec});
            QVERIFY(bench.edits.empty());
            QVERIFY(bench.editor.format().spec == shipped.spec);
            QCOMPARE(bench.control<QComboBox>(QStringLiteral("preset"))->currentText(), QString::fromStdString(shipped.name));
            QVERIFY(!bench.isShown(QStringLiteral("reset")));
        }
    }

    void whateverAPresetUsesCanBeReached()
    {
        Bench bench("MXFP4");
        for (const Preset& shipped : loadPresets()) {
            bench.editor.setFormat({shipped.name, shipped.spec});
            const nlohmann::json leaves = toJson(shipped.spec).flatten();
            for (const QString& path : changedPaths(FormatSpec {}, shipped.spec)) {
                const auto leaf = leaves.find(path.toStdString());
                if (leaf == leaves.end() || leaf->is_null() || *leaf == false || *leaf == "finite")
                    continue;  // not used by this preset
                if (path == QStringLiteral("/scale/rule") || path == QStringLiteral("/tensor_scale/codec"))
                    continue;  // the only one there is, or offered where it is not
                if (path.endsWith(QStringLiteral("nbm_rule")) && leaves["/special/nbm_bits"] == 0)
                    continue;  // says nothing beside another field
                const QString id = controlFor(path);
                QVERIFY2(!id.isEmpty() && bench.isShown(id),
                         qPrintable(QString::fromStdString(shipped.name) + u' ' + path + u' ' + id));
            }
        }
    }

    void parametersThatDoNotMatterAreHidden()
    {
        Bench bench("MXFP4");
        for (const char* id : {"codebook2", "tensorScale", "scaleTargets", "microRule", "chooserRule", "othersBits", "top1Bits",
                               "subgroupSize", "objective", "recycled", "arithmetic", "step", "topCodes"})
            QVERIFY2(!bench.isShown(QLatin1String(id)), id);
        bench.editor.setFormat(preset("NVFP4"));
        QVERIFY(!bench.isShown(QStringLiteral("searchOffsets")));
        QVERIFY(!bench.isShown(QStringLiteral("scaleRule")));
    }

    void namedControlsHaveTheirAccessibleNames()
    {
        const Bench bench("NxFP4");
        const QHash<QString, QString> names {{"preset", "Preset"},
                                             {"bits", "Bits"},
                                             {"blockSize", "Block size"},
                                             {"scaleCodec", "Scale codec"},
                                             {"nanoMantissaBits", "NanoMantissa bits"},
                                             {"adaptiveMicroexponent", "Adaptive Microexponent"},
                                             {"codeRecycling", "Code Recycling"},
                                             {"searchOffsets", "Search offsets"}};
        for (auto it = names.cbegin(); it != names.cend(); ++it)
            QCOMPARE(bench.control<QWidget>(it.key())->accessibleName(), it.value());
        // Combo boxes show their text as their name, so each needs a label that names it.
        QSet<QWidget*> labelled;
        for (const QLabel* label : bench.editor.findChildren<QLabel*>())
            labelled.insert(label->buddy());
        for (QComboBox* combo : bench.editor.findChildren<QComboBox*>())
            QVERIFY2(labelled.contains(combo), qPrintable(combo->objectName()));
    }

    void accessibleNamesAreUniqueWithinTheEditor()
    {
        const Bench bench("NxFP4");
        QSet<QString> names;
        for (const QWidget* widget : bench.editor.findChildren<QWidget*>(QRegularExpression(QStringLiteral("^formatA_")))) {
            if (widget->accessibleName().isEmpty())
                continue;
            QVERIFY2(!names.contains(widget->accessibleName()), qPrintable(widget->accessibleName()));
            names.insert(widget->accessibleName());
        }
    }

    void editedFormatSaysSoUntilItIsEqualAgain()
    {
        Bench bench("NxFP4");
        auto* shown = bench.control<QComboBox>(QStringLiteral("preset"));
        bench.set(QStringLiteral("nanoMantissaBits"), QStringLiteral("1"));
        QCOMPARE(bench.edits.back().name, std::string("NxFP4 (edited)"));
        QCOMPARE(shown->currentText(), QStringLiteral("NxFP4 (edited)"));
        QVERIFY(bench.isShown(QStringLiteral("reset")));
        bench.set(QStringLiteral("nanoMantissaBits"), QStringLiteral("2"));
        QCOMPARE(bench.edits.back().name, std::string("NxFP4"));
        QCOMPARE(shown->currentText(), QStringLiteral("NxFP4"));
        QVERIFY(!bench.isShown(QStringLiteral("reset")));
    }

    void slidingToZeroAndBackKeepsUnitAndRule()
    {
        Bench bench("M2XFP_weight");
        bench.set(QStringLiteral("nanoMantissaBits"), QStringLiteral("0"));
        QVERIFY(!bench.edits.back().spec.micro);
        bench.set(QStringLiteral("nanoMantissaBits"), QStringLiteral("2"));
        QVERIFY(bench.edits.back() == preset("M2XFP_weight"));
    }

    void resetGoesBackToThePreset()
    {
        Bench bench("NxFP4");
        bench.set(QStringLiteral("blockSize"), QStringLiteral("128"));
        QTest::mouseClick(bench.control<QToolButton>(QStringLiteral("reset")), Qt::LeftButton);
        QCOMPARE(bench.edits.size(), std::size_t {2});
        QVERIFY(bench.edits.back() == preset("NxFP4"));
        QCOMPARE(bench.controls.back(), QStringLiteral("A.reset"));
    }

    void blockedAxisBelongsToTheViewAndSurvives()
    {
        Bench bench("NxFP4");
        NamedFormat format = preset("NxFP4");
        format.spec.geometry.axis = 0;
        bench.editor.setFormat(format);
        QCOMPARE(bench.control<QComboBox>(QStringLiteral("preset"))->currentText(), QStringLiteral("NxFP4"));
        Q_EMIT bench.control<PresetBox>(QStringLiteral("preset"))->presetChosen(QStringLiteral("MXFP4"));
        QCOMPARE(bench.edits.back().name, std::string("MXFP4"));
        QCOMPARE(bench.edits.back().spec.geometry.axis, 0);
    }

    void overriddenPresetIsShownAsEdited()
    {
        Bench bench("MXFP4");
        bench.editor.setFormat({"NxFP4:geometry.block=16", withBlock(preset("NxFP4").spec, 16)});
        QCOMPARE(bench.control<QComboBox>(QStringLiteral("preset"))->currentText(), QStringLiteral("NxFP4 (edited)"));
        bench.editor.setFormat({"mine.json", withBlock(preset("NxFP4").spec, 16)});
        QCOMPARE(bench.control<QComboBox>(QStringLiteral("preset"))->currentText(), QStringLiteral("mine.json"));
        bench.set(QStringLiteral("blockSize"), QStringLiteral("32"));
        QCOMPARE(bench.edits.back().name, std::string("mine.json (edited)"));
        bench.set(QStringLiteral("blockSize"), QStringLiteral("16"));
        QCOMPARE(bench.edits.back().name, std::string("mine.json"));
    }

    void refusedInputIsExplainedAndNotSent()
    {
        Bench bench("NxFP4");
        const NamedFormat before = bench.editor.format();
        bench.set(QStringLiteral("searchOffsets"), QStringLiteral("-1, x"));
        QVERIFY(bench.editor.problem().contains(QStringLiteral("-1, x")));
        bench.set(QStringLiteral("searchOffsets"), QStringLiteral("0, 0"));
        QVERIFY(bench.editor.problem().contains(QStringLiteral("scale.offsets")));
        bench.set(QStringLiteral("subgroupSize"), QStringLiteral("5"));
        bench.set(QStringLiteral("searchOrder"), QStringLiteral("book"));
        QVERIFY(!bench.editor.problem().isEmpty());
        QVERIFY(bench.edits.empty());
        QVERIFY(bench.editor.format() == before);

        bench.set(QStringLiteral("searchOffsets"), QStringLiteral("0, -1"));
        QVERIFY(bench.editor.problem().isEmpty());
        QCOMPARE(bench.edits.size(), std::size_t {1});
    }

    void refusedChoiceGoesBack()
    {
        Bench bench("NxFP4");
        bench.set(QStringLiteral("microRule"), QStringLiteral("shared microexponent"));  // needs subgroups
        QVERIFY(bench.editor.problem().contains(QStringLiteral("micro.unit")));
        QCOMPARE(bench.control<QComboBox>(QStringLiteral("microRule"))->currentText(), QStringLiteral("search"));
        QVERIFY(bench.edits.empty());
    }

    void typingOffsetsIsLiveAndKeepsWhatIsTyped()
    {
        Bench bench("NxFP4");
        auto* edit = bench.control<QLineEdit>(QStringLiteral("searchOffsets"));
        edit->clear();
        QTest::keyClicks(edit, QStringLiteral("-1, 0, 1"));
        QCOMPARE(edit->text(), QStringLiteral("-1, 0, 1"));
        QCOMPARE(bench.edits.back().spec.scale.offsets, (std::vector<int> {-1, 0, 1}));
        QVERIFY(bench.editor.problem().isEmpty());
    }

    void sliderDragSendsEveryStep()
    {
        Bench bench("NxFP4");
        auto* slider = bench.control<QSlider>(QStringLiteral("nanoMantissaBits"));
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Home);
        QTest::keyClick(slider, Qt::Key_Right);
        QTest::keyClick(slider, Qt::Key_Right);
        QTest::keyClick(slider, Qt::Key_Right);
        QCOMPARE(bench.edits.size(), std::size_t {4});
        QCOMPARE(bench.edits.back().spec.micro->bits, 3);
        QVERIFY(QSet<QString>(bench.controls.begin(), bench.controls.end()) == QSet<QString> {QStringLiteral("A.nanoMantissaBits")});
    }

    void blockSizeStepsByDoublingAndTakesTypedNumbers()
    {
        Bench bench("NxFP4");
        auto* spin = bench.control<QSpinBox>(QStringLiteral("blockSize"));
        spin->stepUp();
        QCOMPARE(bench.edits.back().spec.geometry.block, 64);
        spin->stepDown();
        spin->stepDown();
        QCOMPARE(bench.edits.back().spec.geometry.block, 16);
        spin->setFocus();
        spin->selectAll();
        QTest::keyClicks(spin, QStringLiteral("100"));
        QTest::keyClick(spin, Qt::Key_Return);
        QCOMPARE(bench.edits.back().spec.geometry.block, 100);
        spin->stepUp();
        QCOMPARE(spin->value(), 128);
    }

    void presetIsFoundByTypingPartOfItsName()
    {
        Bench bench("NxFP4");
        auto* box = bench.control<PresetBox>(QStringLiteral("preset"));
        box->completer()->setCompletionPrefix(QStringLiteral("nvfp4"));
        QVERIFY(box->completer()->completionCount() >= 5);
        box->lineEdit()->setText(QStringLiteral("mxfp4"));
        Q_EMIT box->lineEdit()->editingFinished();
        QCOMPARE(bench.edits.size(), std::size_t {1});
        QCOMPARE(bench.edits.back().name, std::string("MXFP4"));
        box->lineEdit()->setText(QStringLiteral("no such format"));
        Q_EMIT box->lineEdit()->editingFinished();
        QCOMPARE(box->currentText(), QStringLiteral("MXFP4"));
        QCOMPARE(bench.edits.size(), std::size_t {1});
    }

    void presetsAreGroupedByFamily()
    {
        const Bench bench("NxFP4");
        auto* box = bench.control<PresetBox>(QStringLiteral("preset"));
        QCOMPARE(box->itemText(0), QStringLiteral("NxFP"));
        QCOMPARE(box->itemText(1), QStringLiteral("NxFP4"));
        QSet<QString> families;
        for (const Preset& shipped : loadPresets())
            families.insert(presetFamily(QString::fromStdString(shipped.name)));
        QCOMPARE(box->count(), static_cast<int>(loadPresets().size()) + families.size());  // no family comes twice
    }

    void reconstructionIsCalledOne()
    {
        Bench bench("NxFP4");
        auto* facts = bench.control<QLabel>(QStringLiteral("facts"));
        QVERIFY(facts->text().startsWith(QStringLiteral("4.34375 bits per element")));
        QVERIFY(facts->text().contains(QStringLiteral("NxFP is a reconstruction")));
        bench.editor.setFormat(preset("MXFP4"));
        QVERIFY(!facts->text().contains(QStringLiteral("reconstruction")));
    }

    void fitsADockOf300Pixels()
    {
        Bench bench("NxFP4");
        bench.editor.resize(300, 700);
        bench.editor.show();
        QVERIFY(bench.editor.minimumSizeHint().width() <= 300);
        for (const char* name : {"NxFP4", "RaZeR_NVFP4", "M2XFP_act", "MXFP4++", "MXFP8_E4M3"}) {
            bench.editor.setFormat(preset(name));
            QCoreApplication::processEvents();
            auto* area = bench.editor.findChild<QScrollArea*>();
            QVERIFY2(area->widget()->width() <= area->viewport()->width(), name);
        }
    }

    void listsOfNumbersAreReadAsTyped()
    {
        QCOMPARE(*integersFromText(QStringLiteral("−1; 0 1,")), (std::vector<int> {-1, 0, 1}));
        QVERIFY(!integersFromText(QStringLiteral("1.5")));
        QVERIFY(integersFromText(QString())->empty());
        QCOMPARE(*numbersFromText(QStringLiteral("6, 4.5")), (std::vector<double> {6, 4.5}));
        QVERIFY(!numbersFromText(QStringLiteral("inf")));
        QCOMPARE(exactText(0.1), QStringLiteral("0.1"));
    }
};

QTEST_MAIN(TestFormatEditor)
#include "tst_format_editor.moc"
