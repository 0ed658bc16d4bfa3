#include "app/lesson_player.h"

#include "app/arrangements.h"
#include "app/dock_outline.h"
#include "app/lesson_data.h"
#include "app/lessons_dock.h"
#include "app/main_window.h"
#include "app/step_target.h"
#include "app/teach_dock.h"
#include "core/error.h"
#include "widgets/lesson_view.h"

#include <QDir>
#include <QDockWidget>
#include <QFileDialog>

#include <algorithm>

namespace nanoscope {

std::vector<StepScript> bundledLessons()
{
    std::vector<StepScript> lessons;
    for (const LessonFile& file : lessonFiles())
        lessons.push_back(parseStepScript(QByteArray(file.text.data(), static_cast<qsizetype>(file.text.size())),
            QString::fromUtf8(file.name.data(), static_cast<qsizetype>(file.name.size())), QDir::currentPath()));
    return lessons;
}

LessonPlayer::LessonPlayer(MainWindow& window, LessonsDock& dock, QObject* parent)
    : QObject(parent)
    , m_window(window)
    , m_dock(dock)
    , m_runner(window)
    , m_lessons(bundledLessons())
{
    std::vector<LessonEntry> entries;
    for (const StepScript& lesson : m_lessons)
        entries.push_back({lesson.title, lesson.about, static_cast<int>(lesson.steps.size())});
    LessonView& view = dock.view();
    view.setLessons(entries);
    connect(&view, &LessonView::lessonChosen, this,
        [this](int lesson) { start(m_lessons[static_cast<std::size_t>(lesson)]); });
    connect(&view, &LessonView::fileRequested, this, &LessonPlayer::chooseFile);
    connect(&view, &LessonView::stepRequested, this, &LessonPlayer::goTo);
    connect(&view, &LessonView::left, this, &LessonPlayer::leave);
    connect(&view, &LessonView::restoreRequested, this, &LessonPlayer::restore);
    connect(&m_runner, &StepRunner::finished, this, &LessonPlayer::showStep);
}

void LessonPlayer::keepInSight()
{
    QDockWidget& dock = m_dock.dock();
    if (dock.isHidden()) {
        dock.show();
        m_window.resizeDocks({&dock}, {std::max(320, m_window.width() * 24 / 100)}, Qt::Horizontal);
    }
    dock.raise();
}

void LessonPlayer::showLessons()
{
    keepInSight();
    if (!m_lesson)
        m_dock.view().showList(m_before.has_value());
}

void LessonPlayer::chooseFile()
{
    const QString path
        = QFileDialog::getOpenFileName(&m_window, tr("Open lesson"), {}, tr("Lessons (*.json);;All files (*)"));
    if (!path.isEmpty())
        openFile(path);
}

void LessonPlayer::openFile(const QString& path)
{
    try {
        start(readStepScript(path));
    } catch (const Error& error) {
        emit failed(QString::fromUtf8(error.what()));
    }
}

void LessonPlayer::remember()
{
    Explorer& explorer = m_window.explorer();
    Before before;
    if (explorer.tensor()) {
        before.file = explorer.file();
        before.tensor = QString::fromStdString(explorer.tensor()->tensor().info.name);
    }
    before.cut = explorer.cut();
    before.formats = explorer.formats();
    before.teach = m_window.docks().teach().edit();
    before.block = explorer.selectedBlock();
    before.element = explorer.selectedElement();
    before.arrangement = m_window.arrangements().current();
    m_before = before;
}

void LessonPlayer::start(const StepScript& lesson)
{
    if (!m_lesson)  // one lesson after another: what was there before the first
        remember();
    m_lesson = lesson;
    m_step = -1;
    goTo(0);
}

void LessonPlayer::takeOver(const LessonPlayer& other)
{
    m_before = other.m_before;
    m_lesson = other.m_lesson;
    m_step = other.m_step;
    if (m_lesson) {
        showTexts();
        showStep({});
    } else if (m_before && other.m_dock.dock().isVisible()) {
        showLessons();
    }
}

void LessonPlayer::showTexts()
{
    const Step& shown = m_lesson->steps[static_cast<std::size_t>(m_step)];
    keepInSight();
    m_dock.view().showStep(m_lesson->title, m_step, static_cast<int>(m_lesson->steps.size()), shown.text, shown.watch);
}

void LessonPlayer::goTo(int step)
{
    if (!m_lesson || step < 0 || step >= static_cast<int>(m_lesson->steps.size()))
        return;
    const bool isNext = step == m_step + 1;
    m_step = step;
    const auto target = static_cast<std::size_t>(step);
    showTexts();
    m_dock.view().setRunning(true);
    m_dock.outline().setDock(nullptr);
    m_runner.run(*m_lesson, isNext ? target : 0, target);
}

void LessonPlayer::showStep(const QStringList& failures)
{
    if (!m_lesson)
        return;
    const QString watch = m_lesson->steps[static_cast<std::size_t>(m_step)].watch;
    keepInSight();
    QStringList problems = failures;
    try {
        if (!watch.isEmpty()) {
            QDockWidget& dock = findDock(m_window, watch);
            dock.show();
            dock.raise();
            m_dock.outline().setDock(&dock);
        }
    } catch (const Error& error) {
        problems.append(QString::fromUtf8(error.what()));
    }
    m_dock.view().setRunning(false);
    m_dock.view().setProblems(problems);
    emit stepShown(m_step, problems);
}

void LessonPlayer::leave()
{
    m_runner.stop();
    m_lesson.reset();
    m_dock.outline().setDock(nullptr);
    m_dock.view().setRunning(false);
    m_dock.view().showList(m_before.has_value());
}

void LessonPlayer::restore()
{
    if (!m_before)
        return;
    const Before before = *m_before;
    m_before.reset();
    Explorer& explorer = m_window.explorer();
    m_window.arrangements().choose(before.arrangement);
    m_window.editFormats(before.formats);
    m_window.docks().teach().setEdit(before.teach);
    if (!before.file.isEmpty()) {
        auto* once = new QObject(this);  // goes with the first block of the tensor that comes back
        connect(&explorer, &Explorer::tensorChanged, once, [this, once, before] {
            Explorer& there = m_window.explorer();
            there.setCut(before.cut);
            connect(&there, &Explorer::traceChanged, once, [this, once, before] {
                if (!m_window.explorer().trace() || !m_window.explorer().report(Explorer::A))
                    return;  // of the tensor before
                once->deleteLater();
                once->disconnect();
                QObject::disconnect(&m_window.explorer(), nullptr, once, nullptr);
                m_window.explorer().selectBlock(before.block);
                m_window.explorer().selectElement(before.element);
            });
        });
        explorer.open(before.file, before.tensor);
    }
    keepInSight();
    m_dock.view().showList(false);
}

}  // namespace nanoscope
