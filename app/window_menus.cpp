// The menus of MainWindow: what can be done, where it is found and which keys do it.
#include "app/main_window.h"

#include "app/arrangements.h"
#include "app/export_actions.h"
#include "app/help_desk.h"
#include "app/language_menu.h"
#include "app/lesson_player.h"
#include "app/recent_files.h"
#include "app/view_docks.h"

#include <QAction>
#include <QActionGroup>
#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>
#include <algorithm>

namespace nanoscope {
namespace {

/// Presets on the keys 1 to 9.
constexpr const char* kQuickPresets[]{
    "NxFP4", "NxFP5", "NxFP6", "M2XFP_weight", "MXFP4", "MXFP6_E2M3", "NVFP4", "MXINT8", "MXFP4+"};

int nextBlock(int block, bool larger)
{
    constexpr int kSmallest = 8;
    constexpr int kLargest = 1024;
    int power = kSmallest;
    while (larger ? power <= block : power * 2 < block)
        power *= 2;
    return std::clamp(power, kSmallest, kLargest);
}

}  // namespace

QAction* MainWindow::addTo(
    QMenu* menu, const QString& text, const QKeySequence& keys, const std::function<void()>& action)
{
    QAction* added = menu->addAction(text);
    added->setShortcut(keys);
    connect(added, &QAction::triggered, this, action);
    return added;
}

void MainWindow::createFileMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&File"));
    m_open = addTo(menu, tr("&Open…"), QKeySequence::Open, [this] { chooseFile(); });
    QMenu* recent = menu->addMenu(tr("Open &recent"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] { fillRecentFiles(recent); });
    menu->addSeparator();
    createSessionActions(menu);
    menu->addSeparator();
    m_export = m_exports->addTo(menu);
    menu->addSeparator();
    QMenu* load = menu->addMenu(tr("&Load format"));
    QMenu* save = menu->addMenu(tr("Save &format"));
    for (const Explorer::Slot slot : Explorer::kEverySlot) {
        const QString letter = seriesLetter(kSeriesRoles[slot]);
        addTo(load, tr("Format %1…").arg(letter), {}, [this, slot] { loadFormat(slot); });
        addTo(save, tr("Format %1…").arg(letter), {}, [this, slot] { saveFormat(slot); });
    }
    menu->addSeparator();
    addTo(menu, tr("&Quit"), Qt::CTRL | Qt::Key_Q, [this] { close(); });
}

void MainWindow::fillRecentFiles(QMenu* menu)
{
    menu->clear();
    for (const QString& path : recentFiles())
        connect(menu->addAction(path), &QAction::triggered, this, [this, path] { openPath(path); });
    if (menu->isEmpty())
        menu->addAction(tr("No files yet"))->setEnabled(false);
}

void MainWindow::createEditMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Edit"));
    m_undoAction = m_undo.createUndoAction(this, tr("Undo"));
    m_undoAction->setObjectName("UndoAction");
    m_undoAction->setShortcut(QKeySequence::Undo);
    m_undoAction->setIconText(tr("Undo"));
    m_redoAction = m_undo.createRedoAction(this, tr("Redo"));
    m_redoAction->setObjectName("RedoAction");
    m_redoAction->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    m_redoAction->setIconText(tr("Redo"));
    menu->addActions({m_undoAction, m_redoAction});
    menu->addSeparator();
    addTo(menu, tr("Copy as &command line"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L),
        [this] { copyAsCommandLine(); });
    m_exports->addCopyActionsTo(menu);
    addTo(menu, tr("Ca&ncel what is running"), QKeySequence(Qt::Key_Escape), [this] { m_explorer.cancel(); });
}

