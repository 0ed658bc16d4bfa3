#include "widgets/block_view_widget.h"

#include "widgets/bit_delegate.h"
#include "widgets/bit_field_style.h"
#include "widgets/block_model.h"
#include "widgets/block_summary.h"
#include "widgets/book_finder.h"
#include "widgets/number_text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QRegularExpression>
#include <QScrollBar>
#include <QShortcut>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>
#include <utility>

namespace nanoscope {
namespace {

/// Fields that occur in any codebook of the block, in reading order.
std::vector<BitField> fieldsOf(const BlockTrace& trace)
{
    std::vector<BitField> fields;
    for (const BitField field : {BitField::Sign, BitField::Exponent, BitField::Mantissa, BitField::Magnitude,
             BitField::Regime, BitField::Index})
        for (const auto& book : trace.bitFields)
            if (std::find(book.begin(), book.end(), field) != book.end()
                && std::find(fields.begin(), fields.end(), field) == fields.end())
                fields.push_back(field);
    return fields;
}

/// Most bits and most fields of a code, over the codebooks.
std::pair<int, int> widestCode(const BlockTrace& trace)
{
    std::size_t bits = 1;
    std::size_t groups = 1;
    for (const auto& book : trace.bitFields) {
        bits = std::max(bits, book.size());
        groups = std::max(groups, bitGroups(book).size());
    }
    return {static_cast<int>(bits), static_cast<int>(groups)};
}

}  // namespace

BlockBits::BlockBits(QWidget* parent)
    : QWidget(parent)
    , m_model(new BlockModel(this))
    , m_delegate(new BitDelegate(this))
    , m_table(new QTableView(this))
    , m_number(new QSpinBox(this))
    , m_count(new QLabel(this))
    , m_previous(new QToolButton(this))
    , m_next(new QToolButton(this))
    , m_finder(new BookFinder(this))
    , m_header(new QLabel(this))
    , m_legend(new QLabel(this))
{
    m_number->setObjectName(QStringLiteral("blockNumber"));
    m_number->setAccessibleName(tr("Block number"));
    m_number->setKeyboardTracking(false);
    m_number->setRange(0, 0);
    m_number->setButtonSymbols(QAbstractSpinBox::NoButtons);
    auto* label = new QLabel(tr("Blo&ck"), this);
    label->setBuddy(m_number);
    m_previous->setObjectName(QStringLiteral("previousBlock"));
    m_previous->setArrowType(Qt::LeftArrow);
    m_previous->setAccessibleName(tr("Previous block"));
    m_previous->setToolTip(tr("Previous block"));
    m_next->setObjectName(QStringLiteral("nextBlock"));
    m_next->setArrowType(Qt::RightArrow);
    m_next->setAccessibleName(tr("Next block"));
    m_next->setToolTip(tr("Next block"));
    m_header->setObjectName(QStringLiteral("blockSummary"));
    m_header->setTextFormat(Qt::RichText);
    m_header->setWordWrap(true);
    m_header->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_header->setMinimumWidth(120);
    m_legend->setObjectName(QStringLiteral("blockLegend"));
    m_legend->setTextFormat(Qt::RichText);
    m_legend->setWordWrap(true);

    m_table->setObjectName(QStringLiteral("blockTable"));
    m_table->setAccessibleName(tr("Elements of the block"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(m_delegate);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setMinimumHeight(80);
    for (QHeaderView* header : {m_table->horizontalHeader(), m_table->verticalHeader()}) {
        header->setSectionResizeMode(QHeaderView::Fixed);
        header->setDefaultAlignment(Qt::AlignCenter);
        header->setHighlightSections(false);
        header->setMinimumSectionSize(10);
    }
    m_table->horizontalHeader()->setFixedHeight(m_table->fontMetrics().height() + 4);

    auto* top = new QHBoxLayout;
    top->setSpacing(4);
    for (QWidget* widget : std::initializer_list<QWidget*>{label, m_previous, m_number, m_next, m_count})
        top->addWidget(widget, 0, Qt::AlignTop);
    top->addStretch(1);
    top->addWidget(m_finder, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 4, 6, 4);
    layout->setSpacing(4);
    layout->addLayout(top);
    layout->addWidget(m_header);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_legend);
    for (QLabel* row : {label, m_count})
        row->setMinimumHeight(m_number->sizeHint().height());

    connect(m_number, &QSpinBox::valueChanged, this,
        [this](int value) { Q_EMIT blockRequested(static_cast<quint64>(value)); });
    connect(m_previous, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_finder, &BookFinder::bookRequested, this, &BlockBits::bookRequested);
    auto* findNext = new QShortcut(Qt::Key_N, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(findNext, &QShortcut::activated, m_finder, &BookFinder::ask);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        const int element = m_model->elementAt(current);
        if (m_isQuiet || element < 0)
            return;
        m_selected = element;
        Q_EMIT elementSelected(element);
    });
    setBlockCount(0);
    showHeader();
}

void BlockBits::setTrace(std::shared_ptr<const BlockTrace> trace)
{
    const QSignalBlocker blocker(m_number);
    m_isQuiet = true;
    m_model->setTrace(std::move(trace));
    if (m_model->trace()) {
        const quint64 highest = static_cast<quint64>(std::numeric_limits<int>::max());
        m_number->setValue(static_cast<int>(std::min<quint64>(m_model->trace()->block, highest)));
    }
    showHeader();
    layOut();
    m_isQuiet = false;
}

void BlockBits::setBlockCount(quint64 count)
{
    const QSignalBlocker blocker(m_number);
    const quint64 highest = static_cast<quint64>(std::numeric_limits<int>::max());
    m_number->setMaximum(count == 0 ? 0 : static_cast<int>(std::min(count - 1, highest)));
    m_count->setText(tr("of %1").arg(countText(count)));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_number, m_previous, m_next})
        widget->setEnabled(count > 0);
}

