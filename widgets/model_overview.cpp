#include "widgets/model_overview.h"

#include "widgets/model_map.h"
#include "widgets/model_table.h"
#include "widgets/number_text.h"
#include "widgets/table_text.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QSortFilterProxyModel>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace nanoscope {

ModelOverview::ModelOverview(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLineEdit(this))
    , m_progress(new QProgressBar(this))
    , m_run(new QToolButton(this))
    , m_total(new QLabel(this))
    , m_pages(new QTabWidget(this))
    , m_model(new ModelTable(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_table(new QTableView)
    , m_map(new ModelMap)
{
    setUpTable();
    m_map->setObjectName(QStringLiteral("modelMap"));
    m_map->setAccessibleName(tr("Model map"));
    m_pages->setObjectName(QStringLiteral("modelPages"));
    m_pages->setDocumentMode(true);
    m_pages->addTab(m_table, tr("Table"));
    m_pages->addTab(m_map, tr("Map"));
    m_total->setObjectName(QStringLiteral("modelTotal"));
    m_total->setTextFormat(Qt::PlainText);
    m_total->setWordWrap(true);
    m_total->setToolTip(
        tr("All squared errors of the model over all its power, and bits per element by elements. "
           "Large values weigh most: tensors of small magnitudes hardly show. Every tensor is taken as it "
           "is stored, in blocks along the axis of the format, which is the last one unless it says so."));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 4, 6, 4);
    layout->setSpacing(4);
    layout->addWidget(makeControls());
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_total);

    connect(m_map, &ModelMap::tensorChosen, this, &ModelOverview::tensorChosen);
    m_mapSoon.setSingleShot(true);
    m_mapSoon.setInterval(0);
    connect(&m_mapSoon, &QTimer::timeout, this, &ModelOverview::showMap);
    const auto soon = [this] { m_mapSoon.start(); };
    connect(m_sorted, &QAbstractItemModel::layoutChanged, this, soon);
    connect(m_sorted, &QAbstractItemModel::modelReset, this, soon);
    connect(m_sorted, &QAbstractItemModel::rowsInserted, this, soon);
    connect(m_sorted, &QAbstractItemModel::rowsRemoved, this, soon);
    connect(m_sorted, &QAbstractItemModel::dataChanged, this, soon);
    showState();
}

void ModelOverview::setUpTable()
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(ModelTable::SortRole);
    m_sorted->setFilterKeyColumn(m_model->columnOf(ModelTable::Field::Name));
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table->setObjectName(QStringLiteral("modelTable"));
    m_table->setAccessibleName(tr("Model table"));
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTextElideMode(Qt::ElideLeft);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setObjectName(QStringLiteral("modelHeader"));
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 6);
    m_table->horizontalHeader()->setHighlightSections(false);
    const auto choose = [this](const QModelIndex& index) {
        Q_EMIT tensorChosen(m_model->nameAt(m_sorted->mapToSource(index).row()));
    };
    connect(m_table, &QTableView::clicked, this, choose);
    connect(m_table, &QTableView::activated, this, choose);
}

QWidget* ModelOverview::makeControls()
{
    auto* controls = new QWidget(this);
    m_text->setObjectName(QStringLiteral("modelFilter"));
    m_text->setAccessibleName(tr("Model filter"));
    m_text->setPlaceholderText(tr("part of a tensor's name"));
    m_text->setClearButtonEnabled(true);
    m_text->setMinimumWidth(90);
    m_progress->setObjectName(QStringLiteral("modelProgress"));
    m_progress->setAccessibleName(tr("Tensors measured under each format"));
    m_progress->setFormat(tr("%v of %m measured"));
    m_progress->setMaximumHeight(m_progress->fontMetrics().height() + 4);
    m_run->setObjectName(QStringLiteral("modelRun"));
    m_run->setAccessibleName(tr("Go on measuring the model"));
    auto* row = new QHBoxLayout(controls);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_text, 2);
    row->addWidget(m_progress, 3);
    row->addWidget(m_run);
    connect(m_text, &QLineEdit::textChanged, this,
        [this](const QString& text) { m_sorted->setFilterFixedString(text.trimmed()); });
    connect(m_run, &QToolButton::clicked, this, [this] { Q_EMIT runAsked(!(m_state && m_state->isRunning)); });
    return controls;
}

