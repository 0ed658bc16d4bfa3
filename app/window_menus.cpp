// The menus of MainWindow: what can be done, where it is found and which keys do it.
#include "app/main_window.h"

#include "app/recent_files.h"
#include "app/view_docks.h"

#include <QAction>
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
    m_export = addTo(menu, tr("&Export plot…"), QKeySequence(Qt::CTRL | Qt::Key_E), [this] { exportCurrentPlot(); });
    m_export->setToolTip(tr("Export the plot that last had the focus as SVG or PNG (Ctrl+E)"));
    menu->addSeparator();
    addTo(menu, tr("&Load format A…"), {}, [this] { loadFormat(Explorer::A); });
    addTo(menu, tr("Load format B…"), {}, [this] { loadFormat(Explorer::B); });
    addTo(menu, tr("&Save format A…"), {}, [this] { saveFormat(Explorer::A); });
    menu->addSeparator();
    addTo(menu, tr("&Quit"), QKeySequence::Quit, [this] { close(); });
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
    m_undoAction->setShortcut(QKeySequence::Undo);
    m_undoAction->setIconText(tr("Undo"));
    m_redoAction = m_undo.createRedoAction(this, tr("Redo"));
    m_redoAction->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    m_redoAction->setIconText(tr("Redo"));
    menu->addActions({m_undoAction, m_redoAction});
    menu->addSeparator();
    addTo(menu, tr("Copy as &command line"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L),
        [this] { copyAsCommandLine(); });
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
    m_compare = addTo(menu, tr("&Compare with B"), QKeySequence(Qt::CTRL | Qt::Key_B),
        [this] { compareWithB(m_compare->isChecked()); });
    m_compare->setCheckable(true);
    m_swap = addTo(menu, tr("Swap &A and B"), QKeySequence(Qt::Key_X), [this] { swapFormats(); });
    m_explain = addTo(menu, tr("&Why A and B differ"), {}, [this] { explainDifference(); });
}

void MainWindow::createViewMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    for (QDockWidget* dock : m_docks->docks())
        menu->addAction(dock->toggleViewAction());
    menu->addSeparator();
    addTo(menu, tr("&Next panel"), QKeySequence(Qt::Key_F6), [this] { focusNextDock(); });
    addTo(menu, tr("&Reset layout"), {}, [this] { m_docks->arrange(); });
    menu->addSeparator();
    m_darkTheme = addTo(
        menu, tr("&Dark theme"), QKeySequence(Qt::CTRL | Qt::Key_D), [this] { setTheme(m_darkTheme->isChecked()); });
    m_darkTheme->setCheckable(true);
}

}  // namespace nanoscope
