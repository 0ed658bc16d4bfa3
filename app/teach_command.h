#pragma once

#include "app/teach_dock.h"
#include "app/window_step.h"

#include <QElapsedTimer>

namespace nanoscope {

/// The undo step of the block in Teach: from one state to another. A value that is dragged is one step.
class TeachCommand : public WindowStep {
public:
    /// @param controlId  what the user moved; empty never merges
    TeachCommand(TeachDock& dock, TeachEdit before, TeachEdit after, QString controlId)
        : m_dock(dock)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_controlId(std::move(controlId))
    {
        m_age.start();
        setText(TeachDock::tr("the block in Teach"));
    }

    [[nodiscard]] std::unique_ptr<WindowStep> copyFor(const StepHands& hands) const override
    {
        return std::make_unique<TeachCommand>(hands.teach, m_before, m_after, m_controlId);
    }

    bool mergeWith(const QUndoCommand* other) override
    {
        constexpr qint64 kPause = 1000;
        const auto* next = static_cast<const TeachCommand*>(other);
        if (m_controlId.isEmpty() || next->m_controlId != m_controlId || m_age.elapsed() > kPause)
            return false;
        m_after = next->m_after;
        m_age.restart();
        setObsolete(m_after == m_before);
        return true;
    }

protected:
    void goBack() override { m_dock.setEdit(m_before); }
    void goOn() override { m_dock.setEdit(m_after); }
    [[nodiscard]] int kind() const override { return 4; }  // after those of formats, costs and places

private:
    TeachDock& m_dock;
    TeachEdit m_before;
    TeachEdit m_after;
    QString m_controlId;
    QElapsedTimer m_age;
};

}  // namespace nanoscope
