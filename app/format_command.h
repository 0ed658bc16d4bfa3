#pragma once

#include "app/explorer.h"
#include "app/window_step.h"

#include <QCoreApplication>
#include <QElapsedTimer>

namespace nanoscope {

/// The one undo step of formats: from one set to another. Edits by the same control within a second merge, so that a
/// drag is one step.
class FormatCommand : public WindowStep {
public:
    /// @param controlId  what the user moved; empty never merges
    FormatCommand(Explorer& explorer, FormatSet before, FormatSet after, QString controlId)
        : m_explorer(explorer)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_controlId(std::move(controlId))
    {
        m_age.start();
        setText(describe());
    }

    [[nodiscard]] std::unique_ptr<WindowStep> copyFor(const StepHands& hands) const override
    {
        return std::make_unique<FormatCommand>(hands.explorer, m_before, m_after, m_controlId);
    }

    bool mergeWith(const QUndoCommand* other) override
    {
        constexpr qint64 kPause = 1000;
        const auto* next = static_cast<const FormatCommand*>(other);
        if (m_controlId.isEmpty() || next->m_controlId != m_controlId || m_age.elapsed() > kPause)
            return false;
        m_after = next->m_after;
        m_age.restart();
        setText(describe());
        setObsolete(m_after == m_before);
        return true;
    }

protected:
    void goBack() override { m_explorer.setFormats(m_before); }
    void goOn() override { m_explorer.setFormats(m_after); }
    [[nodiscard]] int kind() const override { return 1; }

private:
    [[nodiscard]] QString describe() const
    {
        const auto isSame = [this](std::size_t slot) {
            const NamedFormat* before = m_before.at(slot);
            const NamedFormat* after = m_after.at(slot);
            return before && after ? *before == *after : before == after;
        };
        std::size_t changed = 0;
        while (changed + 1 < FormatSet::kMost && isSame(changed))
            ++changed;
        const QString letter(QChar(static_cast<char16_t>(u'A' + changed)));
        const NamedFormat* after = m_after.at(changed);
        if (!after)
            return QCoreApplication::translate("FormatCommand", "remove format %1").arg(letter);
        return QCoreApplication::translate("FormatCommand", "format %1: %2")
            .arg(letter, QString::fromStdString(after->name));
    }

    Explorer& m_explorer;
    FormatSet m_before;
    FormatSet m_after;
    QString m_controlId;
    QElapsedTimer m_age;
};

}  // namespace nanoscope
