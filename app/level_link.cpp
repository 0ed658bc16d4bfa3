#include "app/level_link.h"

#include "widgets/block_view_widget.h"
#include "widgets/book_label.h"
#include "widgets/heat_map.h"
#include "widgets/level_plot.h"
#include "widgets/level_stack.h"
#include "widgets/level_table.h"
#include "widgets/number_text.h"

#include <QDockWidget>

#include <algorithm>
#include <utility>

namespace nanoscope {

LevelLink::LevelLink(const LevelViews& views, Explorer& explorer)
    : PanelDock(&views.mapDock)
    , m_views(views)
    , m_explorer(explorer)
    , m_encode(
          [this](std::shared_ptr<const BlockCodes> codes) {
              m_codes = std::move(codes);
              requestCells();
          },
          [this](const std::exception_ptr& exception) { fail(exception); })
    , m_count([this](std::shared_ptr<const LevelCells> cells) { receiveCells(std::move(cells)); },
          [this](const std::exception_ptr& exception) { fail(exception); })
{
    connect(&m_views.levels, &LevelStack::levelHovered, this, [this](SeriesRole role, std::optional<LevelId> level) {
        hover(level ? m_views.levels.nearest(SeriesRole::A, role, *level) : std::nullopt);
    });
    // A level chosen in another format's plot has selected the nearest of A.
    connect(&m_views.levels, &LevelStack::levelSelected, this,
        [this] { choose(m_views.levels.plot(SeriesRole::A)->selectedLevel()); });
    connect(&m_views.levels, &LevelStack::levelDismissed, this, &LevelLink::release);
    connect(&m_views.table, &LevelTable::levelSelected, this, &LevelLink::choose);
    connect(&m_views.block, &BlockBits::elementSelected, this, &LevelLink::chooseElement);
    connect(&m_views.mapDock, &QDockWidget::visibilityChanged, this, [this](bool isVisible) {
        m_isMapVisible = isVisible;
        showBlocks();
    });
    connect(&explorer, &Explorer::tensorChanged, this, &LevelLink::release);
    connect(&explorer, &Explorer::reportChanged, this, [this](int slot) {
        if (slot == Explorer::A)
            takeReport();
    });
}

void LevelLink::hover(const std::optional<LevelId>& level)
{
    m_hovered = level;
    showLevel();
}

void LevelLink::choose(const std::optional<LevelId>& level)
{
    m_chosen = level;
    showLevel();
}

void LevelLink::follow(const std::optional<LevelId>& level)
{
    m_followed = level;
    showLevel();
}

void LevelLink::release()
{
    m_hovered.reset();
    choose(std::nullopt);
}

/// An element that the user went to in the block names its level.
void LevelLink::chooseElement(int element)
{
    const std::shared_ptr<const BlockTrace> trace = m_explorer.trace();
    if (!trace || trace->bad || element < 0 || element >= static_cast<int>(trace->elements.size()))
        return release();
    const ElementTrace& traced = trace->elements[static_cast<std::size_t>(element)];
    choose(LevelId{traced.book, traced.code});
}

void LevelLink::showLevel()
{
    const std::optional<LevelId> selected = m_chosen ? m_chosen : m_followed;
    const std::optional<LevelId> shown = m_hovered ? m_hovered : selected;
    if (m_views.levels.plot(SeriesRole::A)->selectedLevel() != selected)
        m_views.levels.setSelectedLevel(SeriesRole::A, selected);
    m_views.table.setHighlightedLevel(shown);
    m_views.block.setHighlightedLevel(shown);
    showBlocks();
}

/// A new report has other codes; a level that it does not have is not chosen any more.
void LevelLink::takeReport()
{
    m_report = m_explorer.report(Explorer::A);
    m_encode.cancel();
    m_count.cancel();
    m_codes.reset();
    m_cells.reset();
    m_views.map.setLevel(std::nullopt);
    const auto isThere = [this](const LevelId& level) {
        return m_report && std::any_of(m_report->levels.begin(), m_report->levels.end(), [&](const LevelCount& entry) {
            return entry.book == level.book && entry.code == level.code;
        });
    };
    if (m_chosen && !isThere(*m_chosen))
        m_chosen.reset();
    showLevel();
}

void LevelLink::showBlocks()
{
    const std::optional<LevelId> level = wanted();
    if (!level || !m_report) {
        m_count.cancel();
        m_cells.reset();
        m_views.map.setLevel(std::nullopt);
    } else if (m_isMapVisible && !(m_cells && LevelId{m_cells->book, m_cells->code} == *level)) {
        requestCells();
    }
    Q_EMIT currentChanged();
}

void LevelLink::requestCodes()
{
    m_views.map.setLevel(LevelOverlay{nameOf(*wanted()), nullptr});
    if (m_encode.isBusy())
        return;
    m_encode.submit([prepared = m_report->prepared](const std::stop_token& stop) {
        BlockCodesOptions options;
        options.stop = stop;
        return std::make_shared<const BlockCodes>(prepared, options);
    });
}

void LevelLink::requestCells()
{
    const std::optional<LevelId> level = wanted();
    if (!level)
        return;
    if (!m_codes)
        return requestCodes();
    m_count.submit([codes = m_codes, level = *level](const std::stop_token& stop) {
        BlockCodesOptions options;
        options.stop = stop;
        return std::make_shared<const LevelCells>(codes->cellsOf(level.book, level.code, options));
    });
}

void LevelLink::receiveCells(std::shared_ptr<const LevelCells> cells)
{
    m_cells = std::move(cells);
    m_views.map.setLevel(LevelOverlay{nameOf({m_cells->book, m_cells->code}), m_cells});
    Q_EMIT currentChanged();
}

void LevelLink::fail(const std::exception_ptr& exception)
{
    m_views.map.setLevel(std::nullopt);
    Q_EMIT failed(Explorer::messageOf(exception));
    Q_EMIT currentChanged();
}

QString LevelLink::nameOf(const LevelId& level) const
{
    const auto entry = std::find_if(m_report->levels.begin(), m_report->levels.end(),
        [&](const LevelCount& each) { return each.book == level.book && each.code == level.code; });
    const QString name = entry != m_report->levels.end() && !entry->isStructurallyVacant()
        ? tr("level %1").arg(levelText(entry->level))
        : tr("code %1").arg(level.code);
    const std::vector<ElementBook> books = booksOf(m_report->format.spec);
    if (books.size() < 2)
        return name;
    std::vector<std::string> names;
    for (const ElementBook& book : books)
        names.push_back(book.id);
    return tr("%1 of %2").arg(name, bookLabel(names, level.book));
}

bool LevelLink::isCurrent() const
{
    const std::optional<LevelId> level = wanted();
    return !m_isMapVisible || !level || !m_report || (m_cells && LevelId{m_cells->book, m_cells->code} == *level);
}

bool LevelLink::isBusy() const
{
    return !isCurrent() && (m_encode.isBusy() || m_count.isBusy());
}

QString LevelLink::unsettled() const
{
    return tr("stopped before the blocks of a level were found");
}

void LevelLink::cancel()
{
    if (!isBusy())
        return;
    m_encode.cancel();
    m_count.cancel();
    m_views.map.setLevel(std::nullopt);
}

}  // namespace nanoscope
