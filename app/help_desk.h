#pragma once

#include "app/command_list.h"

#include <QList>
#include <QObject>
#include <QStringList>

class QDockWidget;
class QMainWindow;
class QMenu;

namespace nanoscope {

class CommandPalette;
class HelpViewer;

/// What helps to find one's way: the list of all commands, what a panel shows, the keys.
class HelpDesk : public QObject {
    Q_OBJECT

public:
    /// @param docks  of the window, which can be gone to
    HelpDesk(QMainWindow& window, QList<QDockWidget*> docks);

    void addTo(QMenu* menu);
    /// What format A can be made by name.
    void setPresets(const QStringList& names) { m_presets = names; }
    void openPalette();
    /// Of the panel that has the focus, else of the one that had it last, else of the first that can be seen.
    void showPanelHelp();
    void showKeys();

signals:
    void presetChosen(const QString& name);

private:
    void run(int id);
    void runAction(QAction* action);
    void followFocus(QWidget* focused);
    [[nodiscard]] QDockWidget* panelInUse() const;
    HelpViewer& viewer();

    QMainWindow& m_window;
    QList<QDockWidget*> m_docks;
    QStringList m_presets;
    QList<MenuCommand> m_commands;  // as the palette lists them
    QPointer<QDockWidget> m_lastDock;
    CommandPalette* m_palette = nullptr;
    HelpViewer* m_viewer = nullptr;
};

}  // namespace nanoscope
