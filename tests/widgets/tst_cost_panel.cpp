// Many cases, one subject: one panel serves all of them.
#include "tests/widgets/sample_cost.h"
#include "widgets/cost_bar_chart.h"
#include "widgets/cost_fields.h"
#include "widgets/cost_model.h"
#include "widgets/cost_number_box.h"
#include "widgets/cost_panel.h"
#include "widgets/cost_ratio_plot.h"
#include "widgets/cost_roofline_chart.h"
#include "widgets/cost_table.h"
#include "widgets/preset_box.h"

#include <QAbstractItemModel>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSet>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QTextEdit>
#include <QToolButton>
#include <QTreeView>

#include <nlohmann/json.hpp>

#include <memory>

using namespace nanoscope;

/// The cost panel as a whole: what its controls edit and what a choice of a figure shows. The oracle is core.
class TestCostPanel : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_panel.reset(); }
    void everyParameterHasAControl();
    void everyControlEditsExactlyItsPath_data();
    void everyControlEditsExactlyItsPath();
    void anEmptyFieldGivesBackThePreset();
    void aConstantIsEditedInItsTable();
    void constantsAreFoundByAnyColumn();
    void aDramPresetReplacesAnOwnValue();
    void acceleratorKeepsTheRunAndConstants();
    void languageModelAndActivationsAreChosen();
    void resetGivesBackTheAccelerator();
    void oddInputIsRefusedInThePanel_data();
    void oddInputIsRefusedInThePanel();
    void whatIsTypedStaysWhileItMeansTheSame();
    void measuredUnitsAreNamedWithTheirFigure();
    void limitsAndNotesAreShown();
    void aClickedSegmentSelectsItsFigure();
    void everyHeadlineLeadsToItsFormula();
    void aClickedPointBecomesTheCurrentLayer();
    void aFailureIsShownBesideTheFiguresBefore();
    void controlsHaveNamesOfTheirOwn();
    void aPageLeftBehindIsUpToDateWhenTurnedTo();
    void isUsableInANarrowDock();

private:
    [[nodiscard]] CostChoice edited(QSignalSpy& spy) const { return spy.back().at(0).value<CostChoice>(); }
    [[nodiscard]] QString detail() const { return m_panel->findChild<QTextEdit*>("costDetail")->toPlainText(); }
    template <typename Widget> [[nodiscard]] Widget* control(const QString& path) const
    {
        return m_panel->findChild<Widget*>(QStringLiteral("cost_") + path);
    }
    void type(const QString& path, const QString& text) const;

    std::unique_ptr<CostPanel> m_panel;
};

namespace {

/// All leaves of parameters as "section.name" with their value.
QHash<QString, QString> leaves(const HardwareParameters& parameters)
{
    const nlohmann::json document = toJson(parameters);
    QHash<QString, QString> found;
    for (const auto& [section, fields] : document.items())
        for (const auto& [name, value] : fields.items())
            found.insert(QString::fromStdString(section + "." + name), QString::fromStdString(value.dump()));
    return found;
}

QStringList changedPaths(const HardwareParameters& before, const HardwareParameters& after)
{
    const QHash<QString, QString> old = leaves(before);
    const QHash<QString, QString> now = leaves(after);
    QStringList changed;
    for (auto it = old.begin(); it != old.end(); ++it)
        if (now.value(it.key()) != it.value())
            changed << it.key();
    return changed;
}

}  // namespace

