#include "app/cost_desk.h"
#include "app/cost_dock.h"
#include "app/main_window.h"
#include "app/status_line.h"
#include "app/view_docks.h"
#include "app/window_options.h"
#include "core/format/preset.h"
#include "widgets/cost_bar_chart.h"
#include "widgets/cost_model.h"
#include "widgets/cost_panel.h"
#include "widgets/cost_table.h"

#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QSettings>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>

using namespace nanoscope;

/// The Cost dock in the window, and the desk behind it. The oracle is core, asked apart.
class TestWindowCost : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup() { m_window.reset(); }
    void aHiddenDockDoesNoWork();
    void figuresAreThoseOfCore();
    void dramPresetChangesTheEnergyRatio();
    void nxFpShowsThreeFeatureTerms();
    void editsAreUndoStepsAndTypingMerges();
    void theChoiceIsRememberedBetweenStarts();
    void picturesStartAfresh();
    void choicesOfOtherVersionsAreLeftAlone_data();
    void choicesOfOtherVersionsAreLeftAlone();
    void aFailureNamesTheFormatAndKeepsTheFigures();
    void newestEditWins();
    void costPlotsAreExportedWithoutATensor();
    void aWindowClosesWhileItsCostIsSeen();
    void editsReachThePaintedPanelSoon();

private:
    [[nodiscard]] QDockWidget* dock() const { return m_window->findChild<QDockWidget*>("Cost"); }
    [[nodiscard]] CostDesk& desk() const { return m_window->findChild<CostDock*>()->desk(); }
    [[nodiscard]] CostPanel* panel() const { return m_window->findChild<CostPanel*>(); }
    void showDock() const;
    void edit(const char* setting, const QString& controlId) const;
    [[nodiscard]] QString shown(const QString& id, int column) const;
    [[nodiscard]] QString status() const { return m_window->findChild<StatusLine*>()->text(); }

    std::unique_ptr<MainWindow> m_window;
    QTemporaryDir m_directory;
};

namespace {

NamedFormat preset(const char* name)
{
    return {name, findPreset(name)->spec};
}

}  // namespace

void TestWindowCost::initTestCase()
{
    QCoreApplication::setOrganizationName("nanoscope-test");
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_directory.path());
}

void TestWindowCost::init()
{
    m_window = std::make_unique<MainWindow>(
        startFormats({"NxFP4", "MXFP4"}), false, QSize(1280, 800), MainWindow::Memory::Fresh);
    m_window->show();
}

void TestWindowCost::showDock() const
{
    dock()->show();
    dock()->raise();
    QTRY_VERIFY(desk().result() && desk().isCurrent());
}

/// As a control of the panel does it.
void TestWindowCost::edit(const char* setting, const QString& controlId) const
{
    CostChoice next = desk().choice();
    next.setup = withSetting(next.setup, setting);
    Q_EMIT panel()->choiceEdited(next, controlId);
}

QString TestWindowCost::shown(const QString& id, int column) const
{
    const CostModel& model = m_window->findChild<CostTable*>()->model();
    return model.indexOf(id).siblingAtColumn(column).data().toString();
}

void TestWindowCost::aHiddenDockDoesNoWork()
{
    QTest::qWait(50);
    QVERIFY(!dock()->isVisible() || !desk().result());
    QVERIFY(!desk().result());
    QVERIFY(desk().isCurrent());
    showDock();
    const auto before = desk().result();
    m_window->findChild<QDockWidget*>("Levels")->raise();
    edit("unit.lanes=8", "unit.lanes");
    QTest::qWait(50);
    QCOMPARE(desk().result(), before);
    showDock();
    QTRY_COMPARE(desk().result()->choice.setup.parameters.unit.lanes, 8);
}

void TestWindowCost::figuresAreThoseOfCore()
{
    showDock();
    const CostSetup setup = defaultCostChoice().setup;
    const FormatCost a = costOf(preset("NxFP4"), preset("NxFP4"), setup);
    const auto result = desk().result();
    QCOMPARE(result->a.unit.area(), a.unit.area());
    QCOMPARE(result->a.decode.joulePerToken(), a.decode.joulePerToken());
    QCOMPARE(result->b->prefill.latencySeconds, costOf(preset("MXFP4"), preset("MXFP4"), setup).prefill.latencySeconds);
    CostChoice mixed = desk().choice();
    mixed.activations = preset("MXINT8");
    desk().setChoice(mixed);
    QTRY_COMPARE(desk().result()->a.activations, std::string("MXINT8"));
    QCOMPARE(desk().result()->a.unit.area(), costOf(preset("NxFP4"), preset("MXINT8"), setup).unit.area());
}

