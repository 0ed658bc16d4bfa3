#include "app/window_step.h"

#include <QUndoStack>

#include <vector>

namespace nanoscope {

void WindowStep::undo()
{
    if (!m_isResting)
        goBack();
}

void WindowStep::redo()
{
    if (!m_isResting)
        goOn();
}

int WindowStep::id() const
{
    return m_isResting ? -1 : kind();
}

void copySteps(const QUndoStack& from, QUndoStack& to, const StepHands& hands)
{
    std::vector<WindowStep*> copies;
    for (int i = 0; i < from.count(); ++i) {
        auto copy = dynamic_cast<const WindowStep&>(*from.command(i)).copyFor(hands);
        copy->setResting(true);
        copies.push_back(copy.get());
        to.push(copy.release());
    }
    if (from.cleanIndex() < 0) {
        to.resetClean();
    } else {
        to.setIndex(from.cleanIndex());
        to.setClean();
    }
    to.setIndex(from.index());
    for (WindowStep* copy : copies)
        copy->setResting(false);
}

}  // namespace nanoscope
