#include "widgets/study_view.h"

#include "widgets/chart_table.h"
#include "widgets/table_text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

namespace nanoscope {
namespace {

QTableView* makeTable(QAbstractItemModel* model, QWidget* parent)
{
    auto* table = new QTableView(parent);
    table->setObjectName(QStringLiteral("studyTable"));
    table->setModel(model);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setAlternatingRowColors(true);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 6);
    table->horizontalHeader()->setHighlightSections(false);
    return table;
}

}  // namespace

StudyView::StudyView(QWidget* parent)
    : QWidget(parent)
    , m_pages(new QComboBox(this))
    , m_partLabel(new QLabel(tr("Of"), this))
    , m_parts(new QComboBox(this))
    , m_note(new QLabel(this))
    , m_plot(new StudyPlot(this))
    , m_model(new ChartTableModel(this))
{
    m_table = makeTable(m_model, this);
    m_table->setAccessibleName(tr("Study table"));
    m_pages->setObjectName(QStringLiteral("studyPage"));
    m_pages->setAccessibleName(tr("Study"));
    for (int page = 0; page < kStudyPages; ++page)
        m_pages->addItem(studyPageName(static_cast<StudyPage>(page)));
    m_parts->setObjectName(QStringLiteral("studyPart"));
    m_parts->setAccessibleName(tr("Part of the study"));
    constexpr int kFewestLetters = 10;  // of a choice's name before the dock has to be wider
    for (QComboBox* box : {m_pages, m_parts}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        box->setMinimumContentsLength(kFewestLetters);
        box->setMinimumWidth(fontMetrics().averageCharWidth() * kFewestLetters);
    }
    m_note->setObjectName(QStringLiteral("studyNote"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_plot->setObjectName(QStringLiteral("studyPlot"));
    m_plot->setAccessibleName(tr("Study chart"));

    auto* pageLabel = new QLabel(tr("&Study"), this);
    pageLabel->setBuddy(m_pages);
    m_partLabel->setBuddy(m_parts);
    auto* choices = new QHBoxLayout;
    for (QWidget* widget : std::initializer_list<QWidget*>{pageLabel, m_pages, m_partLabel, m_parts})
        choices->addWidget(widget);
    choices->addStretch(1);
    auto* split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_plot);
    split->addWidget(m_table);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 1);
    m_plot->setMinimumSize(200, 120);  // small enough for a dock beside others
    m_table->setMinimumHeight(60);
    split->setSizes({320, 130});  // five rows or so; only the ratio counts
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 4, 6, 4);
    layout->setSpacing(4);
    layout->addLayout(choices);
    layout->addWidget(m_note);
    layout->addWidget(split, 1);

    connect(m_pages, &QComboBox::currentIndexChanged, this, [this] {
        showPage();
        Q_EMIT pageChanged(page());
    });
    connect(m_parts, &QComboBox::currentIndexChanged, this, [this] {
        m_chosen[static_cast<std::size_t>(m_pages->currentIndex())] = m_parts->currentText();
        showPart();
    });
    showPage();
}

void StudyView::setResult(std::shared_ptr<const StudyResult> result)
{
    m_result = std::move(result);
    m_isRunning = false;
    showPage();
}

void StudyView::setRunning(bool isRunning)
{
    if (isRunning == m_isRunning)
        return;
    m_isRunning = isRunning;
    showPart();
}

void StudyView::setTheme(const Theme& theme)
{
    m_plot->setTheme(theme);
}

void StudyView::setPage(StudyPage page)
{
    const QSignalBlocker quiet(m_pages);
    m_pages->setCurrentIndex(static_cast<int>(page));
    showPage();
}

StudyPage StudyView::page() const
{
    return static_cast<StudyPage>(m_pages->currentIndex());
}

const QAbstractTableModel& StudyView::tableModel() const
{
    return *m_model;
}

QString StudyView::toText() const
{
    return tableText(*m_model);
}

void StudyView::showPage()
{
    const QStringList parts = m_result ? studyParts(*m_result, page()) : QStringList();
    const auto chosen = parts.indexOf(m_chosen[static_cast<std::size_t>(m_pages->currentIndex())]);
    {
        const QSignalBlocker quiet(m_parts);
        m_parts->clear();
        m_parts->addItems(parts);
        m_parts->setCurrentIndex(parts.isEmpty() ? -1 : std::max(0, static_cast<int>(chosen)));
    }
    m_partLabel->setVisible(parts.size() > 1);
    m_parts->setVisible(parts.size() > 1);
    showPart();
}

void StudyView::showPart()
{
    StudyContent content = m_result
        ? studyContent(*m_result, page(), m_parts->currentIndex())
        : emptyStudyContent(page(),
            m_isRunning ? tr("Being computed ...") : tr("Open a tensor and choose a format to compare it with"));
    QString note = content.note;
    if (m_result && m_isRunning)
        note = tr("Of the tensor or format before; the new figures are being computed. %1").arg(note);
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_model->setTable(content.table);
    m_table->resizeColumnsToContents();
    m_plot->setContent(std::move(content));
}

}  // namespace nanoscope
