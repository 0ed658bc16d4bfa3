#include "core/format/preset_library.h"
#include "widgets/format_difference_view.h"
#include "widgets/preset_box.h"
#include "widgets/preset_browser.h"
#include "widgets/preset_browser_model.h"
#include "widgets/preset_form.h"
#include "widgets/preset_text.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSet>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTextBrowser>

#include <nlohmann/json.hpp>

using namespace nanoscope;

namespace {

/// A browser over the shipped presets and one of the user's.
struct Bench {
    PresetLibrary library;
    std::vector<Preset> presets = library.loadAll();
    PresetBrowser browser;
    QSignalSpy usedAsA{&browser, &PresetBrowser::useAsARequested};
    QSignalSpy usedAsB{&browser, &PresetBrowser::useAsBRequested};

    Bench()
    {
        Preset mine;
        mine.name = "Mine";
        mine.title = "One of <mine>";
        mine.standing = kUserStanding;
        mine.spec.geometry.block = 16;
        presets.push_back(mine);
        browser.setPresets(presets, library.systems());
        browser.setFormats({"MXFP4", findPreset("MXFP4")->spec}, std::nullopt);
        browser.show();
        browser.activateWindow();
        (void)QTest::qWaitForWindowActive(&browser);
        browser.focusSearch();
    }

    template <typename Widget> Widget* control(const char* name) const
    {
        return browser.findChild<Widget*>(QLatin1String(name));
    }

    [[nodiscard]] QLineEdit* search() const { return control<QLineEdit>("presetSearch"); }
    [[nodiscard]] QAbstractItemView* list() const { return control<QAbstractItemView>("presetList"); }
    [[nodiscard]] QString details() const { return control<QTextBrowser>("presetDetails")->toPlainText(); }
    [[nodiscard]] FormatDifferenceView* difference() const { return browser.findChild<FormatDifferenceView*>(); }
    [[nodiscard]] QStringList headings() const
    {
        QStringList texts;
        for (int row = 0; row < list()->model()->rowCount(); ++row)
            texts << list()->model()->index(row, 0).data().toString();
        return texts;
    }
    [[nodiscard]] int shown() const
    {
        int rows = 0;
        for (int row = 0; row < list()->model()->rowCount(); ++row)
            rows += list()->model()->rowCount(list()->model()->index(row, 0));
        return rows;
    }
};

}  // namespace

