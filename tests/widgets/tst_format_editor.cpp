#include "editor_bench.h"
#include "widgets/format_naming.h"
#include "widgets/number_list.h"
#include "widgets/preset_box.h"

#include <QCompleter>
#include <QLabel>
#include <QRegularExpression>
#include <QScrollArea>
#include <QSet>
#include <QToolButton>

using namespace nanoscope;
using namespace nanoscope::test;

class TestFormatEditor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPresetIsShownWithoutChangingIt()
    {
        Bench bench("NxFP4");
        for (const Preset& shipped : loadPresets()) {
            bench.editor.setFormat({shipped.name, shipped.spec});
            QVERIFY(bench.edits.empty());
            QVERIFY(bench.editor.format().spec == shipped.spec);
            QCOMPARE(bench.control<QComboBox>(QStringLiteral("preset"))->currentText(),
                QString::fromStdString(shipped.name));
            QVERIFY(!bench.isShown(QStringLiteral("reset")));
        }
    }

    void namedControlsHaveTheirAccessibleNames()
    {
        const Bench bench("NxFP4");
        const QHash<QString, QString> names{{"preset", "Preset"}, {"bits", "Bits"}, {"blockSize", "Block size"},
            {"scaleCodec", "Scale codec"}, {"nanoMantissaBits", "NanoMantissa bits"},
            {"adaptiveMicroexponent", "Adaptive Microexponent"}, {"codeRecycling", "Code Recycling"},
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
        for (const QWidget* widget :
            bench.editor.findChildren<QWidget*>(QRegularExpression(QStringLiteral("^formatA_")))) {
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
        QCOMPARE(bench.edits.size(), std::size_t{2});
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
        QCOMPARE(bench.edits.size(), std::size_t{1});
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
        QCOMPARE(bench.edits.back().spec.scale.offsets, (std::vector<int>{-1, 0, 1}));
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
        QCOMPARE(bench.edits.size(), std::size_t{4});
        QCOMPARE(bench.edits.back().spec.micro->bits, 3);
        QVERIFY(QSet<QString>(bench.controls.begin(), bench.controls.end())
            == QSet<QString>{QStringLiteral("A.nanoMantissaBits")});
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
        QCOMPARE(bench.edits.size(), std::size_t{1});
        QCOMPARE(bench.edits.back().name, std::string("MXFP4"));
        box->lineEdit()->setText(QStringLiteral("no such format"));
        Q_EMIT box->lineEdit()->editingFinished();
        QCOMPARE(box->currentText(), QStringLiteral("MXFP4"));
        QCOMPARE(bench.edits.size(), std::size_t{1});
    }

    void presetsAreGroupedByFamily()
    {
        const Bench bench("NxFP4");
        auto* box = bench.control<PresetBox>(QStringLiteral("preset"));
        QCOMPARE(box->itemText(0), QStringLiteral("NxFP"));
        QCOMPARE(box->itemText(1), QStringLiteral("NxFP4"));
        QSet<QString> families;
        for (const Preset& shipped : loadPresets())
            families.insert(QString::fromStdString(shipped.family));
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
        QCOMPARE(*integersFromText(QStringLiteral("−1; 0 1,")), (std::vector<int>{-1, 0, 1}));
        QVERIFY(!integersFromText(QStringLiteral("1.5")));
        QVERIFY(integersFromText(QString())->empty());
        QCOMPARE(*numbersFromText(QStringLiteral("6, 4.5")), (std::vector<double>{6, 4.5}));
        QVERIFY(!numbersFromText(QStringLiteral("inf")));
        QCOMPARE(exactText(0.1), QStringLiteral("0.1"));
    }
};

QTEST_MAIN(TestFormatEditor)
#include "tst_format_editor.moc"
