#include "app/block_finder.h"

#include "core/analysis/block_search.h"
#include "widgets/block_view_widget.h"
#include "widgets/book_finder.h"
#include "widgets/book_label.h"

#include <string>
#include <vector>

namespace nanoscope {

BlockFinder::BlockFinder(BlockBits& view, Explorer& explorer)
    : PanelDock(&view)
    , m_view(view)
    , m_explorer(explorer)
    , m_job([this](std::optional<std::uint64_t> block) { receive(block); },
          [this](const std::exception_ptr& exception) {
              Q_EMIT failed(Explorer::messageOf(exception));
              Q_EMIT currentChanged();
          })
{
    connect(&view, &BlockBits::bookRequested, this, &BlockFinder::find);
    connect(&explorer, &Explorer::reportChanged, this, [this](int slot) {
        if (slot != Explorer::A)
            return;
        cancel();
        showBooks();
    });
}

void BlockFinder::showBooks()
{
    const std::shared_ptr<const Report> report = m_explorer.report(Explorer::A);
    std::vector<BookChoice> choices;
    if (report && report->choices.book.size() > 1) {
        std::vector<std::string> names;
        for (const ElementBook& book : booksOf(report->format.spec))
            names.push_back(book.id);
        for (std::size_t i = 0; i < report->choices.book.size() && i < names.size(); ++i)
            choices.push_back({bookLabel(names, i), report->choices.book[i]});
    }
    m_view.setBooks(choices);
}

void BlockFinder::find(quint32 book)
{
    const std::shared_ptr<const Report> report = m_explorer.report(Explorer::A);
    if (!report)
        return;
    m_job.submit([prepared = report->prepared, from = m_explorer.selectedBlock(), book](
                     const std::stop_token& stop) { return nextBlockWithBook(*prepared, from, book, stop); });
    Q_EMIT currentChanged();
}

void BlockFinder::receive(std::optional<std::uint64_t> block)
{
    if (block)
        m_explorer.selectBlock(*block);
    else
        Q_EMIT failed(tr("no block chose this codebook; choose another"));
    Q_EMIT currentChanged();
}

void BlockFinder::cancel()
{
    if (!isBusy())
        return;
    m_job.cancel();
    Q_EMIT currentChanged();
}

}  // namespace nanoscope
