#pragma once

#include "app/step_script.h"

namespace nanoscope {

class MainWindow;

/// Why what a step expects is not so, in one line; empty when it is.
/// @throws Error (Refused) when a name or figure does not exist
[[nodiscard]] QString failureOf(MainWindow& window, const StepExpectation& expected);

}  // namespace nanoscope
