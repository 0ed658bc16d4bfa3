#pragma once

#include "app/cost_desk.h"
#include "app/value_step.h"

#include <QCoreApplication>

namespace nanoscope {

/// The undo step of the cost panel: from one choice to another.
class CostCommand : public ValueStep<CostChoice> {
public:
    /// @param controlId  what the user moved; empty never merges
    CostCommand(CostDesk& desk, CostChoice before, CostChoice after, QString controlId)
        : ValueStep(std::move(before), std::move(after), std::move(controlId))
        , m_desk(desk)
    {
        setText(QCoreApplication::translate("CostCommand", "cost: %1").arg(this->controlId()));
    }

    [[nodiscard]] std::unique_ptr<WindowStep> copyFor(const StepHands& hands) const override
    {
        return std::make_unique<CostCommand>(hands.costs, before(), after(), controlId());
    }

protected:
    void goBack() override { m_desk.setChoice(before()); }
    void goOn() override { m_desk.setChoice(after()); }
    [[nodiscard]] int kind() const override { return 2; }

private:
    CostDesk& m_desk;
};

}  // namespace nanoscope
