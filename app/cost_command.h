#pragma once

#include "app/cost_desk.h"
#include "app/window_step.h"

#include <QCoreApplication>
#include <QElapsedTimer>

namespace nanoscope {

/// The undo step of the cost panel: from one choice to another. Edits by the same control within a second merge, so
/// that a drag or a typed number is one step.
class CostCommand : public WindowStep {
public:
    /// @param controlId  what the user moved; empty never merges
    CostCommand(CostDesk& desk, CostChoice before, CostChoice after, QString controlId)
        : m_desk(desk)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_controlId(std::move(controlId))
    {
        m_age.start();
        setText(QCoreApplication::translate("CostCommand", "cost: %1").arg(m_controlId));
    }

    [[nodiscard]] std::unique_ptr<WindowStep> copyFor(const StepHands& hands) const override
    {
        return std::make_unique<CostCommand>(hands.costs, m_before, m_after, m_controlId);
    }

    bool mergeWith(const QUndoCommand* other) override
    {
        constexpr qint64 kPause = 1000;
        const auto* next = static_cast<const CostCommand*>(other);
        if (m_controlId.isEmpty() || next->m_controlId != m_controlId || m_age.elapsed() > kPause)
            return false;
        m_after = next->m_after;
        m_age.restart();
        setObsolete(m_after == m_before);
        return true;
    }

protected:
    void goBack() override { m_desk.setChoice(m_before); }
    void goOn() override { m_desk.setChoice(m_after); }
    [[nodiscard]] int kind() const override { return 2; }

private:
    CostDesk& m_desk;
    CostChoice m_before;
    CostChoice m_after;
    QString m_controlId;
    QElapsedTimer m_age;
};

}  // namespace nanoscope
