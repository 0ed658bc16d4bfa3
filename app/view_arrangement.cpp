// Where the docks stand in a new window.
#include "app/view_docks.h"

#include <QDockWidget>
#include <QMainWindow>

#include <algorithm>

namespace nanoscope {

void ViewDocks::arrange()
{
    const QSize size = m_window.size();
    // Each dock comes straight to its place: many that stand below each other for a moment would make the window grow.
    for (QDockWidget* each : m_docks) {
        each->setFloating(false);
        m_window.removeDockWidget(each);
    }
    const auto dock = [this](const char* name) { return m_byName.value(name); };
    QDockWidget* tensors = dock("Tensors");
    QDockWidget* formatA = dock("FormatA");
    QDockWidget* formatB = dock("FormatB");
    QDockWidget* levels = dock("Levels");
    QDockWidget* errorMap = dock("ErrorMap");
    QDockWidget* magnitude = dock("ErrorByMagnitude");
    QDockWidget* blockSqnr = dock("BlockSqnr");
    QDockWidget* studies = dock("Studies");
    QDockWidget* block = dock("Block");
    QDockWidget* inspector = dock("Inspector");
    QDockWidget* figures = dock("Figures");
    QDockWidget* levelTable = dock("LevelTable");
    QDockWidget* speed = dock("Speed");
    QDockWidget* cost = dock("Cost");
    QDockWidget* pareto = dock("Pareto");
    QDockWidget* perplexity = dock("Perplexity");

    // Tensors and formats on the left; levels and figures above, what is linked to a block below.
    m_window.addDockWidget(Qt::LeftDockWidgetArea, tensors);
    m_window.splitDockWidget(tensors, levels, Qt::Horizontal);
    m_window.splitDockWidget(tensors, formatA, Qt::Vertical);
    m_window.tabifyDockWidget(formatA, formatB);
    m_window.splitDockWidget(levels, errorMap, Qt::Vertical);
    m_window.splitDockWidget(levels, figures, Qt::Horizontal);
    m_window.tabifyDockWidget(figures, levelTable);
    m_window.tabifyDockWidget(figures, studies);
    m_window.tabifyDockWidget(figures, speed);
    m_window.splitDockWidget(errorMap, block, Qt::Horizontal);
    m_window.splitDockWidget(block, inspector, Qt::Horizontal);
    m_window.tabifyDockWidget(errorMap, magnitude);
    m_window.tabifyDockWidget(errorMap, blockSqnr);
    m_window.tabifyDockWidget(levels, cost);
    m_window.tabifyDockWidget(levels, pareto);
    m_window.tabifyDockWidget(levels, perplexity);
    for (QDockWidget* each : m_docks)
        each->show();
    formatA->raise();
    levels->raise();
    errorMap->raise();
    figures->raise();

    m_window.resize(size);
    constexpr int kNarrowest = 286;  // names of tensors and labels of the editor
    const int left = std::max(kNarrowest, size.width() * 20 / 100);
    const int rest = size.width() - left;
    const int height = size.height();
    m_window.resizeDocks({tensors, levels}, {left, rest}, Qt::Horizontal);
    m_window.resizeDocks({levels, figures}, {rest * 63 / 100, rest * 37 / 100}, Qt::Horizontal);
    m_window.resizeDocks(
        {errorMap, block, inspector}, {rest * 28 / 100, rest * 45 / 100, rest * 27 / 100}, Qt::Horizontal);
    m_window.resizeDocks({tensors, formatA}, {height * 36 / 100, height * 64 / 100}, Qt::Vertical);
    m_window.resizeDocks({levels, errorMap}, {height * 57 / 100, height * 43 / 100}, Qt::Vertical);
}

}  // namespace nanoscope
