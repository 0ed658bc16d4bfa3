#include "app/command_list.h"
#include "app/in_sight.h"
#include "app/main_window.h"
#include "app/panel_help.h"
#include "app/view_docks.h"
#include "core/format/format_by_name.h"
#include "widgets/command_palette.h"
#include "widgets/help_viewer.h"

#include <QAction>
#include <QDockWidget>
#include <QLineEdit>
#include <QMenuBar>
#include <QTest>

using namespace nanoscope;

/// What helps to find one's way in the window.
class TestWindowHelp : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase() { m_window.reset(); }
    void everyActionOfTheWindowIsListed();
    void theShortcutOpensThePalette();
    void everyPanelHasHelp();
    void f1TellsOfTheFocusedPanel();
    void keysAreThoseOfTheActions();
    void keysOfTheWindowAreTaken();
    void aCommandIsRunFromThePalette_data();
    void aCommandIsRunFromThePalette();

private:
    QAction* action(const QKeySequence& keys) const;
    void choose(const QString& words);

    std::unique_ptr<MainWindow> m_window;
};

void TestWindowHelp::initTestCase()
{
    m_window = std::make_unique<MainWindow>(
        FormatSet{parseFormat("NxFP4"), parseFormat("MXFP4")}, false, QSize(1600, 1000), MainWindow::Memory::Fresh);
    m_window->show();
}

QAction* TestWindowHelp::action(const QKeySequence& keys) const
{
    for (QAction* each : m_window->findChildren<QAction*>())
        if (each->shortcuts().contains(keys))
            return each;
    return nullptr;
}

void TestWindowHelp::choose(const QString& words)
{
    action(QKeySequence("Ctrl+Shift+P"))->trigger();
    auto* search = m_window->findChild<CommandPalette*>()->findChild<QLineEdit*>();
    QTest::keyClicks(search, words);
    QTest::keyClick(search, Qt::Key_Return);
}

void TestWindowHelp::everyActionOfTheWindowIsListed()
{
    QSet<QAction*> listed;
    for (const MenuCommand& command : menuCommands(*m_window->menuBar())) {
        QVERIFY2(!command.place.isEmpty(), qPrintable(command.action->text()));
        listed.insert(command.action);
    }
    QVERIFY(listed.size() > 60);
    for (QAction* each : m_window->findChildren<QAction*>())
        if (!each->shortcut().isEmpty())
            QVERIFY2(listed.contains(each), qPrintable(each->text()));
}

void TestWindowHelp::theShortcutOpensThePalette()
{
    action(QKeySequence("Ctrl+Shift+P"))->trigger();
    auto* palette = m_window->findChild<CommandPalette*>();
    QVERIFY(palette && palette->isVisible());
    const int all = palette->model().rowCount();
    QVERIFY(all > 300);  // menus, panels, presets
    QTest::keyClicks(palette->findChild<QLineEdit*>(), "export");
    QVERIFY(palette->model().rowCount() < all);
    palette->close();
    action(QKeySequence("Ctrl+Shift+P"))->trigger();
    QCOMPARE(palette->model().rowCount(), all);
}

void TestWindowHelp::everyPanelHasHelp()
{
    QVERIFY(m_window->docks().docks().size() >= 24);
    for (const QDockWidget* dock : m_window->docks().docks()) {
        const QString help = panelHelp(*dock);
        QVERIFY2(help.indexOf("## ") > 80, qPrintable(dock->objectName()));  // what it shows comes first
        const QString keys = help.section("## Keys\n", 1);
        QVERIFY2(keys.trimmed().startsWith("- "), qPrintable(dock->objectName()));
        const QString sources = help.section("## Where the figures come from\n", 1);
        QVERIFY2(sources.trimmed().size() > 40, qPrintable(dock->objectName()));
    }
}

void TestWindowHelp::f1TellsOfTheFocusedPanel()
{
    for (const char* name : {"Levels", "FormatB", "Inspector"}) {
        auto* dock = m_window->findChild<QDockWidget*>(name);
        showAndFocus(*dock);
        emit qApp->focusChanged(nullptr, dock->widget()->findChild<QWidget*>());  // no window manager, no focus
        action(QKeySequence("F1"))->trigger();
        const auto* page = m_window->findChild<HelpViewer*>();
        QVERIFY(page->isVisible());
        QVERIFY2(page->toPlainText().startsWith(dock->windowTitle()), qPrintable(page->toPlainText()));
        QVERIFY(page->toPlainText().contains("Where the figures come from"));
    }
}

void TestWindowHelp::keysAreThoseOfTheActions()
{
    QAction* swap = action(QKeySequence(Qt::Key_X));
    swap->setShortcut(QKeySequence("Ctrl+Alt+7"));
    for (QAction* each : m_window->findChildren<QAction*>())
        if (each->text() == "&Keys")
            each->trigger();
    const QString text = m_window->findChild<HelpViewer*>()->toPlainText();
    for (const QAction* each : m_window->findChildren<QAction*>())
        if (!each->shortcut().isEmpty())
            QVERIFY2(text.contains(each->shortcut().toString(QKeySequence::NativeText)), qPrintable(each->text()));
    QVERIFY(text.contains("Ctrl+Alt+7"));
    swap->setShortcut(QKeySequence(Qt::Key_X));
}

/// The keys that people were told of, each on one action only.
void TestWindowHelp::keysOfTheWindowAreTaken()
{
    QStringList keys{"Ctrl+O", "Ctrl+S", "Ctrl+E", "Ctrl+Shift+C", "Ctrl+Z", "Ctrl+Shift+Z", "[", "]", "{", "}", "F6",
        "X", "T", "Ctrl+D", "Esc", "F1", "Ctrl+Shift+P", "Ctrl+P", "Ctrl+B"};
    for (int digit = 1; digit <= 9; ++digit)
        keys << QString::number(digit);
    QHash<QString, int> taken;
    for (const QAction* each : m_window->findChildren<QAction*>())
        for (const QKeySequence& key : each->shortcuts())
            ++taken[key.toString()];
    for (const QString& key : keys)
        QVERIFY2(taken.value(key) > 0, qPrintable(key));
    for (auto key = taken.cbegin(); key != taken.cend(); ++key)
        QVERIFY2(key.value() == 1, qPrintable(key.key()));
}

void TestWindowHelp::aCommandIsRunFromThePalette_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("effect");
    QTest::newRow("menu") << "compare with c"
                          << "c";
    QTest::newRow("panel") << "go to perplexity"
                           << "perplexity";
    QTest::newRow("panel behind a tab") << "model view is on"
                                        << "model";
    QTest::newRow("preset") << "format a is NF4"
                            << "nf4";
}

void TestWindowHelp::aCommandIsRunFromThePalette()
{
    QFETCH(QString, words);
    QFETCH(QString, effect);
    choose(words);
    if (effect == "c")
        QVERIFY(m_window->explorer().formats().c);
    else if (effect == "perplexity")
        QVERIFY(isInSight(*m_window->findChild<QDockWidget*>("Perplexity")));
    else if (effect == "model")
        QVERIFY(isInSight(*m_window->findChild<QDockWidget*>("Model")));
    else
        QCOMPARE(m_window->explorer().formats().a.name, std::string("NF4"));
}

QTEST_MAIN(TestWindowHelp)
#include "tst_window_help.moc"
