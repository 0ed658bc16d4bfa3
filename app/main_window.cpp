#include "app/main_window.h"

#include "app/arrangements.h"
#include "app/cost_command.h"
#include "app/cost_dock.h"
#include "app/export_actions.h"
#include "app/help_desk.h"
#include "app/lesson_player.h"
#include "app/picture_opener.h"
#include "app/place_history.h"
#include "app/recent_files.h"
#include "app/refusal_notice.h"
#include "app/session_desk.h"
#include "app/session_keeper.h"
#include "app/status_line.h"
#include "app/teach_command.h"
#include "app/view_docks.h"
#include "core/error.h"
#include "core/format/format_by_name.h"
#include "widgets/message_bar.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QSettings>
#include <QStatusBar>
#include <QStyleFactory>
#include <QTimer>
#include <QToolBar>

namespace nanoscope {
namespace {

constexpr auto kGeometryKey = "window/geometry";
constexpr auto kDarkKey = "window/dark";

bool desktopIsDark()
{
    return QApplication::palette().color(QPalette::Window).lightness() < 128;
}

}  // namespace

MainWindow::MainWindow(FormatSet formats, std::optional<bool> dark, QSize size, Memory memory)
    : m_explorer(std::move(formats))
    , m_memory(memory)
{
    setObjectName("MainWindow");
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    m_last = {parseFormat("NxFP4"), parseFormat("MXFP4"), parseFormat("NVFP4"), parseFormat("M2XFP_weight")};
    keepFormats(m_explorer.formats());
    const QSettings settings;
    const bool remembered = m_memory == Memory::Restore;
    m_dark = dark.value_or(remembered ? settings.value(kDarkKey, desktopIsDark()).toBool() : desktopIsDark());

    m_message = new MessageBar;
    m_status = new StatusLine;
    statusBar()->addWidget(m_status, 1);
    statusBar()->setSizeGripEnabled(false);
    m_docks = new ViewDocks(*this, m_explorer);
    m_arrangements = new Arrangements(*this, *m_docks);
    m_exports = new ExportActions(*this, m_explorer, *m_docks,
        m_memory == Memory::Restore ? ExportActions::Memory::Restore : ExportActions::Memory::Fresh);
    m_pictures = new PictureOpener(this, m_explorer, *m_docks);
    m_lessons = new LessonPlayer(*this, m_docks->lessons(), this);
    connect(m_lessons, &LessonPlayer::failed, this, &MainWindow::showError);
    m_help = new HelpDesk(*this, m_docks->docks());
    connect(m_help, &HelpDesk::presetChosen, this, [this](const QString& name) { choosePreset(name); });
    loadPresetLibrary();
    createFileMenu();
    createEditMenu();
    createFormatMenu();
    createViewMenu();
    createHelpMenu();
    createToolBar();
    connectExplorer();
    connectExports();

    resize(size);
    m_arrangements->reset();
    if (remembered) {
        restoreGeometry(settings.value(kGeometryKey).toByteArray());
        m_arrangements->restore(settings);
        m_docks->restore(settings);
        findChild<QToolBar*>("MessageToolBar")->hide();  // the last run may have ended under a message
    }
    setTheme(m_dark);
    setUpSessions();
    refreshState();
    m_docks->focusFirstView();
}

MainWindow::~MainWindow()
{
    delete m_keeper;  // these listen to members, which go before children do
    delete m_sessions;
    delete m_history;
    // Docks are hidden after the members are gone, and being hidden is news.
    disconnect(m_docks, nullptr, this, nullptr);
    disconnect(&m_docks->cost(), nullptr, this, nullptr);
}

void MainWindow::createToolBar()
{
    QToolBar* bar = addToolBar(tr("Main tool bar"));
    bar->setObjectName("MainToolBar");
    bar->setMovable(false);
    bar->addActions({m_open, m_export});
    bar->addSeparator();
    bar->addActions({m_undoAction, m_redoAction});
    bar->addSeparator();
    bar->addActions({m_browse, m_compare[Explorer::B], m_swap});
    bar->addSeparator();
    bar->addActions(m_arrangementActions.values());
    bar->addSeparator();
    bar->addAction(m_darkTheme);

    addToolBarBreak();
    QToolBar* messages = addToolBar(tr("Messages"));
    messages->setObjectName("MessageToolBar");
    messages->setMovable(false);
    messages->toggleViewAction()->setVisible(false);
    QAction* holder = messages->addWidget(m_message);
    holder->setVisible(true);
    messages->hide();
    connect(m_message, &MessageBar::closed, messages, &QToolBar::hide);
}

void MainWindow::connectExplorer()
{
    connect(&m_explorer, &Explorer::failed, this, &MainWindow::showError);
    connect(m_docks, &ViewDocks::failed, this, &MainWindow::showError);
    connect(&m_explorer, &Explorer::progressed, m_status, &StatusLine::setProgress);
    connect(&m_explorer, &Explorer::busyChanged, this, &MainWindow::refreshState);
    connect(&m_explorer, &Explorer::formatsChanged, this, &MainWindow::refreshState);
    connect(&m_explorer, &Explorer::tensorChanged, this, &MainWindow::refreshState);
    connect(&m_explorer, &Explorer::answerChanged, this,
        [this] { m_status->setReport(m_explorer.answer(Explorer::A).get()); });
    auto* refusals = new RefusalNotice(m_explorer, *m_message, this);
    connect(refusals, &RefusalNotice::changed, this, &MainWindow::showError);
    connect(refusals, &RefusalNotice::mended, this, &MainWindow::clearMessage);
    connect(&m_explorer, &Explorer::fileOpened, this, [this](const QString& path) {
        if (!m_message->isOffer())
            clearMessage();
        if (m_memory == Memory::Restore)
            rememberFile(path);
    });
    connect(m_status, &StatusLine::cancelRequested, &m_explorer, &Explorer::cancel);
    connect(m_docks, &ViewDocks::formatsEdited, this, &MainWindow::editFormats);
    CostDock& cost = m_docks->cost();
    connect(&cost, &CostDock::choiceEdited, this, [this, &cost](const CostChoice& choice, const QString& controlId) {
        m_undo.push(new CostCommand(cost.desk(), cost.desk().choice(), choice, controlId));
    });
    TeachDock& teach = m_docks->teach();
    connect(&teach, &TeachDock::edited, this, [this, &teach](const TeachEdit& edit, const QString& controlId) {
        m_undo.push(new TeachCommand(teach, teach.edit(), edit, controlId));
    });
    connect(m_docks, &ViewDocks::currentChanged, this, &MainWindow::refreshState);
    connect(m_status, &StatusLine::cancelRequested, m_docks, &ViewDocks::cancel);
}

void MainWindow::connectExports()
{
    connect(m_exports, &ExportActions::failed, this, &MainWindow::showError);
    connect(m_exports, &ExportActions::done, this, &MainWindow::showDone);
    connect(m_pictures, &PictureOpener::failed, this, &MainWindow::showError);
    connect(
        m_pictures, &PictureOpener::formatsChosen, this, [this](const FormatSet& formats) { editFormats(formats); });
    connect(m_pictures, &PictureOpener::tensorRestored, m_exports, &ExportActions::compareHash);
}

bool MainWindow::isReady() const
{
    return m_explorer.isCurrent() && m_docks->isCurrent();
}

QString MainWindow::message() const
{
    return m_message->text();
}

void MainWindow::refreshState()
{
    const auto tensor = m_explorer.tensor();
    if (m_explorer.isBusy() || m_docks->isBusy())
        m_status->setBusy(tr("working"));
    else if (isReady())
        m_status->setBusy({});
    else if (!tensor)
        m_status->setUnsettled(m_explorer.hasSource() ? tr("choose a tensor") : tr("open a file to begin"));
    else if (m_explorer.isCurrent())
        m_status->setUnsettled(m_docks->unsettled());
    else if (const auto answer = m_explorer.answer(Explorer::A); answer && answer->tier != ReportTier::Exact)
        m_status->setUnsettled(tr("stopped before the exact figures"));
    else
        m_status->setUnsettled(
            m_explorer.report(Explorer::A) ? tr("stopped: what is shown is of an earlier choice") : tr("stopped"));
    const QString file = QFileInfo(m_explorer.file()).fileName();
    setWindowTitle(tensor ? tr("%1 · %2 — Nanoscope").arg(QString::fromStdString(tensor->tensor().info.name), file)
                          : tr("Nanoscope"));
    markTitle();
    for (auto action = m_compare.cbegin(); action != m_compare.cend(); ++action)
        action.value()->setChecked(m_explorer.formats().at(action.key()) != nullptr);
    m_swap->setEnabled(m_explorer.formats().b.has_value());
    refreshPresetViews();
    if (isReady())
        emit settled();
}

void MainWindow::showError(const QString& message)
{
    m_message->showError(message);
    findChild<QToolBar*>("MessageToolBar")->show();
    emit settled();
}

void MainWindow::takeOver(MainWindow& other)
{
    m_sessions->takeOver(other.sessions());
    m_lessons->takeOver(other.lessons());
}

void MainWindow::clearMessage()
{
    m_message->clear();
    findChild<QToolBar*>("MessageToolBar")->hide();
}

/// Good news goes by itself.
void MainWindow::showDone(const QString& message)
{
    constexpr int kStay = 6000;  // ms
    m_message->showInfo(message);
    findChild<QToolBar*>("MessageToolBar")->show();
    QTimer::singleShot(kStay, this, [this, message] {
        if (m_message->text() != message)
            return;
        m_message->clear();
        findChild<QToolBar*>("MessageToolBar")->hide();
    });
}

void MainWindow::setTheme(bool dark)
{
    m_dark = dark;
    const Theme theme = dark ? darkTheme() : lightTheme();
    QApplication::setPalette(paletteFor(theme));
    qApp->setStyleSheet(styleSheetFor(theme));
    m_docks->setTheme(theme);
    m_message->setTheme(theme);
    refreshPresetViews();
    m_darkTheme->setChecked(dark);
}

void MainWindow::openPath(const QString& path)
{
    if (isSessionName(path)) {
        openSession(path);
        return;
    }
    if (path.endsWith(".json", Qt::CaseInsensitive)) {
        try {
            FormatSet formats = m_explorer.formats();
            formats.a = parseFormat(path.toStdString(), m_library.userFolder());
            editFormats(formats);
        } catch (const Error& error) {
            showError(QString::fromUtf8(error.what()));
        }
        return;
    }
    if (!m_pictures->open(path))
        m_explorer.open(path);
}

void MainWindow::chooseFile()
{
    auto* dialog = new QFileDialog(this, tr("Open a file of tensors"), QFileInfo(m_explorer.file()).absolutePath(),
        tr("Checkpoints (*.h5 *.hdf5 *.hdf *.he5 *.nc *.keras *.safetensors);;Exported pictures and reports (*.svg "
           "*.pdf *.png *.html);;"
           "All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::AnyFile);  // a name that does not exist is told inline, not by another dialog
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openPath);
    dialog->open();
}

void MainWindow::focusNextDock()
{
    const QList<QDockWidget*>& docks = m_docks->docks();
    qsizetype current = -1;
    for (qsizetype i = 0; i < docks.size(); ++i)
        if (docks[i]->isAncestorOf(QApplication::focusWidget()))
            current = i;
    for (qsizetype step = 1; step <= docks.size(); ++step) {
        QDockWidget* dock = docks[(current + step) % docks.size()];
        if (!dock->isVisible())
            continue;
        dock->raise();
        for (QWidget* child : dock->findChildren<QWidget*>())
            if (child->isVisible() && (child->focusPolicy() & Qt::TabFocus) != 0) {
                child->setFocus(Qt::TabFocusReason);
                return;
            }
    }
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!mayClose()) {
        event->ignore();
        return;
    }
    remember();
    event->accept();
}

void MainWindow::remember()
{
    if (m_memory != Memory::Restore)
        return;
    QSettings settings;
    settings.setValue(kGeometryKey, saveGeometry());
    m_arrangements->save(settings);
    settings.setValue(kDarkKey, m_dark);
    m_docks->save(settings);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() && event->mimeData()->urls().size() == 1
        && event->mimeData()->urls().front().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    openPath(event->mimeData()->urls().front().toLocalFile());
    event->acceptProposedAction();
}

}  // namespace nanoscope
