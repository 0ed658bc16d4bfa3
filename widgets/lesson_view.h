#pragma once

#include <QString>
#include <QStringList>
#include <QWidget>

#include <vector>

class QLabel;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace nanoscope {

/// A lesson as the list shows it.
struct LessonEntry {
    QString title;
    QString about;
    int steps = 0;
};

/// The list of lessons, or one step of the lesson that is on.
class LessonView : public QWidget {
    Q_OBJECT

public:
    explicit LessonView(QWidget* parent = nullptr);

    void setLessons(const std::vector<LessonEntry>& lessons);
    /// Turns to a step; counted from 0.
    /// @param watch  title of the panel to look at; may be empty
    void showStep(const QString& title, int step, int steps, const QString& text, const QString& watch);
    /// While a step is carried out nothing can be asked for but to leave.
    void setRunning(bool isRunning);
    /// What was not as the lesson says, one line each; empty takes it away.
    void setProblems(const QStringList& problems);
    /// Turns to the list.
    /// @param canRestore  offers what was shown before the lesson
    void showList(bool canRestore);

    [[nodiscard]] QSize sizeHint() const override { return {340, 420}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {220, 160}; }

Q_SIGNALS:
    void lessonChosen(int lesson);
    void fileRequested();
    void stepRequested(int step);
    void left();
    void restoreRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* createListPage();
    QWidget* createStepPage();
    void chooseCurrent();
    void showButtons();
    void enlarge();

    QStackedWidget* m_pages;
    QListWidget* m_list;
    QPushButton* m_start;
    QPushButton* m_file;
    QPushButton* m_restore;
    QLabel* m_title;
    QLabel* m_progress;
    QLabel* m_text;
    QLabel* m_watch;
    QLabel* m_problems;
    QPushButton* m_back;
    QPushButton* m_next;
    QPushButton* m_leave;
    int m_step = 0;
    int m_steps = 0;
    bool m_isRunning = false;
    bool m_isEnlarging = false;
};

}  // namespace nanoscope