void TestCostPanel::init()
{
    m_panel = std::make_unique<CostPanel>();
    m_panel->setPresets(loadPresets());
    m_panel->setChoice(usualCostChoice());
    m_panel->setResult(sampleCost("NxFP4", "MXFP4"));
    m_panel->resize(900, 900);
    m_panel->findChild<QCheckBox*>("costAllParameters")->setChecked(true);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

void TestCostPanel::type(const QString& path, const QString& text) const
{
    auto* line = control<CostNumberBox>(path)->findChild<QLineEdit*>();
    line->setFocus();
    line->selectAll();
    if (text.isEmpty())
        QTest::keyClick(line, Qt::Key_Delete);
    else
        QTest::keyClicks(line, text);
}

void TestCostPanel::everyParameterHasAControl()
{
    const QStringList offered = m_panel->paths();
    const QSet<QString> paths(offered.begin(), offered.end());
    QCOMPARE(offered.size(), paths.size());
    const QHash<QString, QString> parameters = leaves(usualCostChoice().setup.parameters);
    for (auto it = parameters.begin(); it != parameters.end(); ++it)
        QVERIFY2(paths.contains(it.key()), qPrintable(it.key() + " has no control"));
    QCOMPARE(paths.size(), parameters.size());
    for (const QString& path : offered)
        if (!path.startsWith("constants."))
            QVERIFY2(control<QWidget>(path), qPrintable(path));
}

void TestCostPanel::everyControlEditsExactlyItsPath_data()
{
    QTest::addColumn<QString>("path");
    for (const CostParameter& parameter : costParameters())
        QTest::newRow(qPrintable(parameter.path)) << parameter.path;
}

void TestCostPanel::everyControlEditsExactlyItsPath()
{
    QFETCH(const QString, path);
    QSignalSpy spy(m_panel.get(), &CostPanel::choiceEdited);
    const HardwareParameters before = usualCostChoice().setup.parameters;
    if (auto* box = control<QComboBox>(path)) {
        const int next = box->currentIndex() == 0 ? 1 : 0;
        box->setCurrentIndex(next);
        Q_EMIT box->activated(next);
    } else {
        type(path, "9");  // in the range of every number, and no one's default
    }
    QVERIFY2(!spy.empty(), qPrintable(m_panel->problem()));
    QCOMPARE(changedPaths(before, edited(spy).setup.parameters), QStringList{path});
    QCOMPARE(spy.back().at(1).toString(), path);
    QVERIFY(edited(spy).setup.workload == usualCostChoice().setup.workload);
}

void TestCostPanel::anEmptyFieldGivesBackThePreset()
{
    CostChoice choice = usualCostChoice();
    choice.setup.parameters.array.areaSquareMillimeter = 1.0;
    m_panel->setChoice(choice);
    QSignalSpy spy(m_panel.get(), &CostPanel::choiceEdited);
    type("array.area_mm2", {});
    QCOMPARE(spy.size(), 1);
    QVERIFY(!edited(spy).setup.parameters.array.areaSquareMillimeter);
    type("array.rows", {});
    QCOMPARE(spy.size(), 1);
    QVERIFY2(m_panel->problem().contains("Rows"), qPrintable(m_panel->problem()));
}

void TestCostPanel::aConstantIsEditedInItsTable()
{
    QAbstractItemModel* model = m_panel->findChild<QTableView*>("costConstants")->model();
    QSignalSpy spy(m_panel.get(), &CostPanel::choiceEdited);
    for (int row = 0; row < model->rowCount(); ++row) {
        const CostChoice before = usualCostChoice();
        m_panel->setChoice(before);
        const QString name = model->index(row, 0).data().toString();
        QVERIFY(!model->index(row, 4).data().toString().isEmpty());  // source
        spy.clear();
        QVERIFY(model->setData(model->index(row, 1), "0.123"));
        QCOMPARE(spy.size(), 1);
        QCOMPARE(changedPaths(before.setup.parameters, edited(spy).setup.parameters), QStringList{"constants." + name});
        m_panel->setChoice(edited(spy));
        QVERIFY(model->index(row, 1).data().toString().contains('*'));  // told apart from the shipped value
        QVERIFY(model->setData(model->index(row, 1), ""));
        QVERIFY(edited(spy) == before);
    }
    spy.clear();
    model->setData(model->index(0, 1), "many");
    QCOMPARE(spy.size(), 0);
    QVERIFY(m_panel->problem().contains("many"));
}

void TestCostPanel::constantsAreFoundByAnyColumn()
{
    QAbstractItemModel* model = m_panel->findChild<QTableView*>("costConstants")->model();
    const int all = model->rowCount();
    QCOMPARE(all, static_cast<int>(constantFields().size()));
    m_panel->findChild<QLineEdit*>("costConstantSearch")->setText("glitch");
    QVERIFY(model->rowCount() >= 2 && model->rowCount() < all);
}

void TestCostPanel::aDramPresetReplacesAnOwnValue()
{
    CostChoice choice = usualCostChoice();
    choice.setup.parameters.dram.readPicojoulePerBit = 9.0;
    choice.setup.parameters.dram.writePicojoulePerBit = 9.0;
    m_panel->setChoice(choice);
    auto* box = control<QComboBox>("dram.preset");
    QVERIFY2(box->currentText().contains("own value"), qPrintable(box->currentText()));
    QSignalSpy spy(m_panel.get(), &CostPanel::choiceEdited);
    const int hbm = box->findData("HBM2");
    QVERIFY2(box->itemText(hbm).contains("3.9 pJ/bit"), qPrintable(box->itemText(hbm)));
    Q_EMIT box->activated(hbm);
    QCOMPARE(edited(spy).setup.parameters.dram.preset, std::string("HBM2"));
    QVERIFY(!edited(spy).setup.parameters.dram.readPicojoulePerBit);
    QVERIFY(!edited(spy).setup.parameters.dram.writePicojoulePerBit);
}

void TestCostPanel::acceleratorKeepsTheRunAndConstants()
{
    CostChoice choice = usualCostChoice();
    choice.setup.parameters.run.batch = 7;
    choice.setup.parameters.constants.mux = 3.0;
    m_panel->setChoice(choice);
    QSignalSpy spy(m_panel.get(), &CostPanel::choiceEdited);
    auto* box = m_panel->findChild<QComboBox*>("cost_accelerator");
    Q_EMIT box->activated(box->findData("edge"));
    HardwareParameters wanted = acceleratorByName("edge").parameters;
    wanted.run = choice.setup.parameters.run;
    wanted.constants = choice.setup.parameters.constants;
    QVERIFY(edited(spy).setup.parameters == wanted);
    QCOMPARE(edited(spy).accelerator, std::string("edge"));
}

void TestCostPanel::languageModelAndActivationsAreChosen()
{
    QSignalSpy spy(m_panel.get(), &CostPanel::choiceEdited);
    auto* models = m_panel->findChild<QComboBox*>("cost_workload");
    Q_EMIT models->activated(models->findData("opt-1.3b"));
    QVERIFY(edited(spy).setup.workload == workloadByName("opt-1.3b"));
    auto* activations = m_panel->findChild<PresetBox*>("cost_activations");
    Q_EMIT activations->presetChosen("MXINT8");
    QCOMPARE(edited(spy).activations->name, std::string("MXINT8"));
    QVERIFY(edited(spy).activations->spec == findPreset("MXINT8")->spec);
    Q_EMIT activations->presetChosen("as the weights");
    QVERIFY(!edited(spy).activations);
}

void TestCostPanel::resetGivesBackTheAccelerator()
{
    CostChoice choice = usualCostChoice();
    choice.setup.parameters.run.batch = 7;
    choice.setup.parameters.constants.mux = 3.0;
    choice.activations = presetFormat("MXINT8");
    m_panel->setChoice(choice);
    QSignalSpy spy(m_panel.get(), &CostPanel::choiceEdited);
    m_panel->findChild<QToolButton*>("costReset")->click();
    QVERIFY(edited(spy) == usualCostChoice());
}

void TestCostPanel::oddInputIsRefusedInThePanel_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("typed");
    QTest::newRow("no bandwidth") << "dram.bandwidth_gbs"
                                  << "0";
    QTest::newRow("no lanes") << "unit.lanes"
                              << "0";
    QTest::newRow("half a lane") << "unit.lanes"
                                 << "2.5";
    QTest::newRow("negative energy") << "dram.read_pj_per_bit"
                                     << "-1";
    QTest::newRow("no number") << "run.batch"
                               << "many";
    QTest::newRow("a second setting") << "run.batch"
                                      << "1,unit.lanes=4";
}

