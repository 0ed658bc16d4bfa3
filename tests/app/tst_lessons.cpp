#include "app/arrangements.h"
#include "app/dock_outline.h"
#include "app/lesson_player.h"
#include "app/main_window.h"
#include "app/teach_dock.h"
#include "core/format/format_by_name.h"
#include "widgets/teach_table.h"

#include <QDockWidget>
#include <QFile>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace nanoscope;

namespace {

constexpr int kPatience = 60000;  // milliseconds; a shared machine may be slow

}  // namespace

/// Lessons: each bundled one is replayed in the window, and what it says must be so (oracle: figures that
/// nanoscope-cli report printed when the lesson was written).
class TestLessons : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init()
    {
        m_window = std::make_unique<MainWindow>(FormatSet{parseFormat("NxFP4"), parseFormat("MXFP4"), {}, {}}, false,
            QSize(1280, 800), MainWindow::Memory::Fresh);
        m_window->show();
    }
    void cleanup() { m_window.reset(); }

    void everyLessonHoldsWhatItSays_data();
    void everyLessonHoldsWhatItSays();
    void stepsGoForwardAndBack();
    void leavingOffersWhatWasThere();
    void aTeachersOwnLessonIsOpened();
    void whatIsWrongInAFileIsNamed();
    void whatIsNotAsExpectedIsSaid();

private:
    /// Waits for a step and returns what was not as expected.
    QStringList waitForStep(QSignalSpy& shown);
    QString write(const QByteArray& steps);

    std::unique_ptr<MainWindow> m_window;
    QTemporaryDir m_folder;
};

QStringList TestLessons::waitForStep(QSignalSpy& shown)
{
    if (shown.isEmpty() && !shown.wait(kPatience))
        return {"the step was not done in time"};
    return shown.takeFirst().at(1).toStringList();
}

QString TestLessons::write(const QByteArray& steps)
{
    const QString path = m_folder.filePath("lesson.json");
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(R"({"version":1,"title":"Own","steps":)" + steps + "}");
    return path;
}

void TestLessons::everyLessonHoldsWhatItSays_data()
{
    QTest::addColumn<int>("lesson");
    const std::vector<StepScript> lessons = bundledLessons();
    QVERIFY(lessons.size() >= 10);
    for (std::size_t i = 0; i < lessons.size(); ++i)
        QTest::newRow(qPrintable(lessons[i].title)) << static_cast<int>(i);
}

void TestLessons::everyLessonHoldsWhatItSays()
{
    QFETCH(int, lesson);
    const StepScript script = bundledLessons()[static_cast<std::size_t>(lesson)];
    QVERIFY(!script.about.isEmpty());
    for (const Step& step : script.steps)
        QVERIFY(!step.text.isEmpty() && !step.watch.isEmpty() && !step.expectations.empty());
    QSignalSpy shown(&m_window->lessons(), &LessonPlayer::stepShown);
    m_window->lessons().start(script);
    auto* next = m_window->findChild<QPushButton*>("lessonNext");
    for (std::size_t step = 0; step < script.steps.size(); ++step) {
        const QStringList problems = waitForStep(shown);
        QVERIFY2(problems.isEmpty(), qPrintable(QString("step %1: %2").arg(step + 1).arg(problems.join("; "))));
        QCOMPARE(m_window->findChild<QLabel*>("lessonText")->text(), script.steps[step].text);
        QVERIFY(!m_window->findChild<DockOutline*>()->isHidden());
        QVERIFY(next->isEnabled());
        next->click();
    }
    QVERIFY(!m_window->lessons().isPlaying());  // the last step's button finishes
}

void TestLessons::stepsGoForwardAndBack()
{
    const StepScript script = bundledLessons().front();
    QSignalSpy shown(&m_window->lessons(), &LessonPlayer::stepShown);
    m_window->lessons().start(script);
    for (int step = 0; step < 3; ++step) {
        QVERIFY(waitForStep(shown).isEmpty());
        QCOMPARE(m_window->findChild<QLabel*>("lessonProgress")->text(), QString("Step %1 of 6").arg(step + 1));
        m_window->findChild<QPushButton*>("lessonNext")->click();
    }
    QVERIFY(waitForStep(shown).isEmpty());
    QVERIFY(m_window->arrangements().current() == Arrangement::Explore);
    m_window->findChild<QPushButton*>("lessonBack")->click();
    const QStringList problems = waitForStep(shown);
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join("; ")));  // the expectations of steps 1 to 3 hold again
    QVERIFY(m_window->arrangements().current() == Arrangement::Teach);
    QVERIFY(m_window->findChild<QDockWidget*>("Teach")->isVisible());
    QVERIFY(m_window->findChild<QDockWidget*>("Tensors")->isHidden());
    QCOMPARE(m_window->size(), QSize(1280, 800));
}

