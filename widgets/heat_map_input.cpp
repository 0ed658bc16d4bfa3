// What the user does on the map: pointing, clicking, keys.
#include "widgets/heat_map.h"

#include "widgets/block_map_geometry.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace nanoscope {
namespace {

constexpr std::int64_t kRowsPerPage = 16;

}  // namespace

std::optional<quint64> HeatMap::blockAt(QPointF point) const
{
    if (!m_report || m_values.empty())
        return std::nullopt;
    const QRectF map = screenParts().map;
    const BlockLayout layout = layoutOn(map);
    const auto cells = BlockMapGeometry(layout, map).cellsAt(point);
    if (!cells)
        return std::nullopt;
    std::optional<quint64> worst;
    for (std::uint64_t line = cells->firstLine; line <= cells->lastLine; ++line) {
        for (std::uint64_t column = cells->firstColumn; column <= cells->lastColumn; ++column) {
            const auto block = layout.blockAt({column, line});
            if (block && *block < m_values.size() && (!worst || m_values[*block] > m_values[*worst]))
                worst = *block;
        }
    }
    return worst;
}

void HeatMap::selectByUser(quint64 block)
{
    setSelectedBlock(block);
    emit blockSelected(block);
}

void HeatMap::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return PlotView::mousePressEvent(event);
    if (const auto block = blockAt(event->position()))
        selectByUser(*block);
}

bool HeatMap::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        if (const auto block = blockAt(help->pos()))
            QToolTip::showText(help->globalPos(), describe(*block).join(QLatin1Char('\n')), this);
        else
            QToolTip::hideText();
        return true;
    }
    return PlotView::event(event);
}

void HeatMap::keyPressEvent(QKeyEvent* event)
{
    const auto blocks = static_cast<std::int64_t>(m_values.size());
    const auto perRow = static_cast<std::int64_t>(m_report ? m_report->blocksPerRow : 0);
    if (blocks == 0 || perRow == 0)
        return PlotView::keyPressEvent(event);
    const auto current = static_cast<std::int64_t>(m_selected.value_or(m_values.worst()));
    std::int64_t target = current;
    switch (event->key()) {
    case Qt::Key_Left:
        target -= 1;
        break;
    case Qt::Key_Right:
        target += 1;
        break;
    case Qt::Key_Up:
        target -= perRow;
        break;
    case Qt::Key_Down:
        target += perRow;
        break;
    case Qt::Key_PageUp:
        target -= perRow * std::min(kRowsPerPage, current / perRow);
        break;
    case Qt::Key_PageDown:
        target += perRow * std::min(kRowsPerPage, (blocks - 1 - current) / perRow);
        break;
    case Qt::Key_Home:
        target = event->modifiers() & Qt::ControlModifier ? 0 : current - current % perRow;
        break;
    case Qt::Key_End:
        target = event->modifiers() & Qt::ControlModifier ? blocks - 1 : current - current % perRow + perRow - 1;
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        return selectByUser(static_cast<quint64>(current));  // again: for who looks at another dock
    default:
        return PlotView::keyPressEvent(event);
    }
    if (!m_selected)
        target = current;  // the first key shows where the selection starts: at the worst block
    if (target >= 0 && target < blocks && (target != current || !m_selected))
        selectByUser(static_cast<quint64>(target));
}

}  // namespace nanoscope
