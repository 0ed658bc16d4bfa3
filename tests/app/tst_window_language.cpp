#include "app/arrangements.h"
#include "app/cost_dock.h"
#include "app/languages.h"
#include "app/lesson_player.h"
#include "app/main_window.h"
#include "app/session_desk.h"
#include "app/window_options.h"
#include "core/format/format_by_name.h"
#include "widgets/lesson_view.h"
#include "widgets/level_plot.h"
#include "widgets/level_stack.h"

#include <QAbstractButton>
#include <QAction>
#include <QDockWidget>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace nanoscope;

namespace {

constexpr int kLongest = 30000;

}  // namespace

#define WAIT_UNTIL_READY(window) QTRY_VERIFY_WITH_TIMEOUT((window).isReady(), kLongest)

/// A window in another language goes on where the one before it was.
class TestWindowLanguage : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void whatIsShownIsTakenOver();
    void undoStepsAreTakenOver();
    void theSavedStateIsTakenOver_data();
    void theSavedStateIsTakenOver();
    void aLessonStaysAtItsStep();
    void theFocusStaysWhereItWas();
    void everyDockSpeaksTheLanguage();

private:
    void speakGerman();
    [[nodiscard]] QAction* action(const char* objectName) const;
    void undo();
    void redo();

    QTemporaryDir m_directory;
    std::unique_ptr<MainWindow> m_window;
};

void TestWindowLanguage::initTestCase()
{
    QCoreApplication::setOrganizationName("nanoscope-test");
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_directory.path());
}

void TestWindowLanguage::init()
{
    speak(Language::English);
    m_window = std::make_unique<MainWindow>(startFormats({}), false, QSize(1280, 800), MainWindow::Memory::Fresh);
    m_window->show();
    m_window->explorer().open(QStringLiteral(NANOSCOPE_BUNDLED_DATA "/real_weights.h5"), "pose/conv2d_24");
    WAIT_UNTIL_READY(*m_window);
}

void TestWindowLanguage::cleanup()
{
    m_window.reset();
    speak(Language::English);
}

/// As main.cpp does when a language is chosen.
void TestWindowLanguage::speakGerman()
{
    speak(Language::German);
    auto next = std::make_unique<MainWindow>(
        m_window->explorer().formats(), false, m_window->size(), MainWindow::Memory::Fresh);
    next->show();
    next->takeOver(*m_window);
    m_window = std::move(next);
    WAIT_UNTIL_READY(*m_window);
}

/// The steps of the Edit menu.
QAction* TestWindowLanguage::action(const char* objectName) const
{
    return m_window->findChild<QAction*>(objectName);
}

void TestWindowLanguage::undo()
{
    action("UndoAction")->trigger();
    WAIT_UNTIL_READY(*m_window);
}

void TestWindowLanguage::redo()
{
    action("RedoAction")->trigger();
    WAIT_UNTIL_READY(*m_window);
}

void TestWindowLanguage::whatIsShownIsTakenOver()
{
    Explorer& explorer = m_window->explorer();
    m_window->editFormats({parseFormat("NxFP4"), parseFormat("NVFP4"), parseFormat("INT4_g32")});
    explorer.setCut({0, std::nullopt});
    WAIT_UNTIL_READY(*m_window);
    explorer.selectElementOf(77, 5);
    WAIT_UNTIL_READY(*m_window);
    m_window->arrangements().choose(Arrangement::Compare);
    m_window->findChild<LevelStack*>()->setZoom({0.25, 0.5});
    m_window->docks().selectLevel(LevelId{1, 3});
    QTRY_VERIFY_WITH_TIMEOUT(m_window->sessions().present().mark.has_value(), kLongest);
    const Session before = m_window->sessions().present();
    QCOMPARE(before.place.block, std::optional<quint64>(77));

    speakGerman();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->sessions().present().level, before.level, kLongest);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->sessions().present().mark.has_value(), kLongest);
    const Session after = m_window->sessions().present();
    QCOMPARE(after.place, before.place);
    QCOMPARE(after.formats, before.formats);
    QCOMPARE(after.view.arrangement, Arrangement::Compare);
    QCOMPARE(after.view.shownDocks, before.view.shownDocks);
    QCOMPARE(after.view.frontDocks, before.view.frontDocks);
    QCOMPARE(after.view.zoomFrom, 0.25);
    QCOMPARE(after.view.zoomTo, 0.5);
    QCOMPARE(m_window->message(), QString());
}

