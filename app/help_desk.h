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

/// What helps to find one's way: the list of all commands.
class HelpDesk : public QObject {
    Q_OBJECT

public:
    /// @param docks  of the window, which can be gone to
    HelpDesk(QMainWindow& window, QList<QDockWidget*> docks);

    void addTo(QMenu* menu);
    /// What format A can be made by name.
    void setPresets(const QStringList& names) { m_presets = names; }
    void openPalette();

signals:
    void presetChosen(const QString& name);

private:
    void run(int id);

    QMainWindow& m_window;
    QList<QDockWidget*> m_docks;
    QStringList m_presets;
    QList<MenuCommand> m_commands;  // as the palette lists them
    CommandPalette* m_palette = nullptr;
};

}  // namespace nanoscope
