#include "newcomer.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QScreen>

#include <algorithm>
#include <vector>

QString g_program;
QString g_project;

namespace {

/// Lightness of the screen where a widget is, 0 to 255, median over some pixels.
int lightnessAt(const QRect& place)
{
    const QImage screen = QGuiApplication::primaryScreen()->grabWindow(0).toImage();
    std::vector<int> found;
    for (int i = 1; i < 20; ++i)
        found.push_back(screen.pixelColor(place.left() + i * place.width() / 20, place.top() + i * place.height() / 20)
                            .lightness());
    std::nth_element(found.begin(), found.begin() + 9, found.end());
    return found[9];
}

}  // namespace

void DriveNewcomer::init()
{
    if (m_hasFailed)
        QSKIP("an earlier task failed");
}

void DriveNewcomer::cleanup()
{
    if (QTest::currentTestFailed() && !m_hasFailed)
        QGuiApplication::primaryScreen()->grabWindow(0).save("drive_newcomer_failed.png");
    m_hasFailed = m_hasFailed || QTest::currentTestFailed();
}

void DriveNewcomer::theStepsOfTheScript()
{
    QCOMPARE(m_window.run({"--replay", g_project + "/tests/drive/newcomer.json", "--size", "1280x800"}), 0);
}

void DriveNewcomer::openByDialog(const QString& path)
{
    DrivenWindow::keys({"ctrl+o"});
    WAIT_FOR(m_window.hasFocus("fileNameEdit"));
    DrivenWindow::type(path);
    WAIT_FOR(m_window.text("fileNameEdit") == path);
    DrivenWindow::keys({"Return"});
}

void DriveNewcomer::command(const QString& name)
{
    DrivenWindow::keys({"ctrl+shift+p"});
    WAIT_FOR(m_window.hasFocus("CommandPalette.search"));
    DrivenWindow::type(name);
    WAIT_FOR(m_window.rows("CommandPalette.list").value(1).startsWith(name + "\t"));
    DrivenWindow::keys({"Return"});
    WAIT_FOR(m_window.widget("CommandPalette").isEmpty());
}

/// By its field, as text.
void DriveNewcomer::choosePreset(const QString& field, const QString& name)
{
    WAIT_FOR(m_window.click(field));
    WAIT_FOR(m_window.hasFocus(field));
    DrivenWindow::keys({"ctrl+a"});
    DrivenWindow::type(name);
    WAIT_FOR(m_window.text(field) == name);
    DrivenWindow::keys({"Return"});
}

QString DriveNewcomer::figure(const QString& name, const QString& format)
{
    const QStringList rows = m_window.rows("figureTable");
    const auto column = static_cast<int>(rows.value(0).split('\t').indexOf(format));
    for (const QString& row : rows)
        if (column > 0 && row.section('\t', 0, 0) == name)
            return row.section('\t', column, column);
    return {};
}

void DriveNewcomer::switchTheTheme()
{
    const QRect tensors = DrivenWindow::rectOf(m_window.widget("tensorTree"));
    const int before = lightnessAt(tensors);
    DrivenWindow::keys({"ctrl+d"});
    WAIT_FOR((lightnessAt(tensors) < 128) != (before < 128));
    DrivenWindow::keys({"ctrl+d"});
    WAIT_FOR((lightnessAt(tensors) < 128) == (before < 128));
}

/// A language takes effect at once: another window goes on with what the one before it showed, and with its undo steps.
void DriveNewcomer::switchTheLanguageAndBack()
{
    DrivenWindow::keys({"ctrl+d", "6"});  // dark, and a step to undo
    WAIT_FOR(m_window.text("figureTitle").startsWith("A: MXFP6"));
    QVERIFY(m_window.click("tensorFilter"));
    WAIT_FOR(m_window.hasFocus("tensorFilter") && isReady());
    const QString title = m_window.title();
    const QRect tensors = DrivenWindow::rectOf(m_window.widget("tensorTree"));
    DO(command("Deutsch"));
    WAIT_FOR(m_window.status("bereit"));
    WAIT_FOR(m_window.hasFocus("tensorFilter"));
    QCOMPARE(m_window.title(), title);
    QStringList actions = m_window.actions();
    QVERIFY2(actions.contains("Öffnen") && !actions.contains("Open"), qPrintable(actions.join(", ")));
    QVERIFY(!m_window.widget("Fehlerkarte").isEmpty());
    QVERIFY(m_window.rows("figureTable").value(0).startsWith("Kennzahl"));
    QVERIFY(m_window.text("blockSummary").contains("Zeile"));
    QCOMPARE(DrivenWindow::rectOf(m_window.widget("tensorTree")).topLeft(), tensors.topLeft());
    WAIT_FOR(lightnessAt(tensors) < 128);
    DrivenWindow::keys({"ctrl+z"});
    WAIT_FOR(m_window.text("figureTitle").startsWith("A: NVFP4"));
    DrivenWindow::keys({"ctrl+y"});
    WAIT_FOR(m_window.text("figureTitle").startsWith("A: MXFP6"));
    DO(command("English"));
    WAIT_FOR(isReady());
    WAIT_FOR(m_window.hasFocus("tensorFilter"));
    QCOMPARE(m_window.title(), title);
    actions = m_window.actions();
    QVERIFY2(actions.contains("Open") && !actions.contains("Öffnen"), qPrintable(actions.join(", ")));
    QVERIFY(!m_window.widget("Error map").isEmpty());
    DrivenWindow::keys({"ctrl+z", "ctrl+d"});
    WAIT_FOR(m_window.text("figureTitle").startsWith("A: NVFP4"));
    WAIT_FOR(lightnessAt(tensors) > 128);
}

void DriveNewcomer::closeInOrder()
{
    DrivenWindow::keys({"ctrl+q"});
    WAIT_FOR(!m_window.isOpen());
    const QDir copies(m_window.path("data/nanoscope/nanoscope/sessions"));
    QCOMPARE(copies.entryList({"*.nanoscope.json"}), QStringList());
}

/// drive_newcomer NANOSCOPE PROJECT_FOLDER; what else is given goes to Qt Test.
int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QStringList arguments = application.arguments();
    if (arguments.size() < 3)
        return 2;
    g_program = arguments.takeAt(1);
    g_project = arguments.takeAt(1);
    DriveNewcomer test;
    return QTest::qExec(&test, arguments);
}
