#include "app/help_desk.h"

#include "app/in_sight.h"
#include "app/panel_help.h"
#include "widgets/command_palette.h"
#include "widgets/help_viewer.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

#include <algorithm>
#include <utility>

namespace nanoscope {

HelpDesk::HelpDesk(QMainWindow& window, QList<QDockWidget*> docks)
    : QObject(&window)
    , m_window(window)
    , m_docks(std::move(docks))
{
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { followFocus(now); });
}

void HelpDesk::addTo(QMenu* menu)
{
    QAction* panel = menu->addAction(tr("&This panel"), this, &HelpDesk::showPanelHelp);
    panel->setShortcut(QKeySequence::HelpContents);
    menu->addAction(tr("&Keys"), this, &HelpDesk::showKeys);
    QAction* commands = menu->addAction(tr("&Commands…"), this, &HelpDesk::openPalette);
    commands->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
}

/// Ids are positions: the menus' commands first, then the docks, then the presets.
void HelpDesk::openPalette()
{
    if (m_palette == nullptr) {
        m_palette = new CommandPalette(&m_window);
        connect(m_palette, &CommandPalette::commandChosen, this, &HelpDesk::run);
    }
    m_commands = menuCommands(*m_window.menuBar());
    std::vector<CommandEntry> entries;
    const auto nextId = [&entries] { return static_cast<int>(entries.size()); };
    for (const MenuCommand& command : m_commands)
        entries.push_back(entryOf(command, nextId()));
    for (const QDockWidget* dock : m_docks)
        entries.push_back({nextId(), tr("Go to %1").arg(dock->windowTitle()), tr("Panels"), {}});
    for (const QString& name : m_presets)
        entries.push_back({nextId(), tr("Format A is %1").arg(name), tr("Presets"), {}});
    m_palette->setCommands(std::move(entries));
    m_palette->show();
    m_palette->raise();
    m_palette->activateWindow();
}

void HelpDesk::followFocus(QWidget* focused)
{
    for (QDockWidget* dock : m_docks)
        if (focused && dock->isAncestorOf(focused))
            m_lastDock = dock;
}

QDockWidget* HelpDesk::panelInUse() const
{
    const auto isSeen = [](const QDockWidget* dock) { return dock && isInSight(*dock); };
    if (isSeen(m_lastDock))
        return m_lastDock;
    const auto seen = std::find_if(m_docks.begin(), m_docks.end(), isSeen);
    return seen != m_docks.end() ? *seen : m_docks.front();
}

HelpViewer& HelpDesk::viewer()
{
    if (m_viewer == nullptr)
        m_viewer = new HelpViewer(&m_window);
    return *m_viewer;
}

void HelpDesk::showPanelHelp()
{
    const QDockWidget* dock = panelInUse();
    viewer().showPage(dock->windowTitle(), panelHelp(*dock));
}

void HelpDesk::showKeys()
{
    viewer().showPage(tr("Keys"), keysHelp(menuCommands(*m_window.menuBar()), *panelInUse()));
}

/// Hiding a panel that lies behind another tab would be no answer to its name: it comes to the front.
void HelpDesk::runAction(QAction* action)
{
    if (action == nullptr)
        return;
    for (QDockWidget* dock : m_docks)
        if (dock->toggleViewAction() == action && !isInSight(*dock)) {
            showAndFocus(*dock);
            return;
        }
    action->trigger();
}

void HelpDesk::run(int id)
{
    qsizetype place = id;
    if (place < m_commands.size()) {
        runAction(m_commands[place].action);
        return;
    }
    place -= m_commands.size();
    if (place < m_docks.size()) {
        showAndFocus(*m_docks[place]);
        return;
    }
    place -= m_docks.size();
    if (place < m_presets.size())
        emit presetChosen(m_presets[place]);
}

}  // namespace nanoscope
