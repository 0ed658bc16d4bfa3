#pragma once

#include "app/main_window.h"

#include <QString>

namespace nanoscope {

/// What the program writes of its window before it ends.
struct WindowOutputs {
    QString screenshot;  ///< a picture; empty: none
    QString dump;        ///< uiDump(); empty: none
};

/// Writes a picture of a widget through a temporary name.
/// @return what went wrong; empty on success
[[nodiscard]] QString writePicture(QWidget& widget, const QString& path);

/// Writes all that is asked for; what goes wrong goes to stderr.
/// @return the exit code: 0, or 1
[[nodiscard]] int writeOutputs(MainWindow& window, const WindowOutputs& outputs);

/// Waits until the window is ready or shows an error, writes the outputs and ends the program.
/// Exit code 0, or 1 with the error on stderr.
/// @param expectsTensor  false: the empty window is what is wanted
void writeOutputsAndQuit(MainWindow& window, const WindowOutputs& outputs, bool expectsTensor);

}  // namespace nanoscope