void TestCostPanel::oddInputIsRefusedInThePanel()
{
    QFETCH(const QString, path);
    QFETCH(const QString, typed);
    QSignalSpy spy(m_panel.get(), &CostPanel::choiceEdited);
    type(path, typed);
    QVERIFY(!m_panel->problem().isEmpty());
    for (const QList<QVariant>& edit : spy)  // "2" on the way to "2.5" may be taken
        QCOMPARE(changedPaths(usualCostChoice().setup.parameters, edit.at(0).value<CostChoice>().setup.parameters),
            QStringList{path});
    auto* other = m_panel->findChild<QToolButton*>("costReset");
    other->setFocusPolicy(Qt::StrongFocus);
    other->setFocus();
    QVERIFY(control<CostNumberBox>(path)->text() != typed);  // what was refused goes with the focus
}

void TestCostPanel::whatIsTypedStaysWhileItMeansTheSame()
{
    CostNumberBox box(CostNumberBox::Steps::OneTwoFive);
    connect(&box, &CostNumberBox::edited, &box,
        [&box](const QString& text) { box.setValue(QString::number(QString(text).replace(',', '.').toDouble())); });
    box.show();
    QVERIFY(QTest::qWaitForWindowActive(&box));
    box.setFocus();
    QTest::keyClicks(&box, "0.50");
    QCOMPARE(box.text(), QString("0.50"));
    QCOMPARE(box.value(), QString("0.5"));
    QTest::keyClick(&box, Qt::Key_Up);
    QCOMPARE(box.value(), QString("1"));
    QTest::keyClick(&box, Qt::Key_Up);
    QCOMPARE(box.value(), QString("2"));
    QTest::keyClick(&box, Qt::Key_Up);
    QCOMPARE(box.value(), QString("5"));
}

