#pragma once

#include "app/explorer.h"
#include "app/step_runner.h"
#include "app/step_script.h"
#include "app/teach_edit.h"

#include <QObject>

#include <optional>
#include <vector>

namespace nanoscope {

enum class Arrangement;
class LessonsDock;
class MainWindow;

/// The bundled lessons, in order.
/// @throws Error (Refused) naming lesson, step and key
[[nodiscard]] std::vector<StepScript> bundledLessons();

/// Plays lessons in the window: each step is carried out, then its text is shown and the panel to watch is raised and
/// framed. Going back carries out the lesson again up to that step, so that the window is as it was there.
class LessonPlayer : public QObject {
    Q_OBJECT

public:
    LessonPlayer(MainWindow& window, LessonsDock& dock, QObject* parent = nullptr);

    /// Shows the list of lessons.
    void showLessons();
    void start(const StepScript& lesson);
    /// A teacher's own lesson.
    void openFile(const QString& path);
    /// Asks which.
    void chooseFile();
    /// Goes on where the player of another window was, whose state this one has taken over; a lesson stays at its step,
    /// and the way back to what was before stays open.
    void takeOver(const LessonPlayer& other);
    [[nodiscard]] bool isPlaying() const { return m_lesson.has_value(); }
    /// Counted from 0.
    [[nodiscard]] int step() const { return m_step; }

signals:
    void failed(const QString& message);
    /// A step is done and shown.
    void stepShown(int step, const QStringList& failures);

private:
    /// What is brought back after a lesson.
    struct Before {
        QString file;
        QString tensor;
        TensorCut cut;
        FormatSet formats;
        TeachEdit teach;
        quint64 block = 0;
        int element = 0;
        Arrangement arrangement;
    };

    void goTo(int step);
    void showTexts();
    void showStep(const QStringList& failures);
    void keepInSight();
    void leave();
    void remember();
    void restore();

    MainWindow& m_window;
    LessonsDock& m_dock;
    StepRunner m_runner;
    std::vector<StepScript> m_lessons;
    std::optional<StepScript> m_lesson;  // that is on
    std::optional<Before> m_before;
    int m_step = 0;
};

}  // namespace nanoscope
