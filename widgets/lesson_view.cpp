#include "widgets/lesson_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace nanoscope {
namespace {

constexpr double kEnlarged = 1.3;  // of the window's font: read from afar

QPushButton* button(QWidget* parent, const QString& text, const char* name)
{
    auto* made = new QPushButton(text, parent);
    made->setObjectName(QLatin1String(name));
    return made;
}

}  // namespace

LessonView::LessonView(QWidget* parent)
    : QWidget(parent)
    , m_pages(new QStackedWidget(this))
{
    m_pages->addWidget(createListPage());
    m_pages->addWidget(createStepPage());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->addWidget(m_pages);
    enlarge();
    showButtons();
}

QWidget* LessonView::createListPage()
{
    auto* page = new QWidget;
    m_list = new QListWidget(page);
    m_list->setObjectName(QStringLiteral("lessonList"));
    m_list->setAccessibleName(tr("Lessons to choose from"));
    m_list->setWordWrap(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setSpacing(2);
    m_start = button(page, tr("&Start lesson"), "lessonStart");
    m_file = button(page, tr("Open lesso&n…"), "lessonOpen");
    m_restore = button(page, tr("&Restore what was shown before the lesson"), "lessonRestore");
    m_restore->hide();
    auto* row = new QHBoxLayout;
    row->addWidget(m_start);
    row->addWidget(m_file);
    row->addStretch(1);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_restore);
    layout->addWidget(m_list, 1);
    layout->addLayout(row);
    connect(m_list, &QListWidget::itemActivated, this, &LessonView::chooseCurrent);
    connect(m_start, &QPushButton::clicked, this, &LessonView::chooseCurrent);
    connect(m_file, &QPushButton::clicked, this, &LessonView::fileRequested);
    connect(m_restore, &QPushButton::clicked, this, &LessonView::restoreRequested);
    return page;
}

QWidget* LessonView::createStepPage()
{
    auto* page = new QWidget;
    const auto label = [](QWidget* parent, const char* name) {
        auto* made = new QLabel(parent);
        made->setObjectName(QLatin1String(name));
        made->setWordWrap(true);
        made->setTextFormat(Qt::PlainText);
        return made;
    };
    auto* content = new QWidget;
    m_title = label(page, "lessonTitle");
    m_progress = label(page, "lessonProgress");
    m_text = label(content, "lessonText");
    m_watch = label(content, "lessonWatch");
    m_problems = label(content, "lessonProblems");
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* texts = new QVBoxLayout(content);
    texts->setContentsMargins(0, 0, 6, 0);
    texts->setSpacing(10);
    for (QLabel* each : {m_text, m_watch, m_problems})
        texts->addWidget(each);
    texts->addStretch(1);
    auto* scroll = new QScrollArea(page);
    scroll->setObjectName(QStringLiteral("lessonScroll"));
    scroll->setAccessibleName(tr("Text of the step"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    m_back = button(page, tr("◀ &Back"), "lessonBack");
    m_next = button(page, tr("&Next ▶"), "lessonNext");
    m_leave = button(page, tr("&Leave"), "lessonLeave");
    m_back->setAccessibleName(tr("Previous step"));
    m_next->setAccessibleName(tr("Next step"));
    m_leave->setAccessibleName(tr("Leave the lesson"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_back);
    row->addWidget(m_next);
    row->addStretch(1);
    row->addWidget(m_leave);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_title);
    layout->addWidget(m_progress);
    layout->addWidget(scroll, 1);
    layout->addLayout(row);
    connect(m_back, &QPushButton::clicked, this, [this] { Q_EMIT stepRequested(m_step - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] {
        if (m_step + 1 < m_steps)
            Q_EMIT stepRequested(m_step + 1);
        else
            Q_EMIT left();
    });
    connect(m_leave, &QPushButton::clicked, this, &LessonView::left);
    return page;
}

void LessonView::enlarge()
{
    const bool wasEnlarging = std::exchange(m_isEnlarging, true);
    const double points = std::max(9.0, font().pointSizeF());
    QFont large = font();
    large.setPointSizeF(points * kEnlarged);
    for (QWidget* each : std::initializer_list<QWidget*>{m_text, m_watch, m_list, m_back, m_next})
        each->setFont(large);
    QFont bold = large;
    bold.setBold(true);
    m_title->setFont(bold);
    m_watch->setFont(bold);
    m_isEnlarging = wasEnlarging;
}

void LessonView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange && !m_isEnlarging && m_pages->count() == 2)
        enlarge();
}

void LessonView::setLessons(const std::vector<LessonEntry>& lessons)
{
    m_list->clear();
    int number = 0;
    for (const LessonEntry& lesson : lessons) {
        auto* item = new QListWidgetItem(
            tr("%1. %2 (%n steps)", nullptr, lesson.steps).arg(++number).arg(lesson.title), m_list);
        item->setToolTip(lesson.about);
        item->setData(Qt::AccessibleDescriptionRole, lesson.about);
    }
    m_list->setCurrentRow(0);
    showButtons();
}

void LessonView::chooseCurrent()
{
    if (m_list->currentRow() >= 0)
        Q_EMIT lessonChosen(m_list->currentRow());
}

void LessonView::showStep(const QString& title, int step, int steps, const QString& text, const QString& watch)
{
    m_step = step;
    m_steps = steps;
    m_title->setText(title);
    m_progress->setText(tr("Step %1 of %2").arg(step + 1).arg(steps));
    m_text->setText(text);
    m_watch->setText(watch.isEmpty() ? QString() : tr("Watch: %1").arg(watch));
    m_watch->setVisible(!watch.isEmpty());
    setProblems({});
    m_pages->setCurrentIndex(1);
    showButtons();
}

void LessonView::setRunning(bool isRunning)
{
    const bool hadFocus = m_next->hasFocus() || m_back->hasFocus();
    m_isRunning = isRunning;
    showButtons();
    if (hadFocus || (!isRunning && m_leave->hasFocus()))
        m_next->setFocus();  // the lesson goes on with Return or the space bar
}

void LessonView::setProblems(const QStringList& problems)
{
    m_problems->setText(problems.isEmpty() ? QString() : tr("Not as the lesson says:\n%1").arg(problems.join(u'\n')));
    m_problems->setVisible(!problems.isEmpty());
}

void LessonView::showList(bool canRestore)
{
    m_restore->setVisible(canRestore);
    m_pages->setCurrentIndex(0);
    m_list->setFocus();
}

void LessonView::showButtons()
{
    m_start->setEnabled(m_list->count() > 0);
    m_back->setEnabled(!m_isRunning && m_step > 0);
    m_next->setEnabled(!m_isRunning);
    m_next->setText(m_step + 1 < m_steps ? tr("&Next ▶") : tr("Fi&nish"));
}

}  // namespace nanoscope
