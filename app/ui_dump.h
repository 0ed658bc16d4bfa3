#pragma once

#include <QJsonObject>
#include <QString>

class QMainWindow;

namespace nanoscope {

/// Which widgets are told; actions are, always.
enum class UiDumpScope { Everything, Visible };

/// Every widget and action of the window and of the dialogs that are open, for scripts and people from outside:
/// {"widgets": [{objectName, class, name, description, dock, text, value, rect, visible, enabled, rows, cells}],
/// "actions": [{objectName, text, shortcut, visible, enabled, checked}]}. `rect` is x, y, width, height on the screen;
/// `visible` is false for what lies under another tab, too; `rows` are those of a table, cells separated by tabs;
/// `cells` are those of cellsInSight(), where a table or tab bar can be clicked.
[[nodiscard]] QJsonObject uiDump(QMainWindow& window, UiDumpScope scope = UiDumpScope::Everything);

/// Writes uiDump() through a temporary name.
/// @return what went wrong; empty on success
[[nodiscard]] QString writeUiDump(
    QMainWindow& window, const QString& path, UiDumpScope scope = UiDumpScope::Everything);

}  // namespace nanoscope
