#include "widgets/cost_table.h"

#include "widgets/cost_model.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QScrollBar>
#include <QStringList>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace nanoscope {
namespace {

constexpr int kFewestLetters = 16;  // of a name before the table scrolls sideways

}  // namespace

CostTable::CostTable(QWidget* parent)
    : QWidget(parent)
    , m_model(new CostModel(this))
    , m_view(new QTreeView)
{
    m_view->setObjectName(QStringLiteral("costTable"));
    m_view->setAccessibleName(tr("Figures of the cost model"));
    m_view->setModel(m_model);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setAlternatingRowColors(true);
    m_view->setUniformRowHeights(true);
    m_view->setIndentation(12);
    m_view->setTextElideMode(Qt::ElideRight);
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setSectionsMovable(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        const CostRow* row = m_model->rowAt(current);
        if (m_isFilling || !row)
            return;
        m_selected = row->id;
        Q_EMIT figureSelected(m_selected);
    });
}

void CostTable::setSections(std::vector<CostSection> sections, bool hasB)
{
    QStringList folded;
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (const QModelIndex section = m_model->index(row, 0); !m_view->isExpanded(section))
            folded << m_model->rowAt(section)->id;
    const int scrolled = m_view->verticalScrollBar()->value();
    bool wasReset = false;
    const auto watch = connect(m_model, &QAbstractItemModel::modelReset, this, [&wasReset] { wasReset = true; });
    m_isFilling = true;
    m_model->setSections(std::move(sections));
    m_isFilling = false;
    disconnect(watch);
    if (wasReset) {
        for (int row = 0; row < m_model->rowCount(); ++row) {
            const QModelIndex section = m_model->index(row, 0);
            m_view->setExpanded(section, !folded.contains(m_model->rowAt(section)->id));
        }
        m_view->verticalScrollBar()->setValue(scrolled);
        if (const QModelIndex index = m_model->indexOf(m_selected); index.isValid()) {
            m_isFilling = true;
            m_view->selectionModel()->setCurrentIndex(
                index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
            m_isFilling = false;
        }
    }
    m_hasB = hasB;
    fitColumns();
}

void CostTable::select(const QString& id)
{
    m_selected = id;
    const QModelIndex index = m_model->indexOf(id);
    if (index == m_view->currentIndex())
        return;
    m_isFilling = true;
    m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (index.isValid())
        m_view->scrollTo(index);
    m_isFilling = false;
}

const CostRow* CostTable::find(const QString& id) const
{
    return m_model->rowAt(m_model->indexOf(id));
}

void CostTable::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

/// Figures have fixed widths, so that columns stand still while they change; the change in per cent needs room.
void CostTable::fitColumns()
{
    const QFontMetrics metrics(m_view->font());
    const int number = metrics.horizontalAdvance(QStringLiteral("888,888,888")) + 8;
    const int change = metrics.horizontalAdvance(QStringLiteral("−100.0 %")) + 12;
    const int name = metrics.averageCharWidth() * kFewestLetters;
    const bool hasRoom = width() >= name * 3 / 2 + 3 * number + change;
    m_view->setColumnHidden(CostModel::BColumn, !m_hasB);
    m_view->setColumnHidden(CostModel::DifferenceColumn, !m_hasB || !hasRoom);
    m_view->setColumnHidden(CostModel::ChangeColumn, !m_hasB);
    int numbers = 0;
    for (int column = CostModel::AColumn; column < CostModel::kColumns; ++column)
        if (!m_view->isColumnHidden(column)) {
            const int wanted = column == CostModel::ChangeColumn ? change : number;
            m_view->setColumnWidth(column, wanted);
            numbers += wanted;
        }
    const int scrollBar = m_view->verticalScrollBar()->sizeHint().width();
    m_view->setColumnWidth(CostModel::NameColumn, std::max(name, width() - numbers - scrollBar - 4));
}

}  // namespace nanoscope