void MainWindow::createFormatMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("F&ormat"));
    addPresetActions(menu);
    QMenu* quick = menu->addMenu(tr("Format A &is"));
    for (std::size_t i = 0; i < std::size(kQuickPresets); ++i)
        addTo(quick, kQuickPresets[i], QKeySequence(Qt::Key_1 + static_cast<int>(i)),
            [this, name = kQuickPresets[i]] { choosePreset(name); });
    menu->addSeparator();
    addTo(menu, tr("&Fewer bits"), QKeySequence(Qt::Key_BracketLeft),
        [this] { changeA([](FormatSpec spec) { return withCodeBits(spec, spec.codeBits() - 1); }, "A.keys.bits"); });
    addTo(menu, tr("&More bits"), QKeySequence(Qt::Key_BracketRight),
        [this] { changeA([](FormatSpec spec) { return withCodeBits(spec, spec.codeBits() + 1); }, "A.keys.bits"); });
    addTo(menu, tr("&Smaller blocks"), QKeySequence(Qt::Key_BraceLeft), [this] {
        changeA([](FormatSpec spec) { return withBlock(spec, nextBlock(spec.geometry.block, false)); }, "A.keys.block");
    });
    addTo(menu, tr("&Larger blocks"), QKeySequence(Qt::Key_BraceRight), [this] {
        changeA([](FormatSpec spec) { return withBlock(spec, nextBlock(spec.geometry.block, true)); }, "A.keys.block");
    });
    menu->addSeparator();
    for (const Explorer::Slot slot : {Explorer::B, Explorer::C, Explorer::D}) {
        const QKeySequence keys = slot == Explorer::B ? QKeySequence(Qt::CTRL | Qt::Key_B) : QKeySequence();
        m_compare[slot] = addTo(menu, tr("Compare with %1").arg(seriesLetter(kSeriesRoles[slot])), keys,
            [this, slot] { compareWith(slot, m_compare[slot]->isChecked()); });
        m_compare[slot]->setCheckable(true);
    }
    m_swap = addTo(menu, tr("Swap &A and B"), QKeySequence(Qt::Key_X), [this] { swapFormats(); });
    m_explain = addTo(menu, tr("&Why A and B differ"), {}, [this] { explainDifference(); });
}

void MainWindow::createArrangementActions(QMenu* menu)
{
    auto* group = new QActionGroup(this);
    const auto add = [&](Arrangement arrangement, const QString& text, const QString& tip, const QKeySequence& keys) {
        QAction* action = addTo(menu, text, keys, [this, arrangement] { m_arrangements->choose(arrangement); });
        action->setToolTip(tip);
        action->setCheckable(true);
        action->setChecked(arrangement == m_arrangements->current());
        group->addAction(action);
        m_arrangementActions[arrangement] = action;
    };
    add(Arrangement::Explore, tr("&Explore"), tr("One format in depth, another beside it"), {});
    add(Arrangement::Compare, tr("&Compare"), tr("Formats A to D side by side"), {});
    add(Arrangement::Teach, tr("&Teach"), tr("The bits of one block, large"), QKeySequence(Qt::Key_T));
    connect(m_arrangements, &Arrangements::changed, this,
        [this](Arrangement arrangement) { m_arrangementActions[arrangement]->setChecked(true); });
    menu->addSeparator();
}

void MainWindow::createViewMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    menu->setObjectName("ViewMenu");
    createArrangementActions(menu);
    for (QDockWidget* dock : m_docks->docks())
        menu->addAction(dock->toggleViewAction());
    menu->addSeparator();
    addTo(menu, tr("&Next panel"), QKeySequence(Qt::Key_F6), [this] { focusNextDock(); });
    addTo(menu, tr("&Reset layout"), {}, [this] { m_arrangements->reset(); });
    menu->addSeparator();
    m_darkTheme = addTo(
        menu, tr("&Dark theme"), QKeySequence(Qt::CTRL | Qt::Key_D), [this] { setTheme(m_darkTheme->isChecked()); });
    m_darkTheme->setCheckable(true);
    addLanguageMenu(*menu, m_memory == Memory::Restore, [this] {
        if (m_memory == Memory::Restore)
            emit languageChosen();
        else
            showDone(tr("This window remembers nothing; start with --language to choose."));
    });
}

void MainWindow::createHelpMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Help"));
    menu->setObjectName("HelpMenu");
    m_help->addTo(menu);
    menu->addSeparator();
    addTo(menu, tr("&Lessons"), {}, [this] { m_lessons->showLessons(); });
    addTo(menu, tr("&Open lesson…"), {}, [this] { m_lessons->chooseFile(); });
}

}  // namespace nanoscope
