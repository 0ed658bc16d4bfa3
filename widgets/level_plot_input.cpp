// What the user does on the plot: pointing, clicking, keys.
#include "widgets/level_plot.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace nanoscope {

void LevelPlot::setHovered(std::optional<LevelId> level)
{
    if (level == m_hovered)
        return;
    m_hovered = level;
    update();
    emit levelHovered(level);
}

void LevelPlot::mouseMoveEvent(QMouseEvent* event)
{
    setHovered(m_strips.isEmpty() ? std::nullopt : screenLayout().levelAt(event->position(), m_strips));
    // Follow the pointer once a tip is open; the first one waits for the usual delay.
    if (QToolTip::isVisible() && m_hovered)
        QToolTip::showText(event->globalPosition().toPoint(), tipOf(*m_hovered), this);
}

bool LevelPlot::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto level = m_strips.isEmpty() ? std::nullopt : screenLayout().levelAt(help->pos(), m_strips);
        if (level)
            QToolTip::showText(help->globalPos(), tipOf(*level), this);
        else
            QToolTip::hideText();
        return true;
    }
    return PlotView::event(event);
}

void LevelPlot::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || m_strips.isEmpty())
        return PlotView::mousePressEvent(event);
    if (const auto level = screenLayout().levelAt(event->position(), m_strips))
        selectByUser(*level);
    else if (m_selected)
        dismissByUser();
}

void LevelPlot::leaveEvent(QEvent* event)
{
    PlotView::leaveEvent(event);
    setHovered(std::nullopt);
}

void LevelPlot::resizeEvent(QResizeEvent* event)
{
    PlotView::resizeEvent(event);
    const QRectF line = screenLayout().strips().front().plot;
    m_zoomInput->setLine(line.left(), line.width());
}

void LevelPlot::selectByUser(LevelId level)
{
    setSelectedLevel(level);
    emit levelSelected(level);
}

void LevelPlot::dismissByUser()
{
    setSelectedLevel(std::nullopt);
    emit levelDismissed();
}

bool LevelPlot::moveSelection(int key)
{
    if (m_strips.isEmpty() || m_strips.strips().front().marks.empty())
        return false;
    const auto middle = [](const std::vector<LevelMark>& marks) {
        return *std::min_element(marks.begin(), marks.end(),
            [](const LevelMark& a, const LevelMark& b) { return std::fabs(a.level) < std::fabs(b.level); });
    };
    if (!m_selected) {
        selectByUser(middle(m_strips.strips().front().marks).id);
        return true;
    }
    const std::size_t book = m_selected->book;
    const auto& marks = m_strips.strips()[book].marks;
    const std::size_t index = *m_strips.indexOf(*m_selected);
    std::size_t target = index;
    switch (key) {
    case Qt::Key_Left:
        target = index > 0 ? index - 1 : index;
        break;
    case Qt::Key_Right:
        target = std::min(index + 1, marks.size() - 1);
        break;
    case Qt::Key_Home:
        target = 0;
        break;
    case Qt::Key_End:
        target = marks.size() - 1;
        break;
    default: {
        const bool up = key == Qt::Key_Up;
        if (up ? book == 0 : book + 1 >= m_strips.strips().size())
            return true;
        const auto& others = m_strips.strips()[up ? book - 1 : book + 1].marks;
        const double level = marks[index].level;
        selectByUser(std::min_element(others.begin(), others.end(), [level](const LevelMark& a, const LevelMark& b) {
            return std::fabs(a.level - level) < std::fabs(b.level - level);
        })->id);
        return true;
    }
    }
    selectByUser(marks[target].id);
    return true;
}

void LevelPlot::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (!moveSelection(event->key()))
            PlotView::keyPressEvent(event);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (!m_selected)
            break;
        return selectByUser(*m_selected);  // of the selected element so far: now it is the user's choice
    case Qt::Key_Backspace:
    case Qt::Key_Delete:
        if (!m_selected)
            break;
        return dismissByUser();
    case Qt::Key_L:
        if (event->modifiers() == Qt::NoModifier)
            return setLogCounts(!m_logCounts);
        break;
    default:
        break;
    }
    PlotView::keyPressEvent(event);
}

}  // namespace nanoscope
