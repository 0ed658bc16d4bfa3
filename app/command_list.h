#pragma once

#include "widgets/command_model.h"

#include <QList>
#include <QPointer>
#include <QString>

class QAction;
class QDockWidget;
class QMenuBar;

namespace nanoscope {

/// An action and the menus that lead to it.
struct MenuCommand {
    QPointer<QAction> action;
    QString place;  ///< for example "File > Export"
};

/// Every action of the menus and their submenus in the order of the menus, without separators. Menus that are filled
/// when they open are filled.
[[nodiscard]] QList<MenuCommand> menuCommands(const QMenuBar& bar);

/// As a list shows it: without marks of mnemonics, all shortcuts, whether it is on.
[[nodiscard]] CommandEntry entryOf(const MenuCommand& command, int id);

/// Puts a dock in front and the focus on the first thing in it that takes it.
void showAndFocus(QDockWidget& dock);

}  // namespace nanoscope
