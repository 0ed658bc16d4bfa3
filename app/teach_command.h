#pragma once

#include "app/teach_dock.h"
#include "app/value_step.h"

namespace nanoscope {

/// The undo step of the block in Teach: from one state to another.
class TeachCommand : public ValueStep<TeachEdit> {
public:
    /// @param controlId  what the user moved; empty never merges
    TeachCommand(TeachDock& dock, TeachEdit before, TeachEdit after, QString controlId)
        : ValueStep(std::move(before), std::move(after), std::move(controlId))
        , m_dock(dock)
    {
        setText(TeachDock::tr("the block in Teach"));
    }

    [[nodiscard]] std::unique_ptr<WindowStep> copyFor(const StepHands& hands) const override
    {
        return std::make_unique<TeachCommand>(hands.teach, before(), after(), controlId());
    }

protected:
    void goBack() override { m_dock.setEdit(before()); }
    void goOn() override { m_dock.setEdit(after()); }
    [[nodiscard]] int kind() const override { return 4; }  // after those of formats, costs and places

private:
    TeachDock& m_dock;
};

}  // namespace nanoscope
