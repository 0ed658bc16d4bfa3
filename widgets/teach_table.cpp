#include "widgets/teach_table.h"

#include "widgets/teach_delegate.h"
#include "widgets/teach_model.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace nanoscope {

TeachTable::TeachTable(QWidget* parent)
    : QTableView(parent)
    , m_model(new TeachModel(this))
    , m_delegate(new TeachDelegate(this))
{
    setModel(m_model);
    setItemDelegate(m_delegate);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    for (QHeaderView* header : {horizontalHeader(), verticalHeader()}) {
        header->hide();
        header->setMinimumSectionSize(10);
        header->setSectionResizeMode(QHeaderView::Fixed);
    }
    connect(m_model, &TeachModel::valueEdited, this, &TeachTable::valueEdited);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& now) {
        const int cell = m_model->cellAt(now);
        if (!m_isQuiet && cell >= 0)
            Q_EMIT cellSelected(cell);
    });
    m_delegate->setCursor(m_bit);
}

void TeachTable::setCells(std::vector<TeachCell> cells)
{
    m_isQuiet = true;
    const int current = currentCell();
    m_model->setCells(std::move(cells));
    layOut();
    setCurrentCell(current);
    m_isQuiet = false;
}

void TeachTable::setCurrentCell(int cell)
{
    const bool wasQuiet = std::exchange(m_isQuiet, true);
    const QModelIndex index = m_model->indexOf(cell);
    if (index != currentIndex())
        setCurrentIndex(index);
    m_isQuiet = wasQuiet;
}

int TeachTable::currentCell() const
{
    return m_model->cellAt(currentIndex());
}

void TeachTable::setShownRows(int rows)
{
    m_shownRows = rows;
    layOut();
}

void TeachTable::setTheme(const Theme& theme)
{
    m_delegate->setTheme(theme);
    QPalette ground = palette();
    ground.setColor(QPalette::Base, theme.window);
    setPalette(ground);
    viewport()->update();
}

QSize TeachTable::sizeHint() const
{
    const int rows = std::max(1, m_shownRows > 0 ? std::min(m_shownRows, m_model->rowCount()) : m_model->rowCount());
    return {400, rows * verticalHeader()->defaultSectionSize() + 2};
}

QSize TeachTable::minimumSizeHint() const
{
    return {120, m_shownRows > 0 ? sizeHint().height() : verticalHeader()->defaultSectionSize() + 2};
}

void TeachTable::layOut()
{
    QSize cell(10, 10);
    for (const TeachCell& each : m_model->cells())
        cell = cell.expandedTo(TeachDelegate::cellSize(font(), each));
    if (m_model->cells().empty())
        return;
    const bool wasQuiet = std::exchange(m_isQuiet, true);
    const int current = currentCell();
    const int width = std::max(1, this->width() - verticalScrollBar()->sizeHint().width() - 2);
    m_model->setColumns(std::max(1, width / cell.width()));
    // What is left of the line is shared, up to a limit: few cells need not be far apart.
    const int shared = width / std::max(1, m_model->columnCount());
    horizontalHeader()->setDefaultSectionSize(std::min(shared, cell.width() * 5 / 4));
    verticalHeader()->setDefaultSectionSize(cell.height());
    setCurrentCell(current);
    m_isQuiet = wasQuiet;
    setMaximumHeight(sizeHint().height());  // what lies beneath takes the rest
    updateGeometry();
}

void TeachTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    layOut();
}

void TeachTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_model)
        layOut();
}

void TeachTable::mousePressEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->pos());
    const int cell = m_model->cellAt(index);
    QTableView::mousePressEvent(event);
    if (cell < 0 || event->button() != Qt::LeftButton)
        return;
    const TeachCell& shown = m_model->cells()[static_cast<std::size_t>(cell)];
    const int bit = TeachDelegate::bitAt(font(), visualRect(index), shown, event->pos());
    if (bit < 0 || shown.isHidden)
        return;
    m_bit = bit;
    m_delegate->setCursor(bit);
    viewport()->update();
    Q_EMIT bitFlipped(shown.bits[static_cast<std::size_t>(bit)].place);
}

void TeachTable::setBit(bool isSet)
{
    const int cell = currentCell();
    if (cell < 0)
        return;
    const TeachCell& shown = m_model->cells()[static_cast<std::size_t>(cell)];
    if (shown.isHidden || m_bit >= static_cast<int>(shown.bits.size()))
        return;
    const TeachBit bit = shown.bits[static_cast<std::size_t>(m_bit)];
    if (bit.isSet != isSet)
        Q_EMIT bitFlipped(bit.place);
    if (m_bit + 1 < static_cast<int>(shown.bits.size()))
        moveCursor(1);
}

void TeachTable::moveCursor(int by)
{
    const int cell = currentCell();
    if (cell < 0)
        return;
    const auto& cells = m_model->cells();
    int bit = m_bit + by;
    if (bit < 0 || bit >= static_cast<int>(cells[static_cast<std::size_t>(cell)].bits.size())) {
        const int next = cell + by;
        if (next < 0 || next >= static_cast<int>(cells.size()))
            return;
        const int last = std::max(0, static_cast<int>(cells[static_cast<std::size_t>(next)].bits.size()) - 1);
        bit = by > 0 ? 0 : last;
        setCurrentIndex(m_model->indexOf(next));
    }
    m_bit = bit;
    m_delegate->setCursor(bit);
    viewport()->update();
}

bool TeachTable::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {  // the window has commands on these keys, too
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->modifiers() == Qt::NoModifier && (key->key() == Qt::Key_0 || key->key() == Qt::Key_1)) {
            event->accept();
            return true;
        }
    }
    return QTableView::event(event);
}

void TeachTable::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_0:
    case Qt::Key_1:
        setBit(event->key() == Qt::Key_1);
        return;
    case Qt::Key_Left:
        moveCursor(-1);
        return;
    case Qt::Key_Right:
        moveCursor(1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        edit(currentIndex());
        return;
    default:
        QTableView::keyPressEvent(event);
    }
}

}  // namespace nanoscope