void ModelOverview::setState(std::shared_ptr<const ModelState> state)
{
    m_state = std::move(state);
    showState();
}

void ModelOverview::showState()
{
    const int columns = m_model->columnCount();
    m_model->setState(m_state);
    if (m_model->columnCount() != columns)
        arrangeColumns();
    m_total->setText(totalText());
    m_total->setVisible(!m_total->text().isEmpty());
    m_mapSoon.start();
    showCurrent(Scrolling::None);  // the worst stay in sight
    const bool isOpen = m_state && m_state->measured < m_state->pairs();
    m_progress->setVisible(isOpen);
    m_run->setVisible(isOpen);
    if (!isOpen)
        return;
    m_progress->setRange(0, static_cast<int>(m_state->pairs()));
    m_progress->setValue(static_cast<int>(m_state->measured));
    m_run->setText(m_state->isRunning ? tr("Stop") : tr("Go on"));
    m_run->setAccessibleName(m_state->isRunning ? tr("Stop measuring the model") : tr("Go on measuring the model"));
}

/// Other columns than before: as wide as their text, worst under A first.
void ModelOverview::arrangeColumns()
{
    for (int column = 0; column < m_model->columnCount(); ++column)
        m_table->resizeColumnToContents(column);
    const int widest = m_table->fontMetrics().averageCharWidth() * 30;
    const int name = m_model->columnOf(ModelTable::Field::Name);
    m_table->setColumnWidth(name, std::min(widest, m_table->columnWidth(name)));
    if (const int worst = m_model->columnOf(ModelTable::Field::Sqnr, 0); worst >= 0)
        m_table->sortByColumn(worst, Qt::AscendingOrder);
}

QString ModelOverview::totalText() const
{
    if (!m_state)
        return {};
    QStringList parts;
    for (const ModelColumn& column : m_state->columns) {
        if (!column.role || column.total.tensors == 0)
            continue;
        const QString error = column.total.sqnrDecibel ? decibelText(column.total.sqnrDecibel)
            : column.total.isLossless()                ? tr("exact")
                                                       : QStringLiteral("–");
        parts << tr("%1 %2 at %3 bits").arg(column.label(), error, fixedText(column.total.bitsPerElement, 3));
        if (column.total.tensors < m_state->rows.size())
            parts.last()
                += tr(" (%1 of %2 tensors)").arg(countText(column.total.tensors), countText(m_state->rows.size()));
    }
    return parts.isEmpty() ? QString() : tr("Whole model:  %1").arg(parts.join(QStringLiteral("  ·  ")));
}

void ModelOverview::showMap()
{
    std::vector<std::size_t> order;
    for (int row = 0; row < m_sorted->rowCount(); ++row)
        order.push_back(static_cast<std::size_t>(m_sorted->mapToSource(m_sorted->index(row, 0)).row()));
    m_map->setState(m_state, std::move(order));
}

void ModelOverview::setCurrent(const QString& tensor)
{
    m_current = tensor;
    m_map->setCurrent(tensor);
    showCurrent(Scrolling::ToIt);
}

void ModelOverview::showCurrent(Scrolling scrolling)
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->nameAt(row) != m_current)
            continue;
        const QModelIndex index = m_sorted->mapFromSource(m_model->index(row, 0));
        if (!index.isValid() || index.row() == m_table->currentIndex().row())
            return;
        m_table->setAutoScroll(scrolling == Scrolling::ToIt);
        m_table->setCurrentIndex(index);
        m_table->setAutoScroll(true);
        return;
    }
}

void ModelOverview::setTheme(const Theme& theme)
{
    m_map->setTheme(theme);
}

const QAbstractItemModel& ModelOverview::tableModel() const
{
    return *m_sorted;
}

QString ModelOverview::toText() const
{
    return tableText(*m_sorted);
}

}  // namespace nanoscope