/// Steps of every kind, two of them undone.
void TestWindowLanguage::undoStepsAreTakenOver()
{
    CostDock& cost = m_window->docks().cost();
    const CostChoice shipped = cost.desk().choice();
    CostChoice other = shipped;
    other.activations = parseFormat("INT8");
    m_window->editFormats({parseFormat("NVFP4")});
    WAIT_UNTIL_READY(*m_window);
    emit cost.choiceEdited(other, "activations");
    m_window->explorer().selectTensor("pose/conv2d_35");
    WAIT_UNTIL_READY(*m_window);
    m_window->explorer().selectBlock(9);
    WAIT_UNTIL_READY(*m_window);
    m_window->explorer().setCut({0, std::nullopt});
    WAIT_UNTIL_READY(*m_window);
    m_window->editFormats({parseFormat("MXFP4")});
    WAIT_UNTIL_READY(*m_window);
    undo();
    undo();
    QCOMPARE(action("UndoAction")->text(), QStringLiteral("Undo block 9"));
    QCOMPARE(action("RedoAction")->text(), QStringLiteral("Redo cut of the tensor"));

    speakGerman();
    Explorer& explorer = m_window->explorer();
    CostDesk& costs = m_window->docks().cost().desk();
    costs.setChoice(other);  // a window that remembers brings it from the settings
    QCOMPARE(explorer.place().tensor, QStringLiteral("pose/conv2d_35"));
    QCOMPARE(explorer.selectedBlock(), 9U);
    QVERIFY2(action("UndoAction")->text().endsWith("Block 9"), qPrintable(action("UndoAction")->text()));
    undo();
    QVERIFY(explorer.selectedBlock() != 9U);
    undo();
    QCOMPARE(explorer.place().tensor, QStringLiteral("pose/conv2d_24"));
    undo();
    QCOMPARE(costs.choice(), shipped);
    undo();
    QCOMPARE(explorer.formats().a.name, std::string("NxFP4"));
    QVERIFY(!action("UndoAction")->isEnabled());
    for (int step = 0; step < 6; ++step)
        redo();
    QVERIFY(!action("RedoAction")->isEnabled());
    QCOMPARE(explorer.place().tensor, QStringLiteral("pose/conv2d_35"));
    QCOMPARE(explorer.cut().axis, 0);
    QCOMPARE(explorer.formats().a.name, std::string("MXFP4"));
    QCOMPARE(costs.choice(), other);
}

void TestWindowLanguage::theSavedStateIsTakenOver_data()
{
    QTest::addColumn<int>("undone");  // of three steps, the file holds the second
    QTest::addColumn<bool>("isModified");
    QTest::newRow("a step after saving") << 0 << true;
    QTest::newRow("as saved") << 1 << false;
    QTest::newRow("a step before it") << 2 << true;
}

void TestWindowLanguage::theSavedStateIsTakenOver()
{
    QFETCH(int, undone);
    QFETCH(bool, isModified);
    const QString file = m_directory.filePath("kept.nanoscope.json");
    m_window->editFormats({parseFormat("NVFP4")});
    m_window->editFormats({parseFormat("MXFP4")});
    QCOMPARE(m_window->sessions().save(file), QString());
    m_window->editFormats({parseFormat("INT8")});
    for (int i = 0; i < undone; ++i)
        undo();
    speakGerman();
    QCOMPARE(m_window->sessions().file(), file);
    QCOMPARE(m_window->isWindowModified(), isModified);
    for (int i = 0; i < undone; ++i)
        redo();
    QVERIFY(m_window->isWindowModified());
    undo();
    QVERIFY(!m_window->isWindowModified());
}

void TestWindowLanguage::aLessonStaysAtItsStep()
{
    const FormatSet before = m_window->explorer().formats();
    QSignalSpy shown(&m_window->lessons(), &LessonPlayer::stepShown);
    m_window->lessons().start(bundledLessons().front());
    QTRY_COMPARE_WITH_TIMEOUT(shown.size(), 1, kLongest);
    m_window->findChild<LessonView*>()->findChild<QAbstractButton*>("lessonNext")->click();
    QTRY_COMPARE_WITH_TIMEOUT(shown.size(), 2, kLongest);
    WAIT_UNTIL_READY(*m_window);
    QVERIFY(!(m_window->explorer().formats() == before));
    speakGerman();
    WAIT_UNTIL_READY(*m_window);
    QVERIFY(m_window->lessons().isPlaying());
    QCOMPARE(m_window->lessons().step(), 1);
    auto* view = m_window->findChild<LessonView*>();
    QVERIFY(view->isVisible());
    view->findChild<QAbstractButton*>("lessonLeave")->click();
    QVERIFY(!m_window->lessons().isPlaying());
    view->findChild<QAbstractButton*>("lessonRestore")->click();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->explorer().formats() == before, kLongest);
}

void TestWindowLanguage::theFocusStaysWhereItWas()
{
    QWidget* bits = m_window->findChild<QWidget*>("formatA_bits");
    QVERIFY(bits != nullptr);
    bits->setFocus();
    QCOMPARE(m_window->focusWidget()->objectName(), QStringLiteral("formatA_bits"));
    speakGerman();
    QCOMPARE(m_window->focusWidget()->objectName(), QStringLiteral("formatA_bits"));
}

/// No title stays as it was, but for those that are the same word in both languages.
void TestWindowLanguage::everyDockSpeaksTheLanguage()
{
    QMap<QString, QString> english;
    for (const QDockWidget* dock : m_window->docks().docks())
        english[dock->objectName()] = dock->windowTitle();
    speakGerman();
    const QStringList same{"FormatA", "FormatB", "FormatC", "FormatD", "Block", "Pareto"};
    for (const QDockWidget* dock : m_window->docks().docks())
        QVERIFY2((dock->windowTitle() == english[dock->objectName()]) == same.contains(dock->objectName()),
            qPrintable(dock->windowTitle()));
    QVERIFY(m_window->findChild<QWidget*>("statusText")->property("text").toString().endsWith("bereit"));
}

QTEST_MAIN(TestWindowLanguage)
#include "tst_window_language.moc"
