#pragma once

#include "core/analysis/block_trace.h"
#include "widgets/level_id.h"
#include "widgets/theme.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QLabel;
class QSpinBox;
class QTableView;
class QToolButton;

namespace nanoscope {

class BitDelegate;
class BlockModel;
class BookFinder;
struct BookChoice;

/// One block with every bit that is stored for it: shared scale, metadata, and the code of each element.
class BlockBits : public QWidget {
    Q_OBJECT

public:
    explicit BlockBits(QWidget* parent = nullptr);

    /// Shows a block; the selected element stays selected if it exists there. Null empties the view.
    void setTrace(std::shared_ptr<const BlockTrace> trace);
    /// How many blocks there are to go to.
    void setBlockCount(quint64 count);
    /// The codebooks that a block can choose; fewer than two are nothing to look for.
    void setBooks(const std::vector<BookChoice>& books);
    /// Selects an element without emitting it; -1 selects none.
    void setSelectedElement(int element);
    /// Outlines the elements that have this code.
    void setHighlightedLevel(const std::optional<LevelId>& id);
    void setTheme(const Theme& theme);

    [[nodiscard]] int selectedElement() const { return m_selected; }

Q_SIGNALS:
    /// The user went to an element.
    void elementSelected(int element);
    /// The user asked for a block.
    void blockRequested(quint64 block);
    /// The user asked for the next block that chose this codebook.
    void bookRequested(quint32 book);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void layOut();
    void showHeader();
    void showSelection();
    void step(int by);

    BlockModel* m_model;
    BitDelegate* m_delegate;
    QTableView* m_table;
    QSpinBox* m_number;
    QLabel* m_count;
    QToolButton* m_previous;
    QToolButton* m_next;
    BookFinder* m_finder;
    QLabel* m_header;
    QLabel* m_legend;
    Theme m_theme = lightTheme();
    int m_selected = -1;
    bool m_isQuiet = false;
};

}  // namespace nanoscope
