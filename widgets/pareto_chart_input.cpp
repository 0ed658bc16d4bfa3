// What the pointer and the keyboard do to the Pareto chart.
#include "widgets/pareto_chart.h"

#include "widgets/pareto_scene_chart.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace nanoscope {

void ParetoChart::mousePressEvent(QMouseEvent* event)
{
    PlotView::mousePressEvent(event);
    m_pressedAt = event->position();
    m_pressedRange = m_range;
    m_isDragged = false;
}

void ParetoChart::mouseMoveEvent(QMouseEvent* event)
{
    constexpr double kDragFrom = 4.0;
    if (!(event->buttons() & Qt::LeftButton) || m_selection.shown.empty())
        return;
    const QPointF moved = event->position() - m_pressedAt;
    if (!m_isDragged && std::hypot(moved.x(), moved.y()) < kDragFrom)
        return;
    m_isDragged = true;
    const QRectF plot = m_scene->plotArea();
    m_isRangeChosen = true;
    setRange(m_pressedRange.translated(
        -moved.x() / plot.width() * m_pressedRange.width(), moved.y() / plot.height() * m_pressedRange.height()));
}

void ParetoChart::mouseReleaseEvent(QMouseEvent* event)
{
    if (m_isDragged || event->button() != Qt::LeftButton)
        return;
    if (const auto found = presetAt(event->position())) {
        m_current = found;
        update();
        Q_EMIT presetChosen(m_state->presets[*found].name);
    }
}

void ParetoChart::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (!presetAt(event->position()))
        showUsualRange();
}

void ParetoChart::wheelEvent(QWheelEvent* event)
{
    constexpr double kStep = 1.0015;  // per eighth of a degree
    if (m_selection.shown.empty())
        return;
    zoom(std::pow(kStep, -event->angleDelta().y()), event->position());
    event->accept();
}

void ParetoChart::keyPressEvent(QKeyEvent* event)
{
    constexpr double kZoomStep = 1.25;
    if (m_selection.shown.empty()) {
        PlotView::keyPressEvent(event);
        return;
    }
    const auto at = m_current ? std::find(m_selection.shown.begin(), m_selection.shown.end(), *m_current)
                              : m_selection.shown.end();
    const auto last = static_cast<std::ptrdiff_t>(m_selection.shown.size()) - 1;
    const QPointF middle = screenArea().center();
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const std::ptrdiff_t step = event->key() == Qt::Key_Right ? 1 : -1;
        const std::ptrdiff_t next = at == m_selection.shown.end()
            ? 0
            : std::clamp<std::ptrdiff_t>(at - m_selection.shown.begin() + step, 0, last);
        m_current = m_selection.shown[static_cast<std::size_t>(next)];
        setAccessibleDescription(paretoTip(m_state->presets[*m_current], m_filter.axis, m_filter.merit));
        update();
        return;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current)
            Q_EMIT presetChosen(m_state->presets[*m_current].name);
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(1 / kZoomStep, middle);
        return;
    case Qt::Key_Minus:
        zoom(kZoomStep, middle);
        return;
    case Qt::Key_0:
        showUsualRange();
        return;
    default:
        PlotView::keyPressEvent(event);
    }
}

bool ParetoChart::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || !m_state)
        return PlotView::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const auto found = presetAt(help->pos()))
        QToolTip::showText(help->globalPos(), paretoTip(m_state->presets[*found], m_filter.axis, m_filter.merit), this);
    else
        QToolTip::hideText();
    return true;
}

}  // namespace nanoscope
