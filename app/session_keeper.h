#pragma once

#include "widgets/latest_job.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

class QLockFile;

namespace nanoscope {

class SessionDesk;

/// Keeps a copy of the window's session in the user's data folder, a few seconds after each change, and finds what a
/// window that ended without closing has left there. A lock file beside each copy tells whose window still lives, so
/// that several windows, and programs, do not take each other's.
class SessionKeeper : public QObject {
    Q_OBJECT

public:
    /// @param folder  for the copies; made when first needed
    SessionKeeper(SessionDesk& desk, const QString& folder, QObject* parent = nullptr);
    /// The window closed in order: its copy goes.
    ~SessionKeeper() override;

    /// Takes hold of the newest copy that a window has left behind.
    /// @return false when there is none
    [[nodiscard]] bool findLeft();
    /// When the copy of findLeft() was written.
    [[nodiscard]] QString leftText() const;
    /// Restores the copy that findLeft() took, and removes it; one that cannot be read is kept under another name.
    /// @throws Error when it cannot be read
    void restoreLeft();
    /// Removes it unseen.
    void dropLeft();

    /// How long after a change the copy is written, in milliseconds.
    void setDelay(int milliseconds) { m_timer.setInterval(milliseconds); }
    /// The window's own copy.
    [[nodiscard]] QString copyPath() const { return m_path; }

private:
    void write();

    SessionDesk& m_desk;
    QString m_folder;
    QString m_path;
    QString m_left;
    std::unique_ptr<QLockFile> m_lock;
    std::unique_ptr<QLockFile> m_leftLock;
    QTimer m_timer;
    std::unique_ptr<LatestJob<bool>> m_writing;
};

/// Where the copies lie.
[[nodiscard]] QString sessionFolder();

}  // namespace nanoscope
