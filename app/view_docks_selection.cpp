// What the docks show of the selected block, element and level.
#include "app/level_link.h"
#include "app/view_docks.h"
#include "widgets/block_view_widget.h"
#include "widgets/error_map_view.h"
#include "widgets/inspector.h"
#include "widgets/level_plot.h"
#include "widgets/level_stack.h"

namespace nanoscope {

void ViewDocks::showTrace()
{
    const std::shared_ptr<const BlockTrace> trace = m_explorer.trace();
    m_block->setTrace(trace);
    m_errorMap->setSelectedBlock(m_explorer.selectedBlock());
    m_block->setSelectedElement(m_explorer.selectedElement());
    showElement(m_explorer.selectedElement());
}

void ViewDocks::showElement(int element)
{
    const std::shared_ptr<const BlockTrace> trace = m_explorer.trace();
    if (!trace || element < 0 || element >= static_cast<int>(trace->elements.size())) {
        m_inspector->clear();
        m_levels->plot(SeriesRole::A)->setElement(std::nullopt);
        m_levelLink->follow(std::nullopt);
        return;
    }
    m_inspector->setElement(*trace, element);
    const ElementTrace& traced = trace->elements[static_cast<std::size_t>(element)];
    if (trace->bad) {
        m_levels->plot(SeriesRole::A)->setElement(std::nullopt);
        m_levelLink->follow(std::nullopt);
        return;
    }
    m_levels->plot(SeriesRole::A)->setElement(ElementMarker{traced.book, traced.scaled, traced.refinedLevel});
    m_levelLink->follow(LevelId{traced.book, traced.code});
}

void ViewDocks::selectLevel(const std::optional<LevelId>& level)
{
    m_levelLink->choose(level);
}

std::optional<LevelId> ViewDocks::selectedLevel() const
{
    return m_levelLink->chosen();
}

}  // namespace nanoscope
