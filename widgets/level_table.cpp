#include "widgets/level_table.h"

#include "widgets/level_model.h"
#include "widgets/table_text.h"

#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace nanoscope {
namespace {

constexpr int kMeasuredRows = 512;

}  // namespace

LevelTable::LevelTable(QWidget* parent)
    : QWidget(parent)
    , m_model(new LevelModel(this))
    , m_view(new QTableView(this))
    , m_note(new QLabel(this))
{
    m_view->setObjectName(QStringLiteral("levelTable"));
    m_view->setAccessibleName(tr("Level table"));
    m_view->setModel(m_model);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(LevelModel::LevelColumn, Qt::AscendingOrder);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setAlternatingRowColors(true);
    m_view->setShowGrid(false);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setWordWrap(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(m_view->fontMetrics().height() + 6);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->setColumnHidden(LevelModel::BookColumn, true);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_note);
    m_note->setObjectName(QStringLiteral("levelTableNote"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(6, 0, 6, 4);
    m_note->hide();

    connect(
        m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& current) {
            if (m_isQuiet)
                return;
            const int row = current.row();
            m_highlighted = row < 0 ? std::nullopt : std::optional(m_model->idAt(row));
            Q_EMIT levelSelected(m_highlighted);
        });
    connect(m_model, &QAbstractItemModel::modelReset, this, &LevelTable::fitColumns);
}

void LevelTable::setReport(std::shared_ptr<const Report> report)
{
    m_isQuiet = true;
    m_model->setReport(std::move(report));
    m_isQuiet = false;
    m_note->setText(m_model->note());
    m_note->setVisible(!m_note->text().isEmpty());
    if (!m_view->currentIndex().isValid())  // other levels, or the first ones
        setHighlightedLevel(m_highlighted);
}

void LevelTable::setHighlightedLevel(const std::optional<LevelId>& id)
{
    m_highlighted = id;
    const int row = id ? m_model->rowOf(*id) : -1;
    m_isQuiet = true;
    if (row < 0) {
        m_view->selectionModel()->clear();
    } else {
        const QModelIndex index = m_model->index(row, LevelModel::CodeColumn);
        const int left = m_view->horizontalScrollBar()->value();
        m_view->setCurrentIndex(index);
        m_view->scrollTo(index);
        m_view->horizontalScrollBar()->setValue(left);
    }
    m_isQuiet = false;
}

QString LevelTable::toText() const
{
    return tableText(*m_model);
}

void LevelTable::fitColumns()
{
    m_view->setColumnHidden(LevelModel::BookColumn, !m_model->hasSeveralBooks());
    // Widths by what cannot change while the levels stay the same, so that columns stand still under changing figures.
    const QFontMetrics metrics = m_view->fontMetrics();
    const auto fit = [&](int column, const QStringList& texts) {
        const int sortArrow = column == LevelModel::LevelColumn ? 24 : 14;  // sorted by level at first
        int width = metrics.horizontalAdvance(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString())
            + sortArrow;
        for (const QString& text : texts)
            width = std::max(width, metrics.horizontalAdvance(text) + 12);
        m_view->setColumnWidth(column, width);
    };
    const auto texts = [this](int column) {
        // Of thousands of rows a few hundred and the last; the longest texts are at the ends.
        const int rows = m_model->rowCount();
        const int stride = std::max(1, rows / kMeasuredRows);
        QStringList all;
        for (int row = 0; row < rows; row += stride)
            all << m_model->index(row, column).data().toString();
        if (rows > 0)
            all << m_model->index(rows - 1, column).data().toString();
        return all;
    };
    for (const int column :
        {LevelModel::BookColumn, LevelModel::CodeColumn, LevelModel::BitsColumn, LevelModel::LevelColumn})
        fit(column, texts(column));
    fit(LevelModel::CountColumn, {QStringLiteral("8,888,888")});
    fit(LevelModel::ShareColumn, {QStringLiteral("< 0.1 %")});
    fit(LevelModel::ErrorColumn, {QStringLiteral("< 0.1 %")});
}

}  // namespace nanoscope
