#pragma once

#include <QStringList>

namespace nanoscope {

/// Files opened before, newest first, kept in the user's settings.
[[nodiscard]] QStringList recentFiles();

/// Moves a file to the front of the list.
void rememberFile(const QString& path);

/// @name The same for session files
/// @{
[[nodiscard]] QStringList recentSessions();
void rememberSession(const QString& path);
/// @}

}  // namespace nanoscope
