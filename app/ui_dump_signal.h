#pragma once

#include <QString>

class QMainWindow;

namespace nanoscope {

/// Writes what uiDump() tells of the widgets in sight to a file each time the program gets SIGUSR1, so that a window
/// that people or scripts work in can be looked at from outside. A later window takes the place of an earlier one,
/// with the same file.
/// @throws Error where the system refuses
void dumpOnSignal(QMainWindow& window, const QString& path);

}  // namespace nanoscope