void TestWindowCost::dramPresetChangesTheEnergyRatio()
{
    showDock();
    const QString before = shown("ratio/FP16/prefill energy", CostModel::AColumn);
    auto* box = panel()->findChild<QComboBox*>("cost_dram.preset");
    const int index = box->findData("ANT");
    box->setCurrentIndex(index);
    Q_EMIT box->activated(index);
    QTRY_VERIFY(desk().isCurrent() && desk().result()->choice.setup.parameters.dram.preset == "ANT");
    const CostSetup setup = desk().choice().setup;
    const double ratio
        = ratioTo(costOf(preset("NxFP4"), preset("NxFP4"), setup), baselineCosts(setup)[2]).prefillEnergy;
    const QString after = shown("ratio/FP16/prefill energy", CostModel::AColumn);
    QVERIFY2(after != before, qPrintable(after));
    QCOMPARE(after, QLocale().toString(ratio, 'f', 3));
}

void TestWindowCost::nxFpShowsThreeFeatureTerms()
{
    m_window->explorer().setFormats({preset("MXFP4"), std::nullopt});
    showDock();
    const QStringList features{"NanoMantissa", "Adaptive Microexponent", "Code Recycling"};
    for (const QString& feature : features)
        QVERIFY(shown("area/feature/" + feature, CostModel::AColumn).isEmpty());
    m_window->explorer().setFormats({preset("NxFP4"), std::nullopt});
    QTRY_VERIFY(desk().isCurrent() && desk().result()->a.name == "NxFP4");
    for (const QString& feature : features)
        QVERIFY2(!shown("area/feature/" + feature, CostModel::AColumn).isEmpty(), qPrintable(feature));
    FormatSpec without = preset("NxFP4").spec;
    without.micro.reset();
    m_window->explorer().setFormats({{"NxFP4 without", without}, std::nullopt});
    QTRY_VERIFY(desk().isCurrent() && desk().result()->a.name == "NxFP4 without");
    QVERIFY(shown("area/feature/NanoMantissa", CostModel::AColumn).isEmpty());
    QVERIFY(!shown("area/feature/Code Recycling", CostModel::AColumn).isEmpty());
}

void TestWindowCost::editsAreUndoStepsAndTypingMerges()
{
    showDock();
    const auto action = [this](const QString& text) {
        for (QAction* candidate : m_window->findChildren<QAction*>())
            if (candidate->text().startsWith(text))
                return candidate;
        return static_cast<QAction*>(nullptr);
    };
    edit("dram.bandwidth_gbs=1", "dram.bandwidth_gbs");
    edit("dram.bandwidth_gbs=12", "dram.bandwidth_gbs");
    edit("dram.bandwidth_gbs=128", "dram.bandwidth_gbs");
    edit("unit.lanes=8", "unit.lanes");
    QCOMPARE(desk().choice().setup.parameters.unit.lanes, 8);
    action("Undo")->trigger();
    QCOMPARE(desk().choice().setup.parameters.unit.lanes, 32);
    QCOMPARE(desk().choice().setup.parameters.dram.bandwidthGigabytePerSecond, 128.0);
    action("Undo")->trigger();
    QCOMPARE(desk().choice().setup.parameters.dram.bandwidthGigabytePerSecond, 64.0);
    QVERIFY(!action("Undo")->isEnabled());
    action("Redo")->trigger();
    QCOMPARE(desk().choice().setup.parameters.dram.bandwidthGigabytePerSecond, 128.0);
}

void TestWindowCost::theChoiceIsRememberedBetweenStarts()
{
    CostChoice choice = defaultCostChoice();
    choice.setup = withSetting(choice.setup, "dram.preset=HBM3,array.area_mm2=2.5,constants.mux=2.75");
    choice.setup.workload = workloadByName("phi-2");
    choice.activations = preset("MXINT8");
    for (const bool isFirst : {true, false}) {
        MainWindow window(startFormats({}), false, QSize(1280, 800), MainWindow::Memory::Restore);
        CostDesk& own = window.findChild<CostDock*>()->desk();
        if (isFirst)
            own.setChoice(choice);
        else
            QVERIFY(own.choice() == choice);
        window.close();
    }
}

void TestWindowCost::picturesStartAfresh()
{
    // after theChoiceIsRememberedBetweenStarts()
    QVERIFY(desk().choice() == defaultCostChoice());
}

void TestWindowCost::choicesOfOtherVersionsAreLeftAlone_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray good = CostDesk::toText(defaultCostChoice());
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("{");
    QTest::newRow("another version") << QByteArray(good).replace("\"version\":1", "\"version\":2");
    QTest::newRow("unknown accelerator") << QByteArray(good).replace("\"m2xfp\"", "\"abacus\"");
    QTest::newRow("refused value") << QByteArray(good).replace("\"lanes\":32", "\"lanes\":0");
    QTest::newRow("wrong kind") << QByteArray(good).replace("\"m2xfp\"", "7");
}

