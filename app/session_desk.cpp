#include "app/session_desk.h"

#include "app/arrangements.h"
#include "app/cost_dock.h"
#include "app/in_sight.h"
#include "app/main_window.h"
#include "app/place_history.h"
#include "app/teach_dock.h"
#include "app/window_step.h"
#include "core/error.h"
#include "widgets/level_plot.h"
#include "widgets/level_stack.h"

#include <QDockWidget>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>
#include <QUndoStack>

namespace nanoscope {

SessionDesk::SessionDesk(MainWindow& window, PlaceHistory& history, QUndoStack& stack)
    : QObject(&window)
    , m_window(window)
    , m_history(history)
    , m_stack(stack)
    , m_marking(
          [this](std::optional<FileMark> mark) {
              m_mark = std::move(mark);
              if (m_restoring && m_restoring->mark && m_mark && *m_restoring->mark != *m_mark)
                  m_problems.append(tr("%1 is not the file it was when the session was saved")
                                        .arg(QFileInfo(m_window.explorer().file()).fileName()));
              finishRestoring();
          },
          [](const std::exception_ptr&) {})
{
    Explorer& explorer = window.explorer();
    connect(&explorer, &Explorer::fileOpened, this, &SessionDesk::markFile);
    connect(&explorer, &Explorer::tensorChanged, this, &SessionDesk::compareTensor);
    connect(&explorer, &Explorer::failed, this, [this](const QString& message) {
        if (m_restoring)
            m_problems.append(message);
    });
    connect(&window, &MainWindow::settled, this, &SessionDesk::finishRestoring);
    connect(&stack, &QUndoStack::indexChanged, this, &SessionDesk::changed);
    connect(&stack, &QUndoStack::cleanChanged, this, &SessionDesk::fileChanged);
    connect(&explorer, &Explorer::tensorChanged, this, &SessionDesk::changed);
    connect(&explorer, &Explorer::traceChanged, this, &SessionDesk::changed);
    connect(&explorer, &Explorer::elementChanged, this, &SessionDesk::changed);
    connect(&window.arrangements(), &Arrangements::changed, this, &SessionDesk::changed);
}

SessionDesk::~SessionDesk() = default;

void SessionDesk::markFile(const QString& path)
{
    m_mark.reset();
    m_marking.submit([path](const std::stop_token&) { return markOf(path); });
}

Session SessionDesk::present() const
{
    Session session;
    const Explorer& explorer = m_window.explorer();
    session.place = explorer.place();
    if (!session.place.file.isEmpty())
        session.place.file = QFileInfo(session.place.file).absoluteFilePath();
    session.mark = m_mark;
    if (explorer.tensor()) {
        session.shape = explorer.tensor()->tensor().info.shape;
        session.dtype = QString::fromStdString(explorer.tensor()->tensor().info.dtype);
    }
    session.formats = explorer.formats();
    const auto* levels = m_window.findChild<LevelStack*>();
    session.level = m_window.docks().selectedLevel();
    session.teach = m_window.docks().teach().present();
    session.view.arrangement = m_window.arrangements().current();
    for (const QDockWidget* dock : m_window.docks().docks()) {
        if (!dock->isHidden())
            session.view.shownDocks.append(dock->objectName());
        if (isInSight(*dock))
            session.view.frontDocks.append(dock->objectName());
    }
    session.view.logCounts = levels->plot(SeriesRole::A)->logCounts();
    session.view.zoomFrom = levels->zoom().from;
    session.view.zoomTo = levels->zoom().to;
    session.whole = m_whole;
    return session;
}

void SessionDesk::restoreView(const ViewOptions& view)
{
    m_window.arrangements().choose(view.arrangement);
    for (QDockWidget* dock : m_window.docks().docks()) {
        if (!view.shownDocks.isEmpty())
            dock->setVisible(view.shownDocks.contains(dock->objectName()));
        if (view.frontDocks.contains(dock->objectName()))
            dock->raise();
    }
    auto* levels = m_window.findChild<LevelStack*>();
    for (const SeriesRole role : kSeriesRoles)
        levels->plot(role)->setLogCounts(view.logCounts);
    levels->setZoom({view.zoomFrom, view.zoomTo});
}

void SessionDesk::restore(const ReadSession& read, const QString& name)
{
    const Session& session = read.session;
    m_problems = read.problems;
    m_restoring = session;
    m_restoringName = name;
    m_whole = session.whole;
    restoreView(session.view);
    m_window.explorer().setFormats(session.formats);
    m_window.docks().teach().setEdit(session.teach);
    m_stack.clear();
    const bool isThere = QFileInfo::exists(session.place.file);
    if (isThere)
        m_history.go(session.place);
    else if (!session.place.file.isEmpty())
        m_problems.append(tr("%1 is not there any more; the rest is restored").arg(session.place.file));
    if (!isThere)
        finishRestoring();
    emit changed();
}

void SessionDesk::takeOver(const SessionDesk& other)
{
    m_file = other.m_file;
    restore({other.present(), {}}, QFileInfo(m_file).fileName());
    copySteps(other.m_stack, m_stack,
        {m_window.explorer(), m_window.docks().cost().desk(), m_history, m_window.docks().teach()});
    const QWidget* focus = other.m_window.focusWidget();
    if (focus != nullptr && !focus->objectName().isEmpty())
        if (auto* same = m_window.findChild<QWidget*>(focus->objectName()))
            same->setFocus();
    emit fileChanged();
}

void SessionDesk::compareTensor()
{
    if (!m_restoring || !m_restoring->shape)
        return;
    const TensorInfo& info = m_window.explorer().tensor()->tensor().info;
    if (info.shape != *m_restoring->shape)
        m_problems.append(
            tr("tensor %1 is %2 now, was %3")
                .arg(QString::fromStdString(info.name), QString::fromStdString(shapeText(info.shape, " × ")),
                    QString::fromStdString(shapeText(*m_restoring->shape, " × "))));
    else if (QString::fromStdString(info.dtype) != m_restoring->dtype)
        m_problems.append(
            tr("tensor %1 is %2 now, was %3")
                .arg(QString::fromStdString(info.name), QString::fromStdString(info.dtype), m_restoring->dtype));
}

/// Once nothing is on its way any more: the level, which a new block would take back, and what went wrong.
void SessionDesk::finishRestoring()
{
    if (!m_restoring || m_window.explorer().isBusy() || m_marking.isBusy())
        return;
    const Session restored = *std::exchange(m_restoring, std::nullopt);
    if (restored.level && m_window.explorer().trace())
        m_window.docks().selectLevel(restored.level);
    if (!m_problems.isEmpty())
        m_window.showError(tr("%1: %2").arg(m_restoringName, std::exchange(m_problems, {}).join(QStringLiteral("; "))));
}

QString SessionDesk::save(const QString& path)
{
    const QJsonObject json = toJson(present(), QFileInfo(path).absolutePath());
    const QByteArray text = QJsonDocument(json).toJson();
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return tr("%1: cannot be written: %2; choose another place").arg(path, file.errorString());
    m_file = QFileInfo(path).absoluteFilePath();
    m_whole = json;
    m_stack.setClean();
    emit fileChanged();
    return {};
}

void SessionDesk::open(const QString& path)
{
    QFile file(path);
    constexpr qint64 kMostBytes = 16 << 20;
    if (!file.open(QIODevice::ReadOnly))
        throw Error(
            path.toStdString(), "cannot be read: " + file.errorString().toStdString(), "choose another session");
    if (file.size() > kMostBytes)
        throw Error(path.toStdString(), "is too long for a session", "choose another file", ErrorKind::Refused);
    const ReadSession read = parseSession(file.readAll(), path, QFileInfo(path).absolutePath(), present());
    m_file = QFileInfo(path).absoluteFilePath();
    restore(read, QFileInfo(path).fileName());
    emit fileChanged();
}

}  // namespace nanoscope
