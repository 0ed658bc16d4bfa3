#pragma once

#include "app/step_script.h"
#include "app/step_target.h"

#include <optional>

class QKeySequence;

namespace nanoscope {

/// @name What a hand does with the controls of the window
/// @throws Error (Refused) when the control cannot be used so
/// @{

/// Presses a button, triggers an action, or clicks into a widget.
/// @param at  fractions of width and height; nothing: as the control is used
void clickOn(const StepTarget& target, const std::optional<QPointF>& at);
/// Moves a control to a value: numbers, check marks, choices by their text, lines of text (Enter follows), rows of
/// tables and trees by a text in them.
void moveTo(const StepTarget& target, const ControlValue& value);
/// Types letter by letter; a line end is Enter.
void typeInto(QWidget& widget, const QString& text);
/// Presses keys with the focus on `widget`: the shortcut of an action unless the widget takes the key itself.
void pressKeys(QMainWindow& window, QWidget& widget, const QKeySequence& keys);
/// @}

/// The value of a control; nothing for what holds none.
[[nodiscard]] std::optional<ControlValue> valueOf(const StepTarget& target);

}  // namespace nanoscope
