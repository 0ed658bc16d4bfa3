#pragma once

#include "app/command_list.h"

#include <QString>

class QDockWidget;

namespace nanoscope {

/// What a panel shows, its keys, and where its figures come from, as Markdown; empty when nothing is written of it.
[[nodiscard]] QString panelHelp(const QDockWidget& dock);

/// All shortcuts of the commands, in their order, as a table in Markdown, and after it what is said of the panel.
[[nodiscard]] QString keysHelp(const QList<MenuCommand>& commands, const QDockWidget& panel);

}  // namespace nanoscope
