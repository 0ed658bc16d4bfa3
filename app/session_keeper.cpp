#include "app/session_keeper.h"

#include "app/session_desk.h"
#include "core/error.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLocale>
#include <QLockFile>
#include <QSaveFile>
#include <QStandardPaths>
#include <QUuid>

namespace nanoscope {
namespace {

constexpr int kDelay = 3000;  // milliseconds
constexpr auto kLockEnding = ".lock";
constexpr auto kUnreadableEnding = ".unreadable";

bool writeCopy(const QString& path, const QByteArray& text)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit();
}

}  // namespace

QString sessionFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/sessions");
}

SessionKeeper::SessionKeeper(SessionDesk& desk, const QString& folder, QObject* parent)
    : QObject(parent)
    , m_desk(desk)
    , m_folder(folder)
    , m_path(folder + "/" + QUuid::createUuid().toString(QUuid::WithoutBraces) + QLatin1String(kSessionEnding))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kDelay);
    connect(&m_timer, &QTimer::timeout, this, &SessionKeeper::write);
    connect(&desk, &SessionDesk::changed, this, [this] {
        if (!m_timer.isActive())
            m_timer.start();
    });
}

SessionKeeper::~SessionKeeper()
{
    m_writing.reset();  // waits
    if (m_lock)
        QFile::remove(m_path);
}

/// The file is written on a lane of its own: a slow disk must not hold the window up.
void SessionKeeper::write()
{
    const Session session = m_desk.present();
    if (session.place.file.isEmpty())
        return;
    if (!m_lock) {
        QDir().mkpath(m_folder);
        m_lock = std::make_unique<QLockFile>(m_path + QLatin1String(kLockEnding));
        m_lock->setStaleLockTime(0);  // only the end of its program makes it stale
        if (!m_lock->tryLock()) {     // no place to write: the window goes on without
            m_lock.reset();
            return;
        }
        m_writing = std::make_unique<LatestJob<bool>>([](bool) {}, [](const std::exception_ptr&) {});
    }
    const QByteArray text = QJsonDocument(toJson(session, m_folder)).toJson();
    m_writing->submit([path = m_path, text](const std::stop_token&) { return writeCopy(path, text); });
}

bool SessionKeeper::findLeft()
{
    const QFileInfoList copies
        = QDir(m_folder).entryInfoList({QStringLiteral("*") + QLatin1String(kSessionEnding)}, QDir::Files, QDir::Time);
    for (const QFileInfo& copy : copies) {
        auto lock = std::make_unique<QLockFile>(copy.filePath() + QLatin1String(kLockEnding));
        lock->setStaleLockTime(0);
        if (!lock->tryLock())  // its window is still there
            continue;
        m_left = copy.filePath();
        m_leftLock = std::move(lock);
        return true;
    }
    return false;
}

QString SessionKeeper::leftText() const
{
    return QLocale::c().toString(QFileInfo(m_left).lastModified(), QStringLiteral("d MMMM, hh:mm"));
}

void SessionKeeper::restoreLeft()
{
    QFile file(m_left);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(m_left.toStdString(), "cannot be read: " + file.errorString().toStdString(), {});
    try {
        m_desk.restore(parseSession(file.readAll(), m_left, m_folder, m_desk.present()), tr("last session"));
    } catch (const Error&) {
        QFile::rename(m_left, m_left + kUnreadableEnding);  // kept, but not offered at every start
        dropLeft();
        throw;
    }
    dropLeft();
}

void SessionKeeper::dropLeft()
{
    QFile::remove(m_left);
    m_leftLock.reset();
    m_left.clear();
}

}  // namespace nanoscope
