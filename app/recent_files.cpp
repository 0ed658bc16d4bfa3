#include "app/recent_files.h"

#include <QFileInfo>
#include <QSettings>

namespace nanoscope {
namespace {

constexpr auto kKey = "recentFiles";
constexpr qsizetype kMostFiles = 10;

}  // namespace

QStringList recentFiles()
{
    return QSettings().value(kKey).toStringList();
}

void rememberFile(const QString& path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList files = recentFiles();
    files.removeAll(absolute);
    files.prepend(absolute);
    QSettings().setValue(kKey, files.mid(0, kMostFiles));
}

}  // namespace nanoscope