void TestWindowCost::choicesOfOtherVersionsAreLeftAlone()
{
    QFETCH(const QByteArray, text);
    QVERIFY(CostDesk::fromText(CostDesk::toText(defaultCostChoice())) == defaultCostChoice());
    QVERIFY(!CostDesk::fromText(text));
}

void TestWindowCost::aFailureNamesTheFormatAndKeepsTheFigures()
{
    m_window->explorer().setFormats({preset("FP16"), preset("MXFP4")});
    m_window->explorer().open(NANOSCOPE_BUNDLED_DATA "/real_weights.h5", "pose/conv2d_35");
    showDock();
    QTRY_VERIFY(m_window->isReady());
    const auto before = desk().result();
    edit("unit.style=lookup", "unit.style");  // takes no exponents as wide as those of FP16
    QTRY_VERIFY(!desk().problem().isEmpty());
    QVERIFY2(panel()->problem().contains("FP16"), qPrintable(panel()->problem()));
    QCOMPARE(desk().result(), before);
    QVERIFY(!m_window->isReady());
    QVERIFY2(!status().endsWith("ready"), qPrintable(status()));
    edit("unit.style=automatic", "unit.style");
    QTRY_VERIFY(m_window->isReady());
    QVERIFY(panel()->problem().isEmpty());
    QVERIFY2(status().endsWith("ready"), qPrintable(status()));
}

void TestWindowCost::newestEditWins()
{
    showDock();
    for (int lanes = 1; lanes <= 100; ++lanes)
        edit(qPrintable(QStringLiteral("unit.lanes=%1").arg(lanes)), "unit.lanes");
    QVERIFY(!desk().isCurrent());
    QTRY_VERIFY(desk().isCurrent());
    QCOMPARE(desk().result()->a.array.shape.lanes, 100);
}

void TestWindowCost::costPlotsAreExportedWithoutATensor()
{
    const auto* cost = m_window->findChild<CostDock*>();
    const auto* chart = m_window->findChild<CostBarChart*>("costArea");
    QVERIFY(!cost->recipeOf(*chart));
    showDock();
    const auto recipe = cost->recipeOf(*chart);
    QVERIFY(recipe);
    QCOMPARE(recipe->formatName, QString("NxFP4, MXFP4"));
    QVERIFY(CostDesk::fromText(recipe->setup) == desk().choice());
    const QString path = m_directory.filePath("cost.svg");
    QCOMPARE(exportPlot(*chart, *recipe, path), QString());
    QVERIFY(readRecipe(path) == recipe);
}

/// Docks hide while the window goes; what they tell then must reach nobody who is gone.
void TestWindowCost::aWindowClosesWhileItsCostIsSeen()
{
    m_window->explorer().open(NANOSCOPE_BUNDLED_DATA "/real_weights.h5", "pose/conv2d_35");
    showDock();
    QTRY_VERIFY(m_window->isReady());
    QSignalSpy settled(m_window.get(), &MainWindow::settled);
    m_window.reset();
    QCOMPARE(settled.size(), 0);
}

/// Prints how long an edit takes to the end of the frame that shows its answer; times are not judged here.
void TestWindowCost::editsReachThePaintedPanelSoon()
{
    m_window->explorer().open(NANOSCOPE_BUNDLED_DATA "/real_weights.h5", "pose/conv2d_35");
    showDock();
    QTRY_VERIFY(m_window->isReady());
    auto* pages = panel()->findChild<QTabWidget*>("costPages");
    for (int page = 0; page < pages->count(); ++page) {
        pages->setCurrentIndex(page);
        QTest::qWait(30);
        QList<double> times;
        for (int i = 0; i < 20; ++i) {
            QTest::qWait(25);  // else the lane, which starts one job a frame, would be measured
            const int context = 1024 + 64 * i;
            QElapsedTimer clock;
            clock.start();
            edit(qPrintable(QStringLiteral("run.context=%1").arg(context)), "run.context");
            QSignalSpy results(&desk(), &CostDesk::resultChanged);
            while (results.empty() && clock.elapsed() < 2000)
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
            panel()->repaint();
            times << static_cast<double>(clock.nsecsElapsed()) / 1e6;
            QCOMPARE(desk().result()->choice.setup.parameters.run.context, context);
        }
        std::sort(times.begin(), times.end());
        qInfo("%s: edit to painted panel, median of 20: %.1f ms, worst %.1f ms", qPrintable(pages->tabText(page)),
            times[10], times.back());
    }
}

QTEST_MAIN(TestWindowCost)
#include "tst_window_cost.moc"