class TestPresetBrowser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPresetIsListedOnceByFamily()
    {
        const Bench bench;
        QCOMPARE(bench.shown(), static_cast<int>(bench.presets.size()));
        const QStringList headings = bench.headings();
        QCOMPARE(QSet<QString>(headings.begin(), headings.end()).size(), headings.size());
        QCOMPARE(headings.front(), QStringLiteral("NxFP"));
        QCOMPARE(headings.back(), QStringLiteral("Your presets"));
        QCOMPARE(bench.control<QLabel>("presetCount")->text(), QStringLiteral("%1 of %1").arg(bench.presets.size()));
    }

    void everyPresetIsListedBySystemOrBesideThem()
    {
        const Bench bench;
        bench.control<QComboBox>("presetGrouping")->setCurrentIndex(1);
        QStringList shown;
        const QAbstractItemModel& model = *bench.list()->model();
        for (int group = 0; group < model.rowCount(); ++group)
            for (int row = 0; row < model.rowCount(model.index(group, 0)); ++row)
                shown << model.index(row, 0, model.index(group, 0)).data().toString();
        for (const Preset& preset : bench.presets)
            QVERIFY2(shown.contains(QString::fromStdString(preset.name)), preset.name.c_str());
        QCOMPARE(static_cast<std::size_t>(model.rowCount()), bench.library.systems().size() + 1);
        QVERIFY(bench.headings().front().startsWith(QStringLiteral("1  NxFP")));
    }

    void bitsLevelsAndStandingStandBesideTheName()
    {
        Bench bench;
        bench.browser.showPreset(QStringLiteral("MXFP4"));
        const QModelIndex row = bench.list()->currentIndex();
        QCOMPARE(row.siblingAtColumn(PresetBrowserModel::BitsColumn).data().toString(), QStringLiteral("4.25"));
        QCOMPARE(row.siblingAtColumn(PresetBrowserModel::LevelsColumn).data().toString(), QStringLiteral("15"));
        QCOMPARE(row.siblingAtColumn(PresetBrowserModel::StandingColumn).data().toString(), QStringLiteral("standard"));
    }

    void searchFindsWhatIsSaidOfAPreset_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("best");
        QTest::newRow("name") << "MXFP4"
                              << "MXFP4";
        QTest::newRow("case and underscores") << "nxfp4nm"
                                              << "NxFP4_NM";
        QTest::newRow("title") << "one of <mine>"
                               << "Mine";
        QTest::newRow("words in any order") << "recycling nanomantissa nxfp5"
                                            << "NxFP5";
        QTest::newRow("source") << "2601.19213"
                                << "M2XFP_weight";
        QTest::newRow("standing") << "user"
                                  << "Mine";
    }

    void searchFindsWhatIsSaidOfAPreset()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, best);
        Bench bench;
        QTest::keyClicks(bench.search(), text);
        QCOMPARE(bench.browser.selectedPresets().value(0), best);
        QVERIFY(bench.shown() >= 1);
        QVERIFY(bench.shown() < static_cast<int>(bench.presets.size()));
    }

    void searchFindsSystemsAndAliases()
    {
        Bench bench;
        for (const System& system : bench.library.systems()) {
            if (system.presets.empty())
                continue;
            bench.search()->setText(QString::fromStdString(system.name));
            QStringList shown;
            const QAbstractItemModel& model = *bench.list()->model();
            for (int group = 0; group < model.rowCount(); ++group)
                for (int row = 0; row < model.rowCount(model.index(group, 0)); ++row)
                    shown << model.index(row, 0, model.index(group, 0)).data().toString();
            QVERIFY2(shown.contains(QString::fromStdString(system.presets.front())), system.name.c_str());
        }
        for (const Preset& preset : bench.presets)
            for (const std::string& alias : preset.aliases) {
                bench.search()->setText(QString::fromStdString(alias));
                QVERIFY2(bench.shown() >= 1, alias.c_str());
            }
    }

    void nothingFoundSaysSo()
    {
        const Bench bench;
        QTest::keyClicks(bench.search(), QStringLiteral("no such thing"));
        QCOMPARE(bench.shown(), 0);
        QVERIFY(bench.control<QLabel>("presetCount")->text().startsWith(QStringLiteral("0 of")));
        QVERIFY(!bench.control<QPushButton>("presetUseA")->isEnabled());
        QTest::keyClick(bench.search(), Qt::Key_Return);
        QTest::keyClick(bench.search(), Qt::Key_Down);
        QVERIFY(bench.usedAsA.isEmpty());
    }

    void detailsTellWhatIsKnown()
    {
        Bench bench;
        bench.browser.showPreset(QStringLiteral("NxFP4"));
        const Preset preset = *findPreset("NxFP4");
        for (const QString& text : {QString::fromStdString(preset.title), QString::fromStdString(preset.description),
                 QString::fromStdString(preset.source), standingSentence(preset), QStringLiteral("reading list"),
                 QStringLiteral("4.34375"), QStringLiteral("\"geometry\""), QStringLiteral("half_min")})
            QVERIFY2(bench.details().contains(text), qPrintable(text));
        for (const std::string& alias : preset.aliases)
            QVERIFY(bench.details().contains(QString::fromStdString(alias)));
        bench.browser.showPreset(QStringLiteral("Mine"));
        QVERIFY(bench.details().contains(QStringLiteral("One of <mine>")));  // text, not markup
        QVERIFY(bench.details().contains(QStringLiteral("folder of presets")));
    }

    void systemIsDescribed()
    {
        Bench bench;
        bench.control<QComboBox>("presetGrouping")->setCurrentIndex(1);
        for (std::size_t i = 0; i < bench.library.systems().size(); ++i) {
            bench.list()->setCurrentIndex(bench.list()->model()->index(static_cast<int>(i), 0));
            const System& system = bench.library.systems()[i];
            QVERIFY2(bench.details().contains(QString::fromStdString(system.note)), system.name.c_str());
            for (const std::string& study : system.studies)
                QVERIFY2(bench.details().contains(QString::fromStdString(study)), system.name.c_str());
        }
    }

    void keysLeadFromSearchToFormat()
    {
        Bench bench;
        QTest::keyClicks(bench.search(), QStringLiteral("nxfp4"));
        QTest::keyClick(bench.search(), Qt::Key_Return);
        QCOMPARE(bench.usedAsA.size(), 1);
        QCOMPARE(bench.usedAsA.takeFirst().at(0).toString(), QStringLiteral("NxFP4"));
        QTest::keyClick(bench.search(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(bench.usedAsB.takeFirst().at(0).toString(), QStringLiteral("NxFP4"));
        QTest::keyClick(bench.search(), Qt::Key_Down);
        QVERIFY(bench.list()->hasFocus());
        QTest::keyClick(bench.list(), Qt::Key_Down);
        QTest::keyClick(bench.list(), Qt::Key_Return);
        QCOMPARE(bench.usedAsA.size(), 1);
        const QString next = bench.usedAsA.takeFirst().at(0).toString();
        QVERIFY(next != QStringLiteral("NxFP4"));
        QTest::keyClick(bench.list(), Qt::Key_Enter, Qt::ControlModifier);
        QCOMPARE(bench.usedAsB.takeFirst().at(0).toString(), next);
        QTest::keyClick(bench.list(), Qt::Key_Escape);
        QVERIFY(!bench.browser.isVisible());
    }

    void enterOnAHeadingOpensIt()
    {
        Bench bench;
        QTest::keyClick(bench.search(), Qt::Key_Down);
        const QModelIndex heading = bench.list()->currentIndex();
        QVERIFY(!heading.parent().isValid());
        QTest::keyClick(bench.list(), Qt::Key_Return);
        QTest::keyClick(bench.list(), Qt::Key_Down);
        QCOMPARE(bench.list()->currentIndex().parent(), heading);
        QVERIFY(bench.usedAsA.isEmpty());
    }

    void buttonsUseTheSelection()
    {
        Bench bench;
        QVERIFY(!bench.control<QPushButton>("presetUseA")->isEnabled());
        bench.browser.showPreset(QStringLiteral("NVFP4"));
        bench.control<QPushButton>("presetUseA")->click();
        bench.control<QPushButton>("presetUseB")->click();
        QCOMPARE(bench.usedAsA.takeFirst().at(0).toString(), QStringLiteral("NVFP4"));
        QCOMPARE(bench.usedAsB.takeFirst().at(0).toString(), QStringLiteral("NVFP4"));
        QSignalSpy saving(&bench.browser, &PresetBrowser::saveRequested);
        bench.control<QPushButton>("presetSave")->click();
        QCOMPARE(saving.size(), 1);
    }

    void twoSelectedAreComparedFieldByField()
    {
        Bench bench;
        bench.browser.showPreset(QStringLiteral("NxFP4"));
        QTest::keyClick(bench.list(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(bench.browser.selectedPresets().size(), 2);
        QVERIFY(bench.difference()->isVisible());
        const QString text = bench.difference()->toText();
        QVERIFY2(text.startsWith(QStringLiteral("Field\tNxFP4\tNxFP4_NM\t")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("\nchooser\trule search, unit block\tnone\t")), qPrintable(text));
        QTest::keyClick(bench.list(), Qt::Key_Down);
        QVERIFY(!bench.difference()->isVisible());
    }

    void oneSelectedIsComparedWithA()
    {
        Bench bench;
        bench.browser.showPreset(QStringLiteral("Mine"));
        bench.control<QPushButton>("presetCompare")->click();
        QVERIFY(bench.difference()->isVisible());
        QVERIFY(bench.difference()->toText().contains(QStringLiteral("geometry.block\t32\t16\t")));
    }

    void longListsStayOneRowOfAFewLines()
    {
        FormatDifferenceView view;
        view.resize(700, 400);
        view.setFormats({"Dynamic8", findPreset("Dynamic8")->spec}, {"NF4", findPreset("NF4")->spec});
        view.show();
        const auto* table = view.findChild<QTableView*>();
        for (int row = 0; row < table->model()->rowCount(); ++row)
            QVERIFY2(table->rowHeight(row) < 12 * table->fontMetrics().height(), qPrintable(QString::number(row)));
        QVERIFY(view.toText().size() > 1000);  // the copy has all levels
    }

    void groupingAndReloadingKeepTheSelection()
    {
        Bench bench;
        bench.browser.showPreset(QStringLiteral("MXFP4+"));
        bench.control<QComboBox>("presetGrouping")->setCurrentIndex(1);
        QCOMPARE(bench.browser.selectedPresets(), QStringList{QStringLiteral("MXFP4+")});
        bench.browser.setPresets(bench.presets, bench.library.systems());
        QCOMPARE(bench.browser.selectedPresets(), QStringList{QStringLiteral("MXFP4+")});
    }

    void controlsHaveNamesOfTheirOwn()
    {
        const Bench bench;
        QSet<QString> names;
        for (const char* object :
            {"presetSearch", "presetGrouping", "presetList", "presetDetails", "differenceTable"}) {
            const auto* widget = bench.control<QWidget>(object);
            QVERIFY2(widget && !widget->accessibleName().isEmpty(), object);
            QVERIFY2(!names.contains(widget->accessibleName()), object);
            names.insert(widget->accessibleName());
        }
    }

    void boxListsFamiliesAndTakesAliases()
    {
        const Bench bench;
        PresetBox box;
        box.setPresets(bench.presets);
        QSet<QString> families;
        for (const Preset& preset : bench.presets)
            families.insert(familyHeading(preset));
        QCOMPARE(box.count(), static_cast<int>(bench.presets.size()) + families.size());
        QCOMPARE(box.itemText(box.count() - 1), QStringLiteral("Mine"));
        box.completer()->setCompletionPrefix(QStringLiteral("one of <mi"));  // any part of a title
        QCOMPARE(box.completer()->completionCount(), 1);
        QSignalSpy chosen(&box, &PresetBox::presetChosen);
        for (const Preset& preset : bench.presets)
            for (const std::string& alias : preset.aliases) {
                box.showName(QStringLiteral("something"));
                box.lineEdit()->setText(QString::fromStdString(alias));
                Q_EMIT box.lineEdit()->editingFinished();
                QVERIFY2(!chosen.isEmpty(), alias.c_str());
                QCOMPARE(chosen.takeFirst().at(0).toString(), QString::fromStdString(preset.name));
                QCOMPARE(box.currentText(), QString::fromStdString(preset.name));
            }
    }

    void formRefusesTakenNamesAndHandsOverTheRest()
    {
        PresetForm form;
        std::vector<Preset> saved;
        connect(&form, &PresetForm::saveRequested, &form, [&saved](const Preset& preset) { saved.push_back(preset); });
        form.setFamilies({QStringLiteral("MX"), QStringLiteral("NxFP")});
        form.setFormats({{"NxFP4", findPreset("NxFP4")->spec}, {"MXFP4", findPreset("MXFP4")->spec}});
        form.setNameCheck([](const QString& name) {
            return name == QStringLiteral("MXFP4") ? QStringLiteral("is taken") : QString();
        });
        form.show();
        auto* name = form.findChild<QLineEdit*>(QStringLiteral("presetFormName"));
        auto* save = form.findChild<QPushButton*>(QStringLiteral("presetFormSave"));
        auto* problem = form.findChild<QLabel*>(QStringLiteral("presetFormProblem"));
        QVERIFY(!save->isEnabled());
        QTest::keyClicks(name, QStringLiteral("MXFP4"));
        QVERIFY(!save->isEnabled());
        QCOMPARE(problem->text(), QStringLiteral("is taken"));
        QTest::keyClicks(name, QStringLiteral("_mine"));
        QVERIFY(problem->text().isEmpty());
        form.findChild<QLineEdit*>(QStringLiteral("presetFormTitle"))->setText(QStringLiteral("My title"));
        form.findChild<QComboBox*>(QStringLiteral("presetFormFamily"))->setEditText(QStringLiteral("My family"));
        form.findChild<QComboBox*>(QStringLiteral("presetFormFormat"))->setCurrentIndex(1);
        QCOMPARE(
            form.findChild<QComboBox*>(QStringLiteral("presetFormFormat"))->currentText(), QStringLiteral("B: MXFP4"));
        save->click();
        QCOMPARE(saved.size(), std::size_t{1});
        QCOMPARE(saved[0].name, std::string("MXFP4_mine"));
        QCOMPARE(saved[0].title, std::string("My title"));
        QCOMPARE(saved[0].family, std::string("My family"));
        QCOMPARE(saved[0].standing, std::string(kUserStanding));
        QVERIFY(saved[0].spec == findPreset("MXFP4")->spec);
        QVERIFY(form.isVisible());  // until it is written
        form.showProblem(QStringLiteral("the disk is full"));
        QCOMPARE(problem->text(), QStringLiteral("the disk is full"));
    }

    void readableJsonReadsBack()
    {
        for (const Preset& preset : loadPresets()) {
            const QString text = readableJson(preset.spec);
            QVERIFY2(nlohmann::json::parse(text.toStdString()) == toJson(preset.spec), preset.name.c_str());
        }
    }
};

QTEST_MAIN(TestPresetBrowser)
#include "tst_preset_browser.moc"
