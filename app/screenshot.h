#pragma once

#include "app/main_window.h"

#include <QString>

namespace nanoscope {

/// Waits until the window is ready or shows an error, writes a picture of it and ends the program.
/// Exit code 0, or 1 with the error on stderr.
/// @param expectsTensor  false: the empty window is what is wanted
void takeScreenshotAndQuit(MainWindow& window, const QString& path, bool expectsTensor);

}  // namespace nanoscope
