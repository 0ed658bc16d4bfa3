#include "widgets/twin_pane.h"

#include "widgets/plot_view.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace nanoscope {

TwinPane::TwinPane(PlotView* plot, QAbstractItemModel* model, const QString& tableName, QWidget* parent)
    : QWidget(parent)
    , m_controls(new QHBoxLayout)
    , m_switch(new QToolButton(this))
    , m_pages(new QStackedWidget(this))
    , m_table(new QTableView(this))
{
    const QString name = tableName.simplified().remove(u' ');
    m_table->setObjectName(name);
    m_table->setAccessibleName(tableName);
    m_table->setModel(model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 6);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setResizeContentsPrecision(64);  // rows that are looked at
    m_switch->setObjectName(name + QStringLiteral("Switch"));
    m_switch->setText(tr("Table"));
    m_switch->setAccessibleName(tr("Show %1").arg(tableName));
    m_switch->setToolTip(tr("The numbers of the plot as a table"));
    m_switch->setCheckable(true);
    m_pages->addWidget(plot);
    m_pages->addWidget(m_table);
    m_controls->setContentsMargins(6, 2, 6, 0);
    m_controls->setSpacing(6);
    m_controls->addStretch(1);
    m_controls->addWidget(m_switch);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(m_controls);
    layout->addWidget(m_pages, 1);

    connect(m_switch, &QToolButton::toggled, this, &TwinPane::setTableShown);
    const auto choose = [this](const QModelIndex& index) {
        if (!m_isQuiet && index.isValid())
            Q_EMIT rowChosen(index.row());
    };
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, choose);
    connect(m_table, &QTableView::activated, this, choose);
}

void TwinPane::addControl(QWidget* control)
{
    m_controls->insertWidget(m_controls->count() - 2, control);
}

void TwinPane::setTableShown(bool isShown)
{
    m_switch->setChecked(isShown);
    if (isShown == isTableShown())
        return;
    m_pages->setCurrentIndex(isShown ? 1 : 0);
    Q_EMIT turned(isShown);
}

bool TwinPane::isTableShown() const
{
    return m_pages->currentIndex() == 1;
}

void TwinPane::setCurrentRow(const std::optional<int>& row)
{
    const bool wasQuiet = std::exchange(m_isQuiet, true);
    if (row) {
        const QModelIndex index = m_table->model()->index(*row, 0);
        m_table->setCurrentIndex(index);
        m_table->scrollTo(index);
    } else {
        m_table->selectionModel()->clear();
    }
    m_isQuiet = wasQuiet;
}

}  // namespace nanoscope
