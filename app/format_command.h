#pragma once

#include "app/explorer.h"
#include "app/value_step.h"

#include <QCoreApplication>

namespace nanoscope {

/// The one undo step of formats: from one set to another.
class FormatCommand : public ValueStep<FormatSet> {
public:
    /// @param controlId  what the user moved; empty never merges
    FormatCommand(Explorer& explorer, FormatSet before, FormatSet after, QString controlId)
        : ValueStep(std::move(before), std::move(after), std::move(controlId))
        , m_explorer(explorer)
    {
        setText(describe());
    }

    [[nodiscard]] std::unique_ptr<WindowStep> copyFor(const StepHands& hands) const override
    {
        return std::make_unique<FormatCommand>(hands.explorer, before(), after(), controlId());
    }

protected:
    void goBack() override { m_explorer.setFormats(before()); }
    void goOn() override { m_explorer.setFormats(after()); }
    [[nodiscard]] int kind() const override { return 1; }

private:
    [[nodiscard]] QString describe() const
    {
        const auto isSame = [this](std::size_t slot) {
            const NamedFormat* old = before().at(slot);
            const NamedFormat* now = after().at(slot);
            return old && now ? *old == *now : old == now;
        };
        std::size_t changed = 0;
        while (changed + 1 < FormatSet::kMost && isSame(changed))
            ++changed;
        const QString letter(QChar(static_cast<char16_t>(u'A' + changed)));
        const NamedFormat* now = after().at(changed);
        if (!now)
            return QCoreApplication::translate("FormatCommand", "remove format %1").arg(letter);
        return QCoreApplication::translate("FormatCommand", "format %1: %2")
            .arg(letter, QString::fromStdString(now->name));
    }

    Explorer& m_explorer;
};

}  // namespace nanoscope
