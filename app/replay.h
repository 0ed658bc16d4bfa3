#pragma once

#include "app/screenshot.h"
#include "app/step_script.h"

namespace nanoscope {

/// Runs a script in the window, prints each failure as one line on stderr, writes the outputs and ends the program:
/// exit code 0 when all was as expected, else 1; also when the window is closed before the end.
/// @return exit code of the program
[[nodiscard]] int runReplay(MainWindow& window, const StepScript& script, const WindowOutputs& outputs);

}  // namespace nanoscope
