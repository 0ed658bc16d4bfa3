#pragma once

#include "app/window_step.h"

#include <QElapsedTimer>
#include <QString>

#include <utility>

namespace nanoscope {

/// An undo step from one value to another. Edits by the same control within a second merge, so that a drag or a typed
/// number is one step; a merged step that ends where it began goes away.
template <typename Value> class ValueStep : public WindowStep {
public:
    /// @param controlId  what the user moved; empty never merges
    ValueStep(Value before, Value after, QString controlId)
        : m_before(std::move(before))
        , m_after(std::move(after))
        , m_controlId(std::move(controlId))
    {
        m_age.start();
    }

    bool mergeWith(const QUndoCommand* other) override
    {
        constexpr qint64 kPause = 1000;
        const auto* next = static_cast<const ValueStep*>(other);  // of the same kind()
        if (m_controlId.isEmpty() || next->m_controlId != m_controlId || m_age.elapsed() > kPause)
            return false;
        m_after = next->m_after;
        m_age.restart();
        setText(next->text());
        setObsolete(m_after == m_before);
        return true;
    }

protected:
    [[nodiscard]] const Value& before() const { return m_before; }
    [[nodiscard]] const Value& after() const { return m_after; }
    [[nodiscard]] const QString& controlId() const { return m_controlId; }

private:
    Value m_before;
    Value m_after;
    QString m_controlId;
    QElapsedTimer m_age;
};

}  // namespace nanoscope
