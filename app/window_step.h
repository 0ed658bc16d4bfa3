#pragma once

#include <QUndoCommand>

#include <memory>

class QUndoStack;

namespace nanoscope {

class CostDesk;
class Explorer;
class PlaceHistory;
class TeachDock;

/// What the undo steps of a window act on.
struct StepHands {
    Explorer& explorer;
    CostDesk& costs;
    PlaceHistory& places;
    TeachDock& teach;
};

/// An undo step that can be taken over by another window.
class WindowStep : public QUndoCommand {
public:
    /// The same step, said in the present language and done by other hands.
    [[nodiscard]] virtual std::unique_ptr<WindowStep> copyFor(const StepHands& hands) const = 0;
    /// While it rests, undo and redo do nothing, and nothing is merged with it.
    void setResting(bool isResting) { m_isResting = isResting; }

    void undo() final;
    void redo() final;
    [[nodiscard]] int id() const final;

protected:
    virtual void goBack() = 0;
    virtual void goOn() = 0;
    /// Steps of one kind may merge; -1: never.
    [[nodiscard]] virtual int kind() const = 0;

private:
    bool m_isResting = false;
};

/// Puts the steps of one window's stack onto another window's empty one, at the same index and with the same clean
/// state. What the windows show does not change.
void copySteps(const QUndoStack& from, QUndoStack& to, const StepHands& hands);

}  // namespace nanoscope