void TestLessons::leavingOffersWhatWasThere()
{
    Explorer& explorer = m_window->explorer();
    explorer.open(QStringLiteral(NANOSCOPE_BUNDLED_DATA "/real_weights.h5"), "silero/weight_hh");
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
    explorer.selectBlock(7);
    explorer.selectElement(3);
    m_window->arrangements().choose(Arrangement::Teach);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
    auto* block = m_window->findChild<TeachTable*>("teachElements");
    QVERIFY(block->model()->setData(block->model()->index(0, 0), 0.5));
    TeachDock& teach = m_window->docks().teach();
    QTRY_COMPARE_WITH_TIMEOUT(teach.present().kind, TeachEdit::Values::Changed, kPatience);
    m_window->arrangements().choose(Arrangement::Explore);
    const FormatSet formats = explorer.formats();
    QSignalSpy shown(&m_window->lessons(), &LessonPlayer::stepShown);
    m_window->lessons().start(bundledLessons().front());
    QVERIFY(waitForStep(shown).isEmpty());
    QVERIFY(explorer.formats() != formats);
    m_window->findChild<QPushButton*>("lessonLeave")->click();
    QVERIFY(m_window->findChild<DockOutline*>()->isHidden());
    auto* restore = m_window->findChild<QPushButton*>("lessonRestore");
    QVERIFY(restore->isVisible());
    restore->click();
    QTRY_VERIFY_WITH_TIMEOUT(explorer.selectedBlock() == 7 && explorer.selectedElement() == 3, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
    QCOMPARE(QString::fromStdString(explorer.tensor()->tensor().info.name), QString("silero/weight_hh"));
    QVERIFY(explorer.formats() == formats);
    QVERIFY(m_window->arrangements().current() == Arrangement::Explore);
    QCOMPARE(teach.present().kind, TeachEdit::Values::Changed);
    QCOMPARE(teach.present().values.front(), 0.5F);
    QVERIFY(!restore->isVisible());
}

void TestLessons::aTeachersOwnLessonIsOpened()
{
    QSignalSpy shown(&m_window->lessons(), &LessonPlayer::stepShown);
    m_window->lessons().openFile(write(R"([{"text":"Look.","watch":"Teach","do":[{"layout":"teach"},
        {"open":"data:synthetic.h5","tensor":"block_by_hand"},{"format":"A","spec":"MXFP4"},{"wait":"ready"},
        {"element":5},{"wait":"ready"},{"key":"1","to":"teachElements"}],
        "expect":[{"text":"teachDerivation","contains":"this value is now −6 instead of 6"}]}])"));
    const QStringList problems = waitForStep(shown);
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join("; ")));
    QCOMPARE(m_window->findChild<QLabel*>("lessonTitle")->text(), QString("Own"));
}

void TestLessons::whatIsWrongInAFileIsNamed()
{
    QSignalSpy failed(&m_window->lessons(), &LessonPlayer::failed);
    const QString path = write(R"([{"text":"One"},{"text":"Two","do":[{"fly":"high"}]}])");
    m_window->lessons().openFile(path);
    QCOMPARE(failed.size(), 1);
    const QString said = failed.at(0).at(0).toString();
    QVERIFY2(said.contains(path) && said.contains("step 2") && said.contains("\"fly\""), qPrintable(said));
    QVERIFY(!m_window->lessons().isPlaying());
    m_window->lessons().openFile(m_folder.filePath("nowhere.json"));
    QCOMPARE(failed.size(), 2);
}

void TestLessons::whatIsNotAsExpectedIsSaid()
{
    QSignalSpy shown(&m_window->lessons(), &LessonPlayer::stepShown);
    m_window->lessons().openFile(write(R"([{"text":"Look.","do":[{"open":"data:synthetic.h5","tensor":"gaussian"}],
        "expect":[{"figure":"sqnr_db","value":99,"tolerance":0.1}]}])"));
    QCOMPARE(waitForStep(shown).size(), 1);
    const auto* problems = m_window->findChild<QLabel*>("lessonProblems");
    QVERIFY(problems->isVisible());
    QVERIFY2(problems->text().contains("sqnr_db of A is 20."), qPrintable(problems->text()));
}

QTEST_MAIN(TestLessons)
#include "tst_lessons.moc"
