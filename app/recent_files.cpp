#include "app/recent_files.h"

#include <QFileInfo>
#include <QSettings>

namespace nanoscope {
namespace {

constexpr auto kFilesKey = "recentFiles";
constexpr auto kSessionsKey = "recentSessions";
constexpr qsizetype kMostFiles = 10;

void remember(const char* key, const QString& path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList files = QSettings().value(key).toStringList();
    files.removeAll(absolute);
    files.prepend(absolute);
    QSettings().setValue(key, files.mid(0, kMostFiles));
}

}  // namespace

QStringList recentFiles()
{
    return QSettings().value(kFilesKey).toStringList();
}

void rememberFile(const QString& path)
{
    remember(kFilesKey, path);
}

QStringList recentSessions()
{
    return QSettings().value(kSessionsKey).toStringList();
}

void rememberSession(const QString& path)
{
    remember(kSessionsKey, path);
}

}  // namespace nanoscope