void BlockBits::setBooks(const std::vector<BookChoice>& books)
{
    m_finder->setBooks(books);
}

void BlockBits::setSelectedElement(int element)
{
    m_selected = element;
    showSelection();
}

void BlockBits::setHighlightedLevel(const std::optional<LevelId>& id)
{
    m_model->setHighlightedLevel(id);
}

void BlockBits::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_delegate->setTheme(theme);
    showHeader();
    m_table->viewport()->update();
}

void BlockBits::step(int by)
{
    m_number->setValue(m_number->value() + by);
}

void BlockBits::showHeader()
{
    const auto& trace = m_model->trace();
    if (!trace) {
        m_header->setText(tr("No block to show"));
        m_legend->clear();
        return;
    }
    // Blanks inside a part do not break, so that a line breaks between two parts.
    static const QRegularExpression hyphen(QStringLiteral("(?<=[a-z])-(?=[a-z])"));
    QStringList parts;
    const QColor chip = blended(m_theme.panel, m_theme.text, m_theme.dark ? 0.14 : 0.08);
    for (const QString& part : blockSummary(*trace)) {
        QString text = part.toHtmlEscaped();
        if (part.size() < 60)
            text.replace(u' ', QStringLiteral("&nbsp;")).replace(hyphen, QStringLiteral("\u2011"));
        parts << QStringLiteral("<span style=\"background-color:%1;\">&nbsp;%2&nbsp;</span>").arg(chip.name(), text);
    }
    m_header->setText(
        QStringLiteral("<p style=\"line-height:130%;\">%1</p>").arg(parts.join(QStringLiteral(" &nbsp;"))));
    m_legend->setText(
        QStringLiteral("%1&nbsp;&nbsp; <span>▲&nbsp;%2&nbsp;&nbsp; ◆&nbsp;%3&nbsp;&nbsp; ✕&nbsp;%4</span>")
            .arg(fieldLegendHtml(m_theme, fieldsOf(*trace)), tr("largest"), tr("stored more finely"), tr("clipped")));
}

void BlockBits::layOut()
{
    const auto& trace = m_model->trace();
    if (!trace)
        return;
    const auto [bits, groups] = widestCode(*trace);
    const QSize cell = BitDelegate::cellSize(m_table->font(), bits, groups);
    m_table->horizontalHeader()->setDefaultSectionSize(cell.width());
    m_table->verticalHeader()->setDefaultSectionSize(cell.height());
    const QString last = QString::number(std::max<std::size_t>(100, trace->elements.size()));
    m_table->verticalHeader()->setFixedWidth(m_table->fontMetrics().horizontalAdvance(last) + 10);

    const QMargins margins = layout()->contentsMargins();
    const int width = this->width() - margins.left() - margins.right() - m_table->verticalHeader()->width()
        - 2 * m_table->frameWidth();
    const int height = m_table->height() - m_table->horizontalHeader()->height() - 2 * m_table->frameWidth();
    const int elements = static_cast<int>(trace->elements.size());
    const auto fits = [&](int columns) {
        const bool scrolls = (elements + columns - 1) / columns * cell.height() > height;
        return columns * cell.width() <= width - (scrolls ? m_table->verticalScrollBar()->sizeHint().width() : 0);
    };
    int columns = 16;
    while (columns > 1 && !fits(columns))
        columns -= columns > 8 ? 8 : columns > 4 ? 2 : 1;  // 16, 8, 6, 4, 3, 2, 1
    const bool wasQuiet = std::exchange(m_isQuiet, true);
    m_model->setColumns(columns);
    m_isQuiet = wasQuiet;
    showSelection();
}

void BlockBits::showSelection()
{
    const bool wasQuiet = std::exchange(m_isQuiet, true);
    const QModelIndex index = m_model->indexOfElement(m_selected);
    if (index.isValid())
        m_table->setCurrentIndex(index);
    else
        m_table->selectionModel()->clear();
    m_isQuiet = wasQuiet;
}

void BlockBits::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    layOut();
}

void BlockBits::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_table)
        layOut();
}

}  // namespace nanoscope
