#pragma once

#include "app/session.h"
#include "widgets/latest_job.h"

#include <QObject>

#include <optional>

class QUndoStack;

namespace nanoscope {

class MainWindow;
class PlaceHistory;

/// The session of a window: takes what the window shows as a value, puts a value back, and knows the file that it is
/// kept in.
class SessionDesk : public QObject {
    Q_OBJECT

public:
    /// @param stack  its clean state is what the file holds; opening a session empties it
    SessionDesk(MainWindow& window, PlaceHistory& history, QUndoStack& stack);
    ~SessionDesk() override;

    /// What the window shows now.
    [[nodiscard]] Session present() const;
    /// Puts a session on screen. What cannot be restored is told in the window, and the rest is restored.
    /// @param name  of the session, for messages
    void restore(const ReadSession& read, const QString& name);

    /// Takes the place of another window: shows what it showed, with its file, its undo steps, and the focus where it
    /// was.
    void takeOver(const SessionDesk& other);

    /// The session file in use; empty when there is none.
    [[nodiscard]] QString file() const { return m_file; }
    /// Writes the session through a temporary name; the file becomes the one in use.
    /// @return what went wrong; empty on success
    [[nodiscard]] QString save(const QString& path);
    /// Reads a session file and restores it; the file becomes the one in use.
    /// @throws Error when it cannot be read or is no session
    void open(const QString& path);

signals:
    /// file() changed, or what it holds.
    void fileChanged();
    /// Something that sessions keep may have changed.
    void changed();

private:
    void restoreView(const ViewOptions& view);
    void markFile(const QString& path);
    void compareTensor();
    void finishRestoring();

    MainWindow& m_window;
    PlaceHistory& m_history;
    QUndoStack& m_stack;
    QString m_file;
    QJsonObject m_whole;  // of the session file in use
    std::optional<FileMark> m_mark;
    std::optional<Session> m_restoring;  // until the window shows it
    QString m_restoringName;
    QStringList m_problems;
    LatestJob<std::optional<FileMark>> m_marking;
};

}  // namespace nanoscope
