#pragma once

#include "app/explorer.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QUndoCommand>

namespace nanoscope {

/// The one undo step of formats: from one pair to another. Edits by the same control within a second merge, so that a
/// drag is one step.
class FormatCommand : public QUndoCommand {
public:
    /// @param controlId  what the user moved; empty never merges
    FormatCommand(Explorer& explorer, FormatPair before, FormatPair after, QString controlId)
        : m_explorer(explorer)
        , m_before(std::move(before))
        , m_after(std::move(after))
        , m_controlId(std::move(controlId))
    {
        m_age.start();
        setText(describe());
    }

    void undo() override { m_explorer.setFormats(m_before); }
    void redo() override { m_explorer.setFormats(m_after); }
    [[nodiscard]] int id() const override { return 1; }

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

private:
    [[nodiscard]] QString describe() const
    {
        const bool isB = m_before.a == m_after.a;
        const QString name
            = QString::fromStdString(isB ? (m_after.b ? m_after.b->name : std::string()) : m_after.a.name);
        if (isB && !m_after.b)
            return QCoreApplication::translate("FormatCommand", "remove format B");
        return QCoreApplication::translate("FormatCommand", "format %1: %2").arg(isB ? "B" : "A", name);
    }

    Explorer& m_explorer;
    FormatPair m_before;
    FormatPair m_after;
    QString m_controlId;
    QElapsedTimer m_age;
};

}  // namespace nanoscope
