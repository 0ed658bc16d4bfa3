#pragma once

#include "app/step_script.h"

#include <QElapsedTimer>
#include <QObject>
#include <QStringList>
#include <QTemporaryDir>
#include <QTimer>

#include <memory>

namespace nanoscope {

class MainWindow;

/// Carries out scripts in the window, from the event loop: what a step does, then, once the window is ready, what it
/// expects. Actions that need an answer (block, element, level, screenshot, save_session, dump_ui, wait) wait until the
/// window is ready; all others follow each other at once, as a quick hand does.
class StepRunner : public QObject {
    Q_OBJECT

public:
    explicit StepRunner(MainWindow& window, QObject* parent = nullptr);
    ~StepRunner() override;

    /// Runs all steps. A script that runs is stopped.
    void run(const StepScript& script);
    /// Runs the steps `first` to `last`, counted from 0.
    void run(const StepScript& script, std::size_t first, std::size_t last);
    /// Stops between two actions; finished() is not emitted.
    void stop();
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    /// How long to wait until the window is ready, in milliseconds; two minutes at first.
    void setTimeLimit(int milliseconds) { m_timeLimit = milliseconds; }

    /// The place of a file that a script names: "data:NAME" is a bundled file, "temp:NAME" one in a folder of the
    /// runner's that goes with it; neither leaves its folder. Any other is relative to the script's folder.
    /// @throws Error when there is no such bundled file, or the name leads out of its folder
    [[nodiscard]] QString resolved(const QString& name, const QString& folder);
    /// The same for a file to write, which no bundled file can be.
    /// @throws Error also when it is a bundled file
    [[nodiscard]] QString resolvedOutput(const QString& name, const QString& folder);

signals:
    /// A step was done and looked at.
    /// @param failures  one line each, without the step's number
    void stepFinished(int step, const QStringList& failures);
    /// The last step was done, or an action could not be carried out, which ends a script.
    /// @param failures  of all steps, one line each: "step 3: ..."
    void finished(const QStringList& failures);

private:
    void advance();
    [[nodiscard]] bool isSettled();
    [[nodiscard]] bool isAtEnd() const;
    void performNext(const StepAction& action);
    void finishStep();
    void fail(const QString& what);
    void end();

    void perform(const step::Open& action);
    void perform(const step::ChooseTensor& action);
    void perform(const step::SetCut& action);
    void perform(const step::SetFormat& action);
    void perform(const step::SelectBlock& action);
    void perform(const step::SelectElement& action);
    void perform(const step::SelectLevel& action);
    void perform(const step::Arrange& action);
    void perform(const step::ShowDock& action);
    void perform(const step::SetTheme& action);
    void perform(const step::Click& action);
    void perform(const step::SetValue& action);
    void perform(const step::TypeText& action);
    void perform(const step::PressKey& action);
    void perform(const step::WaitReady& action);
    void perform(const step::Screenshot& action);
    void perform(const step::SaveSession& action);
    void perform(const step::OpenSession& action);
    void perform(const step::DumpUi& action);

    MainWindow& m_window;
    StepScript m_script;
    std::size_t m_step = 0;
    std::size_t m_last = 0;
    std::size_t m_action = 0;  // of the step
    bool m_isRunning = false;
    bool m_wasShown = false;  // the window, when the script began
    int m_timeLimit = 120000;
    int m_quietPolls = 0;
    QElapsedTimer m_waiting;
    QTimer m_timer;
    QStringList m_stepFailures;
    QStringList m_failures;
    std::unique_ptr<QTemporaryDir> m_scratch;  // made when first named
};

}  // namespace nanoscope
