#pragma once

#include "app/explorer.h"
#include "app/view_docks.h"
#include "widgets/level_id.h"

#include <QKeySequence>
#include <QPointF>
#include <QString>

#include <optional>
#include <variant>
#include <vector>

namespace nanoscope {

/// What a control holds: a check mark, a number, or a text (also the one of a choice or a row).
using ControlValue = std::variant<bool, double, QString>;

/// The value as a person writes it, for messages.
[[nodiscard]] QString textOf(const ControlValue& value);

/// @name What a step does, one struct per key of resources/steps.schema.json
/// @{
namespace step {

struct Open {
    QString file;
    QString tensor;  ///< empty: the first one that can be explored
};
struct ChooseTensor {
    QString name;
};
struct SetCut {
    TensorCut cut;
};
struct SetFormat {
    Explorer::Slot slot = Explorer::A;
    std::optional<QString> spec;  ///< nothing takes B, C or D away
};
struct SelectBlock {
    std::optional<quint64> block;  ///< nothing: the one with the largest squared error
};
struct SelectElement {
    int element = 0;
};
struct SelectLevel {
    LevelId level;
};
struct Arrange {
    Arrangement arrangement = Arrangement::Explore;
};
struct ShowDock {
    QString name;  ///< title or objectName
};
struct SetTheme {
    bool dark = false;
};
struct Click {
    QString target;
    std::optional<QPointF> at;  ///< fractions of width and height; nothing: as the control is used
};
struct SetValue {
    QString target;
    ControlValue value;
};
struct TypeText {
    QString text;
    QString into;  ///< empty: what has the focus
};
struct PressKey {
    QKeySequence keys;
    QString target;  ///< empty: what has the focus
};
struct WaitReady { };
struct Screenshot {
    QString file;
    QString of;  ///< empty: the whole window
};
struct SaveSession {
    QString file;
};
struct OpenSession {
    QString file;
};
struct DumpUi {
    QString file;
};

}  // namespace step

using StepAction = std::variant<step::Open, step::ChooseTensor, step::SetCut, step::SetFormat, step::SelectBlock,
    step::SelectElement, step::SelectLevel, step::Arrange, step::ShowDock, step::SetTheme, step::Click, step::SetValue,
    step::TypeText, step::PressKey, step::WaitReady, step::Screenshot, step::SaveSession, step::OpenSession,
    step::DumpUi>;
/// @}

/// @name What a step expects
/// @{
namespace expectation {

/// A key of `report --json`, or of `cost --json` after "cost."; list entries by number: "levels.3.count".
struct Figure {
    QString path;
    Explorer::Slot of = Explorer::A;
    std::optional<ControlValue> value;  ///< equal, numbers within the tolerance
    double tolerance = 0.0;             ///< absolute
    std::optional<double> atLeast;
    std::optional<double> atMost;
};
struct Text {
    QString target;
    QString contains;
};
struct Value {
    QString target;
    ControlValue is;
};
struct Visible {
    QString target;
    bool wanted = true;
};
struct Enabled {
    QString target;
    bool wanted = true;
};
struct Ready {
    bool wanted = true;
};

}  // namespace expectation

using StepExpectation = std::variant<expectation::Figure, expectation::Text, expectation::Value, expectation::Visible,
    expectation::Enabled, expectation::Ready>;
/// @}

/// One step: a text for people, what is done, and what must be true then.
struct Step {
    QString text;
    QString watch;  ///< title or objectName of the dock to look at; empty: none
    std::vector<StepAction> actions;
    std::vector<StepExpectation> expectations;
};

/// A script as `--replay` and lessons read it (resources/steps.schema.json).
struct StepScript {
    QString title;
    QString about;   ///< a sentence or two; may be empty
    QString folder;  ///< which file names are relative to
    std::vector<Step> steps;
};

/// @param where   the file's name, for messages
/// @param folder  of the file
/// @throws Error (Refused) naming the step, the action and the key
[[nodiscard]] StepScript parseStepScript(const QByteArray& text, const QString& where, const QString& folder);

/// @throws Error (Data) for a file that cannot be read; else as parseStepScript()
[[nodiscard]] StepScript readStepScript(const QString& path);

}  // namespace nanoscope