void TestCostPanel::measuredUnitsAreNamedWithTheirFigure()
{
    const auto* badges = m_panel->findChild<QLabel*>("costBadges");
    const auto cost = sampleCost("NxFP4", "MXFP4");
    QVERIFY(cost->a.measured && cost->b->measured);
    for (const auto& point : {*cost->a.measured, *cost->b->measured}) {
        QVERIFY2(badges->text().contains(QString::fromStdString(point.name)), qPrintable(badges->text()));
        QVERIFY2(badges->text().contains(QLocale().toString(point.nand2, 'f', 0)), qPrintable(badges->text()));
    }
    const double off = 100 * (cost->a.unit.area() / cost->a.measured->nand2 - 1);
    QVERIFY2(badges->text().contains(QString::number(off, 'f', 1)), qPrintable(badges->text()));
    QVERIFY(badges->text().contains("No hardware of NxFP is published"));
    m_panel->setResult(sampleCost("MXFP4+", ""));
    QVERIFY2(badges->text().isEmpty(), qPrintable(badges->text()));
}

void TestCostPanel::limitsAndNotesAreShown()
{
    m_panel->findChild<QTabWidget*>("costPages")->setCurrentIndex(5);
    const QString notes = m_panel->findChild<QLabel*>("costNotes")->text();
    for (const std::string& limit : costLimits())
        QVERIFY2(notes.contains(QString::fromStdString(limit)), limit.c_str());
    const auto cost = sampleCost("NxFP4", "MXFP4");
    QVERIFY(!cost->a.notes.empty());
    for (const std::string& note : cost->a.notes)
        QVERIFY2(notes.contains(QString::fromStdString(note)), note.c_str());
}

void TestCostPanel::aClickedSegmentSelectsItsFigure()
{
    m_panel->findChild<QTabWidget*>("costPages")->setCurrentIndex(1);
    auto* chart = m_panel->findChild<CostBarChart*>("costArea");
    chart->grab();
    const auto& parts = chart->bars().parts;
    for (int part = 0; part < static_cast<int>(parts.size()); ++part) {
        const QRectF segment = chart->segmentRect(0, part);
        if (segment.width() < 3)
            continue;
        QTest::mouseClick(chart, Qt::LeftButton, {}, segment.center().toPoint());
        const auto* table = m_panel->findChild<CostTable*>();
        const auto* view = table->findChild<QTreeView*>("costTable");
        QCOMPARE(table->model().rowAt(view->currentIndex())->id, parts[static_cast<std::size_t>(part)].id);
    }
    QVERIFY2(detail().contains("Code Recycling"), qPrintable(detail()));
    QVERIFY2(detail().contains("no hardware of NxFP"), qPrintable(detail()));
}

void TestCostPanel::everyHeadlineLeadsToItsFormula()
{
    auto* plot = m_panel->findChild<CostRatioPlot*>("costRatios");
    QSignalSpy spy(plot, &CostRatioPlot::figureSelected);
    plot->setFocus();
    QStringList ids;
    for (int i = 0; i < 15; ++i) {
        QTest::keyClick(plot, Qt::Key_Down);
        ids << spy.back().at(0).toString();
        QVERIFY2(m_panel->findChild<CostTable*>()->find(ids.back()), qPrintable(ids.back()));
        QVERIFY2(detail().contains(" / "), qPrintable(detail()));
        QVERIFY2(detail().contains("Source"), qPrintable(detail()));
    }
    QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), 15);
}

