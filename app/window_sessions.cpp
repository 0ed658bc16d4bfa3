// Sessions in the window: menu, title, the offer after a crash, the question before closing.
#include "app/main_window.h"

#include "app/place_history.h"
#include "app/recent_files.h"
#include "app/session_desk.h"
#include "app/session_keeper.h"
#include "app/undo_keys.h"
#include "core/error.h"
#include "widgets/message_bar.h"

#include <QApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QToolBar>

namespace nanoscope {

void MainWindow::setUpSessions()
{
    qApp->installEventFilter(new UndoKeys(this));
    m_history = new PlaceHistory(m_explorer, m_undo, this);
    m_sessions = new SessionDesk(*this, *m_history, m_undo);
    connect(m_sessions, &SessionDesk::fileChanged, this, &MainWindow::refreshState);
    if (m_memory != Memory::Restore)
        return;
    m_keeper = new SessionKeeper(*m_sessions, sessionFolder(), this);
    connect(m_message, &MessageBar::closed, this, [this] {
        if (m_message->isOffer())
            m_keeper->dropLeft();
    });
    connect(m_message, &MessageBar::accepted, this, [this] {
        findChild<QToolBar*>("MessageToolBar")->hide();
        try {
            m_keeper->restoreLeft();
        } catch (const Error& error) {
            showError(QString::fromUtf8(error.what()));
        }
    });
    if (!m_keeper->findLeft())
        return;
    m_message->offer(tr("a window did not close in order (%1)").arg(m_keeper->leftText()), tr("Restore its session"));
    findChild<QToolBar*>("MessageToolBar")->show();
}

void MainWindow::createSessionActions(QMenu* menu)
{
    addTo(menu, tr("Open sess&ion…"), {}, [this] { chooseSession(); });
    QMenu* recent = menu->addMenu(tr("Recent sessio&ns"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] {
        recent->clear();
        for (const QString& path : recentSessions())
            connect(recent->addAction(path), &QAction::triggered, this, [this, path] { openSession(path); });
        if (recent->isEmpty())
            recent->addAction(tr("No sessions yet"))->setEnabled(false);
    });
    addTo(menu, tr("&Save session"), QKeySequence::Save, [this] { saveSession(); });
    addTo(menu, tr("Save session &as…"), QKeySequence::SaveAs, [this] { saveSessionAs(); });
}

void MainWindow::openSession(const QString& path)
{
    try {
        m_sessions->open(path);
        if (m_memory == Memory::Restore)
            rememberSession(path);
    } catch (const Error& error) {
        showError(QString::fromUtf8(error.what()));
    }
}

void MainWindow::chooseSession()
{
    auto* dialog = new QFileDialog(this, tr("Open session"), QFileInfo(m_sessions->file()).absolutePath(),
        tr("Sessions (*.nanoscope.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openSession);
    dialog->open();
}

bool MainWindow::saveSession()
{
    if (m_sessions->file().isEmpty()) {
        saveSessionAs();
        return false;
    }
    return keepSession(m_sessions->file());
}

void MainWindow::saveSessionAs()
{
    auto* dialog = new QFileDialog(
        this, tr("Save session"), QFileInfo(m_sessions->file()).absolutePath(), tr("Sessions (*.nanoscope.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix("nanoscope.json");
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::keepSession);
    dialog->open();
}

bool MainWindow::keepSession(const QString& path)
{
    const QString problem = m_sessions->save(path);
    if (!problem.isEmpty())
        showError(problem);
    else if (m_memory == Memory::Restore)
        rememberSession(path);
    return problem.isEmpty();
}

/// The title of a window with a session file in use: the file, and a star while it does not hold what is shown.
void MainWindow::markTitle()
{
    if (m_sessions == nullptr)  // the window is still being made
        return;
    const QString file = m_sessions->file();
    if (!file.isEmpty())
        setWindowTitle(tr("%1[*] — %2").arg(QFileInfo(file).fileName(), windowTitle()));
    setWindowModified(!file.isEmpty() && !m_undo.isClean());
}

/// Asks what to do with changes that the session file does not hold.
bool MainWindow::mayClose()
{
    if (m_memory != Memory::Restore || !isWindowModified())
        return true;
    const auto answer = QMessageBox::question(this, tr("Save session"),
        tr("%1 does not hold the latest changes. Save them?").arg(QFileInfo(m_sessions->file()).fileName()),
        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Save);
    return answer == QMessageBox::Discard || (answer == QMessageBox::Save && saveSession());
}

}  // namespace nanoscope
