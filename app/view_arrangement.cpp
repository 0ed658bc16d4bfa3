// Where the docks stand in a new window.
#include "app/view_docks.h"
#include "widgets/format_editor.h"

#include <QDockWidget>
#include <QMainWindow>

#include <algorithm>

namespace nanoscope {
namespace {

constexpr int kLowWindow = 900;  // pixels

/// For names of tensors and labels of the editor.
int leftWidth(QSize window, const FormatEditor& editor)
{
    constexpr int kNarrowest = 286;
    constexpr int kMargin = 8;  // formats differ in what they need
    return std::max({kNarrowest, window.width() * 20 / 100, editor.minimumSizeHint().width() + kMargin});
}

/// For two or four formats with the names of the figures, where the window has that much.
int figuresWidth(int room, int share, bool hasMoreThanTwo)
{
    const int wanted = hasMoreThanTwo ? 510 : 430;
    return std::clamp(wanted, share, std::max(share, room / 2));
}

}  // namespace

void ViewDocks::arrange(Arrangement arrangement)
{
    const QSize size = m_window.size();
    // Each dock comes straight to its place: many that stand below each other for a moment would make the window grow.
    for (QDockWidget* each : m_docks) {
        each->setFloating(false);
        m_window.removeDockWidget(each);
    }
    if (arrangement != Arrangement::Teach)  // beside everything, once it is asked for
        m_window.addDockWidget(Qt::RightDockWidgetArea, m_byName.value("Lessons"));
    m_byName.value("Lessons")->hide();
    switch (arrangement) {
    case Arrangement::Explore:
        arrangeToExplore(size);
        break;
    case Arrangement::Compare:
        arrangeToCompare(size);
        break;
    case Arrangement::Teach:
        arrangeToTeach(size);
        break;
    }
    keepPlaces();
    hideUnusedFormats();
}

/// Docks that the arrangement does without are hidden tabs of the largest place: saved states then know them, and the
/// View menu shows them there.
void ViewDocks::keepPlaces()
{
    QDockWidget* large = m_byName.value(
        m_window.dockWidgetArea(m_byName.value("Levels")) == Qt::NoDockWidgetArea ? "Teach" : "Levels");
    for (QDockWidget* each : m_docks) {
        if (m_window.dockWidgetArea(each) != Qt::NoDockWidgetArea)
            continue;
        m_window.tabifyDockWidget(large, each);
        each->hide();
    }
}

/// Shows docks as tabs of one place, the first on top.
void ViewDocks::stack(const QList<QDockWidget*>& docks)
{
    for (QDockWidget* each : docks.mid(1))
        m_window.tabifyDockWidget(docks.front(), each);
    for (QDockWidget* each : docks)
        each->show();
    docks.front()->raise();
}

/// Tensors and formats on the left; levels and figures above, what is linked to a block below.
void ViewDocks::arrangeToExplore(QSize size)
{
    const auto dock = [this](const char* name) { return m_byName.value(name); };
    QDockWidget* tensors = dock("Tensors");
    QDockWidget* formatA = dock("FormatA");
    QDockWidget* levels = dock("Levels");
    QDockWidget* figures = dock("Figures");
    QDockWidget* errorMap = dock("ErrorMap");
    QDockWidget* block = dock("Block");
    QDockWidget* inspector = dock("Inspector");
    m_window.addDockWidget(Qt::LeftDockWidgetArea, tensors);
    m_window.splitDockWidget(tensors, levels, Qt::Horizontal);
    m_window.splitDockWidget(tensors, formatA, Qt::Vertical);
    m_window.splitDockWidget(levels, errorMap, Qt::Vertical);
    m_window.splitDockWidget(levels, figures, Qt::Horizontal);
    m_window.splitDockWidget(errorMap, block, Qt::Horizontal);
    m_window.splitDockWidget(block, inspector, Qt::Horizontal);
    for (QDockWidget* single : {tensors, inspector})
        single->show();
    stack({formatA, dock("FormatB"), dock("FormatC"), dock("FormatD")});
    stack({figures, dock("LevelTable"), dock("Studies"), dock("Speed")});
    stack({errorMap, dock("ErrorByMagnitude"), dock("BlockSqnr")});
    stack({block, dock("ErrorShare"), dock("Outliers"), dock("Difference")});
    stack({levels, dock("Cost"), dock("Pareto"), dock("Sweep"), dock("Model"), dock("Perplexity"), dock("Teach")});

    m_window.resize(size);
    const int left = leftWidth(size, *m_editors[0]);
    const int rest = size.width() - left;
    const int height = size.height();
    m_window.resizeDocks({tensors, levels}, {left, rest}, Qt::Horizontal);
    const int right = figuresWidth(rest, rest * 37 / 100, m_hasFormat[2] || m_hasFormat[3]);
    m_window.resizeDocks({levels, figures}, {rest - right, right}, Qt::Horizontal);
    m_window.resizeDocks(
        {errorMap, block, inspector}, {rest * 28 / 100, rest * 45 / 100, rest * 27 / 100}, Qt::Horizontal);
    m_window.resizeDocks({tensors, formatA}, {height * 36 / 100, height * 64 / 100}, Qt::Vertical);
    const int upper = height < kLowWindow ? height * 68 / 100 : height * 57 / 100;  // four formats, with their axes
    m_window.resizeDocks({levels, errorMap}, {upper, height - upper}, Qt::Vertical);
}

/// The levels of all formats above each other on one axis; their figures and where they differ beside them.
void ViewDocks::arrangeToCompare(QSize size)
{
    const auto dock = [this](const char* name) { return m_byName.value(name); };
    QDockWidget* formatA = dock("FormatA");
    QDockWidget* tensors = dock("Tensors");
    QDockWidget* levels = dock("Levels");
    QDockWidget* figures = dock("Figures");
    QDockWidget* difference = dock("Difference");
    m_window.addDockWidget(Qt::LeftDockWidgetArea, tensors);
    m_window.splitDockWidget(tensors, levels, Qt::Horizontal);
    m_window.splitDockWidget(tensors, formatA, Qt::Vertical);
    m_window.splitDockWidget(levels, figures, Qt::Horizontal);
    m_window.splitDockWidget(figures, difference, Qt::Vertical);
    tensors->show();
    stack({formatA, dock("FormatB"), dock("FormatC"), dock("FormatD")});
    stack({levels, dock("Pareto"), dock("Sweep"), dock("Model"), dock("Cost"), dock("Perplexity")});
    stack({figures});
    stack({difference, dock("BlockSqnr"), dock("ErrorByMagnitude"), dock("ErrorShare")});

    m_window.resize(size);
    const int left = leftWidth(size, *m_editors[0]);
    const int rest = size.width() - left;
    const int height = size.height();
    m_window.resizeDocks({tensors, levels}, {left, rest}, Qt::Horizontal);
    const int right = figuresWidth(rest, rest * 46 / 100, m_hasFormat[2] || m_hasFormat[3]);
    m_window.resizeDocks({levels, figures}, {rest - right, right}, Qt::Horizontal);
    m_window.resizeDocks({tensors, formatA}, {height * 34 / 100, height * 66 / 100}, Qt::Vertical);
    m_window.resizeDocks({figures, difference}, {height * 50 / 100, height * 50 / 100}, Qt::Vertical);
}

/// One block, large; what it is quantized with and the lessons on the left, levels and derivation as tabs behind it.
void ViewDocks::arrangeToTeach(QSize size)
{
    const auto dock = [this](const char* name) { return m_byName.value(name); };
    QDockWidget* formatA = dock("FormatA");
    QDockWidget* teach = dock("Teach");
    QDockWidget* lessons = dock("Lessons");
    m_window.addDockWidget(Qt::LeftDockWidgetArea, formatA);
    m_window.splitDockWidget(formatA, teach, Qt::Horizontal);
    m_window.splitDockWidget(formatA, lessons, Qt::Vertical);
    formatA->show();
    lessons->show();
    stack({teach, dock("Levels"), dock("Inspector")});

    m_window.resize(size);
    const int left = std::max(leftWidth(size, *m_editors[0]), size.width() * 24 / 100);  // text to read from afar
    m_window.resizeDocks({formatA, teach}, {left, size.width() - left}, Qt::Horizontal);
    m_window.resizeDocks({formatA, lessons}, {size.height() * 45 / 100, size.height() * 55 / 100}, Qt::Vertical);
}

}  // namespace nanoscope