void TestCostPanel::aClickedPointBecomesTheCurrentLayer()
{
    m_panel->findChild<QTabWidget*>("costPages")->setCurrentIndex(3);
    auto* chart = m_panel->findChild<CostRooflineChart*>("costRoofline");
    chart->grab();
    const auto point = std::find_if(chart->points().begin(), chart->points().end(),
        [](const RooflinePoint& p) { return !p.layer.isDecode && p.layer.name == "head"; });
    QVERIFY(point != chart->points().end());
    QTest::mouseClick(chart, Qt::LeftButton, {}, chart->placeOf(*point).toPoint());
    QCOMPARE(m_panel->findChild<QComboBox*>("costLayer")->currentText(), QString("prefill: head"));
    QVERIFY2(detail().contains("larger of compute and memory"), qPrintable(detail()));
    QVERIFY(m_panel->findChild<QLabel*>("costLayerText")->text().contains("memory bound"));
}

void TestCostPanel::aFailureIsShownBesideTheFiguresBefore()
{
    m_panel->setProblem("FP16: cannot be done");
    QVERIFY(m_panel->problem().contains("FP16: cannot be done"));
    QVERIFY(m_panel->problem().contains("setting before"));
    QVERIFY(m_panel->findChild<CostTable*>()->find("ratio/MXFP4/area") != nullptr);
    m_panel->setProblem({});
    QVERIFY(m_panel->problem().isEmpty());
}

void TestCostPanel::controlsHaveNamesOfTheirOwn()
{
    QStringList names;
    for (const CostParameter& parameter : costParameters()) {
        const auto* widget = control<QWidget>(parameter.path);
        QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(parameter.path));
        names << widget->accessibleName();
        bool hasLabel = false;
        for (const QLabel* label : m_panel->findChildren<QLabel*>())
            hasLabel = hasLabel || (label->buddy() == widget && label->text() == widget->accessibleName());
        QVERIFY2(hasLabel, qPrintable(parameter.path));
    }
    QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), names.size());
    m_panel->refreshPages();
    for (const char* chart : {"costRatios", "costArea", "costDecodeEnergy", "costPrefillEnergy", "costRoofline"})
        QVERIFY2(!m_panel->findChild<PlotView*>(chart)->accessibleDescription().isEmpty(), chart);
}

void TestCostPanel::aPageLeftBehindIsUpToDateWhenTurnedTo()
{
    auto* pages = m_panel->findChild<QTabWidget*>("costPages");
    const auto* chart = m_panel->findChild<CostBarChart*>("costArea");
    pages->setCurrentIndex(1);
    QCOMPARE(chart->bars().bars.size(), std::size_t{4});
    pages->setCurrentIndex(0);
    m_panel->setResult(sampleCost("NVFP4", ""));
    QVERIFY(chart->bars().bars[0].name.contains("NxFP4"));
    pages->setCurrentIndex(1);
    QVERIFY(chart->bars().bars[0].name.contains("NVFP4"));
    m_panel->findChild<QCheckBox*>("costFp16")->setChecked(true);
    QCOMPARE(chart->bars().bars.size(), std::size_t{4});  // A, MXFP4, NVFP4, FP16
    pages->setCurrentIndex(0);
    m_panel->setResult(sampleCost("MXFP4", ""));
    m_panel->refreshPages();
    QVERIFY(chart->bars().bars[0].name.contains("MXFP4"));
}

void TestCostPanel::isUsableInANarrowDock()
{
    m_panel->resize(420, 640);
    QTest::qWait(1);
    QCOMPARE(m_panel->width(), 420);
    for (const CostParameter& parameter : costParameters()) {
        if (!parameter.isMain)
            continue;
        const auto* widget = control<QWidget>(parameter.path);
        const QRect place(widget->mapTo(m_panel.get(), QPoint()), widget->size());
        QVERIFY2(m_panel->rect().contains(place), qPrintable(parameter.path));
    }
}

QTEST_MAIN(TestCostPanel)
#include "tst_cost_panel.moc"
