#pragma once

#include "app/explorer.h"
#include "app/teach_edit.h"
#include "app/view_docks.h"
#include "widgets/level_id.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace nanoscope {

/// What tells whether a file is still the one that a session was made with.
struct FileMark {
    qint64 bytes = 0;
    QByteArray head;  ///< SHA-256 of the first 64 KiB, in hex
    bool operator==(const FileMark&) const = default;
};

/// Reads the head of a file; for workers.
/// @return nothing when it cannot be read
[[nodiscard]] std::optional<FileMark> markOf(const QString& path);

/// Options of views that a session keeps.
struct ViewOptions {
    Arrangement arrangement = Arrangement::Explore;
    QStringList shownDocks;  ///< by objectName
    QStringList frontDocks;  ///< those that are not under another tab
    bool logCounts = true;
    double zoomFrom = 0.0;  ///< of the number line
    double zoomTo = 1.0;
    bool operator==(const ViewOptions&) const = default;
};

/// What a window shows, as a value: what `.nanoscope.json` holds. The theme and the window's size belong to the user.
struct Session {
    Place place;  ///< an absolute path, or empty when no file was open
    std::optional<FileMark> mark;
    std::optional<Shape> shape;  ///< of the tensor as stored
    QString dtype;
    FormatSet formats;
    std::optional<LevelId> level;
    TeachEdit teach;
    ViewOptions view;
    QJsonObject whole;  ///< the file as it was read: what this program does not know is kept
};

/// A session file as it was read.
struct ReadSession {
    Session session;
    QStringList problems;  ///< parts that were left out, one line each
};

inline constexpr auto kSessionEnding = ".nanoscope.json";

/// True for names of session files.
[[nodiscard]] bool isSessionName(const QString& path);

/// @param folder  that the session lies in: the file of tensors is named relative to it, and absolutely
[[nodiscard]] QJsonObject toJson(const Session& session, const QString& folder);

/// Takes what can be read; a file of tensors that is found at neither place keeps its absolute path.
/// @param where    the session's file, for messages
/// @param present  what stands where the session says nothing
/// @throws Error (Refused) when it is no session at all or one of a later version
[[nodiscard]] ReadSession parseSession(
    const QByteArray& text, const QString& where, const QString& folder, const Session& present);

}  // namespace nanoscope
